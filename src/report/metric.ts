import type { Experiment } from '../experiment/experiment.js';
import { metricOf } from '../experiment/judged.js';
import type { Metric } from '../network/network.js';
import { printable } from '../text/printable.js';

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
export function metricName(experiment: Experiment): string {
  if (experiment.kind !== 'network') return printable(metricOf(experiment));
  const { metric, on } = experiment.score;
  const name = NAMES[metric];
  return on === 'validation' || on === 'test' ? `${on} ${name}` : name;
}
