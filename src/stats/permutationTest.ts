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
 * `permutation_test`. Up to 200,000 splits of the pooled values are all looked at. Of more, 10,000 are drawn, and p is
 * (1 + hits) / (1 + 10,000), which is never 0 (B. Phipson & G. Smyth 2010). Where that takes more than 10,000,000 draws, that is
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
  return splitTest(random, first, second, ({ lower, upper, both }) => (balanced ? both : 2 * Math.min(lower, upper)));
}

/** The same test, one-sided: p for the claim that the first mean is the lower one. For the higher one, swap the sides. */
export function permutationTestLower(
  random: RandomSource,
  first: readonly number[],
  second: readonly number[],
): ResamplingTest {
  const ofFewer = first.length <= second.length;
  return splitTest(random, first, second, ({ lower, upper }) => (ofFewer ? lower : upper));
}

/** How many sums, or which share of them, lie as far out as the observed one. */
interface Tails {
  readonly lower: number;
  readonly upper: number;
  readonly both: number;
}

/** The test whose hits are some of the sums of the smaller side that lie as far out as the observed one. */
function splitTest(
  random: RandomSource,
  first: readonly number[],
  second: readonly number[],
  hitsOf: (tails: Tails) => number,
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
    const { tails, total } = count(observed, tolerance, (visit) => everySum(values, size, visit));
    return { p: Math.min(1, hitsOf(tails) / total), method: 'exact' };
  }
  if (size * RESAMPLES <= MOST_DRAWS) {
    const { tails, total } = count(observed, tolerance, (visit) => drawnSums(random, values, size, visit));
    return { p: Math.min(1, (1 + hitsOf(tails)) / (1 + total)), method: 'monteCarlo' };
  }
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  const all = values.length;
  const deviation = Math.sqrt(((size * (all - size)) / (all * (all - 1))) * squares);
  if (deviation === 0) return { p: 1, method: 'normal' };
  const upper = normalSurvival(observed / deviation);
  const lower = normalSurvival(-observed / deviation);
  return { p: hitsOf({ lower, upper, both: 2 * Math.min(lower, upper) }), method: 'normal' };
}

function count(
  observed: number,
  tolerance: number,
  sums: (visit: (sum: number) => void) => void,
): { tails: Tails; total: number } {
  let [lower, upper, both, total] = [0, 0, 0, 0];
  const far = Math.abs(observed) - tolerance;
  sums((sum) => {
    total++;
    if (sum <= observed + tolerance) lower++;
    if (sum >= observed - tolerance) upper++;
    if (Math.abs(sum) >= far) both++;
  });
  return { tails: { lower, upper, both }, total };
}

/** The sum of every choice of `size` values. */
function everySum(values: Float64Array, size: number, visit: (sum: number) => void): void {
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
function drawnSums(random: RandomSource, values: Float64Array, size: number, visit: (sum: number) => void): void {
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
