import { sin } from '../kernel/elementary.js';
import { normal, type RandomState, randomSample } from '../random/randomState.js';
import { type Dataset, fromDoubles } from './dataset.js';

export interface Friedman1Options {
  readonly rows: number;
  /** At least 5; the target depends on the first five. */
  readonly features: number;
  /** Deviation of what is added to each target. */
  readonly noise: number;
}

/**
 * Features uniform in [0, 1) and y = 10 sin(π x0 x1) + 20 (x2 − 1/2)² + 10 x3 + 5 x4 + noise: J. Friedman, Annals of Statistics
 * 19(1), 1991. As scikit-learn's make_friedman1.
 */
export function friedman1(random: RandomState, { rows, features, noise }: Friedman1Options): Dataset {
  const inputs = Float64Array.from({ length: rows * features }, () => randomSample(random));
  const targets = Float64Array.from({ length: rows }, (_, row) => {
    const x = (i: number) => inputs[row * features + i] as number;
    const off = x(2) - 0.5;
    return 10 * sin(Math.PI * x(0) * x(1)) + 20 * (off * off) + 10 * x(3) + 5 * x(4) + noise * normal(random);
  });
  return fromDoubles({ rows, features, targets: 1 }, inputs, targets);
}
