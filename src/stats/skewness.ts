import { mean } from './summary.js';
import { unitScale } from './unitScale.js';

/**
 * Third standardized moment of the values themselves, g₁ = m₃ / m₂^(3/2) with mₖ = Σ(x − x̄)ᵏ / n; 0 where all are equal.
 *
 * @param values finite, at least one
 */
export function momentSkewness(values: readonly number[]): number {
  const scale = unitScale(values);
  const centre = mean(values) * scale;
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    const deviation = value * scale - centre;
    squares += deviation * deviation;
    cubes += deviation * deviation * deviation;
  }
  return squares === 0 ? 0 : ((cubes / squares) * Math.sqrt(values.length)) / Math.sqrt(squares);
}

/**
 * Adjusted Fisher-Pearson skewness G₁ = g₁ √(n (n − 1)) / (n − 2), unbiased where the distribution is normal (D. Joanes & C. Gill
 * 1998); above 0 where the higher values lie further out. Not simple-statistics', which cubes by `Math.pow`.
 *
 * @param values finite, at least three: two give NaN
 */
export function skewness(values: readonly number[]): number {
  const n = values.length;
  return (momentSkewness(values) * Math.sqrt(n * (n - 1))) / (n - 2);
}
