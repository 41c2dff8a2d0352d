// Adam: D. Kingma & J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, in the order of operations of Keras 2.0.3.

export let learningRate: f32 = 0;
export let beta1: f32 = 0;
export let beta2: f32 = 0;
export let epsilon: f32 = 0;

/** β₁ᵗ and β₂ᵗ of the steps taken: products in float64, which the frameworks' powf rounded to float32. */
let power1: f64 = 1;
let power2: f64 = 1;

export function setAdam(rate: f32, decay1: f32, decay2: f32, fuzz: f32): void {
  learningRate = rate;
  beta1 = decay1;
  beta2 = decay2;
  epsilon = fuzz;
}

/** Forgets the steps taken. */
export function startAdam(): void {
  power1 = 1;
  power2 = 1;
}

/**
 * Counts a step and gives its bias-corrected learning rate, α √(1 − β₂ᵗ) / (1 − β₁ᵗ).
 * Asked for at the start of a batch, its divisions are done by the time `stepAdam` needs it.
 */
export function nextRate(): f32 {
  power1 *= <f64>beta1;
  power2 *= <f64>beta2;
  return learningRate * (Mathf.sqrt(1 - <f32>power2) / (1 - <f32>power1));
}

/** One step over `count` parameters, their gradients and their first and second moments. */
export function stepAdam(
  rate: f32,
  parameter: usize,
  gradient: usize,
  moment1: usize,
  moment2: usize,
  count: u32,
): void {
  const rates = f32x4.splat(rate);
  const keep1 = f32x4.splat(beta1);
  const take1 = f32x4.splat(1 - beta1);
  const keep2 = f32x4.splat(beta2);
  const take2 = f32x4.splat(1 - beta2);
  const fuzz = f32x4.splat(epsilon);
  for (const end = parameter + ((<usize>count) << 4); parameter < end; parameter += 16) {
    const g = v128.load(gradient);
    const m = f32x4.add(f32x4.mul(keep1, v128.load(moment1)), f32x4.mul(take1, g));
    const v = f32x4.add(f32x4.mul(keep2, v128.load(moment2)), f32x4.mul(take2, f32x4.mul(g, g)));
    v128.store(moment1, m);
    v128.store(moment2, v);
    const step = f32x4.div(f32x4.mul(rates, m), f32x4.add(f32x4.sqrt(v), fuzz));
    v128.store(parameter, f32x4.sub(v128.load(parameter), step));
    gradient += 16;
    moment1 += 16;
    moment2 += 16;
  }
}
