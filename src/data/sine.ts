import { sin } from '../kernel/elementary.js';
import { normal, type RandomState, uniform } from '../random/randomState.js';
import { type Dataset, fromDoubles } from './dataset.js';

export interface SineOptions {
  readonly rows: number;
  /** Deviation of what is added to each target; absent where nothing is drawn. */
  readonly noise?: number;
}

/** x uniform in [−π, π] and y = sin x + noise; all x are drawn first. */
export function sine(random: RandomState, { rows, noise }: SineOptions): Dataset {
  const inputs = Float64Array.from({ length: rows }, () => uniform(random, -Math.PI, Math.PI));
  const targets = inputs.map((x) => sin(x) + (noise === undefined ? 0 : normal(random, 0, noise)));
  return fromDoubles({ rows, features: 1, targets: 1 }, inputs, targets);
}
