import type { ExperimentRandom } from './random.js';

/** What an experiment is handed for one repeat. */
export interface ExperimentContext {
  /** The repeat's generator, seeded with `seed`. */
  readonly random: ExperimentRandom;
  /** The repeat's seed, for generators of one's own. */
  readonly seed: number | string;
  /** Which repeat of the run this is, from 1. */
  readonly repeat: number;
  /** What the experiment file says under `with`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Aborted when the repeat is to end early; two seconds later its thread is ended. */
  readonly signal: AbortSignal;
  /** Writes a line to stderr, formatted as `console.error` does. */
  log(...values: unknown[]): void;
}

/** The score, or the score and further metrics; NaN and infinities are results like any others. */
export type ExperimentResult = number | Readonly<Record<string, number> & { score: number }>;

/**
 * An experiment as a function, which is called once a repeat, each time in a fresh thread. With its result the repeat has ended:
 * whatever the function has started and not awaited is cut off.
 */
export type ExperimentFunction = (context: ExperimentContext) => ExperimentResult | Promise<ExperimentResult>;

/**
 * Gives the function back, with types: the default export of an experiment's file.
 *
 * ```ts
 * import { defineExperiment } from 'repro/define';
 *
 * export default defineExperiment(async ({ random }) => {
 *   const points = Array.from({ length: 1000 }, () => [random(), random()] as const);
 *   return (4 * points.filter(([x, y]) => x * x + y * y < 1).length) / points.length;
 * });
 * ```
 */
export function defineExperiment(experiment: ExperimentFunction): ExperimentFunction {
  return experiment;
}
