import { mean } from './summary.js';
import { unitScale } from './unitScale.js';

/** Deviations from the mean, over their length; `null` where all are 0. */
function direction(values: readonly number[]): number[] | null {
  const scale = unitScale(values);
  const centre = mean(values) * scale;
  const deviations = values.map((value) => value * scale - centre);
  const length = Math.sqrt(deviations.reduce((sum, deviation) => sum + deviation * deviation, 0));
  return length > 0 ? deviations.map((deviation) => deviation / length) : null;
}

/**
 * Pearson's correlation of pairs (K. Pearson 1896), −1 … 1; `null` where one of the sides does not vary.
 *
 * @param first finite, as many as there are in `second`
 */
export function correlation(first: readonly number[], second: readonly number[]): number | null {
  const [x, y] = [direction(first), direction(second)];
  if (!(x && y)) return null;
  const product = x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
  return Math.min(1, Math.max(-1, product));
}
