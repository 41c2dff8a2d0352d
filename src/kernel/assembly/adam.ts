// Adam: D. Kingma & J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, in the order of operations of Keras 2.0.3.

let learningRate: f32 = 0;
let beta1: f32 = 0;
let beta2: f32 = 0;

/** Vectors of what a step multiplies by and adds: loaded ahead of a loop, in whose turns engines would splat scalars. */
const constants = memory.data(96, 16);
const RATE: usize = 0;
const KEEP1: usize = 16;
const TAKE1: usize = 32;
const KEEP2: usize = 48;
const TAKE2: usize = 64;
const FUZZ: usize = 80;

/** β₁ᵗ and β₂ᵗ of the steps taken: products in float64, which the frameworks' powf rounded to float32. */
let power1: f64 = 1;
let power2: f64 = 1;

export function setAdam(rate: f32, decay1: f32, decay2: f32, epsilon: f32): void {
  learningRate = rate;
  beta1 = decay1;
  beta2 = decay2;
  v128.store(constants, f32x4.splat(decay1), KEEP1);
  v128.store(constants, f32x4.splat(1 - decay1), TAKE1);
  v128.store(constants, f32x4.splat(decay2), KEEP2);
  v128.store(constants, f32x4.splat(1 - decay2), TAKE2);
  v128.store(constants, f32x4.splat(epsilon), FUZZ);
}

/** Forgets the steps taken. */
export function startAdam(): void {
  power1 = 1;
  power2 = 1;
}

/**
 * Counts a step, whose bias-corrected learning rate is α √(1 − β₂ᵗ) / (1 − β₁ᵗ).
 * Begun with its batch, these divisions are done by the time `stepAdam` needs them.
 */
export function beginStep(): void {
  power1 *= <f64>beta1;
  power2 *= <f64>beta2;
  const rate = learningRate * (Mathf.sqrt(1 - <f32>power2) / (1 - <f32>power1));
  v128.store(constants, f32x4.splat(rate), RATE);
}

/** The step of `count` parameters, by their gradients and their first and second moments. */
export function stepAdam(parameter: usize, gradient: usize, moment1: usize, moment2: usize, count: u32): void {
  const rate = v128.load(constants, RATE);
  const keep1 = v128.load(constants, KEEP1);
  const take1 = v128.load(constants, TAKE1);
  const keep2 = v128.load(constants, KEEP2);
  const take2 = v128.load(constants, TAKE2);
  const fuzz = v128.load(constants, FUZZ);
  for (const end = parameter + ((<usize>count) << 4); parameter < end; parameter += 16) {
    const g = v128.load(gradient);
    const m = f32x4.add(f32x4.mul(keep1, v128.load(moment1)), f32x4.mul(take1, g));
    const v = f32x4.add(f32x4.mul(keep2, v128.load(moment2)), f32x4.mul(take2, f32x4.mul(g, g)));
    v128.store(moment1, m);
    v128.store(moment2, v);
    const step = f32x4.div(f32x4.mul(rate, m), f32x4.add(f32x4.sqrt(v), fuzz));
    v128.store(parameter, f32x4.sub(v128.load(parameter), step));
    gradient += 16;
    moment1 += 16;
    moment2 += 16;
  }
}
