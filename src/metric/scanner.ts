import { fileReading } from './fileReading.js';
import { keyMatcher } from './keyMatcher.js';
import { lastLineReader } from './lastLineReader.js';
import { lastMatchReader } from './lastMatchReader.js';
import { createLineCutter } from './lineBlocks.js';
import type { LineMatcher } from './lineMatcher.js';
import type { MetricSource, Reading } from './metricSource.js';
import { patternMatcher } from './patternMatcher.js';
import type { StdoutReader } from './stdoutReader.js';

/** How a program has ended. */
export interface Ended {
  /** Wall-clock seconds. */
  readonly elapsed: number;
  /** Null if the program did not exit by itself. */
  readonly exitCode: number | null;
  /** The text of a file, or what is wrong with it, as `is not there`. */
  file(path: string): string | { readonly missing: string };
}

/** Takes readings from one execution of a program. */
export interface Scanner {
  /** Stdout, as it comes, cut anywhere; the bytes are not kept. */
  add(bytes: Buffer): void;
  /** One reading a source, in their order. Nothing can be added after. */
  readings(ended: Ended): Reading[];
}

/** What finds a source's matches in lines; undefined for a source that is no matter of matches. */
export async function matcherOf(source: MetricSource): Promise<LineMatcher | undefined> {
  if (source.from === 'stdout') return keyMatcher(source.key);
  if (source.from !== 'regex') return undefined;
  const { compileRegularExpression } = await import('./regularExpression.js');
  return patternMatcher(compileRegularExpression(source.pattern));
}

async function readerOf(source: MetricSource): Promise<StdoutReader | undefined> {
  if (source.from === 'last-line') return lastLineReader();
  const matcher = await matcherOf(source);
  return matcher && lastMatchReader(matcher);
}

function exitReading(exitCode: number | null): Reading {
  return exitCode === null
    ? { missing: 'the program did not exit by itself, so it has no exit code' }
    : { value: exitCode };
}

/**
 * A scanner for one execution. Memory is bounded, whatever comes: lines of up to 16 MiB are read, longer ones are skipped. Bytes that
 * are no UTF-8 are replaced. The library for regular expressions is loaded if there is one.
 *
 * @throws ReproError if a regular expression is wrong
 */
export async function createScanner(sources: readonly MetricSource[]): Promise<Scanner> {
  const readers = await Promise.all(sources.map(readerOf));
  const active = readers.filter((reader) => reader !== undefined);
  const cutter = createLineCutter({
    block: (block) => {
      for (const reader of active) reader.block(block);
    },
    skipped: (line) => {
      for (const reader of active) reader.skipped(line);
    },
  });
  return {
    add(bytes) {
      if (active.length > 0) cutter.add(bytes);
    },
    readings({ elapsed, exitCode, file }) {
      cutter.end();
      const lines = cutter.lines();
      return sources.map((source, i): Reading => {
        const reader = readers[i];
        if (reader) return lines === 0 ? { missing: 'stdout is empty' } : reader.reading(lines);
        if (source.from === 'file') return fileReading(source, file(source.file));
        return source.from === 'time' ? { value: elapsed } : exitReading(exitCode);
      });
    },
  };
}
