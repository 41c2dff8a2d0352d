// Fully connected layers. A constant one stands behind every row of a layer's input, and the bias is the last row of its
// kernel, as Keras lays them out: so the bias is one more term of each sum, and its gradient one more row of the product.
import { addProduct, NO_ONES, ONES_IN_LAST_COLUMN, ONES_IN_LAST_ROW, setLeft, setResult, setRight } from './product';

/** Bytes of one vector. */
const V: usize = 16;

/** The order of a layer's products. */
export const FORWARD: u32 = 0;
export const GRADIENT: u32 = 1;
export const BACKWARD: u32 = 2;

@unmanaged
export class Dense {
  /** Inputs, the constant included. */
  inputs: u32;
  units: u32;
  activation: u32;
  /** The first of its products, for whole batches: FORWARD, GRADIENT, and BACKWARD if there is a layer below. */
  products: u32;
  /** inputs × units: the parameters, their gradients, and the gradients' first and second moments. */
  kernel: usize;
  gradient: usize;
  moments1: usize;
  moments2: usize;
  /** rows × (units + 1): weighted sums, and behind them nothing; what the activation makes of them, and the constant. */
  sums: usize;
  outputs: usize;
  /** rows × (units + 1): the loss's derivative by the sums. */
  deltas: usize;
}

/** Weighted sums: (rows × inputs) · (inputs × units) → (rows × units). */
export function addForward(layer: Dense, input: usize, inputRow: usize, rows: u32): void {
  const units = <usize>layer.units * V;
  const product = addProduct(rows, layer.units, layer.inputs, ONES_IN_LAST_COLUMN);
  setLeft(product, input, inputRow, V);
  setRight(product, layer.kernel, units, V);
  setResult(product, layer.sums, units + V, V);
}

/** Gradient of the parameters: (inputs × rows) · (rows × units) → (inputs × units). */
export function addGradient(layer: Dense, input: usize, inputRow: usize, rows: u32): void {
  const units = <usize>layer.units * V;
  const product = addProduct(layer.inputs, layer.units, rows, ONES_IN_LAST_ROW);
  setLeft(product, input, V, inputRow);
  setRight(product, layer.deltas, units + V, V);
  setResult(product, layer.gradient, units, V);
}

/** The loss's derivative by the layer's input, the constant left out: (rows × units) · (units × inputs) → (rows × inputs). */
export function addBackward(layer: Dense, derivative: usize, rows: u32): void {
  const units = <usize>layer.units * V;
  const product = addProduct(rows, layer.inputs - 1, layer.units, NO_ONES);
  setLeft(product, layer.deltas, units + V, V);
  setRight(product, layer.kernel, V, units);
  setResult(product, derivative, <usize>layer.inputs * V, V);
}
