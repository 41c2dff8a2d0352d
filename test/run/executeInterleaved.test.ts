import { expect, test } from 'vitest';
import { loadExperiment } from '../../src/experiment/load.js';
import { shippedFolder } from '../../src/experiment/shipped.js';
import { runDigest } from '../../src/run/digest.js';
import { executeInterleaved } from '../../src/run/executeInterleaved.js';
import { executePlan } from '../../src/run/executePlan.js';
import { planRun } from '../../src/run/plan.js';
import { prepareNetwork } from '../../src/run/prepareNetwork.js';
import { asNetwork } from '../experiment/folder.js';

async function preparedPlan(name: string, ...overrides: string[]) {
  const resolved = asNetwork(loadExperiment(name, { cwd: '/', shippedFolder: shippedFolder(), overrides }));
  const plan = planRun(resolved.experiment);
  return { plan, prepared: await prepareNetwork(plan, { ...resolved, show: (path) => path }) };
}

const plans = () =>
  Promise.all([
    preparedPlan('article', 'seed=1', 'repeats=40'),
    preparedPlan('dropout', 'seed=2', 'repeats=5', 'epochs=3'),
    preparedPlan('article', 'seed=1', 'repeats=13', 'backend=seedrandom'),
    preparedPlan('article-tensorflow', 'repeats=20'),
  ]);

test('plans executed side by side have the digests that they have alone', async () => {
  const alone: string[] = [];
  for (const { plan, prepared } of await plans()) alone.push((await executePlan(plan, prepared, {}, () => {})).digest);
  const together = alone.map(() => runDigest());
  await executeInterleaved(await plans(), {}, (chunk, position) => together[position]?.add(chunk));
  expect(together.map((digest) => digest.hex())).toEqual(alone);
});

test('a chunk of each is executed in turn, and each in order', async () => {
  const order: number[] = [];
  const next = [0, 0, 0, 0];
  await executeInterleaved(await plans(), { jobs: 1 }, ({ first, scores }, position) => {
    order.push(position);
    expect(first).toBe(next[position]);
    next[position] = first + scores.length;
  });
  expect(order.slice(0, 8)).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
  expect(next).toEqual([40, 5, 13, 20]);
});

test('what fails in one of them ends all of them', async () => {
  const fails = executeInterleaved(await plans(), { scattered: true, jobs: 2 }, (_, position) => {
    if (position === 2) throw new Error('enough');
  });
  await expect(fails).rejects.toThrow('enough');
});
