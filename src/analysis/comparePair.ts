import type { Direction } from '../experiment/experiment.js';
import { brownForsythe } from '../stats/brownForsythe.js';
import { cliffsDelta } from '../stats/cliffsDelta.js';
import { cohenDz } from '../stats/cohenDz.js';
import { equalButForRounding } from '../stats/equalButForRounding.js';
import { equivalence } from '../stats/equivalence.js';
import { hedgesG } from '../stats/hedgesG.js';
import { hodgesLehmann, type Shift } from '../stats/hodgesLehmann.js';
import type { MeanTest } from '../stats/meanTest.js';
import type { FTest } from '../stats/oneWayAnova.js';
import { pairedSuperiority } from '../stats/pairedSuperiority.js';
import { pairedT } from '../stats/pairedT.js';
import { permutationTest } from '../stats/permutationTest.js';
import type { RandomSource } from '../stats/randomSource.js';
import type { ResamplingTest } from '../stats/resampling.js';
import { signFlipTest } from '../stats/signFlipTest.js';
import { ascending } from '../stats/summary.js';
import { type Superiority, superiority } from '../stats/superiority.js';
import { type SuperiorityVerdict, superiorityVerdict } from '../stats/superiorityVerdict.js';
import { welch } from '../stats/welch.js';
import { dataSource } from './dataSource.js';
import { type LeadingTest, leadingTest, rankable, rankableDifferences } from './leadingTest.js';

/** How two arms are compared. */
export interface PairOptions {
  readonly direction: Direction;
  /** Whether repeat k of one arm stands beside repeat k of the other. */
  readonly paired: boolean;
  readonly alpha: number;
  /** Means that are no further apart than this are as good as equal, in units of the scores. */
  readonly margin: number | null;
}

/** Figures of two arms; differences are first minus second. `null` where there are too few scores for one, or they do not vary. */
export interface PairFigures {
  /** Whether the scores are the same, bit by bit: repeat by repeat where the arms are paired, in any order where they are not. */
  readonly identical: boolean;
  readonly test: LeadingTest;
  /** Probability that the first scores better, with its interval of the level 1 − α. */
  readonly probabilityBetter: Superiority;
  /** What that interval says of whichever arm is ahead. */
  readonly meaning: SuperiorityVerdict;
  /** P(first higher) − P(first lower). */
  readonly cliffsDelta: number;
  /** Hodges and Lehmann's, of unpaired arms. */
  readonly shift: Shift | null;
  /** Welch's test, or the paired t test. */
  readonly meanTest: MeanTest | null;
  /** Hedges' g, or d_z of pairs. */
  readonly effectSize: number | null;
  /** Of the difference of means, or of the signs of paired differences. */
  readonly permutation: ResamplingTest | null;
  /** Brown and Forsythe's, of unpaired arms. */
  readonly spread: FTest | null;
  /** p for the claim that the means are within the margin; declined where a repeat diverged. */
  readonly equivalence: { readonly margin: number; readonly p: number } | null;
}

/**
 * Compares the scores of two arms. Repeats that diverged rank as worse than any that did not, and as equal to each other; what
 * rests on means or differences leaves them out.
 *
 * @param first at least one score; where the arms are paired, as many as `second`
 */
export function comparePair(first: readonly number[], second: readonly number[], options: PairOptions): PairFigures {
  // Of all scores in order, so that neither the order of repeats nor that of arms counts.
  const random = dataSource(ascending([...first, ...second].filter(Number.isFinite)));
  return options.paired
    ? comparePaired(first, second, options, random)
    : compareUnpaired(ascending(first), ascending(second), options, random);
}

/** Sorted arms, so that no sum depends on the order of the repeats. */
function compareUnpaired(
  first: readonly number[],
  second: readonly number[],
  { direction, alpha, margin }: PairOptions,
  random: RandomSource,
): PairFigures {
  const level = 1 - alpha;
  const [x, y] = [rankable(first, direction), rankable(second, direction)];
  const [a, b] = [first.filter(Number.isFinite), second.filter(Number.isFinite)];
  const some = a.length > 0 && b.length > 0;
  const better = direction === 'lower' ? superiority(y, x, level) : superiority(x, y, level);
  const meanTest = some ? welch(a, b, level) : null;
  return {
    identical: areIdentical(first, second),
    test: leadingTest(first, second, { direction, paired: false }),
    ...probabilityFigures(better, direction),
    shift: some ? finiteShift(hodgesLehmann(a, b, level)) : null,
    meanTest,
    effectSize: hedgesG(a, b),
    permutation: some ? permutationTest(random, a, b) : null,
    spread: some ? brownForsythe([a, b]) : null,
    equivalence: a.length + b.length < x.length + y.length ? null : equivalenceOf(meanTest, margin),
  };
}

function comparePaired(
  first: readonly number[],
  second: readonly number[],
  { direction, alpha, margin }: PairOptions,
  random: RandomSource,
): PairFigures {
  const level = 1 - alpha;
  const differences = rankableDifferences(first, second, direction);
  const gains = direction === 'lower' ? differences.map((difference) => -difference) : differences;
  const finite = ascending(first.map((score, i) => score - (second[i] as number)).filter(Number.isFinite));
  // What rounding leaves of a constant difference is no spread to hold its mean against.
  const constant = equalButForRounding(finite, largestMagnitude([...first, ...second]));
  const meanTest = constant ? null : pairedT(finite, level);
  return {
    identical: areIdentical(first, second),
    test: leadingTest(first, second, { direction, paired: true }),
    ...probabilityFigures(pairedSuperiority(gains, level), direction),
    shift: null,
    meanTest,
    effectSize: constant ? null : cohenDz(finite),
    permutation: finite.length > 0 ? signFlipTest(random, finite) : null,
    spread: null,
    equivalence: finite.length < first.length ? null : equivalenceOf(meanTest, margin),
  };
}

/** Of those that are finite. */
function largestMagnitude(scores: readonly number[]): number {
  return scores.reduce((most, score) => (Number.isFinite(score) ? Math.max(most, Math.abs(score)) : most), 0);
}

function areIdentical(first: readonly number[], second: readonly number[]): boolean {
  return first.length === second.length && first.every((score, i) => Object.is(score, second[i]));
}

function probabilityFigures(
  probabilityBetter: Superiority,
  direction: Direction,
): Pick<PairFigures, 'probabilityBetter' | 'meaning' | 'cliffsDelta'> {
  const { probability, low, high } = probabilityBetter;
  const ahead = probability >= 0.5 ? { low, high } : { low: 1 - high, high: 1 - low };
  const delta = cliffsDelta(probability);
  return {
    probabilityBetter,
    meaning: superiorityVerdict(ahead),
    cliffsDelta: direction === 'lower' ? 0 - delta : delta,
  };
}

/** Without what leaves float64's range. */
function finiteShift({ shift, interval }: Shift): Shift | null {
  if (!Number.isFinite(shift)) return null;
  const bounded = interval !== null && Number.isFinite(interval.low) && Number.isFinite(interval.high);
  return { shift, interval: bounded ? interval : null };
}

function equivalenceOf(test: MeanTest | null, margin: number | null): PairFigures['equivalence'] {
  return test === null || margin === null ? null : { margin, p: equivalence(test, margin) };
}
