import { ftruncateSync, writeSync } from 'node:fs';
import { whyUnwritable } from '../text/unwritable.js';

/** Lines that are to be written together. */
interface Piece {
  readonly lines: Buffer;
  /** How many of these lines are repeats: all or none. */
  readonly repeats: number;
}

/** Writes lines at the end of a file, whole ones only, and keeps those for which there is no room. */
export interface LineWriter {
  /** Writes these lines and all that are kept, as far as that succeeds. */
  write(piece: Piece): void;
  /** Repeats that are not in the file. */
  readonly unsaved: number;
  /** Why lines are kept, in one clause; undefined if none are. */
  readonly problem: string | undefined;
}

const NEWLINE = 10;

function countLines(lines: Buffer): number {
  let count = 0;
  for (let at = lines.indexOf(NEWLINE); at >= 0; at = lines.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

/**
 * @param file open for writing
 * @param size where the next line begins, in bytes; what stands behind it is overwritten
 */
export function lineWriter(file: number, size: number): LineWriter {
  const waiting: Piece[] = [];
  let end = size;
  let unsaved = 0;
  let problem: string | undefined;

  /** Writes bytes and returns how many; what is missing is told by `problem`. */
  const writeBytes = (bytes: Buffer): number => {
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(file, bytes, written, bytes.length - written, end + written);
    } catch (error) {
      problem = whyUnwritable(error);
    }
    return written;
  };

  /** Takes back the beginning of a line whose rest could not be written. */
  const cutBack = () => {
    try {
      ftruncateSync(file, end);
    } catch {
      // The next line is written over it.
    }
  };

  /** Writes the whole lines of a piece for which there is room; returns the rest of it. */
  const writePiece = ({ lines, repeats }: Piece): Piece | undefined => {
    const written = writeBytes(lines);
    if (written === lines.length) {
      end += written;
      return undefined;
    }
    const whole = written === 0 ? 0 : lines.lastIndexOf(NEWLINE, written - 1) + 1;
    end += whole;
    if (written > whole) cutBack();
    const rest = lines.subarray(whole);
    return { lines: rest, repeats: repeats === 0 ? 0 : countLines(rest) };
  };

  return {
    write(piece) {
      waiting.push(piece);
      unsaved += piece.repeats;
      problem = undefined;
      let written = 0;
      for (const each of waiting) {
        const rest = writePiece(each);
        unsaved -= each.repeats - (rest?.repeats ?? 0);
        if (rest) {
          waiting[written] = rest;
          break;
        }
        written++;
      }
      waiting.splice(0, written);
    },
    get unsaved() {
      return unsaved;
    },
    get problem() {
      return problem;
    },
  };
}
