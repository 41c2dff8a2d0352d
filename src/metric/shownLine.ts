import { printable } from '../text/printable.js';

/** A line as a message shows it: without spaces around it, printable, cut to so many characters. */
export function shownLine(line: string, limit: number): string {
  const text = line.trim();
  if (text.length <= limit) return printable(text);
  return `${printable(text.slice(0, limit).replace(/[\ud800-\udbff]$/, ''))}…`;
}
