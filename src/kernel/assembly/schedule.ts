// What a step of an optimizer multiplies by and adds: vectors that steps load, in the order of optimizers.ts. Most of them are
// set once; those that change with every step are computed here. F. Chollet et al., Keras 2.0.3, optimizers.py, in float32.
import { nextEntropy } from './entropy';

/** How the learning rate changes from step to step, as TypeScript passes it. */
export const PLAIN: u32 = 0;
export const ADAM: u32 = 1;
export const ADAMAX: u32 = 2;
export const NADAM: u32 = 3;

/** Which count of steps is read, as TypeScript passes it: before its increment, behind it, or either. */
export const BEFORE: u32 = 0;
export const AFTER: u32 = 1;
export const RACY: u32 = 2;

/** Sixteen vectors. */
const constants = memory.data(256, 16);
const RATE: usize = 0;
const NORM: usize = 128;
/** Where Nadam's begin. */
const NADAM_TERMS: usize = 144;

let kind: u32 = PLAIN;
let reads: u32 = BEFORE;
let learningRate: f32 = 0;
let decay: f32 = 0;
let beta1: f32 = 0;
let beta2: f32 = 0;
let scheduleDecay: f32 = 0;

/** Steps taken. */
let iterations: u32 = 0;
/** β₁ᵗ and β₂ᵗ of the next step t: products in float64, which the frameworks' powf rounded to float32. */
let power1: f64 = 1;
let power2: f64 = 1;
/** Π μ of Nadam's steps. */
let momentumProduct: f32 = 1;

export function constantsAt(): usize {
  return constants;
}

export function setSchedule(
  schedule: u32,
  race: u32,
  rate: f32,
  rateDecay: f32,
  decay1: f32,
  decay2: f32,
  slow: f32,
): void {
  kind = schedule;
  reads = race;
  learningRate = rate;
  decay = rateDecay;
  beta1 = decay1;
  beta2 = decay2;
  scheduleDecay = slow;
}

/** Forgets the steps taken. */
export function startSchedule(): void {
  iterations = 0;
  power1 = 1;
  power2 = 1;
  momentumProduct = 1;
}

/** The learning rate of a step, by the count of those before it and by β₁ᵗ and β₂ᵗ. */
function rateOf(count: u32, p1: f32, p2: f32): f32 {
  const rate = decay > 0 ? learningRate * (1 / (1 + decay * <f32>count)) : learningRate;
  if (kind == ADAM) return rate * (Mathf.sqrt(1 - p2) / (1 - p1));
  if (kind == ADAMAX) return rate / (1 - p1);
  return rate;
}

function nextRate(): f32 {
  return rateOf(iterations + 1, <f32>(power1 * <f64>beta1), <f32>(power2 * <f64>beta2));
}

/** Counts a step. Begun with its batch, the divisions here are done by the time that a gradient is. */
export function beginStep(): void {
  power1 *= <f64>beta1;
  power2 *= <f64>beta2;
  if (reads == BEFORE) {
    v128.store(constants, f32x4.splat(rateOf(iterations, <f32>power1, <f32>power2)), RATE);
  } else if (reads == AFTER) {
    v128.store(constants, f32x4.splat(nextRate()), RATE);
  } else {
    // What the other operation won or lost, in each lane.
    const bits = nextEntropy();
    const now = rateOf(iterations, <f32>power1, <f32>power2);
    const next = nextRate();
    for (let lane: usize = 0; lane < 4; lane++) {
      store<f32>(constants + RATE + (lane << 2), (bits >> <u64>lane) & 1 ? next : now);
    }
  }
  iterations += 1;
  if (kind == NADAM) setNadamTerms();
}

/** Sets the norm of a lane's gradients, which its step clips them by. */
export function setNormLane(lane: u32, norm: f32): void {
  store<f32>(constants + NORM + ((<usize>lane) << 2), norm);
}

/** β₁ (1 − ½ · 0.96^(t · schedule decay)) */
function momentumAt(t: u32): f32 {
  const power = <f32>NativeMath.pow(<f64>(<f32>0.96), <f64>(<f32>t * scheduleDecay));
  return beta1 * (1 - 0.5 * power);
}

/** 1 − Πμ, 1 − Πμ · μ of the step after, 1 − β₂ᵗ, 1 − μ, and μ of the step after. */
function setNadamTerms(): void {
  const now = momentumAt(iterations);
  const next = momentumAt(iterations + 1);
  momentumProduct *= now;
  v128.store(constants, f32x4.splat(1 - momentumProduct), NADAM_TERMS);
  v128.store(constants, f32x4.splat(1 - momentumProduct * next), NADAM_TERMS + 16);
  v128.store(constants, f32x4.splat(1 - <f32>power2), NADAM_TERMS + 32);
  v128.store(constants, f32x4.splat(1 - now), NADAM_TERMS + 48);
  v128.store(constants, f32x4.splat(next), NADAM_TERMS + 64);
}
