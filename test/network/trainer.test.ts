import { describe, expect, test } from 'vitest';
import { createTrainer } from '../../src/network/trainer.js';
import { loadBackend } from '../../src/run/loadBackend.js';
import { planRun } from '../../src/run/plan.js';
import { prepareNetwork } from '../../src/run/prepareNetwork.js';
import { anywhere, articleWith, everyBackend } from '../experiments.js';

describe.each(everyBackend)('$backend', (parts) => {
  test('shuffles that are drawn again instead of kept give the same bits', async () => {
    const plan = planRun(articleWith({ ...parts, batchSize: 4 }));
    const { network } = await prepareNetwork(plan, anywhere);
    const backend = await loadBackend(plan.experiment.backend);
    const train = (options: { groupBytes?: number } = {}) => {
      const stream = backend.open(plan.seed);
      const trainer = createTrainer(network, backend, { repeats: 6, sequential: stream.sequential, ...options });
      return [0, 3].map((first) => trainer.plan(stream, first, 3).train());
    };
    expect(train({ groupBytes: 0 })).toEqual(train());
  });
});
