import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ReproError } from '../errors.js';
import type { Experiment } from '../experiment/experiment.js';
import { describeSource } from '../metric/describeSource.js';
import { type MetricTrial, tryMetric } from '../metric/tryMetric.js';
import { exactNumber } from '../report/number.js';
import { unreadable } from '../text/unreadable.js';
import type { Io } from './io.js';

/** Matches that are shown of many. */
const SHOWN = 10;

function readBytes(path: string, shown: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(shown, error);
  }
}

function trialLines({ source, count, matches, reading }: MetricTrial): string[] {
  const value = 'value' in reading ? exactNumber(reading.value) : `nothing: ${reading.missing}`;
  const shown = matches.slice(-SHOWN);
  const before = count > shown.length ? [`  (${count - shown.length} matches before these)`] : [];
  return [
    `${source.name} = ${value}  # ${describeSource(source)}`,
    ...before,
    ...shown.map(
      ({ line, text, value: read }) => `  line ${line}: ${text} → ${read === null ? 'no number' : exactNumber(read)}`,
    ),
  ];
}

/** `repro run --try-metric FILE …` → exit code: what would be read of a program's output that is in a file. */
export async function tryMetricCommand(io: Io, experiment: Experiment, file: string): Promise<number> {
  if (experiment.kind !== 'command') {
    throw new ReproError('--try-metric is for commands: repro run --metric NAME --try-metric FILE -- command…');
  }
  const text = (path: string) => {
    try {
      return readFileSync(resolve(io.cwd(), path), 'utf8');
    } catch {
      return { missing: 'is not there' };
    }
  };
  const trials = await tryMetric(readBytes(resolve(io.cwd(), file), file), experiment.metrics, text);
  io.stdout.write(`${trials.flatMap(trialLines).join('\n')}\n`);
  return trials.every(
    ({ reading, source }) => 'value' in reading || source.from === 'time' || source.from === 'exit-code',
  )
    ? 0
    : 3;
}
