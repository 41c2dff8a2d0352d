import { expect, test } from 'vitest';
import { readCsv } from '../../src/data/csv.js';
import { input } from '../../src/data/dataset.js';

const iris = {
  path: new URL('../../experiments/iris.csv', import.meta.url).pathname,
  shown: 'experiments/iris.csv',
  targets: ['species'],
  categorical: ['species'],
};

test('the iris data are Fisher’s, and not those with two errors that many copies of them have', async () => {
  const data = await readCsv(iris);
  expect(data).toMatchObject({ rows: 150, features: 4, targets: 3 });
  const row = (at: number) => Array.from(data.inputs.subarray(4 * at, 4 * at + 4), (value) => Number(value.toFixed(1)));
  expect(row(34)).toEqual([4.9, 3.1, 1.5, 0.2]); // UCI: 0.1
  expect(row(37)).toEqual([4.9, 3.6, 1.4, 0.1]); // UCI: 3.1 and 1.5
});

test('the iris data have the means that R gives, and 50 flowers of each species', async () => {
  const data = await readCsv(iris);
  const sums = [0, 0, 0, 0];
  data.inputs.forEach((_, at) => {
    sums[at % 4] = (sums[at % 4] as number) + input(data, at);
  });
  // R 4.2.2: colSums(iris[1:4])
  [876.5, 458.6, 563.7, 179.9].forEach((sum, feature) => {
    expect(sums[feature]).toBeCloseTo(sum, 9);
  });
  const species = data.outputs.reduce((counts, one, at) => counts.with(at % 3, (counts[at % 3] as number) + one), [
    0, 0, 0,
  ] as number[]);
  expect(species).toEqual([50, 50, 50]);
  expect(data.source?.targetNames).toEqual(['species=setosa', 'species=versicolor', 'species=virginica']);
});
