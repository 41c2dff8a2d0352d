import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collectRepeats } from '../../src/run/collect.js';
import { digestOf } from '../../src/run/digest.js';
import type { Repeat } from '../../src/run/record.js';

function repeatAt(index: number, score = index / 7): Repeat {
  return { index, score, hash: (index + 1).toString(16).padStart(16, '0') };
}

const repeats = (count: number) => Array.from({ length: count }, (_, index) => repeatAt(index));
const indicesOf = (some: readonly Repeat[]) => some.map(({ index }) => index);

/** The repeats in any order, cut into groups. */
const arrivals = fc
  .integer({ min: 0, max: 40 })
  .chain((planned) =>
    fc.record({
      planned: fc.constant(planned),
      order: fc.shuffledSubarray([...repeats(planned).keys()], { minLength: planned }),
      sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 9 }),
      known: fc.subarray([...repeats(planned).keys()]),
    }),
  )
  .map(({ order, sizes, ...rest }) => {
    const groups: number[][] = [];
    for (let at = 0; at < order.length; at += groups.at(-1)?.length ?? 0) {
      groups.push(order.slice(at, at + (sizes[groups.length % sizes.length] as number)));
    }
    return { ...rest, groups };
  });

describe('repeats that come in any order', () => {
  test('are handed on in theirs, each once, with the digest of a run in order', () => {
    fc.assert(
      fc.property(arrivals, ({ planned, groups }) => {
        const handedOn: Repeat[] = [];
        const collector = collectRepeats([], planned, (some) => handedOn.push(...some));
        for (const group of groups) collector.add(group.map((index) => repeatAt(index)));
        expect(handedOn).toEqual(repeats(planned));
        expect(collector.digest()).toBe(digestOf(repeats(planned)));
        expect(collector.count()).toBe(planned);
      }),
    );
  });

  test('are handed on as soon as those before them are there', () => {
    fc.assert(
      fc.property(arrivals, ({ planned, groups }) => {
        const handedOn: Repeat[] = [];
        const collector = collectRepeats([], planned, (some) => handedOn.push(...some));
        const here = new Set<number>();
        for (const group of groups) {
          collector.add(group.map((index) => repeatAt(index)));
          for (const index of group) here.add(index);
          let next = 0;
          while (here.has(next)) next += 1;
          expect(handedOn).toHaveLength(next);
        }
      }),
    );
  });

  test('need not come where they are known, and are passed over where they come all the same', () => {
    fc.assert(
      fc.property(arrivals, fc.boolean(), ({ planned, groups, known }, again) => {
        const handedOn: Repeat[] = [];
        const saved = known.map((index) => repeatAt(index, -1));
        const collector = collectRepeats(saved, planned, (some) => handedOn.push(...some));
        for (const group of groups) {
          collector.add(group.filter((index) => again || !known.includes(index)).map((index) => repeatAt(index)));
        }
        expect(handedOn).toEqual(
          repeats(planned).map((each) => saved.find(({ index }) => index === each.index) ?? each),
        );
        expect(collector.digest()).toBe(digestOf(handedOn));
      }),
    );
  });

  test('are all handed on in their order at the end, over the holes that some left', () => {
    fc.assert(
      fc.property(arrivals, fc.nat(), ({ planned, groups }, dropped) => {
        const handedOn: Repeat[] = [];
        const collector = collectRepeats([], planned, (some) => handedOn.push(...some));
        const kept = groups.filter((_, i) => i !== dropped % groups.length);
        for (const group of kept) collector.add(group.map((index) => repeatAt(index)));
        collector.end();
        collector.end();
        const came = kept.flat().sort((a, b) => a - b);
        expect(indicesOf(handedOn)).toEqual(came);
        expect(collector.count()).toBe(came.length);
        expect(collector.digest()).toBe(digestOf(came.map((index) => repeatAt(index))));
      }),
    );
  });
});

describe('the last repeat that is wanted', () => {
  test('is found in their order, however they come, and nothing behind it is handed on', () => {
    fc.assert(
      fc.property(arrivals, fc.nat({ max: 45 }), ({ planned, groups, known }, last) => {
        const handedOn: Repeat[] = [];
        const asked: number[] = [];
        const collector = collectRepeats(
          known.map((index) => repeatAt(index)),
          planned,
          (some) => handedOn.push(...some),
          ({ index }) => {
            asked.push(index);
            return index === last;
          },
        );
        for (const group of groups) collector.add(group.map((index) => repeatAt(index)));
        collector.end();
        const wanted = repeats(Math.min(planned, last + 1));
        expect(handedOn).toEqual(wanted);
        expect(collector.count()).toBe(wanted.length);
        expect(collector.digest()).toBe(digestOf(wanted));
        // Whoever is asked may count: each repeat once, in their order.
        expect(asked).toEqual(indicesOf(wanted));
      }),
    );
  });

  test('may be known already', () => {
    const handedOn: Repeat[] = [];
    const saved = [repeatAt(0), repeatAt(1)];
    const collector = collectRepeats(
      saved,
      9,
      (some) => handedOn.push(...some),
      ({ index }) => index === 1,
    );
    collector.add([repeatAt(2)]);
    expect(indicesOf(handedOn)).toEqual([0, 1]);
  });
});

test('the digest of a run is not that of the same repeats in another order', () => {
  const [a, b] = [repeatAt(0), repeatAt(1)];
  expect(digestOf([a, b])).not.toBe(digestOf([b, a]));
});
