import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKernel } from '../../src/kernel/kernel.js';
import { mt19937 } from '../../src/random/mt19937.js';
import { permutation, randomState, shuffle } from '../../src/random/randomState.js';

const kernel = createKernel();
const { exports } = kernel;
const LANES = 4;
const ROOM = 1 << 20;
const drawnAt = exports.allocate(ROOM);
const ordersAt = exports.allocate(ROOM);

/** The orders of each lane after each of `times` shuffles, drawn `atOnce` at a time, lane after lane of one generator. */
function laneOrders(seed: number, n: number, times: number, atOnce: number): number[][][] {
  const stride = 16 + 16 * Math.ceil((atOnce * exports.shuffleBytes(n)) / 16);
  const generators = Array.from({ length: LANES }, (_, lane) => mt19937(seed + lane));
  const orders: number[][][] = generators.map(() => []);
  exports.orderNaturally(ordersAt, n, 1);
  for (let done = 0; done < times; done += atOnce) {
    generators.forEach((generator, lane) => {
      generator.drawShuffles(kernel, drawnAt + lane * stride, n, atOnce);
    });
    for (let epoch = 0; epoch < atOnce; epoch++) {
      const shuffleAt = drawnAt + epoch * exports.shuffleBytes(n);
      exports.applyShuffles(ordersAt, n, shuffleAt, stride);
      if (epoch === atOnce - 1) exports.continueShuffles(n, shuffleAt, stride);
      const rows = kernel.words(ordersAt, LANES * n);
      for (let lane = 0; lane < LANES; lane++) orders[lane]?.push([...rows].filter((_, i) => i % LANES === lane));
    }
  }
  return orders;
}

test('four lanes are shuffled as RandomState shuffles, however many indices there are and shuffles are drawn at once', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 32 - LANES }),
      fc.oneof(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 41, max: 3000 })),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 12 }),
      (seed, n, calls, atOnce) => {
        const lanes = laneOrders(seed, n, calls * atOnce, atOnce);
        lanes.forEach((orders, lane) => {
          const state = randomState(seed + lane);
          const expected = Uint32Array.from({ length: n }, (_, i) => i);
          for (const order of orders) {
            shuffle(state, expected);
            expect(order).toEqual([...expected]);
          }
        });
      },
    ),
    { numRuns: 150 },
  );
});

test('a permutation holds every index once', () => {
  expect([...permutation(randomState(3), 100)].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
});
