import type { CommandExperiment } from '../experiment/experiment.js';
import type { MetricSource, Reading } from '../metric/metricSource.js';
import { createScanner } from '../metric/scanner.js';
import { type ProcessOutcome, runProcess } from '../process/runProcess.js';
import { type Attempt, type AttemptRequest, microseconds } from './attempt.js';
import { type KeptOutput, keptOutput } from './keptOutput.js';
import { filled } from './placeholders.js';
import { type WrittenFiles, watchFiles } from './writtenFiles.js';

type Words = readonly [program: string, ...args: string[]];

/** A command for one repeat: what it is, where it runs, and what is kept of it. */
interface Stage {
  readonly experiment: CommandExperiment;
  readonly request: AttemptRequest;
  readonly metrics: readonly MetricSource[];
  /** Artifacts, by the names that the experiment has for them. */
  readonly artifacts: ReadonlyMap<string, string>;
  readonly files: WrittenFiles;
  readonly output: KeptOutput;
  /** Runs one of the experiment's commands; what the signal does not reach, nothing ends but its timeout. */
  start(words: readonly string[], onStdout: Taker, signal: AbortSignal | undefined): Promise<ProcessOutcome>;
  /** Takes what is no output of the command itself. */
  readonly aside: Taker;
}

type Taker = (bytes: Buffer) => void;

function environmentOf({ env }: CommandExperiment, request: AttemptRequest): AttemptRequest['env'] {
  const own = Object.entries(env).map(([name, value]) => [name, value === null ? undefined : filled(value, request)]);
  return {
    ...request.env,
    REPRO_SEED: String(request.seed),
    REPRO_REPEAT: String(request.repeat),
    ...Object.fromEntries(own),
  };
}

function stageOf(experiment: CommandExperiment, cwd: string, request: AttemptRequest): Stage {
  const { guardian, onOutput } = request;
  const fill = (text: string) => filled(text, request);
  const metrics = experiment.metrics.map((metric) =>
    metric.from === 'file' ? { ...metric, file: fill(metric.file) } : metric,
  );
  const artifacts = new Map(experiment.artifacts.map((name) => [name, fill(name)]));
  const read = metrics.flatMap((metric) => (metric.from === 'file' ? [metric.file] : []));
  const env = environmentOf(experiment, request);
  const output = keptOutput();
  const aside = (bytes: Buffer) => {
    output.stderr.add(bytes);
    onOutput?.(bytes);
  };
  return {
    ...{ experiment, request, metrics, artifacts, output, aside },
    files: watchFiles([...artifacts.values(), ...read], cwd),
    start: (words, onStdout, signal) =>
      runProcess({
        command: words.map(fill) as unknown as Words,
        ...{ cwd, env, onStdout, guardian, signal },
        timeout: experiment.timeout ?? undefined,
        onStderr: aside,
      }),
  };
}

/** Why a program that has ended has failed, in one clause; `null` where it has not. */
function failureOf({ ending, exitCode, signal, reason }: ProcessOutcome, timeout: number | null): string | null {
  switch (ending) {
    case 'unstartable':
      return `could not be started: ${reason}`;
    case 'timeout':
      return `timed out after ${timeout} s`;
    case 'signalled':
      return `killed by ${signal}`;
    default:
      return exitCode === 0 ? null : `exit code ${exitCode}`;
  }
}

/** Whether an exit code says nothing against a repeat. */
function toleratesExit({ ignoreFailure, metrics }: CommandExperiment): boolean {
  return ignoreFailure || metrics.some(({ from }) => from === 'exit-code');
}

/**
 * Why a repeat counts for nothing whose program has not failed: a metric has no number, an artifact was not written; `null` where all
 * are there. Of a program that may fail the score is enough.
 */
function missingOf({ experiment, artifacts, files }: Stage, readings: readonly Reading[]): string | null {
  const needed = experiment.ignoreFailure ? readings.slice(0, 1) : readings;
  for (const reading of needed) if ('missing' in reading) return reading.missing;
  if (experiment.ignoreFailure) return null;
  const unwritten = [...artifacts].find(([, path]) => files.hash(path) === null);
  return unwritten ? `${unwritten[0]} was not written as a file by this repeat` : null;
}

/** What came of a repeat; where it failed, its metrics are NaN. */
function attemptOf(
  { metrics, artifacts, files, output }: Stage,
  { exitCode, elapsed }: Pick<ProcessOutcome, 'exitCode' | 'elapsed'>,
  result: { readonly failure: string } | { readonly readings: readonly Reading[] },
): Attempt {
  const readings = 'readings' in result ? result.readings : [];
  const numbers = metrics.map((_, i) => {
    const reading = readings[i];
    return reading && 'value' in reading ? reading.value : Number.NaN;
  });
  const failure = 'failure' in result ? result.failure : null;
  return {
    ...{ score: numbers[0] ?? Number.NaN, failure, exitCode, elapsed: microseconds(elapsed) },
    metrics: Object.fromEntries(metrics.map(({ name }, i) => [name, numbers[i] as number])),
    artifacts: Object.fromEntries([...artifacts].map(([name, path]) => [name, files.hash(path)])),
    output: output.kept(failure !== null),
  };
}

/** Runs the setup, if there is one, and the command; undefined where the signal ended them. */
async function execute(stage: Stage): Promise<Attempt | undefined> {
  const { experiment, request, metrics, files, output, aside, start } = stage;
  const { signal, onOutput } = request;
  const { setup, command, timeout } = experiment;
  if (setup) {
    const outcome = await start(setup, aside, signal);
    if (outcome.ending === 'aborted') return undefined;
    const failure = failureOf(outcome, timeout);
    if (failure !== null) return attemptOf(stage, { ...outcome, exitCode: null }, { failure: `setup: ${failure}` });
  }
  const scanner = await createScanner(metrics);
  const outcome = await start(
    command,
    (bytes) => {
      output.stdout.add(bytes);
      scanner.add(bytes);
      onOutput?.(bytes);
    },
    signal,
  );
  if (outcome.ending === 'aborted') return undefined;
  const failure = failureOf(outcome, timeout);
  const exited = outcome.ending === 'exited';
  if (failure !== null && !(exited && toleratesExit(experiment))) return attemptOf(stage, outcome, { failure });
  const { exitCode, elapsed } = outcome;
  const readings = scanner.readings({ elapsed: microseconds(elapsed), exitCode, file: files.text });
  const missing = missingOf(stage, readings);
  return attemptOf(stage, outcome, missing === null ? { readings } : { failure: missing });
}

/**
 * Runs a command once, between its setup and its cleanup; undefined where the signal ended it. What was set up is cleaned up even then,
 * and after a failure.
 */
export async function attemptCommand(
  experiment: CommandExperiment,
  cwd: string,
  request: AttemptRequest,
): Promise<Attempt | undefined> {
  // Nothing was set up that would have to be cleaned up.
  if (request.signal?.aborted) return undefined;
  const stage = stageOf(experiment, cwd, request);
  const attempt = await execute(stage);
  if (!experiment.cleanup) return attempt;
  const outcome = await stage.start(experiment.cleanup, stage.aside, undefined);
  const failure = failureOf(outcome, experiment.timeout);
  return attempt && failure !== null && attempt.failure === null
    ? attemptOf(stage, attempt, { failure: `cleanup: ${failure}` })
    : attempt;
}
