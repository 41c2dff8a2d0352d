// A layer's record: where its rows come from and go to, and what it needs of its own.

/** Bytes of one vector, and the repeats whose values stand in it. */
export const V: usize = 16;
export const LANES: u32 = 4;

/** The kinds of layers, as TypeScript passes them. */
export const DENSE: u32 = 0;
export const EMBEDDING: u32 = 1;
export const ACTIVATION: u32 = 2;
export const DROPOUT: u32 = 3;
export const GAUSSIAN_NOISE: u32 = 4;

@unmanaged
export class Layer {
  kind: u32;
  /** Values of a row that come in, without the constant one behind them, and that go out. */
  inputs: u32;
  units: u32;
  /** rows × inputs: the first value, and bytes from a row to the next. */
  input: usize;
  inputRow: usize;
  /** rows × (units + 1), a constant one behind every row. */
  outputs: usize;
  /** rows × (units + 1): the loss's derivative by the outputs. A layer that works value by value has that of the layer below. */
  deltas: usize;
  /** Where the derivative by the inputs is to be written; 0 where nothing below learns. */
  inputDeltas: usize;
  /** The parameters and their gradients, and how many there are. */
  parameters: usize;
  gradients: usize;
  parameterCount: u32;
  /** Four vectors: penalties l1 and 2 · l2 of the kernel, then of the bias; 0 where there are none. */
  penalties: usize;
  /** Of a dense layer: whether the last row of its kernel is a bias. */
  bias: u32;
  /** Of an activation: which one, its parameter, and the values over which softmax is taken. */
  activation: u32;
  setting: f64;
  group: u32;
  /** The source of noise, and what was kept (a mask a value) or added. */
  noise: usize;
  drawn: usize;
}

/** Bytes from one row of a layer's outputs to the next. */
export function outputRow(layer: Layer): usize {
  return (<usize>(layer.units + 1)) << 4;
}
