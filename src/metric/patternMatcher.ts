import type { Matcher } from 're2js';
import { decodeLines } from './lineBlocks.js';
import type { LineMatcher } from './lineMatcher.js';
import { numeralAt } from './numeral.js';
import type { RegularExpression } from './regularExpression.js';
import { shownLine } from './shownLine.js';

/**
 * What one search may cost: characters × the size of the compiled pattern. At some 25 ns each, which is what re2js 2.10 takes where
 * every state is alive at every character, this is half a minute; almost all searches take a thousandth of it.
 */
const MOST_STEPS = 1 << 30;
/** All searches together may take this many milliseconds, and one more for every kilobyte. */
const PATIENCE = 5000;
const BYTES_A_MILLISECOND = 1000;

/**
 * Finds what a regular expression matches within lines: the values are those of its first named group that takes part in the
 * match, else of its first group, else of the whole match.
 *
 * One search takes time in proportion to the line, but all matches of a line may take its square, as each search may look at all that
 * is left. So the time of all searches is bounded in proportion to the output.
 */
export function patternMatcher({ pattern, line: inLine, lines: inLines, names }: RegularExpression): LineMatcher {
  const size = inLine.programSize();
  const groups = names.length > 0 ? names : inLine.groupCount() > 0 ? [1] : [0];
  const label = `/${shownLine(pattern, 100)}/`;
  let seen = 0;
  let spent = 0;
  let impatient = false;

  const valueIn = (match: Matcher): number | null => {
    const text = groups.map((group) => match.group(group)).find((each) => each !== null) ?? '';
    return numeralAt(text.trimStart(), 0)?.value ?? null;
  };
  /** Does some searching and counts its time. */
  const timed = <T>(search: () => T): T => {
    const start = performance.now();
    const result = search();
    spent += performance.now() - start;
    impatient ||= spent > PATIENCE + seen / BYTES_A_MILLISECOND;
    return result;
  };
  return {
    wanted: `match of ${label}`,
    label,
    mayMatch(lines) {
      seen += lines.length;
      if (impatient) return false;
      // The engine's automaton for yes or no is fast, and whatever matches in a line matches in lines.
      return inLines === undefined || timed(() => inLines.test(decodeLines(lines)));
    },
    lastPlace: (_, before) => (impatient ? -1 : before - 1),
    valuesIn(line) {
      if (impatient || !timed(() => inLine.test(line))) return [];
      if (line.length * size > MOST_STEPS) return undefined;
      const match = inLine.matcher(line);
      const values: (number | null)[] = [];
      // A match of nothing, as \d* has at the end of every line, says nothing.
      while (!impatient && timed(() => match.find())) if (match.end() > match.start()) values.push(valueIn(match));
      return values;
    },
    trouble: () =>
      impatient ? `${label} takes too long to match; make it simpler, or have it match once in a line` : undefined,
  };
}
