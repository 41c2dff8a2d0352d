import { sample, shuffle } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { type ExperimentRandom, type ModuleBackend, openRandom } from '../../src/module/random.js';
import { tensorflowNormal, tensorflowUniform } from '../../src/random/tensorflowRandom.js';
import { drawn } from '../drawn.js';
import { reference } from '../reference.js';

// NumPy 1.24.2, legacy RandomState(seed); each key says what was called
const numpy = reference<Record<string, Record<string, unknown[]>>>('random/legacy.json');
const times = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);
const letters = ['a', 'b', 'c', 'd', 'e'];

/** Logarithms may differ from NumPy's in the last bit. */
function expectNormal(value: number, wanted: unknown): void {
  expect(Math.abs(value - Number(wanted))).toBeLessThanOrEqual(4e-15 * Math.max(1, Math.abs(Number(wanted))));
}

describe.each([0, 7, 2147483647, 4294967295])('on theano, seed %i', (seed) => {
  const expected = numpy[`seed_${seed}`]!;
  const fresh = () => openRandom('theano', seed);
  /** The calls of a method, with the numbers in the key. */
  const calls = (method: string) =>
    Object.entries(expected)
      .filter(([key]) => key.startsWith(`${method}(`) && !key.includes(', randint'))
      .map(([key, wanted]) => ({ wanted, numbers: (key.match(/-?\d+/g) ?? []).map(Number) }));

  test('next, the function itself and uniform give the doubles of NumPy', () => {
    const wanted = expected['random_sample']!.map(Number);
    const [one, two, three] = [fresh(), fresh(), fresh()];
    expect(times(6, () => one.next())).toEqual(wanted);
    expect(times(6, two)).toEqual(wanted);
    expect(times(6, () => three.uniform())).toEqual(wanted);
    const four = fresh();
    expect(times(6, () => four.uniform(-3, 5))).toEqual(expected['uniform(-3, 5)']!.map(Number));
  });

  test('normal gives the doubles of NumPy, the second of each pair too', () => {
    const random = fresh();
    for (const wanted of expected['normal(10, 2)']!) expectNormal(random.normal(10, 2), wanted);
  });

  test('integer gives those of randint, of any width up to 2^53, and draws as many words', () => {
    expect(calls('randint')).toHaveLength(8);
    for (const { wanted, numbers } of calls('randint')) {
      const [low = 0, high = 0] = numbers;
      const random = fresh();
      expect([...times(12, () => random.integer(low, high)), random.integer(0, 1000)]).toEqual(wanted);
    }
  });

  test('shuffle and permutation give the orders of NumPy', () => {
    expect(calls('shuffle')).toHaveLength(5);
    for (const { wanted, numbers } of calls('shuffle')) {
      const random = fresh();
      const list = times(numbers[0]!, () => 0).map((_, i) => i);
      expect([[...random.shuffle(list)], [...random.shuffle(list)]]).toEqual(wanted);
      const again = fresh();
      const typed = Float32Array.from(list.keys());
      expect([...again.shuffle(typed)]).toEqual(wanted[0]);
    }
    for (const { wanted, numbers } of calls('permutation')) {
      const random = fresh();
      expect([...random.permutation(numbers[0]!), random.integer(0, 1000)]).toEqual(wanted);
    }
  });

  test('choice and sample give the elements of NumPy', () => {
    const random = fresh();
    expect(times(12, () => random.choice(letters))).toEqual(expected["choice(['a', 'b', 'c', 'd', 'e'])"]);
    const samples = calls('choice').filter(({ numbers }) => numbers.length === 2);
    expect(samples).toHaveLength(4);
    for (const { wanted, numbers } of samples)
      expect(fresh().sample([...Array(8).keys()], numbers[1]!)).toEqual(wanted);
  });

  test('bytes gives the bytes of NumPy, and draws whole words', () => {
    for (const { wanted, numbers } of calls('bytes')) {
      const random = fresh();
      expect([...random.bytes(numbers[0]!), random.integer(0, 1000)]).toEqual(wanted);
    }
  });

  test('all draw from one stream, and a spare normal outlives the others', () => {
    const [a, b, c, d, e, f] = expected['uniform(), randint(0, 10), normal(), bytes(3), permutation(4), normal()']!;
    const random = fresh();
    expect(random.uniform()).toBe(Number(a));
    expect(random.integer(0, 10)).toBe(b);
    expectNormal(random.normal(), c);
    expect([...random.bytes(3)]).toEqual(d);
    expect(random.permutation(4)).toEqual(e);
    expectNormal(random.normal(), f);
  });
});

