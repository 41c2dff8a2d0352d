import type { Direction, Experiment } from './experiment.js';

/** Which scores of an experiment are the better ones. */
export function directionOf(experiment: Experiment): Direction {
  if (experiment.kind !== 'network') return experiment.direction;
  const { metric } = experiment.score;
  return metric === 'accuracy' || metric === 'r2' ? 'higher' : 'lower';
}

/** What the scores of an experiment are, so that only like is compared with like: `mse`. */
export function metricOf(experiment: Experiment): string {
  switch (experiment.kind) {
    case 'network':
      return experiment.score.metric;
    case 'command':
      return experiment.metrics[0]?.name ?? MODULE_SCORE;
    case 'module':
      return MODULE_SCORE;
  }
}

/** What a module calls its score. */
const MODULE_SCORE = 'score';

/** The part of the data that scores are of; of programs nothing is known of it. */
export function scoredPartOf(experiment: Experiment): string | undefined {
  return experiment.kind === 'network' ? experiment.score.on : undefined;
}
