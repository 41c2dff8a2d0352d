import type { Kernel } from '../kernel/kernel.js';
import { mt19937, mt19937From } from '../random/mt19937.js';
import { bounded } from '../random/wordGenerator.js';
import type { Backend, RootSeed, UniformTensor } from './backend.js';

/** What sets one Keras 2.0.3 backend apart from the other. */
interface KerasBackend {
  readonly reluSlopeAtZero: number;
  /** Lowest child seed: `randint(lowest, 10e6)`. */
  readonly lowestSeed: number;
  uniform(kernel: Kernel, at: number, childSeed: number, tensor: UniformTensor, seed: RootSeed): void;
}

const SEED_LIMIT = 10_000_000; // Keras 2.0.3: np.random.randint(1, 10e6), np.random.randint(10e6)

/**
 * NumPy's one stream as Keras 2.0.3 spends it: as a model is built, a child seed for each random tensor in the order of the
 * layers; as it is fitted, one shuffle of the row indices at the start of every epoch. The next model continues the stream.
 */
export function kerasBackend(framework: KerasBackend): Backend {
  const { reluSlopeAtZero, lowestSeed } = framework;
  return {
    reluSlopeAtZero,
    open(seed, state) {
      const numpy = state ? mt19937From(state) : mt19937(seed.root as number);
      return {
        sequential: true,
        repeat(_, tensors) {
          const childSeeds: number[] = [];
          for (let i = 0; i < tensors; i++) childSeeds.push(lowestSeed + bounded(numpy, SEED_LIMIT - lowestSeed - 1));
          return {
            uniform: (tensor, kernel, at) =>
              framework.uniform(kernel, at, childSeeds[tensor.index] as number, tensor, seed),
            shuffler: numpy,
          };
        },
        state: () => numpy.state(),
      };
    },
  };
}
