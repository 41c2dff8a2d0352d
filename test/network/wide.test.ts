import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seedrandom } from '../../src/backends/seedrandom.js';
import { inlineRows } from '../../src/data/dataset.js';
import { denseLayer } from '../networks.js';
import { forward64 } from './forward64.js';
import { networkWith, train } from './training.js';

const seed = { root: 'wide' };

test('layers of any width and batches of any size have the slope of the loss in every direction', () => {
  fc.assert(
    fc.property(
      fc.record({
        features: fc.integer({ min: 1, max: 40 }),
        widths: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 }),
        rows: fc.integer({ min: 1, max: 40 }),
        targets: fc.integer({ min: 1, max: 19 }),
        useBias: fc.boolean(),
        clips: fc.constantFrom({}, { clipValue: 1e6 }, { clipNorm: 1e6 }), // other steps, to the same end
      }),
      ({ features, widths, rows, targets, useBias, clips }) => {
        const value = (i: number) => Math.fround((((i * 7919) % 1009) / 1009 - 0.5) * 2);
        const list = (count: number, from: number) => Array.from({ length: count }, (_, i) => value(from + 31 * i));
        const data = inlineRows(
          Array.from({ length: rows }, (_, row) => list(features, 17 * row)),
          Array.from({ length: rows }, (_, row) => list(targets, 1 + 13 * row)),
        );
        const biased = { useBias, biasInitializer: { name: 'random_uniform', minval: -0.5, maxval: 0.5 } } as const;
        const hidden = widths.map((units) => denseLayer(units, { activation: { name: 'tanh' }, ...biased }));
        const network = networkWith({ data, layers: [...hidden, denseLayer(targets, biased)] });
        const optimizer = { ...network.optimizer, ...clips };
        const [before] = train({ ...network, epochs: 0 }, seedrandom, seed).weights;
        const [after] = train({ ...network, optimizer }, seedrandom, seed).weights;
        const all = Array.from({ length: rows }, (_, row) => row);
        for (let direction = 1; direction <= 3; direction++) {
          const way = Array.from(before!, (_, i) => value(direction * 101 + i * (2 * direction + 1)));
          const loss = (step: number) =>
            forward64(
              network,
              Float64Array.from(before!, (weight, i) => weight + step * way[i]!),
              all,
            ).loss;
          const wanted = (loss(1e-5) - loss(-1e-5)) / 2e-5;
          const slope = way.reduce((sum, each, i) => sum + each * (before![i]! - after![i]!), 0);
          const size = way.reduce((sum, each, i) => sum + Math.abs(each * (before![i]! - after![i]!)), 0);
          expect(Math.abs(slope - wanted)).toBeLessThanOrEqual(2e-6 * size + 1e-7 * Math.sqrt(way.length));
        }
      },
    ),
    { seed: 51, numRuns: 60 },
  );
});
