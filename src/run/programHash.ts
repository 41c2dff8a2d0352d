import type { ProgramExperiment } from '../experiment/experiment.js';
import { float64Bits } from '../text/float64Bits.js';
import type { Attempt } from './attempt.js';
import { hashText } from './hashText.js';

/**
 * The hash of what a program's repeat results in beside its score: whether it failed, its metrics, its artifacts. A time is no
 * result; where it is the score, it is in the digest all the same.
 */
export function programHash(experiment: ProgramExperiment, { failure, metrics, artifacts }: Attempt): string {
  const sources = experiment.kind === 'command' ? experiment.metrics : [];
  const times = new Set(sources.flatMap(({ from, name }) => (from === 'time' ? [name] : [])));
  const bits = Object.entries(metrics).flatMap(([name, value]) =>
    times.has(name) ? [] : [[name, float64Bits(value)]],
  );
  return hashText(JSON.stringify([failure !== null, bits, Object.entries(artifacts)]));
}
