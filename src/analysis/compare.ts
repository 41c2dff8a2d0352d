import { ReproError } from '../errors.js';
import type { Direction } from '../experiment/experiment.js';
import { type BlockRankTest, friedman } from '../stats/friedman.js';
import { holm } from '../stats/holm.js';
import { kruskalWallis, type RankTest } from '../stats/kruskalWallis.js';
import { smallestRankSumP } from '../stats/mannWhitney.js';
import { countable, type NoetherOptions, noether, noetherPaired } from '../stats/noether.js';
import { ascending } from '../stats/summary.js';
import { MEANINGFUL } from '../stats/superiorityVerdict.js';
import { smallestSignedRankP } from '../stats/wilcoxon.js';
import { comparePair, type PairFigures } from './comparePair.js';
import { rankable } from './leadingTest.js';
import { type Summary, summarize } from './summarize.js';
import { pairVerdict, verdictOf } from './verdict.js';

/** One of what is compared: repeats of one experiment. */
export interface Arm {
  /** Of this arm alone. */
  readonly label: string;
  /** In the order of the repeats. */
  readonly scores: readonly number[];
  /** Arms that share it are paired: repeat k of one began where repeat k of another did. Absent where nothing is shared. */
  readonly pairing?: string;
}

export interface CompareOptions {
  readonly direction: Direction;
  /** By default arms are paired where they share their pairing and have as many repeats. */
  readonly paired?: boolean | undefined;
  /** Chance of calling arms different that are not; 0.05 by default. */
  readonly alpha?: number | undefined;
  /** Means that are no further apart than this are as good as equal, in units of the scores. */
  readonly margin?: number | undefined;
}

/** What is concluded of two arms. */
export type Conclusion = 'identical' | 'first better' | 'second better' | 'equivalent' | 'undecided';

export interface PairComparison extends PairFigures {
  /** Labels of the two arms. */
  readonly first: string;
  readonly second: string;
  /** The leading test's p, adjusted by Holm for as many pairs as there are. */
  readonly adjustedP: number;
  /** By the leading test alone, at α; `equivalent` by two one-sided tests, where it finds no difference. */
  readonly conclusion: Conclusion;
  /** Repeats of each arm with which 95 of 100 comparisons would tell, if the ranks lie as here; `null` unless undecided, and beyond 2^53. */
  readonly repeatsNeeded: number | null;
  readonly verdict: string;
}

export interface ArmFigures {
  readonly label: string;
  readonly summary: Summary;
}

export interface Comparison {
  readonly direction: Direction;
  readonly paired: boolean;
  readonly alpha: number;
  readonly margin: number | null;
  readonly arms: readonly ArmFigures[];
  /** Of more than two arms: whether they differ at all. */
  readonly overall:
    | (RankTest & { readonly name: 'Kruskal-Wallis' })
    | (BlockRankTest & { readonly name: 'Friedman' })
    | null;
  /** Every two arms, in their order. */
  readonly pairs: readonly PairComparison[];
  /** One sentence. */
  readonly verdict: string;
  /** What to keep in mind. */
  readonly warnings: readonly string[];
}

const ALPHA = 0.05;

/**
 * Compares arms by their scores. One test decides, of ranks and chosen by the design: Mann and Whitney's, or Wilcoxon's where arms
 * are paired, over more than two arms with Holm's adjustment; whatever else is computed stands beside it.
 *
 * @throws ReproError for fewer than two arms, an arm without a score, two of one label, or paired arms of different lengths
 */
export function compareArms(arms: readonly Arm[], options: CompareOptions): Comparison {
  checkArms(
    arms.map(({ label, scores }) => ({ label, repeats: scores.length })),
    options,
  );
  const { direction, alpha = ALPHA } = options;
  const margin = options.margin ?? null;
  const paired = options.paired ?? arePaired(arms);
  const couples = arms.flatMap((first, i) => arms.slice(i + 1).map((second) => ({ first, second })));
  const figures = couples.map(({ first, second }) =>
    comparePair(first.scores, second.scores, { direction, paired, alpha, margin }),
  );
  const adjusted = holm(figures.map(({ test }) => test.p));
  const pairs = couples.map(({ first, second }, i): PairComparison => {
    const pair = figures[i] as PairFigures;
    const adjustedP = adjusted[i] as number;
    const conclusion = conclude(pair, adjustedP, alpha);
    const level = { alpha: alpha / couples.length, twoSided: true };
    const repeatsNeeded = conclusion === 'undecided' ? repeatsToTell(pair, first.scores.length, level) : null;
    const named = { first: first.label, second: second.label, ...pair, adjustedP, conclusion, repeatsNeeded };
    return { ...named, verdict: pairVerdict(named, alpha) };
  });
  return {
    ...{ direction, paired, alpha, margin },
    arms: arms.map(({ label, scores }) => ({ label, summary: summarize(scores) })),
    overall: arms.length > 2 ? overallTest(arms, direction, paired) : null,
    pairs,
    verdict: verdictOf(arms.length, pairs),
    warnings: warningsOf(arms, pairs, { paired, alpha, margin }),
  };
}

