import { type Dataset, input, setInput, zeros } from './dataset.js';

/** What to subtract from a feature, and by what to divide it then. */
interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Mean and population standard deviation in two passes, the second of which corrects what the first one's rounding left: T. Chan,
 * G. Golub & R. LeVeque, The American Statistician 37(3), 1983. The deviation of a feature that is constant, but for rounding as
 * scikit-learn bounds it, is taken for 1.
 */
function scaleOf(data: Dataset, feature: number, rows: number): Scale {
  const end = rows * data.features;
  let sum = 0;
  for (let at = feature; at < end; at += data.features) sum += input(data, at);
  const rough = sum / rows;
  let left = 0;
  let squares = 0;
  for (let at = feature; at < end; at += data.features) {
    const off = input(data, at) - rough;
    left += off;
    squares += off * off;
  }
  const mean = rough + left / rows;
  const variance = (squares - (left * left) / rows) / rows;
  const error = rows * mean * Number.EPSILON;
  const constant = variance <= rows * Number.EPSILON * variance + error * error;
  return { mean, deviation: constant ? 1 : Math.sqrt(variance) };
}

/**
 * Moves and scales features to mean 0 and population standard deviation 1 over the first rows, as scikit-learn's StandardScaler
 * does; all rows are moved and scaled alike. Computed in float64 and rounded once.
 *
 * @param fitRows how many rows, from the first on, mean and deviation are taken from: at least 1
 * @param columns features to standardize, by default all; those of a one-hot are left as they are
 */
export function standardize(data: Dataset, fitRows: number, columns?: readonly number[]): Dataset {
  const { rows, features } = data;
  const oneHot = new Set(data.oneHotFeatures);
  const chosen = columns ?? Array.from({ length: features }, (_, feature) => feature);
  const { inputs, remainders } = zeros({ rows, features, targets: 0 });
  inputs.set(data.inputs);
  remainders.set(data.remainders);
  const standardized = { ...data, inputs, remainders };
  for (const feature of chosen.filter((each) => !oneHot.has(each))) {
    const { mean, deviation } = scaleOf(data, feature, fitRows);
    for (let at = feature; at < rows * features; at += features) {
      setInput(standardized, at, (input(data, at) - mean) / deviation);
    }
  }
  return standardized;
}
