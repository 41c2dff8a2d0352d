import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NetworkExperiment } from '../../src/experiment/experiment.js';
import { type ExecuteOptions, execute as executeRanges, type Range } from '../../src/run/execute.js';
import { executePlan } from '../../src/run/executePlan.js';
import { planRun } from '../../src/run/plan.js';
import { prepareNetwork } from '../../src/run/prepareNetwork.js';
import type { Repeat } from '../../src/run/record.js';
import { repeatsOf } from '../../src/run/repeats.js';
import { anywhere, articleWith, everyBackend } from '../experiments.js';
import { denseLayer } from '../networks.js';
import { reference } from '../reference.js';

type Options = Pick<ExecuteOptions, 'jobs' | 'signal'> & { sameSeed?: boolean; onRepeats?: (count: number) => void };

async function execute(experiment: NetworkExperiment, options: Options = {}) {
  const repeats: Repeat[] = [];
  const { sameSeed = false, onRepeats, ...others } = options;
  const plan = planRun(experiment, { sameSeed });
  const prepared = await prepareNetwork(plan, anywhere);
  const { digest, threads } = await executePlan(plan, prepared, { jobs: 1, ...others }, (chunk) => {
    repeats.push(...repeatsOf(chunk));
    onRepeats?.(repeats.length);
  });
  return { digest, plan, repeats, threads, scores: repeats.map(({ score }) => score) };
}

const DRAWN: Partial<NetworkExperiment> = {
  data: { kind: 'sine', rows: 24, standardize: true },
  ...{ testSplit: 0.25, batchSize: 4 },
  layers: [denseLayer(3), { type: 'dropout', rate: 0.5 }, denseLayer(1)],
};
const STOPPING: Partial<NetworkExperiment> = {
  ...{ epochs: 12, batchSize: 4 },
  earlyStopping: { monitor: 'loss', patience: 0, minDelta: 0.004 },
};

/** Ranges of indices below `count`, in order and apart. */
function someRanges(count: number): fc.Arbitrary<Range[]> {
  return fc.uniqueArray(fc.nat({ max: count }), { maxLength: 8 }).map((ends) => {
    const sorted = ends.sort((a, b) => a - b);
    return Array.from(
      { length: Math.floor(sorted.length / 2) },
      (_, i) => [sorted[2 * i]!, sorted[2 * i + 1]!] as const,
    );
  });
}

function indicesIn(ranges: readonly Range[]): number[] {
  return ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i));
}

/** Executes the repeats that are missing. */
async function executeSome(experiment: NetworkExperiment, { sameSeed = false, ...options }: ExecuteOptions & Options) {
  const plan = planRun(experiment, { sameSeed });
  const { chunks, threads } = await executeRanges(plan, await prepareNetwork(plan, anywhere), options);
  const repeats: Repeat[] = [];
  for await (const chunk of chunks) repeats.push(...repeatsOf(chunk));
  return { repeats, threads: threads() };
}

describe('the article', () => {
  const published = reference<{ theano: { scores: number[] } }>('published.json').theano.scores;

  test('the Theano list is reproduced: 5e-4 for every score, 2e-6 for those above 1e-3', async () => {
    const { scores } = await execute(articleWith());
    expect(scores).toHaveLength(10);
    scores.forEach((score, i) => {
      const wanted = published[i] as number;
      expect(Math.abs(score - wanted) / wanted).toBeLessThanOrEqual(wanted > 1e-3 ? 2e-6 : 5e-4);
    });
  });

  test('the TensorFlow list without its race is reproduced within 2e-6, inside its bands', async () => {
    // The band of a repeat: what the choices of Adam's racing step count span; see test/reference/README.md.
    interface Repeats {
      repeats: { score_t_before_increment_float32: number; band: [number, number] }[];
    }
    const { scores } = await execute(articleWith({ backend: 'tensorflow', seed: { numpy: 1, tensorflow: 2 } }));
    reference<Repeats>('keras-tensorflow-article.json').repeats.forEach((wanted, i) => {
      const score = scores[i] as number;
      expect(Math.abs(score - wanted.score_t_before_increment_float32)).toBeLessThanOrEqual(2e-6);
      expect(score).toBeGreaterThanOrEqual(wanted.band[0]);
      expect(score).toBeLessThanOrEqual(wanted.band[1]);
    });
  });

  test("without a graph seed TensorFlow's own default applies", async () => {
    const run = (seed: NetworkExperiment['seed']) => execute(articleWith({ backend: 'tensorflow', seed, repeats: 3 }));
    const left = await run({ numpy: 1 });
    expect(left.digest).toBe((await run({ numpy: 1, tensorflow: 87654321 })).digest);
    expect(left.digest).not.toBe((await run(1)).digest);
    expect((await run(1)).digest).toBe((await run({ numpy: 1, tensorflow: 1 })).digest);
  });
});

