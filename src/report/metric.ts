import { isHigherBetter, type Score } from '../experiment/experiment.js';
import type { Metric } from '../network/network.js';

const NAMES: Readonly<Record<Metric, string>> = {
  mse: 'MSE',
  mae: 'MAE',
  hinge: 'hinge',
  binary_crossentropy: 'binary crossentropy',
  categorical_crossentropy: 'categorical crossentropy',
  accuracy: 'accuracy',
  r2: 'R²',
};

/** The metric that scores are, with the part of the data where it is held out: `MSE`, `test accuracy`. */
export function metricName({ metric, on }: Score): string {
  const name = NAMES[metric];
  return on === 'validation' || on === 'test' ? `${on} ${name}` : name;
}

/** Which scores are the better ones. */
export function directionOf(score: Score): 'higher' | 'lower' {
  return isHigherBetter(score) ? 'higher' : 'lower';
}
