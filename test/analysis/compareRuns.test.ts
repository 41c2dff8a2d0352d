import { describe, expect, test } from 'vitest';
import { checkRuns, compareRuns, type LabelledRun } from '../../src/analysis/compareRuns.js';
import { demonstrate } from '../../src/analysis/demonstrate.js';
import type { NetworkExperiment, Score } from '../../src/experiment/experiment.js';
import type { RunPlan } from '../../src/run/record.js';
import { articleWith } from '../experiments.js';
import { recordWith } from '../report/record.js';

interface Given {
  readonly scores: readonly number[];
  readonly experiment?: Partial<NetworkExperiment>;
  readonly plan?: Partial<RunPlan>;
  readonly weights?: readonly string[];
}

function run(label: string, { scores, experiment = {}, plan, weights }: Given): LabelledRun {
  const record = recordWith(scores, { experiment: articleWith(experiment), ...plan });
  const repeats = record.repeats.map((repeat, i) => ({ ...repeat, hash: weights?.[i] ?? repeat.hash }));
  return { ...record, label, repeats, digest: scores.join(' ') };
}

const [one, two] = [
  [1, 2, 3, 4, 5, 6, 7],
  [3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5],
];
const scored = (metric: Score['metric'], on: Score['on'] = 'train') => ({ score: { metric, on } });

describe('compareRuns', () => {
  test('takes the direction of the metric unless told otherwise', () => {
    const winner = (metric: Score['metric'], direction?: 'lower' | 'higher') => {
      const runs = [
        run('a', { scores: one, experiment: scored(metric) }),
        run('b', { scores: two, experiment: scored(metric) }),
      ];
      return compareRuns(runs, direction ? { direction } : {}).pairs[0]?.conclusion;
    };
    expect([winner('mse'), winner('accuracy'), winner('r2')]).toEqual([
      'first better',
      'second better',
      'second better',
    ]);
    expect(winner('mse', 'higher')).toBe('second better');
  });

  test('pairs runs of one backend, seed and number of repeats', () => {
    const paired = (given: Partial<Given>) =>
      compareRuns([run('a', { scores: one }), run('b', { scores: two, ...given })], {}).paired;
    expect(paired({})).toBe(true);
    expect(paired({ experiment: { epochs: 7 } })).toBe(true);
    expect(paired({ experiment: { backend: 'seedrandom' } })).toBe(false);
    expect(paired({ plan: { seed: { root: 2 } } })).toBe(false);
    expect(paired({ plan: { seed: { root: 1, tensorflow: 2 } } })).toBe(false);
    expect(paired({ plan: { seed: { root: 1, sources: { split: 1 } } } })).toBe(false);
    expect(paired({ scores: [1, 2] })).toBe(false);
  });

  test('refuses different metrics before anything is executed', () => {
    const runs = [run('a', { scores: one }), run('b', { scores: two, experiment: scored('mae') })];
    expect(() => checkRuns(runs, {})).toThrow('scores of different metrics cannot be compared: a by mse, b by mae');
  });

  test('says where scores are of different parts of the data, or one score many times', () => {
    const runs = [
      run('a', { scores: one, experiment: scored('mse', 'test') }),
      run('b', { scores: two, experiment: scored('mse', 'train'), plan: { sameSeed: true } }),
    ];
    expect(compareRuns(runs, {}).warnings).toEqual([
      'every repeat of b started from the seed itself, so that its scores are one score',
      'scores are of different parts of the data: test, train',
    ]);
  });
});

describe('demonstrate', () => {
  const unseeded = [run('unseeded', { scores: one }), run('unseeded again', { scores: two })] as const;
  const seeded = [run('seed 1', { scores: one }), run('seed 1 again', { scores: one })] as const;

  test('counts repeats of which score and final weights are the same, bit by bit', () => {
    const nan = [Number.NaN, 0, 1];
    const other = [Number.NaN, -0, 1];
    const twice = [
      run('a', { scores: nan, weights: ['1', '2', '3'] }),
      run('b', { scores: other, weights: ['1', '2', '4'] }),
    ] as const;
    expect(demonstrate(twice, seeded).unseeded.identical).toBe(1);
  });

  test('names what has no seed where seeded repeats differ', () => {
    const free = [
      run('seeded', { scores: one, plan: { free: ['numpy'] }, experiment: { backend: 'tensorflow' } }),
      run('seeded again', { scores: two, plan: { free: ['numpy'] }, experiment: { backend: 'tensorflow' } }),
    ] as const;
    expect(demonstrate(unseeded, free).verdict).toBe(
      'Seeded, 0 of 7 repeats came out the same twice, for numpy has no seed.',
    );
  });

  test('does not take repeats that diverged for what nothing random is in', () => {
    const nan = [
      run('a', { scores: [Number.NaN, Number.NaN, 1] }),
      run('b', { scores: [Number.NaN, Number.NaN, 1] }),
    ] as const;
    expect(demonstrate(nan, nan).verdict).toBe(
      'Unseeded as seeded, 3 of 3 repeats came out the same twice, but 2 of them diverged, which hides what is random.',
    );
  });

  test('says what follows, whatever it is', () => {
    expect(demonstrate(unseeded, seeded).verdict).toBe(
      'Unseeded, 0 of 7 repeats came out the same twice; with the seed all 7 do, bit by bit: seeding makes this experiment reproducible.',
    );
    expect(demonstrate(seeded, seeded).verdict).toContain('nothing in this experiment is random');
    expect(demonstrate(unseeded, unseeded).verdict).toBe(
      'Seeded, 0 of 7 repeats came out the same twice: something that the seed does not decide is at work.',
    );
  });
});
