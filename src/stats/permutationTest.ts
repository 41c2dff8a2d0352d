import { choose } from './choose.js';
import { normalSurvival } from './normal.js';
import { below, type RandomSource } from './randomSource.js';
import { MOST_DRAWS, RESAMPLES, type ResamplingTest, ROUNDING } from './resampling.js';
import { ascending, mean } from './summary.js';
import { unitScale } from './unitScale.js';

/** Up to so many splits every one is looked at. */
const MOST_SPLITS = 200_000;

/**
 * Permutation test of the difference of two means (R. Fisher 1935; E. Pitman 1937), two-sided: twice the smaller tail, as SciPy's
 * `permutation_test`. Up to 200,000 splits of the pooled values are all looked at. Of more, 10,000 are drawn, and the
 * observed split counts as one of 10,001, in each tail, so that p is never 0 (B. Phipson & G. Smyth 2010). Where that takes more than 10,000,000 draws, that is
 * with 1,000 values on the smaller side, the sums are nearly normal (J. Hájek 1960), and p comes from their exact variance.
 *
 * The values' order and that of the sides change nothing: it is the smaller side's sum that is followed, over sorted values.
 *
 * @param first finite, at least one value; as `second`
 */
export function permutationTest(
  random: RandomSource,
  first: readonly number[],
  second: readonly number[],
): ResamplingTest {
  // In both tails of sides of equal size, whose sums mirror each other, else twice in one.
  const balanced = first.length === second.length;
  return splitTest(random, first, second, (lower, upper, both) => (balanced ? both : 2 * Math.min(lower, upper)));
}

/** The same test, one-sided: p for the claim that the first mean is the lower one. For the higher one, swap the sides. */
export function permutationTestLower(
  random: RandomSource,
  first: readonly number[],
  second: readonly number[],
): ResamplingTest {
  const ofFewer = first.length <= second.length;
  return splitTest(random, first, second, (lower, upper) => (ofFewer ? lower : upper));
}

/** Which of the sums that lie as far out as the observed one are hits: how many, or which share of them. */
type Hits = (lower: number, upper: number, both: number) => number;

/** The test, of sums of the smaller side. */
function splitTest(
  random: RandomSource,
  first: readonly number[],
  second: readonly number[],
  hitsOf: Hits,
): ResamplingTest {
  const fewer = first.length <= second.length ? first : second;
  const scale = unitScale([...first, ...second]);
  const pooled = ascending([...first, ...second]).map((value) => value * scale);
  const centre = mean(pooled);
  const values = Float64Array.from(pooled, (value) => value - centre);
  const observed = ascending(fewer).reduce((sum, value) => sum + (value * scale - centre), 0);
  const tolerance = ROUNDING * values.reduce((sum, value) => sum + Math.abs(value), 0);
  const size = fewer.length;

  if (choose(values.length, size) <= MOST_SPLITS) {
    return { p: share(observed, tolerance, hitsOf, (visit) => everySum(values, size, visit)), method: 'exact' };
  }
  if (size * RESAMPLES <= MOST_DRAWS) {
    const sums = (visit: Visit) => {
      visit(observed);
      drawnSums(random, values, size, visit);
    };
    return { p: share(observed, tolerance, hitsOf, sums), method: 'monteCarlo' };
  }
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  const all = values.length;
  const deviation = Math.sqrt(((size * (all - size)) / (all * (all - 1))) * squares);
  const [lower, upper] = [-1, 1].map((side) => normalSurvival((side * observed) / deviation)) as [number, number];
  return { p: deviation > 0 ? hitsOf(lower, upper, 2 * Math.min(lower, upper)) : 1, method: 'normal' };
}

type Visit = (sum: number) => void;

/** The share of hits among sums, at most 1. */
function share(observed: number, tolerance: number, hitsOf: Hits, sums: (visit: Visit) => void): number {
  let [lower, upper, both, total] = [0, 0, 0, 0];
  const far = Math.abs(observed) - tolerance;
  sums((sum) => {
    total++;
    if (sum <= observed + tolerance) lower++;
    if (sum >= observed - tolerance) upper++;
    if (Math.abs(sum) >= far) both++;
  });
  return Math.min(1, hitsOf(lower, upper, both) / total);
}

/** The sum of every choice of `size` values. */
function everySum(values: Float64Array, size: number, visit: Visit): void {
  const choose = (from: number, left: number, sum: number) => {
    if (left === 0) {
      visit(sum);
      return;
    }
    for (let at = from; at <= values.length - left; at++) choose(at + 1, left - 1, sum + (values[at] as number));
  };
  choose(0, size, 0);
}

/** Sums of `size` values that are drawn without replacement, by the first steps of R. Durstenfeld's shuffle (1964). */
function drawnSums(random: RandomSource, values: Float64Array, size: number, visit: Visit): void {
  const order = values.slice();
  for (let i = 0; i < RESAMPLES; i++) {
    let sum = 0;
    for (let at = 0; at < size; at++) {
      const other = at + below(random, order.length - at);
      const value = order[other] as number;
      order[other] = order[at] as number;
      order[at] = value;
      sum += value;
    }
    visit(sum);
  }
}
