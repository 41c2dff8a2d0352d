import { describe, expect, test } from 'vitest';
import { causesOf } from '../../src/analysis/causes.js';
import { exitCodeOf, type Judgement, judgeReproduction } from '../../src/analysis/check.js';
import { judgeBaseline } from '../../src/analysis/judgeBaseline.js';
import { judgeDrift } from '../../src/analysis/judgeDrift.js';
import { planDifferences } from '../../src/analysis/planDifferences.js';
import type { Verification } from '../../src/analysis/verify.js';
import { planRun } from '../../src/run/plan.js';
import type { SavedRun } from '../../src/run/readRecord.js';
import { articleWith } from '../experiments.js';
import { recordWith } from '../report/record.js';

const verification = (identical: number, within: number | null = null): Verification => {
  return {
    repeats: 10,
    identical,
    identicalScores: identical,
    within,
    epochs: 'every',
    divergence: null,
    farthest: null,
    stdout: null,
  };
};
const { plan, circumstances, digest } = recordWith([1, 2, 3]);
const side = { label: 'now', plan, digest, circumstances };

describe('whether two executions are the same', () => {
  test('is a question of all repeats, by bits or, if asked for, within a tolerance', () => {
    const outcome = (...args: [number, (number | null)?]) => {
      const { outcome, verdict } = judgeReproduction(plan, verification(...args));
      return [outcome, verdict];
    };
    expect(outcome(10)).toEqual(['passed', 'reproducible']);
    expect(outcome(9)).toEqual(['failed', 'divergent']);
    expect(outcome(9, 10)).toEqual(['passed', 'within tolerance']);
    expect(outcome(9, 9)).toEqual(['failed', 'divergent']);
  });

  test('says what of the weights was compared', () => {
    const message = (epochs: Verification['epochs']) =>
      judgeReproduction(plan, { ...verification(10), epochs }).message;
    expect(message('every')).toBe('the same bits in 10 repeats: scores, and weights after every epoch');
    expect(message('some')).toBe('the same bits in 10 repeats: scores, and weights after some epochs and the last');
    expect(message('final')).toBe('the same bits in 10 repeats: scores and final weights');
  });

  test('names the data file that may have changed', () => {
    const data = { kind: 'csv', path: 'houses.csv', targets: ['price'], standardize: false } as const;
    const { causes } = judgeReproduction({ ...plan, experiment: articleWith({ data }) }, verification(0));
    expect(causes[0]?.cause).toMatch(/^houses\.csv may have changed in between/);
  });

  test('is always explained where it is not so', () => {
    const { causes } = judgeReproduction(plan, verification(0));
    expect(causes).toMatchObject([{ cause: 'nothing in the experiment is left to chance' }]);
  });
});

test('everything that a plan leaves to chance is a cause, each with its remedy', () => {
  const causes = (parts: Parameters<typeof articleWith>[0]) => causesOf(planRun(articleWith(parts)));
  const { optimizer } = articleWith();
  expect(causes({ seed: 1 })).toEqual([]);
  expect(
    causes({ seed: null, reduction: 'unordered', optimizer: { ...optimizer, iterations: 'racy' } as never }),
  ).toEqual([
    { cause: 'the run has no seed: each execution draws its own', remedy: expect.stringContaining('--seed 1') },
    { cause: expect.stringContaining('unordered'), remedy: 'reduction=ordered' },
    { cause: expect.stringContaining('racy'), remedy: 'optimizer.iterations=before, or after' },
  ]);
  expect(causes({ backend: 'tensorflow', seed: { numpy: 1, tensorflow: null } })).toEqual([
    { cause: 'tensorflow has no seed', remedy: 'give it a seed: seed.tensorflow=1' },
  ]);
  expect(causes({ backend: 'seedrandom', seed: { root: 1, shuffle: null } })).toEqual([
    { cause: 'shuffle has no seed', remedy: 'give it a seed: seed.shuffle=1' },
  ]);
});

