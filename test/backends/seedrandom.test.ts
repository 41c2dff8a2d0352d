import { describe, expect, test } from 'vitest';
import { type Draw, type RunStream, sourceNames } from '../../src/backends/backend.js';
import { seedrandom } from '../../src/backends/seedrandom.js';
import { createKernel } from '../../src/kernel/kernel.js';
import { philox4x32 } from '../../src/random/philox4x32.js';
import { randomSample } from '../../src/random/randomState.js';
import { seedrandomGenerator } from '../../src/random/seedrandom.js';

/** Draws of all kinds, two of each that a network may have more than one of. */
const draws: readonly Draw[] = [
  { kind: 'uniform', index: 0, isBias: false, count: 21, low: -0.3, high: 0.7 },
  { kind: 'normal', index: 0, isBias: true, count: 7, mean: 1, deviation: 0.5 },
  { kind: 'truncatedNormal', index: 1, isBias: false, count: 400, mean: 1, deviation: 0.5 },
  { kind: 'matrix', index: 2, isBias: false, count: 9 },
  { kind: 'dropout', index: 0 },
  { kind: 'dropout', index: 1 },
  { kind: 'noise', index: 0 },
];

// A kernel of its own: generators use the shared one while they draw.
const kernel = createKernel();
const at = kernel.exports.allocate(4096);

/** All that a repeat draws, by its source. */
function drawsOf(stream: RunStream, repeat: number, list = draws): Record<string, unknown[]> {
  const found: Record<string, unknown[]> = { initialization: [], dropout: [], noise: [] };
  const made = stream.repeat(repeat, list);
  list.forEach((draw, position) => {
    if (!('count' in draw)) found[draw.kind]!.push(stream.noise(made, position));
    else if (draw.kind === 'matrix') found['initialization']!.push([...stream.matrix(made, position)]);
    else {
      stream.write(made, position, kernel, at);
      found['initialization']!.push([...kernel.floats(at, draw.count)]);
    }
  });
  found['shuffle'] = Array.from({ length: 5 }, () => made.shuffler.next());
  for (const source of ['data', 'split'] as const) {
    const random = stream.random(source);
    found[source] = Array.from({ length: 5 }, () => randomSample(random));
  }
  return found;
}

describe('a source with a seed of its own', () => {
  const root = drawsOf(seedrandom.open({ root: 'a' }), 3);

  test('is one of those that a network draws from', () => {
    expect(Object.keys(root).sort()).toEqual([...sourceNames].sort());
  });

  test.each(sourceNames)('%s: moves its own draws and no others', (source) => {
    const moved = drawsOf(seedrandom.open({ root: 'a', sources: { [source]: 'b' } }), 3);
    for (const each of sourceNames) {
      if (each !== source) expect(moved[each]).toEqual(root[each]);
      else expect(moved[each]!.every((value, i) => String(value) !== String(root[each]![i]))).toBe(true);
    }
    const all = drawsOf(seedrandom.open({ root: 'b' }), 3);
    expect(moved[source]).toEqual(all[source]);
  });

  test('stays where the root seed moves', () => {
    const sources = { shuffle: 7, dropout: 'c' };
    const one = drawsOf(seedrandom.open({ root: 'a', sources }), 0);
    const two = drawsOf(seedrandom.open({ root: 'b', sources }), 0);
    expect(two['shuffle']).toEqual(one['shuffle']);
    expect(two['dropout']).toEqual(one['dropout']);
    expect(two['initialization']).not.toEqual(one['initialization']);
  });
});

test('a repeat depends on its index alone: in any order, and from a stream opened anew', () => {
  const stream = seedrandom.open({ root: 5 });
  expect(stream.sequential).toBe(false);
  const forwards = [0, 1, 2].map((repeat) => drawsOf(stream, repeat));
  const backwards = [2, 1, 0].map((repeat) => drawsOf(seedrandom.open({ root: 5 }), repeat)).reverse();
  expect(backwards).toEqual(forwards);
  for (const source of ['initialization', 'shuffle', 'dropout', 'noise']) {
    expect(forwards[0]![source]).not.toEqual(forwards[1]![source]);
  }
  // Data is made once for all repeats.
  expect(forwards[0]!['data']).toEqual(forwards[1]!['data']);
});

test('no two draws of a repeat share a stream', () => {
  const { initialization, dropout, noise, shuffle, data, split } = drawsOf(seedrandom.open({ root: 5 }), 0);
  expect(new Set([...dropout!, ...noise!].map(String)).size).toBe(3);
  const firsts = [...initialization!.map((values) => (values as number[])[0]), shuffle![0], data![0], split![0]];
  expect(new Set(firsts).size).toBe(firsts.length);
});

test('another layer moves no draw of those there were', () => {
  const stream = seedrandom.open({ root: 5 });
  const more: Draw[] = [
    ...draws,
    { kind: 'noise', index: 1 },
    { kind: 'uniform', index: 3, isBias: false, count: 4, low: 0, high: 1 },
  ];
  const [few, many] = [drawsOf(stream, 1), drawsOf(stream, 1, more)];
  for (const [source, values] of Object.entries(few)) expect(many[source]!.slice(0, values.length)).toEqual(values);
});

test('uniforms are the highest 24 bits of Philox under the key of seedrandom, counted by repeat and layer', () => {
  const generator = seedrandomGenerator('a');
  const key = [generator.nextWord(), generator.nextWord()] as const;
  const words = philox4x32(key, [0, 0, 6, (0 | (2 << 8)) >>> 0]);
  const uniform: Draw = { kind: 'uniform', index: 2, isBias: false, count: 30, low: -1, high: 1 };
  const [values] = drawsOf(seedrandom.open({ root: 'a' }), 6, [uniform])['initialization']!;
  expect(values).toEqual(
    Array.from({ length: 30 }, () => Math.fround(Math.fround(((words.next() >>> 8) / 2 ** 24) * 2) - 1)),
  );
});

test('truncated normals are normals without those beyond two deviations', () => {
  const tensor = { index: 1, isBias: false, mean: 1, deviation: 0.5 } as const;
  const of = (kind: 'normal' | 'truncatedNormal', count: number) =>
    drawsOf(seedrandom.open({ root: 'a' }), 0, [{ ...tensor, kind, count }])['initialization']![0] as number[];
  const normals = of('normal', 500);
  const near = normals.filter((value) => Math.abs(value - 1) < 1);
  expect(near.length).toBeLessThan(normals.length);
  expect(of('truncatedNormal', 400)).toEqual(near.slice(0, 400));
});
