import { binomialCdf } from './binomial.js';

/**
 * Sign test of paired differences (J. Arbuthnot 1710), two-sided: twice the smaller tail of the binomial distribution of ½, at most 1.
 * Differences of 0 are dropped; where none is left p is 1.
 *
 * @param differences no NaN
 */
export function signTest(differences: readonly number[]): number {
  const wins = differences.filter((difference) => difference > 0).length;
  const losses = differences.filter((difference) => difference < 0).length;
  return Math.min(1, 2 * binomialCdf(Math.min(wins, losses), wins + losses, 0.5));
}
