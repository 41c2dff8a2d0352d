// Activations and their derivatives, over rows of units, a constant standing behind each row.

/** The activations, as TypeScript passes them. */
export const LINEAR: u32 = 0;
export const RELU: u32 = 1;

/** outputs = activation(sums); a linear layer's outputs are its sums, in place. */
export function activate(activation: u32, sums: usize, outputs: usize, units: u32, rows: u32): void {
  if (activation != RELU) return;
  const zero = f32x4.splat(0);
  for (let row: u32 = 0; row < rows; row++, sums += 16, outputs += 16) {
    for (let unit: u32 = 0; unit < units; unit++, sums += 16, outputs += 16) {
      v128.store(outputs, f32x4.max(v128.load(sums), zero));
    }
  }
}

/**
 * deltas × the activation's derivative at the sums, in place.
 *
 * @param reluSlopeAtZero the frameworks disagree: ½ on Theano, where relu is ½(z + |z|), and 0 on TensorFlow
 */
export function differentiate(
  activation: u32,
  sums: usize,
  deltas: usize,
  units: u32,
  rows: u32,
  reluSlopeAtZero: f32,
): void {
  if (activation != RELU) return;
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const corner = f32x4.splat(reluSlopeAtZero);
  for (let row: u32 = 0; row < rows; row++, sums += 16, deltas += 16) {
    for (let unit: u32 = 0; unit < units; unit++, sums += 16, deltas += 16) {
      const sum = v128.load(sums);
      const slope = v128.bitselect(one, v128.and(corner, f32x4.eq(sum, zero)), f32x4.gt(sum, zero));
      v128.store(deltas, f32x4.mul(v128.load(deltas), slope));
    }
  }
}
