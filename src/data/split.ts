import { permutation, type RandomState } from '../random/randomState.js';
import { type Dataset, zeros } from './dataset.js';

/** Rows to train on, and behind them those to test on. */
export interface Split {
  readonly data: Dataset;
  readonly testRows: number;
}

/** Copies rows of `width` numbers in another order; number by number, since a row is too short to make a view of it. */
function reorder(from: Float32Array | Float64Array, to: Float32Array | Float64Array, order: Uint32Array): void {
  const width = from.length / order.length;
  let at = 0;
  for (let row = 0; row < order.length; row++) {
    const begin = (order[row] as number) * width;
    for (let i = 0; i < width; i++) to[at++] = from[begin + i] as number;
  }
}

/** The rows of a data set in another order, with the lines that they come from. */
function reordered(data: Dataset, order: Uint32Array): Dataset {
  const moved = zeros(data);
  reorder(data.inputs, moved.inputs, order);
  reorder(data.remainders, moved.remainders, order);
  reorder(data.outputs, moved.outputs, order);
  const { oneHotFeatures, source } = data;
  const lines = new Uint32Array(new SharedArrayBuffer(source ? 4 * data.rows : 0));
  if (source) for (let row = 0; row < lines.length; row++) lines[row] = source.lines[order[row] as number] as number;
  return { ...moved, ...(oneHotFeatures && { oneHotFeatures }), ...(source && { source: { ...source, lines } }) };
}

/**
 * Splits rows at random, as scikit-learn's train_test_split does: of one permutation, the first ⌈testFraction · rows⌉ are tested
 * on and the others, in its order, trained on.
 *
 * @param testFraction above 0 and below 1; a large one of few rows may leave none to train on
 */
export function splitRows(random: RandomState, data: Dataset, testFraction: number): Split {
  const { rows } = data;
  const testRows = Math.ceil(testFraction * rows);
  const drawn = permutation(random, rows);
  const order = new Uint32Array(rows);
  order.set(drawn.subarray(testRows));
  order.set(drawn.subarray(0, testRows), rows - testRows);
  return { data: reordered(data, order), testRows };
}
