// Fully connected layers. A constant one stands behind every row of a layer's input, and the bias is the last row of its
// kernel, as Keras lays them out: so the bias is one more term of each sum, and its gradient one more row of the product.
import { Layer, outputRow, V } from './layer';
import { addProduct, NO_ONES, ONES_IN_LAST_COLUMN, ONES_IN_LAST_ROW, setLeft, setResult, setRight } from './product';

/** Weighted sums: (rows × inputs) · (inputs × units) → (rows × units). */
export function addForward(layer: Layer, rows: u32): void {
  const units = <usize>layer.units * V;
  const ones = layer.bias ? ONES_IN_LAST_COLUMN : NO_ONES;
  const product = addProduct(rows, layer.units, layer.inputs + layer.bias, ones);
  setLeft(product, layer.input, layer.inputRow, V);
  setRight(product, layer.parameters, units, V);
  setResult(product, layer.outputs, units + V, V);
}

/**
 * Gradient of the parameters: (inputs × rows) · (rows × units) → (inputs × units).
 *
 * @param input rows × inputs and
 * @param deltas rows × (units + 1), in the order in which they are to be summed
 * @param stepped whether the step is taken where the gradient would be written
 */
export function addGradient(layer: Layer, input: usize, deltas: usize, rows: u32, stepped: bool): void {
  const units = <usize>layer.units * V;
  const product = addProduct(layer.inputs + layer.bias, layer.units, rows, layer.bias ? ONES_IN_LAST_ROW : NO_ONES);
  setLeft(product, input, V, layer.inputRow);
  setRight(product, deltas, outputRow(layer), V);
  setResult(product, stepped ? layer.parameters : layer.gradients, units, V);
  product.stepped = u32(stepped);
}

/** The loss's derivative by the layer's input: (rows × units) · (units × inputs) → (rows × inputs). */
export function addBackward(layer: Layer, rows: u32): void {
  const units = <usize>layer.units * V;
  const product = addProduct(rows, layer.inputs, layer.units, NO_ONES);
  setLeft(product, layer.deltas, outputRow(layer), V);
  setRight(product, layer.parameters, V, units);
  setResult(product, layer.inputDeltas, (<usize>(layer.inputs + 1)) << 4, V);
}
