import type { RootSeed } from '../backends/backend.js';
import { type Dataset, inlineRows, sequence } from '../data/dataset.js';
import type { BackendName, Experiment, Seed } from '../experiment/experiment.js';
import type { Network } from '../network/network.js';
import { drawSeed } from '../random/entropy.js';
import type { RunPlan } from './record.js';

/** One number seeds all there is to seed. */
function spend(seed: NonNullable<Seed>, backend: BackendName): RootSeed {
  if (typeof seed === 'object') {
    const { numpy, tensorflow: graph } = seed;
    return graph === undefined || backend !== 'tensorflow' ? { root: numpy } : { root: numpy, tensorflow: graph };
  }
  return backend === 'tensorflow' ? { root: seed, tensorflow: seed as number } : { root: seed };
}

/** What will be executed: an unseeded experiment gets a seed from the operating system's entropy, which the plan records. */
export function planRun(experiment: Experiment, options: { sameSeed?: boolean } = {}): RunPlan {
  const seeded = experiment.seed !== null;
  return {
    experiment,
    seed: spend(experiment.seed ?? drawSeed(), experiment.backend),
    seeded,
    sameSeed: options.sameSeed ?? false,
    repeats: experiment.repeats,
  };
}

function datasetOf({ data }: Experiment): Dataset {
  return data.kind === 'sequence' ? sequence(data.length, data.lag) : inlineRows(data.inputs, data.targets);
}

/** The network that an experiment describes. */
export function networkOf(experiment: Experiment): Network {
  const data = datasetOf(experiment);
  const { layers, optimizer, epochs, batchSize, shuffle } = experiment;
  const batchRows = batchSize === 'all' ? data.rows : Math.min(batchSize, data.rows);
  return { data, layers, adam: optimizer, epochs, batchRows, shuffle };
}
