import { describe, expect, test } from 'vitest';
import { brownForsythe } from '../../src/stats/brownForsythe.js';
import { friedman } from '../../src/stats/friedman.js';
import { holm } from '../../src/stats/holm.js';
import { kruskalWallis } from '../../src/stats/kruskalWallis.js';
import { noether } from '../../src/stats/noether.js';
import { article, comparing } from './comparing.js';
import { expectFigures } from './expectFigures.js';

describe.each(Object.entries(comparing.groups))('of the groups "%s"', (_, figures) => {
  test('Kruskal-Wallis and Brown-Forsythe agree with SciPy', () => {
    expectFigures(kruskalWallis(figures.groups), figures.kruskalWallis);
    expectFigures(brownForsythe(figures.groups), figures.brownForsythe);
  });
});

test.each(
  Object.entries(comparing.groups).flatMap(([name, { groups, friedman: figures }]) =>
    figures ? [{ name, groups, figures }] : [],
  ),
)('of the groups "$name" Friedman agrees with SciPy, and Iman and Davenport correct it', ({ groups, figures }) => {
  const { chiSquared, p, f, fp } = figures;
  const test = friedman(groups);
  expectFigures(test, { chiSquared, p });
  expectFigures(test?.imanDavenport ?? null, { f, p: fp });
});

test("Holm's p values are those of statsmodels", () => {
  for (const { raw, adjusted } of comparing.holm) expectFigures(holm(raw), adjusted);
  const { raw, holm: adjusted } = article.multipleComparisons.synthetic_check;
  expectFigures(holm(raw), adjusted);
  expect(holm([])).toEqual([]);
});

test("Noether's number of repeats is as tabled", () => {
  const table = Object.entries(article.sampleSizePlanning.noether_ceil);
  expect(table.length).toBe(28);
  for (const [key, wanted] of table) {
    const [gamma = 0, beta = 0, sides] = key.split(',').map((part) => Number(part.split('=')[1]));
    expect(noether(gamma, { beta, twoSided: sides === 2 })).toBe(wanted);
    expect(noether(1 - gamma, { beta, twoSided: sides === 2 })).toBe(wanted);
  }
  expect(noether(0.5)).toBeNull();
});

test('values that are all equal have no rank test', () => {
  const groups = [
    [1, 1],
    [1, 1],
    [1, 1],
  ];
  expect([kruskalWallis(groups), friedman(groups), brownForsythe(groups)]).toEqual([null, null, null]);
});

test('blocks that all rank alike have no F', () => {
  const test = friedman([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  expect(test?.chiSquared).toBeCloseTo(4, 12);
  expect(test?.imanDavenport).toBeNull();
});
