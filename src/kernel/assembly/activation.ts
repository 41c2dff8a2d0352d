// Activations and their derivatives, row by row.
import { exp4, expm14, sigmoid4, tanh4 } from './elementaryVectors';
import { V } from './layer';

/** The activations, as TypeScript passes them; a linear one is no layer. */
export const RELU: u32 = 0;
export const LEAKY_RELU: u32 = 1;
export const ELU: u32 = 2;
export const SIGMOID: u32 = 3;
export const HARD_SIGMOID: u32 = 4;
export const TANH: u32 = 5;
export const SOFTPLUS: u32 = 6;
export const SOFTSIGN: u32 = 7;
export const SOFTMAX: u32 = 8;

function zero(): v128 {
  return f32x4.splat(0);
}

function one(): v128 {
  return f32x4.splat(1);
}

/** log(1 + e^x): max(x, 0) + log(1 + e^−|x|) */
function softplus(x: v128): v128 {
  const small = exp4(f32x4.neg(f32x4.abs(x)));
  let logarithm = f32x4.splat(NativeMathf.log1p(f32x4.extract_lane(small, 0)));
  logarithm = f32x4.replace_lane(logarithm, 1, NativeMathf.log1p(f32x4.extract_lane(small, 1)));
  logarithm = f32x4.replace_lane(logarithm, 2, NativeMathf.log1p(f32x4.extract_lane(small, 2)));
  logarithm = f32x4.replace_lane(logarithm, 3, NativeMathf.log1p(f32x4.extract_lane(small, 3)));
  return f32x4.add(f32x4.max(x, zero()), logarithm);
}

function hardSigmoid(x: v128): v128 {
  const line = f32x4.add(f32x4.mul(x, f32x4.splat(0.2)), f32x4.splat(0.5));
  return f32x4.max(f32x4.min(line, one()), zero());
}

/** Half of 1 ± the slope below zero: what Theano makes leaky relu of. */
function halfSum(slope: f64): v128 {
  return f32x4.splat(<f32>(0.5 * (1 + slope)));
}

function halfDifference(slope: f64): v128 {
  return f32x4.splat(<f32>(0.5 * (1 - slope)));
}

/** On Theano ½(1 + α) x + ½(1 − α) |x|, whose slope at 0 is ½(1 + α); on TensorFlow x or α x. */
function leaky(x: v128, slope: f64, theano: bool): v128 {
  if (theano) return f32x4.add(f32x4.mul(halfSum(slope), x), f32x4.mul(halfDifference(slope), f32x4.abs(x)));
  return v128.bitselect(x, f32x4.mul(f32x4.splat(<f32>slope), x), f32x4.ge(x, zero()));
}

function leakySlope(x: v128, slope: f64, theano: bool): v128 {
  const above = f32x4.gt(x, zero());
  const below = f32x4.lt(x, zero());
  if (!theano) return v128.or(v128.and(one(), above), v128.and(f32x4.splat(<f32>slope), below));
  const half = halfDifference(slope);
  return f32x4.add(halfSum(slope), f32x4.sub(v128.and(half, above), v128.and(half, below)));
}

function valueOf(activation: u32, x: v128, setting: f64, theano: bool): v128 {
  switch (activation) {
    case LEAKY_RELU:
      return leaky(x, setting, theano);
    case ELU:
      return v128.bitselect(x, f32x4.mul(f32x4.splat(<f32>setting), expm14(x)), f32x4.gt(x, zero()));
    case SIGMOID:
      return sigmoid4(x);
    case HARD_SIGMOID:
      return hardSigmoid(x);
    case TANH:
      return tanh4(x);
    case SOFTPLUS:
      return softplus(x);
    default:
      return f32x4.div(x, f32x4.add(one(), f32x4.abs(x)));
  }
}

