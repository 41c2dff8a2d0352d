import { describe, expect, test } from 'vitest';
import { createTrainer } from '../../src/network/trainer.js';
import { loadBackend } from '../../src/run/loadBackend.js';
import { networkOf, planRun } from '../../src/run/plan.js';
import { articleWith, everyBackend } from '../experiments.js';

describe.each(everyBackend)('$backend', (parts) => {
  test('shuffles that are drawn again instead of kept give the same bits', async () => {
    const { experiment, seed } = planRun(articleWith({ ...parts, batchSize: 4 }));
    const backend = await loadBackend(experiment.backend);
    const train = (groupBytes?: number) => {
      const trainer = createTrainer(networkOf(experiment), backend.reluSlopeAtZero, 6, groupBytes);
      const stream = backend.open(seed);
      return [0, 3].map((first) => trainer.plan(stream, first, 3).train());
    };
    expect(train(0)).toEqual(train());
  });
});
