import type { Dataset } from '../data/dataset.js';
import type { Activation, Layer, Loss, Metric } from '../network/network.js';
import type { Data, NetworkExperiment } from './experiment.js';
import type { Path } from './part.js';

/** What is wrong with a part of an experiment. */
export interface Problem {
  readonly path: Path;
  /** What stands behind the path in the message. */
  readonly message: string;
  /** Whether it is the key itself that is wrong. */
  readonly key: boolean;
}

export function problem(path: Path, message: string): Problem {
  return { path, message, key: false };
}

/** How many numbers stand in a row. */
export interface Widths {
  readonly features: number;
  readonly targets: number;
}

/** What data will be like, where that is known without reading or drawing it. */
export function widthsOf(data: Data): Widths | undefined {
  switch (data.kind) {
    case 'sequence':
      return { features: data.lag, targets: 1 };
    case 'inline':
      return { features: data.inputs[0]?.length ?? 0, targets: data.targets[0]?.length ?? 0 };
    case 'csv':
    case 'jsonl':
      return undefined;
    case 'blobs':
      return { features: data.features, targets: data.centers };
    case 'friedman1':
      return { features: data.features, targets: 1 };
    case 'sine':
      return { features: 1, targets: 1 };
    default:
      return { features: 2, targets: 1 };
  }
}

/** What the layers make of a row. */
interface Flow {
  /** Values of a row. */
  width: number;
  /** Whether an embedding's vectors have not been flattened yet. */
  vectors: boolean;
  /** What the outputs have gone through last. */
  activation: Activation['name'];
}

/** What is wrong with a layer that gets what is flowing, which it moves on. */
function layerProblems(layer: Layer, path: Path, flow: Flow): Problem[] {
  const problems: Problem[] = [];
  switch (layer.type) {
    case 'dense': {
      const { name } = layer.kernelInitializer;
      if (flow.vectors) problems.push(problem(path, 'needs a layer of type flatten between it and the embedding'));
      if (name === 'identity' && flow.width !== layer.units) {
        const message = `identity needs as many units as values that come in, ${flow.width}, got ${layer.units}`;
        problems.push(problem([...path, 'kernelInitializer'], message));
      }
      if (layer.biasInitializer.name === 'identity' || layer.biasInitializer.name === 'orthogonal') {
        problems.push(problem([...path, 'biasInitializer'], 'must be one for a single row: zeros, ones, constant …'));
      }
      Object.assign(flow, { width: layer.units, vectors: false, activation: layer.activation.name });
      break;
    }
    case 'embedding': {
      if (path.at(-1) !== 0) problems.push(problem(path, 'an embedding must be the first layer'));
      const { name } = layer.embeddingsInitializer;
      if (name === 'identity' && layer.inputDim !== layer.outputDim) {
        const message = `identity needs inputDim and outputDim to be the same, got ${layer.inputDim} and ${layer.outputDim}`;
        problems.push(problem([...path, 'embeddingsInitializer'], message));
      }
      Object.assign(flow, { width: flow.width * layer.outputDim, vectors: true, activation: 'linear' });
      break;
    }
    case 'flatten':
      flow.vectors = false;
      break;
    case 'activation':
      flow.activation = layer.activation.name;
      break;
    default:
      flow.activation = 'linear';
  }
  return problems;
}

const PROBABILITIES: readonly string[] = ['sigmoid', 'hard_sigmoid', 'softmax'];

/** Losses and metrics of probabilities, which the outputs must be. */
function outputProblem(loss: Loss | Metric, path: Path, flow: Flow): Problem[] {
  const categorical = loss === 'categorical_crossentropy';
  if (!categorical && loss !== 'binary_crossentropy') return [];
  if (categorical && flow.width === 1) {
    return [
      problem(path, 'categorical_crossentropy needs a unit for each category, got 1; binary_crossentropy needs one'),
    ];
  }
  if (PROBABILITIES.includes(flow.activation)) return [];
  const remedy = categorical ? 'softmax' : 'sigmoid';
  return [
    problem(path, `${loss} needs probabilities: give the last layer activation ${remedy}, not ${flow.activation}`),
  ];
}

