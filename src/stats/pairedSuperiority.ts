import { normalQuantile } from './normal.js';
import type { Superiority } from './superiority.js';

/** Up to so many pairs the bootstrap's distribution is computed, beyond them taken as normal. */
const MOST_EXACT = 1000;

/**
 * Probability of superiority of pairs, P(X > Y) + P(X = Y) / 2: the share of differences above 0, those of 0 counting half. Its
 * interval is that of the percentile bootstrap (B. Efron 1979), as X. Bouthillier et al. (2021, appendix C) take it, without its
 * randomness: a resample of n pairs is n draws of win, tie or loss, and the quantiles are those of their exact distribution. Beyond 1000 pairs
 * they are those of the normal distribution that it tends to.
 *
 * @param differences at least one, no NaN; ±Infinity is a win or a loss
 * @param level 0 … 1
 */
export function pairedSuperiority(differences: readonly number[], level = 0.95): Superiority {
  const count = differences.length;
  const wins = differences.filter((difference) => difference > 0).length;
  const losses = differences.filter((difference) => difference < 0).length;
  const ties = count - wins - losses;
  const probability = (wins + ties / 2) / count;
  const tail = (1 - level) / 2;
  if (count > MOST_EXACT) {
    const variance = (wins + ties / 4) / count - probability * probability;
    const half = normalQuantile(1 - tail) * Math.sqrt(Math.max(0, variance) / count);
    return { probability, low: Math.max(0, probability - half), high: Math.min(1, probability + half) };
  }
  return {
    probability,
    low: lowerLimit(wins, ties, count, tail),
    high: 1 - lowerLimit(losses, ties, count, tail),
  };
}

/** The smallest share that at least `tail` of all resamples do not exceed. */
function lowerLimit(wins: number, ties: number, count: number, tail: number): number {
  const [win, tie, loss] = [wins / count, ties / count, (count - wins - ties) / count];
  // chances[h]: that the pairs drawn so far have won h halves.
  const chances = new Float64Array(2 * count + 1);
  chances[0] = 1;
  for (let drawn = 1; drawn <= count; drawn++) {
    for (let h = 2 * drawn; h >= 0; h--) {
      chances[h] =
        loss * (chances[h] as number) +
        (h >= 1 ? tie * (chances[h - 1] as number) : 0) +
        (h >= 2 ? win * (chances[h - 2] as number) : 0);
    }
  }
  let [sum, halves] = [chances[0] as number, 0];
  while (sum < tail) sum += chances[++halves] as number;
  return halves / (2 * count);
}
