import { metricOf } from '../experiment/judged.js';
import { hasFailed, type Repeat, type RunPlan } from '../run/record.js';

/** Names of the metrics beside the score. What a module returns is known from the first repeat that has not failed. */
export function furtherMetrics({ experiment }: RunPlan, repeats: readonly Repeat[]): string[] {
  switch (experiment.kind) {
    case 'network':
      return [];
    case 'command':
      return experiment.metrics.slice(1).map(({ name }) => name);
    case 'module': {
      const metrics = repeats.find((repeat) => !hasFailed(repeat))?.program?.metrics ?? {};
      return Object.keys(metrics).filter((name) => name !== metricOf(experiment));
    }
  }
}
