import type { Activation, Layer, Loss, Network, Regularizer } from '../../src/network/network.js';
import type { Noises } from '../noises.js';

/** What a noisy layer does to a batch: a factor or a summand a value, by the position of the layer. */
type Drawn = ReadonlyMap<number, readonly number[]>;

export interface Forward {
  /** rows × targets */
  readonly predictions: number[];
  /** Mean over the rows, and all penalties. */
  readonly loss: number;
  /** How far the nearest value is from a corner: where an activation, a loss or a penalty has no derivative. */
  readonly clearance: number;
}

/** An activation in float64, of a whole group for softmax; and its corners. */
function activate({ name, alpha = name === 'elu' ? 1 : 0 }: Activation, x: number): { y: number; corners: number[] } {
  switch (name) {
    case 'relu':
      return { y: Math.max(x, 0), corners: [0] };
    case 'leaky_relu':
      return { y: x > 0 ? x : alpha * x, corners: [0] };
    case 'elu':
      return { y: x > 0 ? x : alpha * Math.expm1(x), corners: [0] };
    case 'sigmoid':
      return { y: 1 / (1 + Math.exp(-x)), corners: [] };
    case 'hard_sigmoid':
      return { y: Math.min(Math.max(0.2 * x + 0.5, 0), 1), corners: [-2.5, 2.5] };
    case 'tanh':
      return { y: Math.tanh(x), corners: [] };
    case 'softplus':
      return { y: Math.log1p(Math.exp(x)), corners: [] };
    case 'softsign':
      return { y: x / (1 + Math.abs(x)), corners: [] };
    default:
      return { y: x, corners: [] };
  }
}

