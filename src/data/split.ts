import { ReproError } from '../errors.js';
import { permutation, type RandomState } from '../random/randomState.js';
import { type Dataset, zeros } from './dataset.js';

/** Rows to train on, and behind them those to test on. */
export interface Split {
  readonly data: Dataset;
  readonly testRows: number;
}

/** The rows of a data set in another order, with the lines that they come from. */
function reordered(data: Dataset, order: Uint32Array): Dataset {
  const { features, targets, source } = data;
  const moved = zeros(data);
  const lines = new Uint32Array(new SharedArrayBuffer(source ? 4 * data.rows : 0));
  order.forEach((from, to) => {
    moved.inputs.set(data.inputs.subarray(from * features, (from + 1) * features), to * features);
    moved.remainders.set(data.remainders.subarray(from * features, (from + 1) * features), to * features);
    moved.outputs.set(data.outputs.subarray(from * targets, (from + 1) * targets), to * targets);
    if (source) lines[to] = source.lines[from] as number;
  });
  return {
    ...moved,
    ...(data.oneHotFeatures && { oneHotFeatures: data.oneHotFeatures }),
    ...(source && { source: { ...source, lines } }),
  };
}

/**
 * Splits rows at random, as scikit-learn's train_test_split does: of one permutation, the first ⌈testFraction · rows⌉ are tested
 * on and the others, in its order, trained on.
 *
 * @param testFraction above 0 and below 1
 * @throws ReproError if nothing would be left to train or to test on
 */
export function splitRows(random: RandomState, data: Dataset, testFraction: number): Split {
  const { rows } = data;
  const testRows = Math.ceil(testFraction * rows);
  if (testRows < 1 || testRows >= rows) {
    const [part, change] = testRows < 1 ? ['test', 'larger'] : ['train', 'smaller'];
    const remedy = rows < 2 ? 'at least two rows are needed' : `choose a ${change} one`;
    const file = data.source?.file ?? 'data';
    throw new ReproError(
      `${file}: a test fraction of ${testFraction} leaves no row of ${rows} to ${part} on; ${remedy}`,
    );
  }
  const drawn = permutation(random, rows);
  const order = new Uint32Array(rows);
  order.set(drawn.subarray(testRows));
  order.set(drawn.subarray(0, testRows), rows - testRows);
  return { data: reordered(data, order), testRows };
}
