import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ReproError } from '../errors.js';
import { describeSource } from '../metric/describeSource.js';
import { type MetricTrial, tryMetric } from '../metric/tryMetric.js';
import { exactNumber } from '../report/number.js';
import { unreadable } from '../text/unreadable.js';
import { experimentOf } from './experiment.js';
import type { RunFlags } from './flags.js';
import type { Io } from './io.js';

/** Matches that are shown of many. */
const SHOWN = 10;

/** The bytes of a file, or of stdin for `-`. */
async function readBytes(file: string, cwd: string): Promise<Buffer> {
  try {
    return file === '-' ? await buffer(process.stdin) : readFileSync(resolve(cwd, file));
  } catch (error) {
    throw unreadable(file === '-' ? 'stdin' : file, error);
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

/** What a metric's flags are tried with where no command is given: which one it would be does not matter. */
const ANY_COMMAND = ['true'];

/** `repro run --try-metric FILE [--metric …] [experiment] [-- command…]` → exit code: what would be read of output that is in a file, or comes on stdin. */
export async function tryMetricCommand(
  io: Io,
  args: readonly string[],
  flags: RunFlags,
  file: string,
): Promise<number> {
  const given = flags.command !== undefined || args.length > 0;
  const { experiment } = await experimentOf(args, io.cwd(), given ? flags : { ...flags, command: ANY_COMMAND });
  if (experiment.kind !== 'command') {
    throw new ReproError(`--try-metric is for commands, and ${experiment.name} is a ${experiment.kind}`);
  }
  const text = (path: string) => {
    try {
      return readFileSync(resolve(io.cwd(), path), 'utf8');
    } catch {
      return { missing: 'is not there' };
    }
  };
  const trials = await tryMetric(await readBytes(file, io.cwd()), experiment.metrics, text);
  io.stdout.write(`${trials.flatMap(trialLines).join('\n')}\n`);
  const needsRun = ({ source }: MetricTrial) => source.from === 'time' || source.from === 'exit-code';
  return trials.every((trial) => 'value' in trial.reading || needsRun(trial)) ? 0 : 3;
}
