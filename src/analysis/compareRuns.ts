import { ReproError } from '../errors.js';
import { isHigherBetter } from '../experiment/experiment.js';
import type { RunPlan, RunRecord } from '../run/record.js';
import { type Arm, type CompareOptions, type Comparison, checkArms, compareArms } from './compare.js';
import type { Direction } from './leadingTest.js';

/** A run as it is named among others. */
export interface LabelledRun extends Pick<RunRecord, 'plan' | 'repeats' | 'digest'> {
  readonly label: string;
}

/** How runs are compared; by default in the direction of their metric. */
export type ComparisonOptions = Partial<CompareOptions>;

/** Runs of one seed on one backend begin alike, repeat by repeat. */
function pairingOf({ experiment, seed, sameSeed }: RunPlan): string {
  const { root, tensorflow, sources } = seed;
  return JSON.stringify([experiment.backend, sameSeed, root, tensorflow, sources]);
}

function directionOf({ experiment }: RunPlan): Direction {
  return isHigherBetter(experiment.score) ? 'higher' : 'lower';
}

/**
 * Whether runs can be compared, before they are executed.
 *
 * @throws ReproError as `compareRuns` does
 */
export function checkRuns(runs: readonly Pick<LabelledRun, 'label' | 'plan'>[], options: ComparisonOptions): void {
  checkArms(
    runs.map(({ label, plan }) => ({ label, repeats: plan.repeats })),
    options,
  );
  const [first] = runs;
  const other = runs.find(({ plan }) => plan.experiment.score.metric !== first?.plan.experiment.score.metric);
  if (!first || !other) return;
  const judged = [first, other].map(({ label, plan }) => `${label} by ${plan.experiment.score.metric}`);
  throw new ReproError(`scores of different metrics cannot be compared: ${judged.join(', ')}`, {
    hint: 'score.metric=… gives experiments the same one',
  });
}

function warningsOf(runs: readonly LabelledRun[]): string[] {
  const parts = new Set(runs.map(({ plan }) => plan.experiment.score.on));
  return [
    ...runs
      .filter(({ plan }) => plan.sameSeed && plan.repeats > 1)
      .map(({ label }) => `every repeat of ${label} started from the seed itself, so that its scores are one score`),
    ...(parts.size > 1 ? [`scores are of different parts of the data: ${[...parts].join(', ')}`] : []),
  ];
}

/**
 * Compares runs by their scores, which are better in the direction of their metric unless told otherwise; paired by default where
 * they share seed, backend and number of repeats.
 *
 * @throws ReproError as `compareArms` does, and where the runs are judged by different metrics
 */
export function compareRuns(runs: readonly LabelledRun[], options: ComparisonOptions): Comparison {
  checkRuns(runs, options);
  const arms = runs.map(({ label, plan, repeats }): Arm => {
    return { label, scores: repeats.map(({ score }) => score), pairing: pairingOf(plan) };
  });
  const [first] = runs as [LabelledRun];
  const comparison = compareArms(arms, { ...options, direction: options.direction ?? directionOf(first.plan) });
  return { ...comparison, warnings: [...warningsOf(runs), ...comparison.warnings] };
}
