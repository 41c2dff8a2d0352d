import { mean } from './summary.js';
import { unitScale } from './unitScale.js';

/**
 * Adjusted excess kurtosis G₂ = (n − 1) ((n + 1) g₂ + 6) / ((n − 2) (n − 3)) with g₂ = m₄ / m₂² − 3 and mₖ = Σ(x − x̄)ᵏ / n, unbiased
 * where the distribution is normal (D. Joanes & C. Gill 1998); above 0 where values lie further out than a normal distribution's.
 * `null` with fewer than four values, or where all are equal.
 *
 * @param values finite
 */
export function excessKurtosis(values: readonly number[]): number | null {
  const n = values.length;
  if (n < 4) return null;
  const scale = unitScale(values);
  const centre = mean(values) * scale;
  const squares = values.map((value) => (value * scale - centre) * (value * scale - centre));
  const second = mean(squares);
  if (second === 0) return null;
  const g2 = mean(squares.map((square) => (square / second) * (square / second))) - 3;
  return ((n - 1) * ((n + 1) * g2 + 6)) / ((n - 2) * (n - 3));
}
