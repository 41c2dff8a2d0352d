import { directionOf, metricOf, scoredPartOf } from '../experiment/judged.js';
import type { RunPlan } from '../run/record.js';
import type { Judgement } from './check.js';
import { type Comparison, compareArms } from './compare.js';

/** How much has to be worse, and how surely. */
export interface DriftLimits {
  /** The chance of calling scores worse that are not. */
  readonly alpha: number;
  /** The least probability that a repeat of the baseline is the better one, 0.5 … 1, that counts. */
  readonly minEffect: number;
}

/** One side of a drift. */
interface Scored {
  readonly plan: RunPlan;
  readonly scores: readonly number[];
}

/** What scores are, so that those of two runs can be compared. */
function scoreText({ experiment }: RunPlan): string {
  const part = scoredPartOf(experiment);
  return metricOf(experiment) + (part === undefined ? '' : ` on ${part}`);
}

const NAME = 'drift';

/**
 * Whether scores have become worse than those of a baseline, whatever has changed since: by the test that compares two runs, and by
 * as much as the limits ask for. Scores that are better are no failure.
 */
export function judgeDrift(now: Scored, before: Scored, shown: string, limits: DriftLimits): Judgement {
  if (scoreText(now.plan) !== scoreText(before.plan)) {
    const message = `scores are ${scoreText(now.plan)}, those of ${shown} ${scoreText(before.plan)}`;
    const causes = [{ cause: `${shown} is not of such scores`, remedy: '-u records a new baseline' }];
    return { name: NAME, outcome: 'incomparable', verdict: 'not comparable', message, causes };
  }
  const direction = directionOf(now.plan.experiment);
  const arms = [
    { label: 'now', scores: now.scores },
    { label: shown, scores: before.scores },
  ];
  return judged(compareArms(arms, { direction, paired: false, alpha: limits.alpha }), shown, limits);
}

function judged({ pairs }: Comparison, shown: string, { alpha, minEffect }: DriftLimits): Judgement {
  const [pair] = pairs;
  if (!pair) throw new Error('two arms make a pair');
  const worse = 1 - pair.probabilityBetter.probability;
  const figures = `P(${shown} better) is ${worse.toFixed(3)}, p = ${pair.test.p.toPrecision(3)}`;
  const drifted = pair.conclusion === 'second better';
  if (drifted && worse >= minEffect) {
    const message = `scores are worse than in ${shown}: ${figures}, α = ${alpha}`;
    const causes = [{ cause: 'the change since then, if it was meant', remedy: '-u records a new baseline' }];
    return { name: NAME, outcome: 'failed', verdict: 'regression', message, causes };
  }
  const better = pair.conclusion === 'first better';
  const message = better
    ? `scores are better than in ${shown}: ${figures}`
    : drifted
      ? `scores are worse than in ${shown}, but by less than ${minEffect}: ${figures}`
      : `the data do not say that scores differ from those in ${shown}: ${figures}`;
  return { name: NAME, outcome: 'passed', verdict: better ? 'better' : 'no regression', message, causes: [] };
}
