import { describe, expect, test } from 'vitest';
import type { Backend, NoiseSeed, RootSeed } from '../../src/backends/backend.js';
import { seedrandom } from '../../src/backends/seedrandom.js';
import { tensorflow } from '../../src/backends/tensorflow.js';
import { theano } from '../../src/backends/theano.js';
import { inlineRows } from '../../src/data/dataset.js';
import type { Kernel } from '../../src/kernel/kernel.js';
import type { Layer, Network } from '../../src/network/network.js';
import { programOf } from '../../src/network/program.js';
import { randint, randomState } from '../../src/random/randomState.js';
import { seedrandomGenerator } from '../../src/random/seedrandom.js';
import { theanoUniform } from '../../src/random/theanoRandom.js';
import { drawn } from '../drawn.js';
import { readLane, unitKernel } from '../kernel/units.js';
import { networkWith, train } from '../network/training.js';
import { denseLayer, initializerOf, optimizerOf } from '../networks.js';
import { noisesOf } from '../noises.js';
import { floatsOf, reference } from '../reference.js';

interface Values {
  shape: [number, number];
  f32hex: string[];
}
interface DropoutEntry {
  seed: number;
  level: number;
  calls: Values[];
  call4_on_4x10: Values;
}

// Keras 2.0.3's K.dropout on Theano 0.9.0, on tensors of ones: three calls of one compiled function, and one on fewer rows
const dropouts = reference<{ entries: DropoutEntry[] }>('random/theano-dropout.json').entries;

test.each(dropouts)(
  'seed $seed drops with rate $level what Theano drops, call after call, the last on fewer rows',
  (entry) => {
    const kernel = unitKernel();
    const { exports } = kernel;
    const noise = exports.newNoise(theano.framework, 90, 91);
    const mask = exports.allocate(16 * 90);
    const other = noisesOf(theano.framework, [entry.seed, 0, 0, 0, 0, 0]);
    [5, entry.seed, 6, 7].forEach((seed, lane) => {
      exports.seedNoiseLane(noise, lane, seed, 0, 0, 0, 0, 0);
    });
    for (const { f32hex } of [...entry.calls, entry.call4_on_4x10]) {
      exports.drawMask(noise, mask, f32hex.length, Math.fround(1 - entry.level));
      const bits = new Uint32Array(readLane(kernel, mask, f32hex.length, 1).buffer);
      const wanted = [...floatsOf(f32hex)].map((value) => value !== 0);
      expect([...bits]).toEqual(wanted.map((kept) => (kept ? 0xffffffff : 0)));
      expect(other.mask(f32hex.length, entry.level)).toEqual(wanted); // what the tests below compare with
    }
  },
);

/** Each backend with a seed, and how it seeds the only noisy layer of a repeat of a network that draws nothing else. */
const backends: { name: string; backend: Backend; seed: RootSeed; wordsOf(repeat: number, kind: string): NoiseSeed }[] =
  [
    {
      name: 'theano',
      backend: theano,
      seed: { root: 3 },
      wordsOf: (repeat) => [childSeed(repeat, 1), 0, 0, 0, 0, 0],
    },
    {
      name: 'tensorflow',
      backend: tensorflow,
      seed: { root: 3, tensorflow: 11 },
      wordsOf: (repeat) => [11, 0, 0, 0, childSeed(repeat, 0), 0],
    },
    {
      name: 'seedrandom',
      backend: seedrandom,
      seed: { root: 'x' },
      wordsOf: (repeat, kind) => {
        const generator = seedrandomGenerator('x');
        return [generator.nextWord(), generator.nextWord(), 0, 0, repeat, kind === 'dropout' ? 2 : 3];
      },
    },
  ];

/** The integer that Keras draws for repeat `repeat`, one a repeat, from NumPy's seed 3. */
function childSeed(repeat: number, lowest: number): number {
  const numpy = randomState(3);
  return Array.from({ length: repeat + 1 }, () => randint(numpy, lowest, 10e6))[repeat]!;
}

const ROWS = 7;
const BATCH = 3;
const HELD_OUT = 4;
const FEATURES = 5;
const REPEATS = 6;
const RATE = 2 ** -30;

