import { ReproError } from '../errors.js';
import { directionOf, metricOf, scoredPartOf } from '../experiment/judged.js';
import { hasFailed, type RunPlan, type RunRecord } from '../run/record.js';
import { type Arm, type CompareOptions, type Comparison, checkArms, compareArms } from './compare.js';

/** A run as it is named among others. */
export interface LabelledRun extends Pick<RunRecord, 'plan' | 'repeats' | 'digest'> {
  readonly label: string;
}

/** How runs are compared; by default in the direction of their metric. */
export type ComparisonOptions = Partial<CompareOptions>;

/** Runs of one seed on one backend begin alike, repeat by repeat; programs are given the same seeds. */
function pairingOf({ experiment, seed, sameSeed }: RunPlan): string {
  const { root, tensorflow, sources } = seed;
  const derivation = experiment.kind === 'command' ? experiment.kind : [experiment.kind, experiment.backend];
  return JSON.stringify([derivation, sameSeed, root, tensorflow, sources]);
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
  const other = runs.find(({ plan }) => first && metricOf(plan.experiment) !== metricOf(first.plan.experiment));
  if (!first || !other) return;
  const judged = [first, other].map(({ label, plan }) => `${label} by ${metricOf(plan.experiment)}`);
  throw new ReproError(`scores of different metrics cannot be compared: ${judged.join(', ')}`, {
    hint: 'score.metric=… gives experiments the same one',
  });
}

function warningsOf(runs: readonly LabelledRun[]): string[] {
  const parts = new Set(runs.flatMap(({ plan }) => scoredPartOf(plan.experiment) ?? []));
  const failed = runs.map(({ label, repeats }) => ({ label, repeats, count: repeats.filter(hasFailed).length }));
  return [
    ...failed.flatMap(({ label, repeats, count }) =>
      count === 0
        ? []
        : [
            `${count} of ${repeats.length} repeats of ${label} failed, and are left out with their pairs, if they have any`,
          ],
    ),
    ...runs
      .filter(({ plan }) => plan.sameSeed && plan.repeats > 1)
      .map(({ label }) => `every repeat of ${label} started from the seed itself, so that its scores are one score`),
    ...(parts.size > 1 ? [`scores are of different parts of the data: ${[...parts].join(', ')}`] : []),
  ];
}

/** Runs without the repeats that failed; where runs are paired, without these in any of them. */
function withoutFailures(runs: readonly LabelledRun[], { paired }: ComparisonOptions): LabelledRun[] {
  const pairings = new Set(runs.map(({ plan, repeats }) => `${pairingOf(plan)} ${repeats.length}`));
  const together = paired ?? pairings.size === 1;
  const failed = new Set(runs.flatMap(({ repeats }) => repeats.filter(hasFailed).map(({ index }) => index)));
  return runs.map((run) => ({
    ...run,
    repeats: run.repeats.filter((repeat) => !(together ? failed.has(repeat.index) : hasFailed(repeat))),
  }));
}

/**
 * Compares runs by their scores, which are better in the direction of their metric unless told otherwise; paired by default where
 * they share seed, backend and number of repeats.
 *
 * @throws ReproError as `compareArms` does, and where the runs are judged by different metrics
 */
export function compareRuns(runs: readonly LabelledRun[], options: ComparisonOptions): Comparison {
  checkRuns(runs, options);
  const arms = withoutFailures(runs, options).map(({ label, plan, repeats }): Arm => {
    return { label, scores: repeats.map(({ score }) => score), pairing: pairingOf(plan) };
  });
  const [first] = runs as [LabelledRun];
  const comparison = compareArms(arms, {
    ...options,
    direction: options.direction ?? directionOf(first.plan.experiment),
  });
  return { ...comparison, warnings: [...warningsOf(runs), ...comparison.warnings] };
}
