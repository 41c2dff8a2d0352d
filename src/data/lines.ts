import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { ReproError } from '../errors.js';
import { unreadable } from '../text/unreadable.js';

/** A file to read: where it is, and how messages name it. */
export interface FileName {
  readonly path: string;
  readonly shown: string;
}

/** Bytes to read at once: some thousand rows, which a parser turns into objects that die young. */
const READ_BYTES = 1 << 18;
/** Longer lines, or rows, are no table's: without a bound, a quote that is never closed would fill the memory. */
export const LONGEST = 1 << 22;
const NEWLINE = 10;
const BYTE_ORDER_MARK = '\ufeff';

/** Whole lines of a file, the last of which may lack its end. */
interface Lines {
  readonly text: string;
  /** Number of the first of them, from 1. */
  readonly first: number;
}

function countNewlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

/** A newline's byte is a part of no other character, so whole lines are whole text. */
function decode(bytes: Buffer, first: number, shown: string): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let line = first;
  let begin = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0 && isUtf8(bytes.subarray(begin, end)); line++) {
    begin = end + 1;
    end = bytes.indexOf(NEWLINE, begin);
  }
  throw new ReproError(`${shown}:${line} is not UTF-8 text; save the file as UTF-8`);
}

async function openFile({ path, shown }: FileName): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    throw unreadable(shown, error);
  }
}

/** The bytes of a file in pieces, each of which is valid until the next is asked for. */
async function* readPieces(file: FileName): AsyncGenerator<Buffer> {
  const handle = await openFile(file);
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, READ_BYTES).catch((error) => {
        throw unreadable(file.shown, error);
      });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/**
 * The text of a file, some whole lines at a time, without a byte order mark; lines end as `\n` however the file ends them.
 *
 * @throws ReproError if the file cannot be read, is not UTF-8 or has a line of more than LONGEST bytes
 */
export async function* readLines(file: FileName): AsyncGenerator<Lines> {
  let first = 1;
  let rest = Buffer.alloc(0);
  const linesOf = (bytes: Buffer): Lines => {
    const text = decode(bytes, first, file.shown).replaceAll('\r\n', '\n');
    return { text: first === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text, first };
  };
  for await (const piece of readPieces(file)) {
    const end = piece.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      const bytes = Buffer.concat([rest, piece.subarray(0, end)]);
      yield linesOf(bytes);
      first += countNewlines(bytes);
      rest = Buffer.alloc(0);
    }
    rest = Buffer.concat([rest, piece.subarray(end)]);
    if (rest.length > LONGEST) {
      throw new ReproError(`${file.shown}:${first} is longer than 4 MB; is this a table with one row a line?`);
    }
  }
  if (rest.length > 0) yield linesOf(rest);
}