/**
 * A network whose weights tell all that its first layer drew. The hinge's derivative by a small prediction is minus the target,
 * and target r is 2^r: so a weight is the sum over batches of rate / rows · Σ 2^r · input.
 */
function tellingNetwork(layer: Layer, input: number, epochs: number, parts: Partial<Network> = {}): Network {
  const rows = Array.from({ length: ROWS + HELD_OUT }, (_, row) => row);
  const data = inlineRows(
    rows.map(() => Array(FEATURES).fill(input)),
    rows.map((row) => [2 ** row]),
  );
  return networkWith({
    data,
    layers: [layer, denseLayer(1, { kernelInitializer: { name: 'zeros' }, useBias: false })],
    loss: 'hinge',
    optimizer: optimizerOf('sgd', { learningRate: RATE }),
    trainingRows: ROWS,
    validationRows: HELD_OUT,
    batchRows: BATCH,
    epochs,
    ...parts,
  });
}

/** Sizes of consecutive batches. */
function batches(rows: number): number[] {
  return Array.from({ length: Math.ceil(rows / BATCH) }, (_, i) => Math.min(BATCH, rows - i * BATCH));
}

/** The weights that follow where a batch of `count` rows makes `draw(count)` of its inputs. */
function expectedWeights(epochs: number, draw: (rows: number) => number[], validate: (rows: number) => void): number[] {
  const weights = Array<number>(FEATURES).fill(0);
  for (let epoch = 0; epoch < epochs; epoch++) {
    let first = 0;
    for (const rows of batches(ROWS)) {
      draw(rows).forEach((value, i) => {
        const row = first + Math.floor(i / FEATURES);
        weights[i % FEATURES]! += (RATE / rows) * 2 ** row * value;
      });
      first += rows;
    }
    for (const rows of batches(HELD_OUT)) validate(rows);
  }
  return weights;
}

function expectWeights(ours: Float32Array, wanted: number[]): void {
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  wanted.forEach((value, i) => {
    // Far below what one row's value makes: its least weight is 1/1000 of the largest.
    expect(Math.abs(ours[i]! - value)).toBeLessThanOrEqual(2e-6 * largest);
  });
}

describe.each(backends)('$name:', ({ backend, seed, wordsOf }) => {
  test.each([1, 2, 3])(
    'drops, batch by batch, over %i epochs with validation, what the generators say, in every lane',
    (epochs) => {
      const network = tellingNetwork({ type: 'dropout', rate: 0.3 }, 1, epochs);
      train(network, backend, seed, { count: REPEATS }).weights.forEach((weights, repeat) => {
        const noises = noisesOf(backend.framework, wordsOf(repeat, 'dropout'));
        const keep = Math.fround(0.7);
        const draw = (rows: number) => noises.mask(rows * FEATURES, 0.3).map((kept) => (kept ? 1 / keep : 0));
        expectWeights(
          weights,
          expectedWeights(epochs, draw, (rows) => noises.validate(rows * FEATURES)),
        );
      });
    },
  );

  test.each([1, 2, 3])(
    'adds, batch by batch, over %i epochs with validation, what the generators say, in every lane',
    (epochs) => {
      const network = tellingNetwork({ type: 'gaussian_noise', stddev: 0.5 }, 0, epochs);
      train(network, backend, seed, { count: REPEATS }).weights.forEach((weights, repeat) => {
        const noises = noisesOf(backend.framework, wordsOf(repeat, 'noise'));
        const draw = (rows: number) => noises.normals(rows * FEATURES).map((z) => 0.5 * z);
        // Theano draws an even number of uniforms.
        const validate = (rows: number) => noises.validate(rows * FEATURES + ((rows * FEATURES) % 2));
        expectWeights(weights, expectedWeights(epochs, draw, validate));
      });
    },
  );

  test.each([
    { type: 'dropout', rate: 0.3 },
    { type: 'gaussian_noise', stddev: 0.5 },
  ] as const)("validation moves the streams of $type on if they are Theano's", (layer) => {
    const input = layer.type === 'dropout' ? 1 : 0;
    const weights = (epochs: number, validationRows: number) =>
      train(tellingNetwork(layer, input, epochs, { validationRows }), backend, seed).weights;
    // Validation follows the first epoch's training: it can be seen from the second on.
    expect(weights(1, HELD_OUT)).toEqual(weights(1, 0));
    if (backend === theano) expect(weights(2, HELD_OUT)).not.toEqual(weights(2, 0));
    else expect(weights(2, HELD_OUT)).toEqual(weights(2, 0));
  });

  test('a second noisy layer of a kind draws for itself', () => {
    const layers = (first: Layer, second: Layer) => [first, second, denseLayer(1)];
    const dropout = { type: 'dropout', rate: 0.3 } as const;
    const { draws, noisy } = programOf(networkWith({ layers: layers(dropout, dropout) }));
    const stream = backend.open(seed);
    const repeat = stream.repeat(0, draws);
    const [one, two] = noisy.map(({ draw }) => stream.noise(repeat, draw));
    expect(one).not.toEqual(two);
  });
});