describe.each(everyBackend)('$backend', (parts) => {
  test('a run split over threads has the digest and the order of a run on one', async () => {
    const experiment = articleWith({ ...parts, repeats: 30_001 });
    const alone = await execute(experiment);
    for (const jobs of [2, 7]) {
      const split = await execute(experiment, { jobs });
      expect(split.threads).toBe(jobs);
      expect(split.digest).toBe(alone.digest);
      expect(split.repeats).toEqual(alone.repeats);
    }
  });

  test('the first repeats do not depend on how many follow', async () => {
    const [few, many] = [await execute(articleWith(parts)), await execute(articleWith({ ...parts, repeats: 999 }))];
    expect(many.repeats.slice(0, 10)).toEqual(few.repeats);
  });

  test('the same seed for every repeat gives the first score every time', async () => {
    const { repeats } = await execute(articleWith(parts), { sameSeed: true });
    const [first] = (await execute(articleWith({ ...parts, repeats: 1 }))).repeats;
    expect(repeats).toEqual(repeats.map((_, index) => ({ ...first, index })));
  });

  // What a run resumes that was interrupted.
  describe.each<[string, Partial<NetworkExperiment>, sameSeed: boolean]>([
    ['a plain network', {}, false],
    ['shuffled batches, data and a split that are drawn', DRAWN, false],
    ['early stopping', STOPPING, false],
    ['one seed for every repeat', {}, true],
  ])('%s', (_, network, sameSeed) => {
    test('the repeats that are missing are those of a whole run', async () => {
      const experiment = articleWith({ epochs: 3, ...network, ...parts, repeats: 90 });
      const whole = await execute(experiment, { sameSeed });
      await fc.assert(
        fc.asyncProperty(someRanges(90), fc.boolean(), async (missing, scattered) => {
          const { repeats } = await executeSome(experiment, { sameSeed, missing, scattered, jobs: 2 });
          const isMissing = ({ index }: Repeat) => missing.some(([from, to]) => index >= from && index < to);
          // Where draws follow from training, others are trained as well.
          if (network !== STOPPING) expect(repeats.map(({ index }) => index)).toEqual(indicesIn(missing));
          expect(repeats.filter(isMissing)).toEqual(whole.repeats.filter(isMissing));
          expect(repeats).toEqual(repeats.map(({ index }) => whole.repeats[index]));
        }),
        {
          numRuns: 8,
          examples: [
            [[], false],
            [[[0, 90]], true],
            [[[89, 90]], false],
          ],
        },
      );
    });
  });

  test('the repeats that are missing are those of a whole run, on threads too', async () => {
    const experiment = articleWith({ ...parts, repeats: 30_001 });
    const whole = await execute(experiment);
    const missing = [...[[2, 5] as const, [700, 701] as const], [1203, 30_001] as const];
    for (const scattered of [false, true]) {
      const some = await executeSome(experiment, { jobs: 3, missing, scattered });
      expect(some.threads).toBe(3);
      expect(some.repeats).toEqual(missing.flatMap(([from, to]) => whole.repeats.slice(from, to)));
    }
  });

  test('a signal ends it between two chunks, with the repeats that it had until then', async () => {
    const experiment = articleWith({ ...parts, repeats: 30_001 });
    const whole = await execute(experiment);
    for (const jobs of [1, 2]) {
      const controller = new AbortController();
      const onRepeats = (count: number) => {
        if (count > 100) controller.abort();
      };
      const { repeats } = await execute(experiment, { jobs, signal: controller.signal, onRepeats });
      expect(repeats.length).toBeGreaterThan(100);
      expect(repeats.length).toBeLessThan(30_001);
      expect(repeats).toEqual(whole.repeats.slice(0, repeats.length));
    }
    const { repeats } = await execute(experiment, { signal: AbortSignal.abort() });
    expect(repeats).toEqual([]);
  });

  test('an unseeded run is replayed by the seed it drew', async () => {
    const unseeded = await execute(articleWith({ ...parts, seed: null }));
    expect(unseeded.plan.free).toEqual(['root']);
    const again = await execute(articleWith({ ...parts, seed: unseeded.plan.seed.root }));
    expect(again.digest).toBe(unseeded.digest);
    expect((await execute(articleWith({ ...parts, seed: null }))).digest).not.toBe(unseeded.digest);
  });
});

test('seedrandom: one number and the same digits as text are different seeds', async () => {
  const run = (seed: number | string) => execute(articleWith({ backend: 'seedrandom', seed }));
  expect((await run(1)).digest).not.toBe((await run('1')).digest);
});

test('a signal is heard though each repeat takes long, and one thread alone has no time to listen', async () => {
  const experiment = articleWith({ epochs: 200_000, repeats: 2000 });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 400);
  const { repeats } = await execute(experiment, { signal: controller.signal });
  expect(repeats.length).toBeLessThan(2000);
  const some = articleWith({ epochs: 200_000, repeats: Math.min(4, repeats.length) });
  expect(repeats.slice(0, 4)).toEqual((await execute(some)).repeats);
});

test('training that diverges gives scores that are not finite, and goes on', async () => {
  const optimizer = { ...articleWith().optimizer, learningRate: 1e30 };
  const { scores, digest } = await execute(articleWith({ optimizer }));
  expect(scores.some((score) => !Number.isFinite(score))).toBe(true);
  expect((await execute(articleWith({ optimizer }))).digest).toBe(digest);
});

test('every network, data and batch size trains to the same digest twice', async () => {
  const layer = fc
    .record({ units: fc.integer({ min: 1, max: 9 }), name: fc.constantFrom('linear' as const, 'relu' as const) })
    .map(({ units, name }) => denseLayer(units, { activation: { name } }));
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        layers: fc.array(layer, { maxLength: 3 }),
        length: fc.integer({ min: 2, max: 50 }),
        batchSize: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant('all' as const)),
        shuffle: fc.boolean(),
        repeats: fc.integer({ min: 1, max: 9 }),
        from: fc.constantFrom(...everyBackend),
      }),
      async ({ layers, length, batchSize, shuffle, repeats, from }) => {
        const experiment = articleWith({
          ...from,
          layers: [...layers, denseLayer(1)],
          data: { kind: 'sequence', length, lag: 1 },
          batchSize,
          shuffle,
          repeats,
          epochs: 3,
        });
        const [one, two] = [await execute(experiment), await execute(experiment)];
        expect(one.repeats).toHaveLength(repeats);
        expect(one.digest).toBe(two.digest);
        expect(one.scores.every(Number.isFinite)).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});
