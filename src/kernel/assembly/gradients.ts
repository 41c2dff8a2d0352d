// What is done to gradients before a step: penalties are added, and their norm is taken.
import { Layer } from './layer';

/** Vectors of a layer's parameters that are its kernel; the rest is the bias. */
function kernelCount(layer: Layer): u32 {
  return layer.parameterCount - layer.bias * layer.units;
}

/** Adds to a layer's gradients those of l1 Σ|w| + l2 Σw²: l1 sign(w) + 2 l2 w. */
export function addPenaltyGradients(layer: Layer): void {
  const kernel = kernelCount(layer);
  addPenalty(layer, 0, kernel, layer.penalties);
  addPenalty(layer, kernel, layer.parameterCount, layer.penalties + 32);
}

function addPenalty(layer: Layer, from: u32, to: u32, penalty: usize): void {
  const l1 = v128.load(penalty);
  const twiceL2 = v128.load(penalty, 16);
  const zero = f32x4.splat(0);
  for (let i = (<usize>from) << 4; i < (<usize>to) << 4; i += 16) {
    const w = v128.load(layer.parameters + i);
    const sign = f32x4.sub(v128.and(l1, f32x4.gt(w, zero)), v128.and(l1, f32x4.lt(w, zero)));
    const penalized = f32x4.add(f32x4.add(v128.load(layer.gradients + i), sign), f32x4.mul(twiceL2, w));
    v128.store(layer.gradients + i, penalized);
  }
}

/** The penalty of one lane's parameters, in the loss. */
export function penaltyOf(layer: Layer, lane: u32): f32 {
  const kernel = kernelCount(layer);
  const penalties = layer.penalties;
  return (
    tensorPenalty(layer, lane, 0, kernel, penalties) +
    tensorPenalty(layer, lane, kernel, layer.parameterCount, penalties + 32)
  );
}

function tensorPenalty(layer: Layer, lane: u32, from: u32, to: u32, penalty: usize): f32 {
  let sizes: f64 = 0;
  let squares: f64 = 0;
  for (let i = from; i < to; i++) {
    const w = load<f32>(layer.parameters + ((<usize>i) << 4) + ((<usize>lane) << 2));
    sizes += <f64>abs(w);
    squares += <f64>(w * w);
  }
  return load<f32>(penalty) * <f32>sizes + load<f32>(penalty, 16) * 0.5 * <f32>squares;
}

/** Σ g² of one lane's gradients of a layer: each tensor's in float64, rounded to float32. */
export function squaredNorm(layer: Layer, lane: u32): f32 {
  const kernel = kernelCount(layer);
  return tensorSquares(layer, lane, 0, kernel) + tensorSquares(layer, lane, kernel, layer.parameterCount);
}

function tensorSquares(layer: Layer, lane: u32, from: u32, to: u32): f32 {
  let sum: f64 = 0;
  for (let i = from; i < to; i++) {
    const g = load<f32>(layer.gradients + ((<usize>i) << 4) + ((<usize>lane) << 2));
    sum += <f64>(g * g);
  }
  return <f32>sum;
}