describe.each([
  { name: 'theano', backend: theano, lowest: 1 },
  { name: 'tensorflow', backend: tensorflow, lowest: 0 },
])('$name:', ({ backend, lowest }) => {
  const seeds = (count: number) => {
    const numpy = randomState(8);
    return Array.from({ length: count }, () => randint(numpy, lowest, 10e6));
  };

  /** The seeds that noisy layers get, and the integer that NumPy's stream would give next. */
  function draw(layers: readonly Layer[]) {
    const { draws, noisy } = programOf(networkWith({ layers }));
    const stream = backend.open({ root: 8, tensorflow: 5 });
    const repeat = stream.repeat(0, draws);
    const word = backend === theano ? 0 : 4;
    const noise = noisy.map((each) => stream.noise(repeat, each.draw)[word]!);
    return {
      draws,
      write: (position: number, kernel: Kernel, at: number) => stream.write(repeat, position, kernel, at),
      noise,
      next: randint({ generator: repeat.shuffler, spareNormal: undefined }, lowest, 10e6),
    };
  }

  test('a rate of 0 draws no seed, a deviation of 0 draws one', () => {
    const dense = denseLayer(1, { kernelInitializer: { name: 'zeros' } });
    const [first, second] = seeds(2);
    expect(draw([{ type: 'dropout', rate: 0 }, dense])).toMatchObject({ noise: [], next: first });
    expect(draw([{ type: 'gaussian_noise', stddev: 0 }, dense])).toMatchObject({ noise: [first], next: second });
    expect(draw([{ type: 'dropout', rate: 0.1 }, dense])).toMatchObject({ noise: [first], next: second });
  });

  test('seeds are drawn in the order of the layers, kernels and noise in turn', () => {
    const dropout = { type: 'dropout', rate: 0.5 } as const;
    const noise = { type: 'gaussian_noise', stddev: 1 } as const;
    const result = draw([
      noise,
      denseLayer(4),
      dropout,
      { type: 'dropout', rate: 0 },
      denseLayer(3),
      noise,
      denseLayer(1),
    ]);
    const [n0, k0, d0, k1, n1, k2, next] = seeds(7);
    expect(result.noise).toEqual([n0, d0, n1]);
    expect(result.next).toBe(next);
    if (backend !== theano) return;
    const limits = [1 + 4, 4 + 3, 3 + 1].map((fans) => Math.sqrt(6 / fans));
    const kernels = result.draws.flatMap((each, position) => (each.kind === 'uniform' ? [{ ...each, position }] : []));
    kernels.forEach(({ position, count }, i) => {
      const ours = drawn(count, (kernel, at) => result.write(position, kernel, at));
      const child = [k0, k1, k2][i]!;
      const wanted = drawn(count, (kernel, at) => theanoUniform(kernel, at, child, count, -limits[i]!, limits[i]!));
      expect(ours).toEqual(wanted);
    });
  });

  test("a matrix of normals takes NumPy's stream at once, between the seeds of its neighbours", () => {
    const orthogonal = denseLayer(2, { kernelInitializer: initializerOf('orthogonal') });
    const dropout = { type: 'dropout', rate: 0.5 } as const;
    const [before] = seeds(1);
    const { noise } = draw([dropout, orthogonal, dropout]);
    expect(noise[0]).toBe(before);
    expect(noise[1]).not.toBe(seeds(2)[1]);
  });
});
