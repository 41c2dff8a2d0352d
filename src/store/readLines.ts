import { readSync } from 'node:fs';

/** A line of a file. */
export interface FileLine {
  /** Without its end, and none of a line of more than 256 MiB; valid until the next line is asked for. */
  readonly bytes: Buffer;
  /** Where it begins in the file. */
  readonly at: number;
  /** How many bytes it has. */
  readonly length: number;
  /** Whether a line end stands behind it: the last line may have none. */
  readonly ended: boolean;
}

const NEWLINE = 10;
const BLOCK = 1 << 20;

/** The longest line that is held, in bytes. */
const LONGEST = 1 << 28;

/** The lines of an open file, from its beginning, in memory bounded by the longest of them. */
export function* readLines(file: number): Generator<FileLine> {
  const block = Buffer.allocUnsafe(BLOCK);
  let pieces: Buffer[] = [];
  let length = 0;
  let at = 0;
  const take = (piece: Buffer) => {
    length += piece.length;
    if (length <= LONGEST) pieces.push(piece);
    else pieces = [];
  };
  const finish = (ended: boolean): FileLine => {
    const line = { bytes: pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces), at, length, ended };
    at += length + 1;
    pieces = [];
    length = 0;
    return line;
  };
  for (;;) {
    const part = block.subarray(0, readSync(file, block, 0, BLOCK, null));
    if (part.length === 0) break;
    let start = 0;
    for (let end = part.indexOf(NEWLINE); end >= 0; end = part.indexOf(NEWLINE, start)) {
      take(part.subarray(start, end));
      yield finish(true);
      start = end + 1;
    }
    if (start < part.length) take(Buffer.from(part.subarray(start)));
  }
  if (length > 0) yield finish(false);
}
