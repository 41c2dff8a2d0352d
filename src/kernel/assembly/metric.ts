// Metrics of predictions, in float64 from float32 predictions and float64 targets: per output the mean over the rows, then the
// mean over the outputs.

import { LANES, V } from './layer';
import { BINARY_CROSSENTROPY, CATEGORICAL_CROSSENTROPY, HINGE, isBinary, MAE, MSE } from './loss';
import { allocate } from './memory';

/** The metrics behind the losses, as TypeScript passes them; and what accuracy is where the largest output counts. */
const ACCURACY: u32 = 5;
const R2: u32 = 6;
const CATEGORICAL_ACCURACY: u32 = 7;

/** The metric that is meant: Keras' accuracy depends on the loss. */
export function metricOf(metric: u32, loss: u32, targets: u32): u32 {
  return metric == ACCURACY && !isBinary(loss, targets) ? CATEGORICAL_ACCURACY : metric;
}

/** What Keras 2.0.3 cuts probabilities to. */
const EPSILON: f64 = 1e-7;

/** Float64 targets × lanes. */
let sums: usize = 0;

export function reserveSums(targets: u32): void {
  sums = allocate((<usize>(targets * LANES)) << 3);
}

export function clearSums(targets: u32): void {
  memory.fill(sums, 0, (<usize>(targets * LANES)) << 3);
}

function cut(p: f64): f64 {
  return min(max(p, EPSILON), 1 - EPSILON);
}

/** What one output adds. */
function outputTerm(metric: u32, p: f64, t: f64): f64 {
  switch (metric) {
    case MAE:
      return abs(p - t);
    case HINGE:
      return max<f64>(1 - t * p, 0);
    case BINARY_CROSSENTROPY: {
      const q = cut(p);
      return -(t * NativeMath.log(q) + (1 - t) * NativeMath.log(1 - q));
    }
    case ACCURACY:
      return <f64>(nearest(p) == t);
    default:
      return (t - p) * (t - p);
  }
}

/** What a row adds where its outputs belong together. */
function rowTerm(metric: u32, prediction: usize, wanted: usize, targets: u32): f64 {
  if (metric == CATEGORICAL_ACCURACY) {
    let best: u32 = 0;
    let label: u32 = 0;
    for (let i: u32 = 1; i < targets; i++) {
      if (predictionAt(prediction, i) > predictionAt(prediction, best)) best = i;
      if (targetAt(wanted, i) > targetAt(wanted, label)) label = i;
    }
    return <f64>(best == label);
  }
  let total: f64 = 0;
  for (let i: u32 = 0; i < targets; i++) total += predictionAt(prediction, i);
  let sum: f64 = 0;
  for (let i: u32 = 0; i < targets; i++) {
    sum -= targetAt(wanted, i) * NativeMath.log(cut(predictionAt(prediction, i) / total));
  }
  return sum;
}

function predictionAt(row: usize, index: u32): f64 {
  return <f64>load<f32>(row + <usize>index * V);
}

function targetAt(row: usize, index: u32): f64 {
  return load<f64>(row + ((<usize>index) << 3));
}

function isOfRows(metric: u32): bool {
  return metric == CATEGORICAL_CROSSENTROPY || metric == CATEGORICAL_ACCURACY;
}

/** Adds `rows` rows of predictions (rows × outputRow bytes) and float64 targets (rows × targets) to the sums. */
export function addToSums(
  metric: u32,
  prediction: usize,
  outputRow: usize,
  wanted: usize,
  targets: u32,
  rows: u32,
): void {
  if (metric == MSE) return addSquaredErrors(prediction, wanted, targets, rows);
  for (let row: u32 = 0; row < rows; row++, prediction += outputRow, wanted += (<usize>targets) << 3) {
    for (let lane: usize = 0; lane < <usize>LANES; lane++) {
      const values = prediction + (lane << 2);
      const sum = sums + (lane << 3);
      if (isOfRows(metric)) {
        store<f64>(sum, load<f64>(sum) + rowTerm(metric, values, wanted, targets));
        continue;
      }
      for (let i: u32 = 0; i < targets; i++) {
        const at = sum + ((<usize>i) << 5);
        store<f64>(at, load<f64>(at) + outputTerm(metric, predictionAt(values, i), targetAt(wanted, i)));
      }
    }
  }
}

/** (target − prediction)², the most common by far: a loop of its own. */
function addSquaredErrors(outputs: usize, wanted: usize, targets: u32, rows: u32): void {
  for (let row: u32 = 0; row < rows; row++, outputs += V) {
    let sum = sums;
    for (let target: u32 = 0; target < targets; target++, outputs += V, wanted += 8) {
      for (let lane: usize = 0; lane < <usize>LANES; lane++, sum += 8) {
        const error = load<f64>(wanted) - <f64>load<f32>(outputs + (lane << 2));
        store<f64>(sum, load<f64>(sum) + error * error);
      }
    }
  }
}

/** Σ (target − its mean)² of one output. */
function spread(wanted: usize, targets: u32, rows: u32): f64 {
  const step = (<usize>targets) << 3;
  let mean: f64 = 0;
  for (let row: u32 = 0, at = wanted; row < rows; row++, at += step) mean += load<f64>(at);
  mean /= <f64>rows;
  let sum: f64 = 0;
  for (let row: u32 = 0, at = wanted; row < rows; row++, at += step)
    sum += (load<f64>(at) - mean) * (load<f64>(at) - mean);
  return sum;
}

/** 1 − error / spread; of a constant target 1 where it is met, NaN for an error that is not finite, and else 0. */
function determination(error: f64, total: f64): f64 {
  if (total == 0) return error == 0 ? 1 : 0 * error;
  return 1 - error / total;
}

/**
 * Turns the sums into scores.
 *
 * @param wanted float64 targets of all the rows
 * @param scores receives one float64 a lane
 */
export function finishSums(metric: u32, wanted: usize, targets: u32, rows: u32, scores: usize): void {
  const outputs: u32 = isOfRows(metric) ? 1 : targets;
  for (let lane: usize = 0; lane < <usize>LANES; lane++) store<f64>(scores + (lane << 3), 0);
  for (let i: u32 = 0; i < outputs; i++) {
    const total = metric == R2 ? spread(wanted + ((<usize>i) << 3), targets, rows) : 0;
    for (let lane: usize = 0; lane < <usize>LANES; lane++) {
      const sum = load<f64>(sums + ((<usize>i) << 5) + (lane << 3));
      const value = metric == R2 ? determination(sum, total) : sum / <f64>rows;
      store<f64>(scores + (lane << 3), load<f64>(scores + (lane << 3)) + value);
    }
  }
  for (let lane: usize = 0; lane < <usize>LANES; lane++) {
    store<f64>(scores + (lane << 3), load<f64>(scores + (lane << 3)) / <f64>outputs);
  }
}
