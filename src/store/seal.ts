import { sharedKernel } from '../kernel/kernel.js';
import { scratch } from '../kernel/scratch.js';
import { hex64 } from '../run/digest.js';

/** What stands before a document's check, and behind it. */
const BEFORE = ',"check":"';
const BEHIND = '"}';
const DIGITS = 16;

/** Bytes that close a document: its check, 16 hexadecimal digits, as the last key. */
export const SEAL = BEFORE.length + DIGITS + BEHIND.length;

let memory = Buffer.alloc(0);

/** The kernel's memory; a look at all of it costs less than one at each line. */
function kernelMemory(): Buffer {
  const { buffer } = sharedKernel().exports.memory;
  if (memory.buffer !== buffer) memory = Buffer.from(buffer);
  return memory;
}

/** What closes a document of so many bytes, the last brace left out, at an address in the kernel's memory. */
function sealOf(at: number, bytes: number): string {
  const hash = sharedKernel().exports.xxh64Bytes(at, bytes, 0n);
  return `${BEFORE}${hex64(BigInt.asUintN(64, hash))}${BEHIND}`;
}

/**
 * Lines of a journal: documents, each closed by its check, which is the XXH64 of all that stands before it, and a line end.
 *
 * @param beginning of each document: a brace and its first keys
 * @param contents the keys that follow, as JSON objects
 */
export function sealLines(beginning: string, contents: readonly string[]): Buffer {
  const frame = beginning.length + SEAL + 1;
  // The braces of a content give way to a comma.
  const size = contents.reduce((sum, each) => sum + frame + Buffer.byteLength(each) - (each === '{}' ? 2 : 1), 0);
  const start = scratch(size + 1);
  const bytes = kernelMemory();
  let at = start;
  for (const content of contents) {
    const from = at;
    at += bytes.write(beginning, at, 'latin1');
    if (content !== '{}') {
      const length = bytes.write(content, at);
      bytes.write(',', at, 'latin1');
      at += length - 1;
    }
    at += bytes.write(`${sealOf(from, at - from)}\n`, at, 'latin1');
  }
  return Buffer.from(bytes.subarray(start, at));
}

/** Whether a document stands from `start` to `end`, and its check agrees. */
function isSealed(line: Buffer, start: number, end: number): boolean {
  const length = end - start - SEAL;
  if (length <= 0) return false;
  const seal = line.toString('latin1', end - SEAL, end);
  if (!seal.startsWith(BEFORE)) return false;
  const at = scratch(length);
  line.copy(kernelMemory(), at, start, end - SEAL);
  return seal === sealOf(at, length);
}

/** What documents begin with. */
export interface Beginnings {
  /** All of them. */
  readonly common: string;
  /** Those of each kind, as far as they tell a document from an object inside one; at most 64 signs. */
  readonly whole: readonly string[];
}

const LONGEST = 64;

/** Where in a line a document stands whose check agrees. */
export interface DocumentPlace {
  readonly start: number;
  readonly end: number;
}

/** How many seals are tried for a document: a user's own keys, inside it, may read like one. */
const TRIED = 8;

/** Where the document ends that begins at `start`; undefined where none does that is as it was written. */
function sealedEnd(line: Buffer, start: number): number | undefined {
  let at = start;
  for (let tried = 0; tried < TRIED; tried++) {
    at = line.indexOf(BEFORE, at + 1);
    if (at < 0) return undefined;
    const end = at + SEAL;
    if (end <= line.length && isSealed(line, start, end)) return end;
  }
  return undefined;
}

/**
 * The documents in a line that is not as it was written: what a lost line end has joined is told apart, and what stands before,
 * between and behind is left out.
 */
function salvage(line: Buffer, { common, whole }: Beginnings): DocumentPlace[] {
  const found: DocumentPlace[] = [];
  for (let start = line.indexOf(common); start >= 0; ) {
    const here = line.toString('latin1', start, start + LONGEST);
    const end = whole.some((each) => here.startsWith(each)) ? sealedEnd(line, start) : undefined;
    if (end !== undefined) found.push({ start, end });
    start = line.indexOf(common, end ?? start + 1);
  }
  return found;
}

/** What a line holds, and whether that is all of it: a document and nothing else. */
export interface OpenedLine {
  readonly documents: readonly DocumentPlace[];
  readonly sound: boolean;
}

const RETURN = 13;

/** Takes a line of a journal apart; an editor may have put a carriage return before its line end. */
export function openLine(line: Buffer, beginnings: Beginnings): OpenedLine {
  const end = line[line.length - 1] === RETURN ? line.length - 1 : line.length;
  return isSealed(line, 0, end)
    ? { documents: [{ start: 0, end }], sound: true }
    : { documents: salvage(line, beginnings), sound: false };
}
