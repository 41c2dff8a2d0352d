import { countNewlines, lineEnd, lineStart } from './lineBlocks.js';
import type { LineMatcher } from './lineMatcher.js';
import { shownLine } from './shownLine.js';
import { type StdoutReader, skippedClause } from './stdoutReader.js';

/**
 * Reads the last match of a matcher. Where it is no number (`loss: n/a`), there is none: an earlier one is not what the program ended
 * with. Lines are searched from the last one of a block to the first, and only up to a match.
 */
export function lastMatchReader(matcher: LineMatcher): StdoutReader {
  let last: { readonly value: number } | { readonly line: number; readonly text: string } | undefined;
  let skipped = 0;
  return {
    block({ bytes, first }) {
      if (!matcher.mayMatch(bytes)) return;
      let place = matcher.lastPlace(bytes, bytes.length);
      while (place >= 0) {
        const start = lineStart(bytes, place);
        const line = bytes.toString('utf8', start, lineEnd(bytes, place));
        const values = matcher.valuesIn(line);
        if (!values) skipped++;
        const value = values?.at(-1);
        if (value !== undefined) {
          last = value === null ? { line: first + countNewlines(bytes, start), text: shownLine(line, 200) } : { value };
          return;
        }
        place = matcher.lastPlace(bytes, start);
      }
    },
    skipped() {
      skipped++;
    },
    reading(lines) {
      const trouble = matcher.trouble();
      if (trouble !== undefined) return { missing: trouble };
      if (last && 'value' in last) return last;
      const rest = skippedClause(skipped);
      if (last) {
        return { missing: `line ${last.line} of stdout, "${last.text}", has no number for ${matcher.label}${rest}` };
      }
      return { missing: `no ${matcher.wanted} in ${lines} ${lines === 1 ? 'line' : 'lines'} of stdout${rest}` };
    },
  };
}
