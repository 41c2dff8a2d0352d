import { plainLines } from './plainLines.js';

export const NEWLINE = 10;
const RETURN = 13;
/** Bytes of the longest line that is read. */
const LONGEST_LINE = 1 << 24;
/** Bytes that are looked at in one go. */
const PIECE = 1 << 18;

/** Whole lines, each with its end but perhaps the last; `\r` ends one too, so that a progress bar is a line each time. */
export interface LineBlock {
  /** Without escape sequences; valid until the next block. */
  readonly bytes: Buffer;
  /** Number of the first line, from 1, as an editor counts: by `\n`. */
  readonly first: number;
}

export interface LineSink {
  block(block: LineBlock): void;
  /** A line is longer than LONGEST_LINE and was skipped. */
  skipped(line: number): void;
}

export interface LineCutter {
  add(bytes: Buffer): void;
  /** The last line may lack its end. */
  end(): void;
  /** So far. */
  lines(): number;
}

/** How many newlines stand before a place. */
export function countNewlines(bytes: Buffer, end = bytes.length): number {
  let count = 0;
  for (let at = 0; at < end; at++) if (bytes[at] === NEWLINE) count++;
  return count;
}

/** The text of whole lines, each of which ends as `\n`. */
export function decodeLines(lines: Buffer): string {
  if (!lines.includes(RETURN)) return lines.toString('utf8');
  const bytes = Buffer.from(lines);
  for (let at = bytes.indexOf(RETURN); at < bytes.length; at++) if (bytes[at] === RETURN) bytes[at] = NEWLINE;
  return bytes.toString('utf8');
}

/** Where the first line ends; -1 if it goes on. */
function firstLineEnd(bytes: Buffer): number {
  const newline = bytes.indexOf(NEWLINE);
  const before = newline < 0 ? bytes : bytes.subarray(0, newline);
  const back = before.indexOf(RETURN);
  return back < 0 ? newline : back;
}

function endsLine(byte: number | undefined): boolean {
  return byte === NEWLINE || byte === RETURN;
}

/** Where the line that reaches up to a place begins. */
export function lineStart(bytes: Buffer, before: number): number {
  let at = before;
  while (at > 0 && !endsLine(bytes[at - 1])) at--;
  return at;
}

/** Where the line that goes on at a place ends: at its `\n` or `\r`, or with the bytes. */
export function lineEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && !endsLine(bytes[at])) at++;
  return at;
}

/** Bytes in one run of memory that grows up to a line's length. */
function createCarry() {
  let memory = Buffer.alloc(0);
  let length = 0;
  return {
    get length() {
      return length;
    },
    append(bytes: Buffer): void {
      if (length + bytes.length > memory.length) {
        const larger = Buffer.allocUnsafe(Math.max(2 * memory.length, length + bytes.length));
        memory.copy(larger, 0, 0, length);
        memory = larger;
      }
      bytes.copy(memory, length);
      length += bytes.length;
    },
    take(): Buffer {
      const bytes = memory.subarray(0, length);
      length = 0;
      return bytes;
    },
  };
}

/** Cuts bytes, which come in pieces cut anywhere, into whole lines. Memory is bounded by LONGEST_LINE. */
export function createLineCutter(sink: LineSink): LineCutter {
  const carry = createCarry();
  let newlines = 0;
  let unended = false;
  /** Whether the line that the next piece goes on with is too long. */
  let long = false;

  const send = (bytes: Buffer) => {
    if (bytes.length === 0) return;
    sink.block({ bytes: plainLines(bytes), first: newlines + 1 });
    newlines += countNewlines(bytes);
  };
  /** Some of a line, without its end. */
  const keep = (bytes: Buffer) => {
    if (!long && carry.length + bytes.length > LONGEST_LINE) {
      long = true;
      carry.take();
    }
    if (!long) carry.append(bytes);
  };
  /** The rest of the line that was kept, and its end. */
  const complete = (bytes: Buffer, end: Buffer) => {
    keep(bytes);
    if (long) {
      sink.skipped(newlines + 1);
      newlines += countNewlines(end);
      long = false;
    } else {
      carry.append(end);
      send(carry.take());
    }
  };
  const addPiece = (bytes: Buffer) => {
    const first = firstLineEnd(bytes);
    if (first < 0) return keep(bytes);
    const last = Math.max(bytes.lastIndexOf(NEWLINE), bytes.lastIndexOf(RETURN));
    let begin = 0;
    if (carry.length > 0 || long) {
      begin = first + 1;
      complete(bytes.subarray(0, first), bytes.subarray(first, begin));
    }
    send(bytes.subarray(begin, last + 1));
    keep(bytes.subarray(last + 1));
  };
  return {
    add(bytes) {
      for (let at = 0; at < bytes.length; at += PIECE) addPiece(bytes.subarray(at, at + PIECE));
      if (bytes.length > 0) unended = bytes[bytes.length - 1] !== NEWLINE;
    },
    end() {
      if (long) sink.skipped(newlines + 1);
      else send(carry.take());
      long = false;
    },
    lines: () => newlines + (unended ? 1 : 0),
  };
}