/** The parts of an experiment that are known to be right by themselves. */
export type KnownParts = Partial<Pick<NetworkExperiment, 'layers' | 'loss' | 'score'>>;

/** Layers, loss and score that do not fit the data's rows or each other. */
export function fitProblems({ layers, loss, score }: KnownParts, widths: Widths): Problem[] {
  if (!layers) return [];
  const flow: Flow = { width: widths.features, vectors: false, activation: 'linear' };
  const problems = layers.flatMap((layer, i) => layerProblems(layer, ['layers', i], flow));
  const last = layers.length - 1;
  if (flow.vectors) problems.push(problem(['layers', last], 'must be followed by a layer of type flatten'));
  else if (flow.width !== widths.targets) problems.push(widthProblem(layers, widths, flow.width));
  const dense = layers[last];
  if (flow.width === 1 && flow.activation === 'softmax' && dense) {
    problems.push(problem(['layers', last], 'softmax over one unit is always 1: use sigmoid'));
  }
  if (loss) problems.push(...outputProblem(loss, ['loss'], flow));
  if (score && score.metric !== loss) problems.push(...outputProblem(score.metric, ['score', 'metric'], flow));
  return problems;
}

function widthProblem(layers: readonly Layer[], { targets }: Widths, width: number): Problem {
  const last = layers.findLastIndex(({ type }) => type === 'dense');
  if (last < 0) {
    const units = targets === 1 ? '1 unit' : `${targets} units`;
    const message = `must end with a dense layer of ${units}, one for each target; ${width} values come out`;
    return problem(['layers'], message);
  }
  const message = `of the last dense layer must be ${targets}, one for each target, got ${width}`;
  return problem(['layers', last, 'units'], message);
}

/** A number of a data set that its network cannot take. */
export interface DataProblem {
  readonly row: number;
  /** Whether it is a feature's or a target's. */
  readonly of: 'inputs' | 'targets';
  readonly column: number;
  readonly message: string;
}

/** The first feature or target that the network cannot take. */
export function dataProblem({ layers, loss }: NetworkExperiment, data: Dataset): DataProblem | undefined {
  const [first] = layers;
  if (first?.type === 'embedding') {
    const { inputDim } = first;
    const fits = (value: number) => Number.isInteger(value) && value >= 0 && value < inputDim;
    const what = `an integer from 0 to ${inputDim - 1}, to be looked up in an embedding with inputDim: ${inputDim}`;
    const found = firstOther(data.inputs, data.features, fits, 'inputs', what);
    if (found) return found;
  }
  if (loss === 'hinge') {
    return firstOther(data.outputs, data.targets, (t) => t === 1 || t === -1, 'targets', '-1 or 1, for hinge');
  }
  if (loss === 'binary_crossentropy' || loss === 'categorical_crossentropy') {
    const what = `a probability from 0 to 1, for ${loss}`;
    return firstOther(data.outputs, data.targets, (t) => t >= 0 && t <= 1, 'targets', what) ?? sumProblem(loss, data);
  }
  return undefined;
}

function firstOther(
  values: Float32Array | Float64Array,
  width: number,
  fits: (value: number) => boolean,
  of: DataProblem['of'],
  what: string,
): DataProblem | undefined {
  const at = values.findIndex((value) => !fits(value));
  if (at < 0) return undefined;
  const message = `must be ${what}, got ${values[at]}`;
  return { row: Math.floor(at / width), of, column: at % width, message };
}

/** Categories' targets that do not add up to 1. */
function sumProblem(loss: Loss, { outputs, rows, targets }: Dataset): DataProblem | undefined {
  if (loss !== 'categorical_crossentropy') return undefined;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = 0; i < targets; i++) sum += outputs[row * targets + i] as number;
    if (Math.abs(sum - 1) > 1e-6) {
      const message = `and the other targets of its row must add up to 1, for ${loss}, got ${sum}`;
      return { row, of: 'targets', column: 0, message };
    }
  }
  return undefined;
}