describe('against a baseline', () => {
  const saved = (parts: Partial<SavedRun> = {}): SavedRun => ({
    ...{ plan, status: 'finished', digest, circumstances, repeats: [] },
    ...parts,
  });
  const judged = (baseline: SavedRun, found: Verification, now = side) => {
    return judgeBaseline(now, baseline, 'base.json', planDifferences(now.plan, baseline.plan), found);
  };
  const outcomeOf = ({ outcome, message }: Judgement) => [outcome, message];

  test('equal bits pass, from wherever they come', () => {
    const elsewhere = saved({ circumstances: { ...circumstances, tool: 'repro 9.0.0', engine: 'bun 9' } });
    expect(judged(elsewhere, verification(10)).outcome).toBe('passed');
  });

  test.each(['tool', 'engine', 'platform', 'processor'] as const)(
    'other bits with another %s cannot be compared, and are no failure',
    (key) => {
      const elsewhere = saved({ circumstances: { ...circumstances, [key]: 'another' } });
      expect(outcomeOf(judged(elsewhere, verification(3)))).toEqual([
        'incomparable',
        `base.json comes from elsewhere, and its bits differ: ${key} is ${circumstances[key]}, was another`,
      ]);
    },
  );

  test('other bits from the same place are a failure, and so are those that chance explains, from anywhere', () => {
    expect(judged(saved(), verification(3)).outcome).toBe('failed');
    const elsewhere = saved({ circumstances: { ...circumstances, tool: 'another' } });
    const unordered = {
      ...side,
      plan: { ...plan, experiment: { ...plan.experiment, reduction: 'unordered' as const } },
    };
    const same = { ...elsewhere, plan: unordered.plan };
    expect(judged(same, verification(3), unordered).outcome).toBe('failed');
    expect(judged(elsewhere, verification(3), unordered).message).toBe(
      'the plan differs: reduction is "unordered", was "ordered"',
    );
  });

  test('a run without a seed is a failure that is explained, whatever seed the baseline had', () => {
    const unseeded = { ...side, plan: { ...plan, seed: { root: 7 }, free: ['root'] } };
    const judgement = judged(saved(), verification(0), unseeded);
    expect([judgement.outcome, judgement.causes[0]?.cause]).toEqual([
      ...['failed', 'the run has no seed: each execution draws its own'],
    ]);
    const both = saved({ plan: { ...unseeded.plan, seed: { root: 8 } } });
    expect(judged(both, verification(0), unseeded).outcome).toBe('failed');
  });

  test('another plan cannot be compared, and what differs is told, up to five values', () => {
    const { experiment } = plan;
    const other = saved({
      plan: { ...plan, experiment: { ...experiment, epochs: 7, batchSize: 4 }, seed: { root: 2 } },
    });
    expect(outcomeOf(judged(other, verification(0)))).toEqual([
      'incomparable',
      'the plan differs: epochs is 100, was 7; batchSize is "all", was 4; seed.root is 1, was 2',
    ]);
    const data = { kind: 'inline', inputs: [[1], [2], [3], [4]], targets: [[1], [2], [3], [4]] } as const;
    const far = saved({ plan: { ...plan, experiment: { ...experiment, data } } });
    expect(judged(far, verification(0)).message).toMatch(/; 6 more$/);
  });
});

describe('by statistics', () => {
  const scores = (shift: number) => Array.from({ length: 30 }, (_, i) => shift + i / 30);
  const drift = (now: number, before: number, minEffect = 0.5, parts: Parameters<typeof articleWith>[0] = {}) => {
    const experiment = articleWith(parts);
    const { outcome, verdict } = judgeDrift(
      { plan: { ...plan, experiment }, scores: scores(now) },
      { plan: { ...plan, experiment }, scores: scores(before) },
      'base.json',
      { alpha: 0.05, minEffect },
    );
    return [outcome, verdict];
  };

  test('only what is worse is a regression, in the direction of the metric', () => {
    expect(drift(0.5, 0)).toEqual(['failed', 'regression']);
    expect(drift(0, 0.5)).toEqual(['passed', 'better']);
    expect(drift(0.05, 0)).toEqual(['passed', 'no regression']);
    expect(drift(0, 0)).toEqual(['passed', 'no regression']);
    const accuracy = { score: { metric: 'accuracy', on: 'train' } } as const;
    expect(drift(0.5, 0, 0.5, accuracy)).toEqual(['passed', 'better']);
    expect(drift(0, 0.5, 0.5, accuracy)).toEqual(['failed', 'regression']);
  });

  test('what is worse by less than the least effect passes', () => {
    // P(baseline better) is 1 − 0.5² / 2 = 0.875 of uniform scores half their width apart.
    expect(drift(0.5, 0, 0.85)).toEqual(['failed', 'regression']);
    expect(drift(0.5, 0, 0.9)).toEqual(['passed', 'no regression']);
  });

  test('scores of another metric cannot be compared', () => {
    const other = articleWith({ score: { metric: 'mae', on: 'train' } });
    const now = { plan, scores: [1] };
    expect(
      judgeDrift(now, { plan: { ...plan, experiment: other }, scores: [1] }, 'b', { alpha: 0.05, minEffect: 0.5 }),
    ).toMatchObject({ outcome: 'incomparable', message: 'scores are mse on train, those of b mae on train' });
  });
});

test('the exit code is 1 for any failure, else 2 for what cannot be compared, else 0', () => {
  const code = (...outcomes: Judgement['outcome'][]) => {
    const judgements = outcomes.map((outcome) => ({ name: '', outcome, verdict: '', message: '', causes: [] }));
    return exitCodeOf({ sides: [side], verification: null, judgements, summary: null, notes: [] });
  };
  expect([code('passed'), code('passed', 'incomparable'), code('incomparable', 'failed'), code('failed')]).toEqual([
    ...[0, 2, 1, 1],
  ]);
});
