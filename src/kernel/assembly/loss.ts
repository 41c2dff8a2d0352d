// Losses of a batch: their derivatives by the predictions, and their values where something watches them. F. Chollet et al.,
// Keras 2.0.3, losses.py: per row the mean over the outputs (categorical crossentropy: the sum), then the mean over the rows.
import { V } from './layer';

/** The losses, as TypeScript passes them. */
export const MSE: u32 = 0;
export const MAE: u32 = 1;
export const HINGE: u32 = 2;
export const BINARY_CROSSENTROPY: u32 = 3;
export const CATEGORICAL_CROSSENTROPY: u32 = 4;

/** Probabilities are cut to [EPSILON, 1 − EPSILON] before their logarithm. */
const EPSILON: f32 = 1e-7;
const MOST: f32 = 1 - EPSILON;

function zero(): v128 {
  return f32x4.splat(0);
}

function cut(p: v128): v128 {
  return f32x4.min(f32x4.max(p, f32x4.splat(EPSILON)), f32x4.splat(MOST));
}

/** All bits where a probability is within what it is cut to: elsewhere it has no derivative. */
function uncut(p: v128): v128 {
  return v128.and(f32x4.ge(p, f32x4.splat(EPSILON)), f32x4.le(p, f32x4.splat(MOST)));
}

/** The derivative of one output's loss by its prediction, but for the means. */
function slope(loss: u32, p: v128, t: v128): v128 {
  const one = f32x4.splat(1);
  switch (loss) {
    case MSE:
      return f32x4.mul(f32x4.splat(2), f32x4.sub(p, t));
    case MAE: {
      const above = v128.and(one, f32x4.gt(p, t));
      return f32x4.sub(above, v128.and(one, f32x4.lt(p, t)));
    }
    case HINGE:
      return v128.and(f32x4.neg(t), f32x4.ge(f32x4.sub(one, f32x4.mul(t, p)), zero()));
    default: {
      const q = cut(p);
      const derivative = f32x4.div(f32x4.sub(q, t), f32x4.mul(q, f32x4.sub(one, q)));
      return v128.and(derivative, uncut(p));
    }
  }
}

/** Σ p of a row. */
function rowSum(p: usize, targets: u32): v128 {
  let sum = v128.load(p);
  for (let at = V; at < <usize>targets * V; at += V) sum = f32x4.add(sum, v128.load(p + at));
  return sum;
}

/** −Σ t log(p / Σp): the derivative goes through the division by the row's sum. */
function categoricalRow(p: usize, t: usize, delta: usize, targets: u32, scale: v128): void {
  const sum = rowSum(p, targets);
  const bytes = <usize>targets * V;
  let common = zero();
  for (let at: usize = 0; at < bytes; at += V) {
    const q = f32x4.div(v128.load(p + at), sum);
    const derivative = v128.and(f32x4.div(v128.load(t + at), cut(q)), uncut(q));
    v128.store(delta + at, derivative);
    common = f32x4.add(common, f32x4.mul(derivative, q));
  }
  for (let at: usize = 0; at < bytes; at += V) {
    const derivative = f32x4.div(f32x4.sub(common, v128.load(delta + at)), sum);
    v128.store(delta + at, f32x4.mul(derivative, scale));
  }
}

/**
 * The loss's derivative by the predictions of `rows` rows.
 *
 * @param targetRow bytes from one row of targets to the next
 * @param outputRow bytes from one row of predictions, and of derivatives, to the next
 */
export function lossDeltas(
  loss: u32,
  prediction: usize,
  outputRow: usize,
  target: usize,
  targetRow: usize,
  delta: usize,
  targets: u32,
  rows: u32,
): void {
  const scale = f32x4.splat(1 / <f32>(loss == CATEGORICAL_CROSSENTROPY ? rows : rows * targets));
  for (let row: u32 = 0; row < rows; row++, prediction += outputRow, target += targetRow, delta += outputRow) {
    if (loss == CATEGORICAL_CROSSENTROPY) {
      categoricalRow(prediction, target, delta, targets, scale);
      continue;
    }
    for (let at: usize = 0; at < <usize>targets * V; at += V) {
      const derivative = slope(loss, v128.load(prediction + at), v128.load(target + at));
      v128.store(delta + at, f32x4.mul(derivative, scale));
    }
  }
}

/** One output's loss, but for the mean over the outputs. */
function outputLoss(loss: u32, p: f32, t: f32): f32 {
  switch (loss) {
    case MSE:
      return (p - t) * (p - t);
    case MAE:
      return abs(p - t);
    case HINGE:
      return max<f32>(1 - t * p, 0);
    default: {
      const q = min(max(p, EPSILON), MOST);
      return -(t * NativeMathf.log(q) + (1 - t) * NativeMathf.log(1 - q));
    }
  }
}

/** The loss of one row of one lane. */
export function rowLoss(loss: u32, prediction: usize, target: usize, targets: u32): f32 {
  const bytes = <usize>targets * V;
  let sum: f64 = 0;
  if (loss == CATEGORICAL_CROSSENTROPY) {
    let total: f32 = 0;
    for (let at: usize = 0; at < bytes; at += V) total += load<f32>(prediction + at);
    for (let at: usize = 0; at < bytes; at += V) {
      const q = min(max(load<f32>(prediction + at) / total, EPSILON), MOST);
      sum -= <f64>(load<f32>(target + at) * NativeMathf.log(q));
    }
    return <f32>sum;
  }
  for (let at: usize = 0; at < bytes; at += V) {
    sum += <f64>outputLoss(loss, load<f32>(prediction + at), load<f32>(target + at));
  }
  return <f32>(sum / <f64>targets);
}

/** Whether Keras' accuracy is of binary targets: one output, or binary crossentropy; else the largest output counts. */
export function isBinary(loss: u32, targets: u32): bool {
  return targets == 1 || loss == BINARY_CROSSENTROPY;
}

/** Keras' accuracy of one row of one lane: the share of outputs that round (half to even) to their targets; or 0 or 1. */
export function rowAccuracy(binary: bool, prediction: usize, target: usize, targets: u32): f64 {
  const bytes = <usize>targets * V;
  if (binary) {
    let hits: u32 = 0;
    for (let at: usize = 0; at < bytes; at += V) {
      hits += u32(nearest<f32>(load<f32>(prediction + at)) == load<f32>(target + at));
    }
    return <f64>hits / <f64>targets;
  }
  return <f64>(largest(prediction, bytes) == largest(target, bytes));
}

/** Which of a row's values is largest; the first wins. */
function largest(values: usize, bytes: usize): usize {
  let best: usize = 0;
  for (let at = V; at < bytes; at += V) if (load<f32>(values + at) > load<f32>(values + best)) best = at;
  return best;
}
