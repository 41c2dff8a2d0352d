import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { theano } from '../../src/backends/theano.js';
import { inlineRows } from '../../src/data/dataset.js';
import { type Metric, metricNames, type Network } from '../../src/network/network.js';
import { denseLayer } from '../networks.js';
import { anyNetwork } from './anyNetwork.js';
import { forward64 } from './forward64.js';
import { networkWith, train } from './training.js';

const seed = { root: 31 };
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const cut = (p: number) => Math.min(Math.max(p, 1e-7), 1 - 1e-7);
const isHigh = (row: readonly number[]) => row.indexOf(Math.max(...row));

/** A metric in float64 of rows of predictions and targets; accuracy of binary targets or of the largest output. */
function metric64(metric: Metric, p: number[][], t: number[][], isBinary: boolean): number {
  const each = (term: (p: number, t: number) => number) =>
    mean(p.flatMap((row, r) => row.map((v, i) => term(v, t[r]![i]!))));
  switch (metric) {
    case 'mse':
      return each((a, b) => (a - b) ** 2);
    case 'mae':
      return each((a, b) => Math.abs(a - b));
    case 'hinge':
      return each((a, b) => Math.max(0, 1 - a * b));
    case 'binary_crossentropy':
      return each((a, b) => -(b * Math.log(cut(a)) + (1 - b) * Math.log(1 - cut(a))));
    case 'categorical_crossentropy':
      return mean(
        p.map((row, r) => {
          const sum = row.reduce((a, b) => a + b, 0);
          return row.reduce((total, a, i) => total - t[r]![i]! * Math.log(cut(a / sum)), 0);
        }),
      );
    case 'accuracy':
      return isBinary
        ? each((a, b) => Number(Math.round(a) === b))
        : mean(p.map((row, r) => Number(isHigh(row) === isHigh(t[r]!))));
    case 'r2': {
      const outputs = t[0]!.map((_, i) => {
        const [wanted, found] = [t.map((row) => row[i]!), p.map((row) => row[i]!)];
        const total = wanted.reduce((sum, value) => sum + (value - mean(wanted)) ** 2, 0);
        const error = wanted.reduce((sum, value, r) => sum + (value - found[r]!) ** 2, 0);
        if (total === 0) return error === 0 ? 1 : 0;
        return 1 - error / total;
      });
      return mean(outputs);
    }
  }
}

test('every metric of every network, of all rows or some of them, is that of its predictions', () => {
  const seen = new Set<Metric>();
  fc.assert(
    fc.property(
      anyNetwork,
      fc.constantFrom(...metricNames),
      fc.record({ first: fc.nat(6), rows: fc.integer({ min: 1, max: 7 }), batchRows: fc.integer({ min: 1, max: 7 }) }),
      (network, metric, part) => {
        const { data, loss } = network;
        const first = Math.min(part.first, data.rows - 1);
        const rows = Math.min(part.rows, data.rows - first);
        const batchRows = Math.min(part.batchRows, data.rows);
        const { scores, weights } = train(
          { ...network, epochs: 0, batchRows, score: { metric, first, rows } },
          theano,
          seed,
        );
        const width = data.targets;
        const p = Array.from({ length: rows }, (_, r) => forward64(network, weights[0]!, [first + r]).predictions);
        const t = p.map((_, r) => [...data.outputs.subarray((first + r) * width, (first + r + 1) * width)]);
        // Not where rounding decides: halves, ties, sums near 0, and r2 of targets that hardly differ.
        if (metric === 'accuracy') {
          fc.pre(p.flat().every((value) => Math.abs((Math.abs(value) % 1) - 0.5) > 1e-4));
          fc.pre(p.every((row) => row.every((a, i) => row.every((b, j) => i === j || Math.abs(a - b) > 1e-4))));
        }
        if (metric.endsWith('crossentropy')) {
          fc.pre(p.every((row) => Math.min(...row) > 1e-3 && Math.max(...row) < 0.999));
        }
        const wanted = metric64(metric, p, t, width === 1 || loss === 'binary_crossentropy');
        expect(Math.abs(scores[0]! - wanted)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(wanted)));
        seen.add(metric);
      },
    ),
    { seed: 41, numRuns: 150, maxSkipsPerRun: 50 },
  );
  expect(seen).toEqual(new Set(metricNames));
});

describe('a network that predicts what is asked for', () => {
  /** Predicts its one input times 1. */
  const predicting = (inputs: number[][], targets: number[][], metric: Metric, parts: Partial<Network> = {}) => {
    const layers = [
      denseLayer(inputs[0]!.length, { useBias: false, kernelInitializer: { name: 'identity', gain: 1 } }),
    ];
    const data = inlineRows(inputs, targets);
    return train(
      networkWith({ data, layers, epochs: 0, score: { metric, first: 0, rows: inputs.length }, ...parts }),
      theano,
      seed,
    ).scores[0];
  };

  test('has r2 1 and error 0 where it is right', () => {
    expect(predicting([[1], [2.5], [-3]], [[1], [2.5], [-3]], 'r2')).toBe(1);
    expect(predicting([[1], [2.5], [-3]], [[1], [2.5], [-3]], 'mse')).toBe(0);
  });

  test('has r2 0 where it predicts the mean, and less where it is worse', () => {
    expect(predicting([[2], [2], [2]], [[1], [2], [3]], 'r2')).toBe(0);
    expect(predicting([[3], [2], [1]], [[1], [2], [3]], 'r2')).toBe(-3);
  });

  test('has r2 1 or 0 for targets that are all the same, met or not', () => {
    expect(predicting([[2], [2]], [[2], [2]], 'r2')).toBe(1);
    expect(predicting([[2], [3]], [[2], [2]], 'r2')).toBe(0);
  });

  test('has an r2 that is the mean over its outputs', () => {
    const targets = [
      [1, 1],
      [2, 2],
      [3, 3],
    ];
    const inputs = targets.map(([a = 0]) => [a, 2]);
    expect(predicting(inputs, targets, 'r2')).toBe(0.5);
  });

  test('is measured against targets in float64', () => {
    expect(predicting([[0.1]], [[0.1]], 'mae')).toBe(Math.abs(0.1 - Math.fround(0.1)));
  });

  test('is accurate where it rounds, half to even, to the target of its one output', () => {
    const inputs = [[0.5], [0.51], [1.5], [2.5], [-0.4]];
    expect(predicting(inputs, [[0], [1], [2], [2], [0]], 'accuracy')).toBe(1);
    expect(predicting(inputs, [[1], [1], [1], [3], [0]], 'accuracy')).toBe(2 / 5);
  });

  test('is accurate where its largest output, the first of several, is that of the target', () => {
    const inputs = [
      [0.2, 0.7, 0.7],
      [-1, -2, -3],
      [0.1, 0.2, 0.3],
    ];
    const targets = [
      [0, 1, 0],
      [1, 0, 0],
      [0, 1, 0],
    ];
    expect(predicting(inputs, targets, 'accuracy')).toBe(2 / 3);
    expect(predicting(inputs, targets, 'accuracy', { loss: 'binary_crossentropy' })).toBeCloseTo(
      mean([2 / 3, 0, 2 / 3]),
      15,
    );
  });
});