describe('on tensorflow', () => {
  const seeds = { graph: 11, operation: 3 };

  test('uniforms are the elements of tf.random_uniform, the first operation of a graph of that seed', () => {
    for (const [low, high] of [
      [0, 1],
      [-0.3, 0.7],
      [5, 1e9],
    ] as const) {
      const random = openRandom('tensorflow', 11);
      const wanted = drawn(700, (kernel, at) => tensorflowUniform(kernel, at, seeds, 700, low, high));
      expect(times(700, () => random.uniform(low, high))).toEqual([...wanted]);
    }
    const next = openRandom('tensorflow', 11);
    expect(times(9, next)).toEqual([...drawn(9, (kernel, at) => tensorflowUniform(kernel, at, seeds, 9, 0, 1))]);
  });

  test('normals are the elements of tf.random_normal', () => {
    const random = openRandom('tensorflow', 11);
    expect(times(701, () => random.normal(1, 0.3))).toEqual([...tensorflowNormal(seeds, 701, 1, 0.3)]);
  });

  test.each(['integer', 'shuffle', 'permutation', 'choice', 'sample', 'bytes'] as const)(
    '%s is refused, with the backends that have it',
    (name) => {
      const random = openRandom('tensorflow', 11) as unknown as Record<string, (...values: unknown[]) => unknown>;
      expect(() => random[name]!([1, 2], 1)).toThrow(
        /random\.\w+ is not for the backend tensorflow.*theano or seedrandom/,
      );
    },
  );
});

describe('on seedrandom', () => {
  // The contract seed → numbers. The first is that of Philox written in Python, under npm seedrandom's key.
  test('a seed gives these numbers', () => {
    const random = openRandom('seedrandom', 42);
    expect([random(), random.integer(0, 1000), random.normal(), random.permutation(5)]).toEqual([
      0.854746196219732,
      766,
      0.03968788056308197,
      [4, 0, 3, 1, 2],
    ]);
  });

  test('any number or text is a seed, and 1 is not "1"', () => {
    const seeds = [0, 1, '1', -1, 0.5, 'a', '', 2 ** 60];
    expect(new Set(seeds.map((seed) => openRandom('seedrandom', seed)())).size).toBe(seeds.length);
  });
});

describe.each<ModuleBackend>(['theano', 'tensorflow', 'seedrandom'])('on %s', (backend) => {
  const after = (draw: (random: ExperimentRandom) => unknown) => {
    const random = openRandom(backend, 5);
    draw(random);
    return random;
  };

  test.each([0, 1, 2, 623, 700])(
    'a clone after %i normals gives the numbers of its original and leaves it alone',
    (n) => {
      const random = after((each) => times(n, () => each.normal()));
      const draws = (each: ExperimentRandom) => [
        each.normal(),
        each(),
        each.uniform(2, 3),
        each.boolean(),
        each.normal(),
      ];
      const copy = random.clone();
      const wanted = draws(copy);
      expect(draws(random.clone())).toEqual(wanted);
      expect(draws(random)).toEqual(wanted);
      expect(draws(random)).not.toEqual(wanted);
    },
  );

  test('booleans are true with their probability', () => {
    const random = openRandom(backend, 5);
    const share = (p?: number) => times(4000, () => random.boolean(p)).filter(Boolean).length / 4000;
    expect([share(0), share(1)]).toEqual([0, 1]);
    expect(Math.abs(share() - 0.5)).toBeLessThan(0.04); // five standard errors
    expect(Math.abs(share(0.1) - 0.1)).toBeLessThan(0.024);
    expect(() => random.boolean(1.5)).toThrow('takes a probability, got 1.5');
    expect(() => random.boolean(Number.NaN)).toThrow(RangeError);
  });

  test('methods need no object in front of them, and the function stands for Math.random', () => {
    const { next, normal, uniform } = openRandom(backend, 5);
    expect([next(), normal(), uniform()].every(Number.isFinite)).toBe(true);
    const shuffled = shuffle([1, 2, 3, 4, 5, 6, 7, 8], openRandom(backend, 5));
    expect(shuffle([1, 2, 3, 4, 5, 6, 7, 8], openRandom(backend, 5))).toEqual(shuffled);
    expect(sample(letters, 3, openRandom(backend, 5))).toHaveLength(3);
  });
});

describe.each<ModuleBackend>(['theano', 'seedrandom'])('on %s', (backend) => {
  const random = openRandom(backend, 3);

  test('integers are even over a range that is no power of two', () => {
    const counts = Array(6).fill(0);
    for (let i = 0; i < 6000; i++) counts[random.integer(-2, 4) + 2]++;
    const chiSquared = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquared).toBeLessThan(25.7); // P = 0.0001 at 5 degrees of freedom
  });

  test.each([
    ['integer', [3, 3]],
    ['integer', [0, 1.5]],
    ['integer', [0, 2 ** 53]],
    ['integer', [-(2 ** 53) + 1, 2 ** 53 - 1]],
    ['permutation', [-1]],
    ['permutation', [1.5]],
    ['choice', [[]]],
    ['sample', [[1, 2], 3]],
    ['sample', [[1, 2], -1]],
    ['bytes', [Number.NaN]],
  ] as const)('%s refuses %j', (name, values) => {
    const methods = random as unknown as Record<string, (...values: unknown[]) => unknown>;
    expect(() => methods[name]!(...values)).toThrow(RangeError);
  });
});

test.each([
  ['theano', 4294967296],
  ['theano', -1],
  ['theano', 1.5],
  ['theano', 'a'],
  ['tensorflow', 2 ** 53],
  ['tensorflow', '7'],
] as const)('%s refuses the seed %j before anything is drawn', (backend, seed) => {
  expect(() => openRandom(backend, seed)).toThrow(`a seed of the backend ${backend} is an integer, 0 … `);
});