/** The derivative at x, where the activation is y. */
function slopeOf(activation: u32, x: v128, y: v128, setting: f64, theano: bool): v128 {
  switch (activation) {
    case LEAKY_RELU:
      return leakySlope(x, setting, theano);
    case ELU:
      return v128.bitselect(one(), f32x4.mul(f32x4.splat(<f32>setting), exp4(x)), f32x4.gt(x, zero()));
    case SIGMOID:
      return f32x4.mul(y, f32x4.sub(one(), y));
    case HARD_SIGMOID: {
      // At its corners as on its line.
      const line = f32x4.add(f32x4.mul(x, f32x4.splat(0.2)), f32x4.splat(0.5));
      const inside = v128.and(f32x4.ge(line, zero()), f32x4.le(line, one()));
      return v128.and(f32x4.splat(0.2), inside);
    }
    case TANH:
      return f32x4.sub(one(), f32x4.mul(y, y));
    case SOFTPLUS:
      return sigmoid4(x);
    default: {
      const width = f32x4.add(one(), f32x4.abs(x));
      return f32x4.div(one(), f32x4.mul(width, width));
    }
  }
}

/** e^(x − largest) over their sum, of `group` values at a time. */
function softmaxRow(input: usize, output: usize, values: u32, group: u32): void {
  const bytes = <usize>group * V;
  for (const end = input + <usize>values * V; input < end; input += bytes, output += bytes) {
    let largest = v128.load(input);
    for (let at = V; at < bytes; at += V) largest = f32x4.max(largest, v128.load(input + at));
    let sum = zero();
    for (let at: usize = 0; at < bytes; at += V) {
      const value = exp4(f32x4.sub(v128.load(input + at), largest));
      v128.store(output + at, value);
      sum = f32x4.add(sum, value);
    }
    for (let at: usize = 0; at < bytes; at += V) v128.store(output + at, f32x4.div(v128.load(output + at), sum));
  }
}

/** (δ − Σ δ y) y, of `group` values at a time, in place. */
function softmaxSlopes(output: usize, deltas: usize, values: u32, group: u32): void {
  const bytes = <usize>group * V;
  for (const end = output + <usize>values * V; output < end; output += bytes, deltas += bytes) {
    let sum = zero();
    for (let at: usize = 0; at < bytes; at += V) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(deltas + at), v128.load(output + at)));
    }
    for (let at: usize = 0; at < bytes; at += V) {
      const share = f32x4.sub(v128.load(deltas + at), sum);
      v128.store(deltas + at, f32x4.mul(share, v128.load(output + at)));
    }
  }
}

/** relu, the most common by far: a loop of its own. */
function reluRow(input: usize, output: usize, values: u32): void {
  for (const end = input + <usize>values * V; input < end; input += V, output += V) {
    v128.store(output, f32x4.max(v128.load(input), zero()));
  }
}

function reluSlopes(input: usize, deltas: usize, values: u32, theano: bool): void {
  const atZero = f32x4.splat(theano ? 0.5 : 0);
  for (const end = input + <usize>values * V; input < end; input += V, deltas += V) {
    const x = v128.load(input);
    const slope = v128.bitselect(one(), v128.and(atZero, f32x4.eq(x, zero())), f32x4.gt(x, zero()));
    v128.store(deltas, f32x4.mul(v128.load(deltas), slope));
  }
}

/**
 * The activation of a row.
 *
 * @param setting the slope below zero of leaky relu, the scale of elu
 * @param group values over which softmax is taken
 * @param theano whether relu, leaky or not, is Theano's: the frameworks disagree about its slope at 0
 */
export function activateRow(
  activation: u32,
  setting: f64,
  group: u32,
  theano: bool,
  input: usize,
  output: usize,
  values: u32,
): void {
  if (activation == RELU) return reluRow(input, output, values);
  if (activation == SOFTMAX) return softmaxRow(input, output, values, group);
  for (const end = input + <usize>values * V; input < end; input += V, output += V) {
    v128.store(output, valueOf(activation, v128.load(input), setting, theano));
  }
}

/** deltas × the derivative of the activation in a row, in place. */
export function differentiateRow(
  activation: u32,
  setting: f64,
  group: u32,
  theano: bool,
  input: usize,
  output: usize,
  deltas: usize,
  values: u32,
): void {
  if (activation == RELU) return reluSlopes(input, deltas, values, theano);
  if (activation == SOFTMAX) return softmaxSlopes(output, deltas, values, group);
  for (const end = input + <usize>values * V; input < end; input += V, output += V, deltas += V) {
    const slope = slopeOf(activation, v128.load(input), v128.load(output), setting, theano);
    v128.store(deltas, f32x4.mul(v128.load(deltas), slope));
  }
}
