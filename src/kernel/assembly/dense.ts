// Fully connected layers. A constant one stands behind every row of a layer's input, and the bias is the last row of its
// kernel, as Keras lays them out: so the bias is one more term of each sum, and its gradient one more row of the product.
import { product } from './product';

/** Bytes of one vector. */
const V: usize = 16;

@unmanaged
export class Dense {
  /** Inputs, the constant included. */
  inputs: u32;
  units: u32;
  activation: u32;
  /** inputs × units: the parameters and their gradients. */
  kernel: usize;
  gradient: usize;
  /** rows × (units + 1): weighted sums, and behind them nothing; what the activation makes of them, and the constant. */
  sums: usize;
  outputs: usize;
  /** rows × (units + 1): the loss's derivative by the sums. */
  deltas: usize;
}

/** Weighted sums: (rows × inputs) · (inputs × units) → (rows × units). */
export function forwardDense(layer: Dense, input: usize, inputRow: usize, rows: u32): void {
  const units = <usize>layer.units * V;
  product(rows, layer.units, layer.inputs, input, inputRow, V, layer.kernel, units, V, layer.sums, units + V, V);
}

/** Gradient of the parameters: (inputs × rows) · (rows × units) → (inputs × units). */
export function gradientDense(layer: Dense, input: usize, inputRow: usize, rows: u32): void {
  const units = <usize>layer.units * V;
  product(layer.inputs, layer.units, rows, input, V, inputRow, layer.deltas, units + V, V, layer.gradient, units, V);
}

/** The loss's derivative by the layer's input, the constant left out: (rows × units) · (units × inputs) → (rows × inputs). */
export function backwardDense(layer: Dense, derivative: usize, rows: u32): void {
  const units = <usize>layer.units * V;
  const inputs = <usize>layer.inputs * V;
  product(
    rows,
    layer.inputs - 1,
    layer.units,
    layer.deltas,
    units + V,
    V,
    layer.kernel,
    V,
    units,
    derivative,
    inputs,
    V,
  );
}
