import type { SavedRun } from '../run/readRecord.js';
import { causesOf } from './causes.js';
import { type Judgement, judgeReproduction, type Side } from './check.js';
import { machineDifferences } from './environmentDifferences.js';
import type { Verification } from './verify.js';

/**
 * Whether an execution is the one that a baseline recorded. A baseline of another plan cannot be compared, nor one with other
 * bits from another version or environment: neither says anything against the experiment.
 *
 * @param differences of the plans: see planDifferences
 * @param verification of the repeats that both have
 */
export function judgeBaseline(
  now: Side,
  baseline: SavedRun,
  shown: string,
  differences: readonly string[],
  verification: Verification,
): Judgement {
  const incomparable = (message: string, cause: string): Judgement => {
    const causes = [{ cause, remedy: '-u records a new baseline' }];
    return { name: 'baseline', outcome: 'incomparable', verdict: 'not comparable', message, causes };
  };
  // What has no seed has another one each time: that is told as the cause.
  const unseeded = now.plan.free.length > 0 && differences.every((difference) => difference.startsWith('seed.'));
  if (differences.length > 0 && !unseeded) {
    return incomparable(`the plan differs: ${differences.join('; ')}`, `${shown} is of another run`);
  }
  const judgement = { ...judgeReproduction(now.plan, verification), name: 'baseline' };
  const elsewhere = machineDifferences(now.circumstances, baseline.circumstances);
  if (judgement.outcome === 'failed' && causesOf(now.plan).length === 0 && elsewhere.length > 0) {
    const message = `${shown} comes from elsewhere, and its bits differ: ${elsewhere.join('; ')}`;
    return incomparable(message, 'the same bits on every machine are promised of one version only');
  }
  return judgement;
}
