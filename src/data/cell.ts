import { shownValue } from '../text/printable.js';

/** What statisticians' programs write where a number is missing. */
const MISSING = /^(?:n\/?a|nan|null|none|nil|\?|\.|-+|[+-]?inf(?:inity)?)$/i;
/** What JavaScript takes for a number, and no table does: nothing, and 0x10, 0o10, 0b10. */
const NO_DECIMAL = /^\s*$|[xob]/i;

/** The number that a text is in decimal or scientific notation, spaces around it allowed; NaN if it is none. */
export function decimal(text: string): number {
  const value = Number(text);
  return Number.isFinite(value) && NO_DECIMAL.test(text) ? Number.NaN : value;
}

/** Why a cell is not there: a phrase to stand behind `is`, or nothing if it is there. */
function absence(cell: unknown): string | undefined {
  if (cell === undefined) return 'missing';
  if (cell === null) return 'null';
  return typeof cell === 'string' && cell.trim() === '' ? 'empty' : undefined;
}

const REMEDY = 'remove the row or fill it in';

/**
 * What is wrong with a cell that is no finite float32, for a line that begins with its place.
 *
 * @param label names the column: `(column "rooms")`
 */
export function numberMistake(cell: unknown, label: string): string {
  const absent = absence(cell);
  if (absent) return `is ${absent} where a number is needed ${label}; ${REMEDY}`;
  if (typeof cell === 'number' || (typeof cell === 'string' && !MISSING.test(cell.trim()))) {
    const value = Number(cell);
    if (!Number.isNaN(value) && !Number.isFinite(Math.fround(value))) {
      return `must be at most 3.4e38 in size, got ${shownValue(cell)} ${label}; scale the column down`;
    }
  }
  if (typeof cell === 'string') {
    if (MISSING.test(cell.trim())) {
      return `is ${shownValue(cell.trim())} where a number is needed ${label}; ${REMEDY}`;
    }
    const remedy = Number.isNaN(decimal(cell))
      ? 'list it under data.categorical to encode it'
      : 'write it without quotes';
    return `must be a number, got ${shownValue(cell)} ${label}; ${remedy}`;
  }
  return `must be a number, got ${shownValue(cell)} ${label}; list it under data.categorical to encode it`;
}

/** The category that a cell names: a text without spaces around it, a number or a truth value; undefined if it is none. */
export function categoryOf(cell: unknown): string | undefined {
  if (typeof cell === 'string') return cell.trim() || undefined;
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : undefined;
}

/** What is wrong with a cell that is no category. */
export function categoryMistake(cell: unknown, label: string): string {
  const absent = absence(cell);
  if (absent) return `is ${absent} where a category is needed ${label}; ${REMEDY}`;
  return `must be a text, a number or a truth value, got ${shownValue(cell)} ${label}`;
}
