import fc from 'fast-check';
import { expect, test } from 'vitest';
import { childSeed } from '../../src/random/childSeed.js';

const LAST = 2 ** 31 - 2;

// The contract root → seeds. Those of 42 were also made by the same network written in Python, under npm seedrandom's key.
test.each([
  { root: 0, seeds: [1919992099, 390614440, 1019745569, 522459135, 530487378, 2086324572] },
  { root: 42, seeds: [1068628474, 864345163, 1856373491, 1082130617, 1136063391, 1406708887] },
  { root: 4294967295, seeds: [817351517, 1661431440, 888829456, 327967914, 1027031400, 1703589444] },
  { root: 'forty-two', seeds: [230818556, 1432428400, 1236982819, 461718610, 2078605846, 629335370] },
])('root $root gives these seeds, of the first and the last index too', ({ root, seeds }) => {
  expect([0, 1, 2, 3, 999_999, LAST].map((index) => childSeed(root, index))).toEqual(seeds);
});

test('seeds of one root are all different, and 1 … 2^31 − 1', () => {
  const root = fc.oneof(fc.integer(), fc.string());
  const indices = fc.uniqueArray(fc.integer({ min: 0, max: LAST }), { minLength: 2, maxLength: 50 });
  fc.assert(
    fc.property(root, indices, (root, indices) => {
      const seeds = indices.map((index) => childSeed(root, index));
      expect(new Set(seeds).size).toBe(indices.length);
      expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 1 && seed <= 2147483647)).toBe(true);
    }),
    { numRuns: 40 },
  );
  // So many random seeds would collide in nine runs of ten.
  expect(new Set(Array.from({ length: 100_000 }, (_, index) => childSeed('collide', index))).size).toBe(100_000);
});

test('every bit is set in half of the seeds, and no bit follows another or the index', () => {
  const N = 20_000;
  const seeds = Array.from({ length: N }, (_, index) => childSeed(1, index));
  const bit = (value: number, place: number) => (value >>> place) & 1;
  const unevenness = (draw: (seed: number, index: number) => number) => {
    const ones = seeds.reduce((sum, seed, index) => sum + draw(seed, index), 0);
    return (ones - N / 2) ** 2 / (N / 4);
  };
  const tests = Array.from({ length: 31 }, (_, place) => [
    unevenness((seed) => bit(seed, place)),
    unevenness((seed) => bit(seed, place) ^ bit(seed, (place + 1) % 31)),
    unevenness((seed, index) => bit(seed, place) ^ bit(index, 0)),
    unevenness((seed, index) => bit(seed, place) ^ bit(seeds[(index + 1) % N]!, place)),
  ]).flat();
  expect(Math.max(...tests)).toBeLessThan(22); // of 124 chi-squares with one degree of freedom; P = 0.0003
  const buckets = Array(256).fill(0);
  for (const seed of seeds) buckets[seed >>> 23]++;
  const chiSquared = buckets.reduce((sum, count) => sum + (count - N / 256) ** 2 / (N / 256), 0);
  expect(chiSquared).toBeGreaterThan(174); // P = 0.0001 and 0.9999 at 255 degrees of freedom
  expect(chiSquared).toBeLessThan(347);
});

test('other roots, 1 and "1" among them, give other seeds', () => {
  const first = [0, 1, '1', 2, 'a', -1].map((root) => childSeed(root, 0));
  expect(new Set(first).size).toBe(first.length);
});

test.each([-1, 1.5, 2 ** 31 - 1, Number.NaN])('an index %s is refused', (index) => {
  expect(() => childSeed(1, index)).toThrow(RangeError);
});