/** An arm by its size, before it has scores. */
export interface ArmSize {
  readonly label: string;
  readonly repeats: number;
}

/** @throws ReproError for what `compareArms` cannot compare */
export function checkArms(arms: readonly ArmSize[], { paired, alpha, margin }: Partial<CompareOptions>): void {
  if (arms.length < 2) throw new ReproError(`a comparison needs 2 arms, got ${arms.length}`);
  const labels = arms.map(({ label }) => label);
  const twice = labels.find((label, i) => labels.indexOf(label) < i);
  if (twice !== undefined) throw new ReproError(`two arms are called "${twice}"`);
  const empty = arms.find(({ repeats }) => repeats === 0);
  if (empty) throw new ReproError(`"${empty.label}" has no scores`);
  if (alpha !== undefined && !(alpha > 0 && alpha < 1)) {
    throw new ReproError(`alpha must be between 0 and 1, got ${alpha}`);
  }
  if (alpha !== undefined && 1 - alpha === 1) {
    throw new ReproError(`alpha must be so large that 1 - alpha is not rounded to 1, got ${alpha}`);
  }
  if (margin !== undefined && !(margin > 0 && Number.isFinite(margin))) {
    throw new ReproError(`the margin must be a number above 0, got ${margin}`);
  }
  const counts = arms.map(({ repeats }) => repeats);
  if (paired && new Set(counts).size > 1) {
    throw new ReproError(`paired arms must have as many repeats as each other, got ${counts.join(' and ')}`);
  }
}

function arePaired(arms: readonly Arm[]): boolean {
  const [one] = arms;
  return arms.every(
    ({ pairing, scores }) => pairing !== undefined && pairing === one?.pairing && scores.length === one.scores.length,
  );
}

/** By Noether's formula for the leading test; pairs without a difference stay as frequent as they are. */
function repeatsToTell({ test }: PairFigures, repeats: number, options: NoetherOptions): number | null {
  if (test.name === 'Mann-Whitney') return noether(test.favour, options);
  const needed = noetherPaired(test.favour, options);
  return needed === null ? null : countable((needed * repeats) / test.count);
}

function conclude({ identical, test, equivalence }: PairFigures, p: number, alpha: number): Conclusion {
  if (identical) return 'identical';
  if (p <= alpha && test.leader !== null) return `${test.leader} better`;
  return equivalence !== null && equivalence.p <= alpha ? 'equivalent' : 'undecided';
}

function overallTest(arms: readonly Arm[], direction: Direction, paired: boolean): Comparison['overall'] {
  const groups = arms.map(({ scores }) => rankable(paired ? scores : ascending(scores), direction));
  if (!paired) {
    const test = kruskalWallis(groups);
    return test && { name: 'Kruskal-Wallis', ...test };
  }
  const test = friedman(groups);
  return test && { name: 'Friedman', ...test };
}

type Design = Pick<Comparison, 'paired' | 'alpha' | 'margin'>;

function warningsOf(arms: readonly Arm[], pairs: readonly PairComparison[], design: Design): string[] {
  const diverged = arms.flatMap(({ label, scores }) => {
    const count = scores.filter((score) => !Number.isFinite(score)).length;
    if (count === 0) return [];
    return [
      `${count} of ${scores.length} repeats of ${label} diverged: ranks take them as worse than any other, means leave them out`,
    ];
  });
  return [...diverged, ...tooFew(pairs, design), ...fewPairs(arms, pairs, design), ...undecidableMargin(pairs, design)];
}

/** Where no outcome could have been significant. */
function tooFew(pairs: readonly PairComparison[], { paired, alpha }: Design): string[] {
  const level = alpha / pairs.length;
  const hopeless = pairs.filter(({ identical, test }) => !identical && test.smallestP > level);
  if (hopeless.length === 0) return [];
  const smallest = (n: number) => (paired ? smallestSignedRankP(n) : smallestRankSumP(n, n));
  let needed = 1;
  while (smallest(needed) > level) needed++;
  const which =
    hopeless.length === pairs.length
      ? ''
      : ` of ${hopeless.map(({ first, second }) => `${first} and ${second}`).join(', ')}`;
  const what = paired ? `${needed} pairs that differ` : `${needed} repeats of each arm`;
  return [`no outcome${which} could have been significant at alpha = ${alpha}: that takes ${what}`];
}

/** The bootstrap of a share knows nothing of what so few pairs have not shown. */
function fewPairs([first]: readonly Arm[], pairs: readonly PairComparison[], { paired, alpha }: Design): string[] {
  const supposed = noether(MEANINGFUL) ?? 0;
  const count = first?.scores.length ?? 0;
  if (!paired || count >= supposed || pairs.every(({ identical }) => identical)) return [];
  const level = Math.round(1000 * (1 - alpha)) / 10;
  return [`the interval of P(better) is made for ${supposed} pairs; of ${count} it may cover far less than ${level}%`];
}

function undecidableMargin(pairs: readonly PairComparison[], { margin }: Design): string[] {
  const declined = margin !== null && pairs.some(({ identical, equivalence }) => !identical && equivalence === null);
  return declined ? ['the margin is not tested where repeats diverged, are fewer than 2 or do not vary'] : [];
}
