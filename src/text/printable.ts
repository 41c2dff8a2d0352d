import { cutText } from './cutText.js';

/** Text in one line, with nothing in it that a terminal obeys. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

const LONGEST = 40;

/** A value as an error shows it: short, in one line; lists and maps by their kind alone. */
export function shownValue(value: unknown): string {
  if (typeof value === 'string') return printable(JSON.stringify(cutText(value, LONGEST)));
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return typeof value === 'object' && value !== null ? 'a map' : String(value);
}
