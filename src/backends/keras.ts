import type { Kernel } from '../kernel/kernel.js';
import { normal, randint, randomState, randomStateFrom, snapshot } from '../random/randomState.js';
import type { Backend, Draw, FloatDraw, NoiseSeed, RootSeed } from './backend.js';

/** What sets one Keras 2.0.3 backend apart from the other. */
interface KerasBackend {
  readonly framework: number;
  /** Lowest child seed: `randint(lowest, 10e6)`. */
  readonly lowestSeed: number;
  write(draw: FloatDraw, childSeed: number, seed: RootSeed, kernel: Kernel, at: number): void;
  noise(childSeed: number, seed: RootSeed): NoiseSeed;
}

const SEED_LIMIT = 10_000_000; // Keras 2.0.3: np.random.randint(1, 10e6), np.random.randint(10e6)

/**
 * NumPy's one stream as Keras 2.0.3 spends it: data, then for each model, as it is built, a child seed for each random tensor
 * and each noisy layer in their order, but a matrix of normals at once where one is asked for; as it is fitted, one shuffle of
 * the row indices at the start of every epoch. The next model continues the stream.
 */
export function kerasBackend(keras: KerasBackend): Backend {
  const { framework, lowestSeed } = keras;
  return {
    framework,
    open(seed, state) {
      const numpy = state ? randomStateFrom(state) : randomState(seed.root as number);
      const result = (draw: Draw) =>
        draw.kind === 'matrix'
          ? Float64Array.from({ length: draw.count }, () => normal(numpy))
          : randint(numpy, lowestSeed, SEED_LIMIT);
      return {
        sequential: true,
        random: () => numpy,
        repeat: (index, draws) => ({ index, draws, results: draws.map(result), shuffler: numpy.generator }),
        write({ draws, results }, position, kernel, at) {
          keras.write(draws[position] as FloatDraw, results[position] as number, seed, kernel, at);
        },
        matrix: ({ results }, position) => results[position] as Float64Array,
        noise: ({ results }, position) => keras.noise(results[position] as number, seed),
        state: () => snapshot(numpy),
      };
    },
  };
}
