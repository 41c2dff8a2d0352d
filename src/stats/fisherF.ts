import { incompleteBeta } from './beta.js';

/**
 * Survival function of Fisher's F distribution, P(X > x).
 *
 * @param df1 degrees of freedom of the numerator, any number above 0
 * @param df2 degrees of freedom of the denominator, any number above 0
 */
export function fSurvival(x: number, df1: number, df2: number): number {
  if (x <= 0) return 1;
  const ratio = (df1 / df2) * x;
  if (ratio === Infinity) return 0;
  return incompleteBeta(df2 / 2, df1 / 2, 1 / (1 + ratio), 1 / (1 + 1 / ratio));
}
