import { onlyNumber } from './lastLineReader.js';
import { createLineCutter, lineEnd, NEWLINE } from './lineBlocks.js';
import type { MetricSource, Reading } from './metricSource.js';
import { createScanner, type Ended, matcherOf } from './scanner.js';
import { shownLine } from './shownLine.js';

/** Something in a line that a source looks at. */
interface MetricMatch {
  /** From 1. */
  readonly line: number;
  /** The line, printable, cut to 80 characters. */
  readonly text: string;
  /** Null where something other than a number stands in its place. */
  readonly value: number | null;
}

export interface MetricTrial {
  readonly source: MetricSource;
  /** How many there are. */
  readonly count: number;
  /** The last of them, up to MATCHES_KEPT, in the order of the output. */
  readonly matches: readonly MetricMatch[];
  readonly reading: Reading;
}

const MATCHES_KEPT = 1000;
const SHOWN = 80;
/** What makes a line not blank. */
const INK = /[^\p{Cc} ]/u;

interface Line {
  readonly number: number;
  readonly text: string;
}

/** Every line of some bytes, in order, but those that are too long. */
function eachLine(bytes: Buffer, see: (line: Line) => void): void {
  const cutter = createLineCutter({
    block({ bytes: lines, first }) {
      let number = first;
      for (let start = 0; start < lines.length; ) {
        const end = lineEnd(lines, start);
        see({ number, text: lines.toString('utf8', start, end) });
        if (lines[end] === NEWLINE) number++;
        start = end + 1;
      }
    },
    skipped() {},
  });
  cutter.add(bytes);
  cutter.end();
}

/** Keeps the last matches, and counts all. */
function createCollection() {
  let matches: MetricMatch[] = [];
  let count = 0;
  return {
    add({ number, text }: Line, value: number | null): void {
      matches.push({ line: number, text: shownLine(text, SHOWN), value });
      count++;
      if (matches.length >= 2 * MATCHES_KEPT) matches = matches.slice(-MATCHES_KEPT);
    },
    get: () => ({ count, matches: matches.slice(-MATCHES_KEPT) }),
  };
}

async function matchesOf(source: MetricSource, bytes: Buffer): Promise<Pick<MetricTrial, 'count' | 'matches'>> {
  const collection = createCollection();
  if (source.from === 'last-line') {
    let last: Line | undefined;
    eachLine(bytes, (line) => {
      if (INK.test(line.text)) last = line;
    });
    if (last) collection.add(last, onlyNumber(last.text) ?? null);
    return collection.get();
  }
  const matcher = await matcherOf(source);
  if (matcher) {
    eachLine(bytes, (line) => {
      for (const value of matcher.valuesIn(line.text) ?? []) collection.add(line, value);
    });
  }
  return collection.get();
}

const BY_RUNNING: Reading = { missing: 'is known only when the program runs' };

/**
 * What sources would read if a program printed these bytes and ended, and all that they find on the way.
 *
 * @param file reads the files of sources that are files, as a scanner's does
 * @throws ReproError if a regular expression is wrong
 */
export async function tryMetric(
  bytes: Buffer,
  sources: readonly MetricSource[],
  file: Ended['file'],
): Promise<MetricTrial[]> {
  const scanner = await createScanner(sources);
  scanner.add(bytes);
  const readings = scanner.readings({ elapsed: 0, exitCode: 0, file });
  return Promise.all(
    sources.map(async (source, i) => {
      const unknown = source.from === 'time' || source.from === 'exit-code';
      return { source, ...(await matchesOf(source, bytes)), reading: unknown ? BY_RUNNING : (readings[i] as Reading) };
    }),
  );
}
