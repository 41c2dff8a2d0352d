import type { Backend, RootSeed } from '../../src/backends/backend.js';
import { inlineRows } from '../../src/data/dataset.js';
import type { Network } from '../../src/network/network.js';
import { createTrainer } from '../../src/network/trainer.js';
import { denseLayer, optimizerOf } from '../networks.js';

/** A network that is trained on all of its rows, one batch an epoch, by plain steps with rate 1 and no shuffling. */
export function networkWith(parts: Partial<Network> = {}): Network {
  const { data = inlineRows([[1], [2]], [[1], [0]]) } = parts;
  const trainingRows = parts.trainingRows ?? data.rows - (parts.validationRows ?? 0);
  return {
    data,
    trainingRows,
    validationRows: data.rows - trainingRows,
    layers: [denseLayer(1)],
    loss: 'mse',
    optimizer: optimizerOf('sgd', { learningRate: 1 }),
    epochs: 1,
    batchRows: trainingRows,
    shuffle: false,
    reduction: 'ordered',
    score: { metric: 'mse', first: 0, rows: data.rows },
    ...parts,
  };
}

interface TrainOptions {
  /** The repeats from `first` on, 0 and 1 by default; at most four of them are in the kernel together. */
  first?: number;
  count?: number;
  groupBytes?: number;
}

/** Scores, digests and final weights of repeats, those before the first drawn but for a stream that is not sequential. */
export function train(network: Network, backend: Backend, seed: RootSeed, options: TrainOptions = {}) {
  const { first = 0, count = 1, ...rest } = options;
  const stream = backend.open(seed);
  const { sequential } = stream;
  const trainer = createTrainer(network, backend, { repeats: first + count, sequential, ...rest });
  const trained = { scores: [] as number[], digests: [] as bigint[], weights: [] as Float32Array[] };
  const most = Math.min(4, trainer.chunkRepeats);
  if (sequential) for (let at = 0; at < first; at++) trainer.plan(stream, at, 1).train();
  for (let at = first; at < first + count; at += most) {
    const some = Math.min(most, first + count - at);
    const { scores, weights } = trainer.plan(stream, at, some).train();
    trained.scores.push(...scores);
    trained.digests.push(...weights);
    for (let lane = 0; lane < some; lane++) trained.weights.push(trainer.weights(lane));
  }
  return trained;
}
