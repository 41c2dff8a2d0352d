import type { MetricSource, Reading } from '../../src/metric/metricSource.js';
import { createScanner } from '../../src/metric/scanner.js';

export const lastLine: MetricSource = { from: 'last-line', name: 'score' };

export function keyOf(key: string): MetricSource {
  return { from: 'stdout', key, name: key };
}

export function patternOf(pattern: string): MetricSource {
  return { from: 'regex', pattern, name: 'match' };
}

export const ended = { elapsed: 1.5, exitCode: 0, file: () => ({ missing: 'is not there' }) };

/** What a source reads from pieces of stdout. */
export async function readingOf(source: MetricSource, ...pieces: (string | Uint8Array)[]): Promise<Reading> {
  const scanner = await createScanner([source]);
  for (const piece of pieces) scanner.add(Buffer.from(piece as string));
  return scanner.readings(ended)[0] as Reading;
}
