import { redact } from '../provenance/secrets.js';
import { float64Bits } from '../text/float64Bits.js';
import type { ProgramRepeat, Repeat, RunPlan } from './record.js';
import { withoutSecrets } from './withoutSecrets.js';

/** A number as documents hold it: JSON has none for what is not finite, and JavaScript writes none for −0. */
function numberOf(value: number): number | string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}

/** Its keys in one order, whoever made the repeat: what is read from a journal is written as the run itself would have. */
function programOf({ seed, failure, metrics, exitCode, elapsed, artifacts, output, attempts }: ProgramRepeat): object {
  return {
    seed,
    ...(failure === null ? {} : { failure }),
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, numberOf(value)])),
    ...{ exitCode, elapsed, artifacts, output, attempts },
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

/** A plan as documents and journals hold it: nothing in it looks like a secret. */
export function planDocument(plan: RunPlan): object {
  const { experiment, redacted, inputs, seed, free, sameSeed, until } = withoutSecrets(plan);
  return {
    experiment,
    // What is left out cannot be executed again.
    ...(redacted ? { redacted } : {}),
    ...(inputs.length === 0 ? {} : { inputs }),
    seed: { ...seed, drawn: free.length > 0 },
    ...(experiment.kind === 'network' ? {} : { derivation: CHILD_SEEDS }),
    ...{ free, sameSeed },
    ...(until === null ? {} : { until }),
  };
}

/**
 * What a journal begins with.
 *
 * @param folder where the experiment is, absolute
 */
export function headerDocument(plan: RunPlan, folder: string, environment: object): object {
  const told = redact(folder);
  const document = planDocument(told === folder ? plan : { ...plan, redacted: true });
  return { plan: document, folder: told, environment };
}
