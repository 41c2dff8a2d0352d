import { countNewlines, lineEnd, lineStart } from './lineBlocks.js';
import type { LineMatcher } from './lineMatcher.js';
import { shownLine } from './shownLine.js';
import { type StdoutReader, skippedClause } from './stdoutReader.js';

/**
 * Reads the last number that a matcher finds. What is matched and no number (`loss: n/a`) is told where there is no number at all. Lines
 * are searched from the last one of a block to the first, and only up to a number.
 */
export function lastMatchReader(matcher: LineMatcher): StdoutReader {
  let value: number | undefined;
  let nearMiss: { readonly line: number; readonly text: string } | undefined;
  let skipped = 0;
  return {
    block({ bytes, first }) {
      if (!matcher.mayMatch(bytes)) return;
      let missed = false;
      let place = matcher.lastPlace(bytes, bytes.length);
      while (place >= 0) {
        const start = lineStart(bytes, place);
        const line = bytes.toString('utf8', start, lineEnd(bytes, place));
        const values = matcher.valuesIn(line);
        const last = values?.findLast((each) => each !== null);
        if (last !== undefined && last !== null) {
          value = last;
          return;
        }
        if (!values) skipped++;
        else if (values.length > 0 && value === undefined && !missed) {
          missed = true;
          nearMiss = { line: first + countNewlines(bytes, start), text: shownLine(line, 200) };
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
      if (value !== undefined) return { value };
      const rest = skippedClause(skipped);
      if (nearMiss) {
        const { line, text } = nearMiss;
        return { missing: `line ${line} of stdout, "${text}", has no number for ${matcher.label}${rest}` };
      }
      return { missing: `no ${matcher.wanted} in ${lines} ${lines === 1 ? 'line' : 'lines'} of stdout${rest}` };
    },
  };
}
