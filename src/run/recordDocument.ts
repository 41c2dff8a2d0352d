import type { Experiment } from '../experiment/experiment.js';
import { shownCommand } from '../experiment/shownCommand.js';
import { redactCommand } from '../provenance/redactCommand.js';
import { redactEnvironment } from '../provenance/redactEnvironment.js';
import { redactValue } from '../provenance/redactValue.js';
import { redact } from '../provenance/secrets.js';
import { float64Bits } from '../text/float64Bits.js';
import type { ProgramRepeat, Repeat, RunPlan } from './record.js';

/** A number as documents hold it: JSON has none for what is not finite. */
function numberOf(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function programOf({ seed, failure, metrics, ...rest }: ProgramRepeat): object {
  return {
    seed,
    ...(failure === null ? {} : { failure }),
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, numberOf(value)])),
    ...rest,
  };
}

/** A repeat as documents and journals hold it. */
export function repeatDocument({ index, score, hash, program }: Repeat): object {
  const bits = float64Bits(score);
  const rest = program ? { bits, hash, ...programOf(program) } : { bits, weights: hash };
  if (Number.isFinite(score)) return { repeat: index + 1, score, status: 'ok', ...rest };
  const failed = program !== undefined && program.failure !== null;
  return failed
    ? { repeat: index + 1, score: null, status: 'failed', ...rest }
    : { repeat: index + 1, score: null, status: 'diverged', value: String(score), ...rest };
}

/** How repeats of a program get their seeds; changes where other seeds would come out. */
const CHILD_SEEDS = 'child seeds of 31 bits, version 1';

/** An experiment without what looks like a secret; itself where there is none. */
function withoutSecrets(experiment: Experiment): Experiment {
  if (experiment.kind === 'network') return experiment;
  if (experiment.kind === 'module') {
    const parameters = redactValue(experiment.with) as typeof experiment.with;
    return parameters === experiment.with ? experiment : { ...experiment, with: parameters };
  }
  const { name, command, setup, cleanup, env } = experiment;
  const commands = [command, setup, cleanup].map((words) => words && redactCommand(words));
  const variables = redactEnvironment(
    Object.fromEntries(Object.entries(env).flatMap(([key, value]) => (value === null ? [] : [[key, value]]))),
  );
  if (!variables.redacted && commands.every((each) => !each?.redacted)) return experiment;
  const [own, before, after] = commands.map((each) => each?.words);
  return {
    ...experiment,
    name: name === shownCommand(command) ? shownCommand(own ?? []) : redact(name),
    ...{ command: own ?? [], setup: before ?? null, cleanup: after ?? null, env: { ...env, ...variables.env } },
  };
}

/** A plan as documents and journals hold it. */
export function planDocument({ experiment, inputs, seed, free, sameSeed, until }: RunPlan): object {
  const told = withoutSecrets(experiment);
  return {
    experiment: told,
    // What is left out cannot be executed again.
    ...(told === experiment ? {} : { redacted: true }),
    ...(inputs.length === 0 ? {} : { inputs }),
    seed: { ...seed, drawn: free.length > 0 },
    ...(experiment.kind === 'network' ? {} : { derivation: CHILD_SEEDS }),
    ...{ free, sameSeed },
    ...(until === null ? {} : { until }),
  };
}
