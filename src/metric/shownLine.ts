import { cutText } from '../text/cutText.js';
import { printable } from '../text/printable.js';

/** A line as a message shows it: without spaces around it, printable, cut to so many characters. */
export function shownLine(line: string, limit: number): string {
  return printable(cutText(line.trim(), limit));
}