function softmax(values: readonly number[]): number[] {
  const powers = values.map((value) => Math.exp(value));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** One row's loss, and how far it is from a corner. */
function rowLoss(loss: Loss, p: readonly number[], t: readonly number[]): { value: number; clearance: number } {
  const mean = (terms: number[]) => terms.reduce((a, b) => a + b, 0) / terms.length;
  const errors = p.map((value, i) => value - t[i]!);
  switch (loss) {
    case 'mse':
      return { value: mean(errors.map((error) => error * error)), clearance: Infinity };
    case 'mae':
      return { value: mean(errors.map(Math.abs)), clearance: Math.min(...errors.map(Math.abs)) };
    case 'hinge': {
      const margins = p.map((value, i) => 1 - t[i]! * value);
      return { value: mean(margins.map((m) => Math.max(m, 0))), clearance: Math.min(...margins.map(Math.abs)) };
    }
    case 'binary_crossentropy':
      return {
        value: mean(p.map((q, i) => -(t[i]! * Math.log(q) + (1 - t[i]!) * Math.log(1 - q)))),
        clearance: Math.min(...p, ...p.map((q) => 1 - q)) / 20, // float32 loses digits long before it is cut at the ends
      };
    case 'categorical_crossentropy': {
      const sum = p.reduce((a, b) => a + b, 0);
      const q = p.map((value) => value / sum);
      const value = q.reduce((total, each, i) => total - t[i]! * Math.log(each), 0);
      const ends = p.length > 1 ? q.map((each) => 1 - each) : [];
      return { value, clearance: Math.min(Math.abs(sum), ...q, ...ends) / 20 };
    }
  }
}

function penalty({ l1, l2 }: Regularizer, weights: readonly number[]): { value: number; clearance: number } {
  return {
    value: weights.reduce((sum, w) => sum + l1 * Math.abs(w) + l2 * w * w, 0),
    clearance: l1 === 0 ? Infinity : Math.min(...weights.map(Math.abs)),
  };
}

/**
 * Predicts rows of a network's data in float64, independently of the kernel.
 *
 * @param parameters layer by layer kernel (inputs × units) and bias, or the table
 * @param drawn what noisy layers do to these rows; nothing by default, as in validation
 */
export function forward64(
  { data, layers, loss }: Network,
  parameters: ArrayLike<number>,
  rows: readonly number[],
  drawn: Drawn = new Map(),
): Forward {
  let at = 0;
  let clearance = Infinity;
  let penalties = 0;
  const near = (distance: number) => {
    clearance = Math.min(clearance, distance);
  };
  const take = (count: number, regularizer: Regularizer) => {
    const taken = Array.from({ length: count }, (_, i) => parameters[at + i]!);
    const { value, clearance: distance } = penalty(regularizer, taken);
    penalties += value;
    near(distance);
    at += count;
    return taken;
  };
  let values = rows.map((row) => Array.from(data.inputs.subarray(row * data.features, (row + 1) * data.features)));
  let group = data.features;

  const activateAll = (activation: Activation) => {
    values = values.map((row) => {
      if (activation.name === 'softmax') {
        return Array.from({ length: row.length / group }, (_, i) =>
          softmax(row.slice(i * group, (i + 1) * group)),
        ).flat();
      }
      return row.map((x) => {
        const { y, corners } = activate(activation, x);
        near(Math.min(...corners.map((corner) => Math.abs(x - corner))));
        return y;
      });
    });
  };

  layers.forEach((layer: Layer, position) => {
    const width = values[0]!.length;
    switch (layer.type) {
      case 'dense': {
        const { units } = layer;
        const kernel = take(width * units, layer.kernelRegularizer);
        const bias = layer.useBias ? take(units, layer.biasRegularizer) : Array<number>(units).fill(0);
        values = values.map((row) =>
          bias.map((start, unit) => row.reduce((sum, x, i) => sum + x * kernel[i * units + unit]!, start)),
        );
        group = units;
        activateAll(layer.activation);
        break;
      }
      case 'embedding': {
        const { inputDim, outputDim } = layer;
        const table = take(inputDim * outputDim, layer.embeddingsRegularizer);
        values = values.map((row) => row.flatMap((index) => table.slice(index * outputDim, (index + 1) * outputDim)));
        group = outputDim;
        break;
      }
      case 'flatten':
        group = width;
        break;
      case 'activation':
        activateAll(layer.activation);
        break;
      case 'dropout':
      case 'gaussian_noise': {
        const batch = drawn.get(position);
        if (!batch) break;
        const isFactor = layer.type === 'dropout';
        values = values.map((row, r) =>
          row.map((x, i) => (isFactor ? x * batch[r * width + i]! : x + batch[r * width + i]!)),
        );
        break;
      }
    }
  });
  let sum = 0;
  rows.forEach((row, r) => {
    const wanted = Array.from(data.outputs.subarray(row * data.targets, (row + 1) * data.targets), Math.fround);
    const { value, clearance: distance } = rowLoss(loss, values[r]!, wanted);
    sum += value;
    near(distance);
  });
  return { predictions: values.flat(), loss: sum / rows.length + penalties, clearance };
}

/** The width of a row where each noisy layer stands, by its position. */
function noisyWidths({ data, layers }: Network): Map<number, number> {
  let width = data.features;
  const widths = new Map<number, number>();
  layers.forEach((layer, position) => {
    if (layer.type === 'dense') width = layer.units;
    if (layer.type === 'embedding') width *= layer.outputDim;
    if (layer.type === 'gaussian_noise' || (layer.type === 'dropout' && layer.rate > 0)) widths.set(position, width);
  });
  return widths;
}

/**
 * What the noisy layers of a network do to a batch of so many rows.
 *
 * @param noises one for each noisy layer, in their order
 */
export function drawBatch(network: Network, noises: readonly Noises[], rows: number): Map<number, number[]> {
  const drawn = new Map<number, number[]>();
  [...noisyWidths(network)].forEach(([position, width], index) => {
    const layer = network.layers[position]!;
    const noise = noises[index]!;
    if (layer.type === 'dropout') {
      const keep = Math.fround(1 - layer.rate);
      drawn.set(
        position,
        noise.mask(rows * width, layer.rate).map((kept) => (kept ? 1 / keep : 0)),
      );
    } else if (layer.type === 'gaussian_noise') {
      drawn.set(
        position,
        noise.normals(rows * width).map((z) => layer.stddev * z),
      );
    }
  });
  return drawn;
}

/** The loss's gradient by every parameter: central differences. */
export function gradient64(
  network: Network,
  parameters: ArrayLike<number>,
  rows: readonly number[],
  drawn?: Drawn,
): Float64Array {
  const step = 1e-6;
  const moved = Float64Array.from(parameters);
  return moved.map((value, i) => {
    moved[i] = value + step;
    const above = forward64(network, moved, rows, drawn).loss;
    moved[i] = value - step;
    const below = forward64(network, moved, rows, drawn).loss;
    moved[i] = value;
    return (above - below) / (2 * step);
  });
}
