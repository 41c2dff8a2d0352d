import { sourceNames } from '../backends/backend.js';
import {
  type Activation,
  activationNames,
  type EarlyStopping,
  type Initializer,
  type Layer,
  lossNames,
  metricNames,
  monitorNames,
  type Optimizer,
  type Regularizer,
} from '../network/network.js';
import {
  backendNames,
  type CommandExperiment,
  type Data,
  type Direction,
  type ModuleExperiment,
  type NetworkExperiment,
  type Score,
  type Seed,
  scoredParts,
} from './experiment.js';
import {
  chosen,
  integer,
  isMap,
  list,
  map,
  mapOf,
  oneOf,
  optional,
  orNothing,
  orNull,
  type Part,
  real,
  such,
  tagged,
  text,
  type UnknownKey,
  yesOrNo,
} from './part.js';
import { anything, duration, file, folder, metric, variable, words } from './programPart.js';

/** The largest seed of NumPy's generator. */
export const LARGEST_SEED = 2 ** 32 - 1;

const positive = real('a number above 0', (value) => value > 0);
const atLeast0 = real('a number of at least 0', (value) => value >= 0);
const belowOne = real('a number from 0 to below 1', (value) => value >= 0 && value < 1);
const finite = real('a finite number');

/** A name that stands for itself, as the tag of its map. */
const tag = <Name extends string>(name: Name) => oneOf([name]) as Part<Name>;

// F. Chollet et al., Keras 2.0.3: initializers.py, with its defaults.
const plainInitializers = ['zeros', 'ones', 'glorot_uniform', 'glorot_normal', 'he_uniform', 'he_normal'] as const;
const initializerKinds: Record<string, Part<Initializer>> = {
  ...Object.fromEntries(
    [...plainInitializers, 'lecun_uniform', 'lecun_normal'].map((name) => [name, map('a map', { name: tag(name) })]),
  ),
  constant: map('a map', { name: tag('constant'), value: optional(finite, 0) }),
  random_uniform: map('a map', {
    name: tag('random_uniform'),
    minval: optional(finite, -0.05),
    maxval: optional(finite, 0.05),
  }),
  random_normal: normalInitializer('random_normal'),
  truncated_normal: normalInitializer('truncated_normal'),
  variance_scaling: map('a map', {
    name: tag('variance_scaling'),
    scale: optional(positive, 1),
    mode: optional(oneOf(['fan_in', 'fan_out', 'fan_avg']), 'fan_in'),
    distribution: optional(oneOf(['normal', 'uniform']), 'normal'),
  }),
  orthogonal: map('a map', { name: tag('orthogonal'), gain: optional(finite, 1) }),
  identity: map('a map', { name: tag('identity'), gain: optional(finite, 1) }),
} as never;

function normalInitializer<Name extends 'random_normal' | 'truncated_normal'>(name: Name): Part<Initializer> {
  const parts = { name: tag(name), mean: optional(finite, 0), stddev: optional(atLeast0, 0.05) };
  return map('a map', parts) as Part<Initializer>;
}

const initializer = tagged('name', "an initializer's name or a map", initializerKinds, { nameable: true });
const regularizer: Part<Regularizer> = map('a map with l1 or l2', {
  l1: optional(atLeast0, 0),
  l2: optional(atLeast0, 0),
});

const activation: Part<Activation> = tagged(
  'name',
  "an activation's name or a map",
  Object.fromEntries(
    activationNames.map((name) => {
      const alpha = { leaky_relu: 0.3, elu: 1 }[name as string]; // Keras 2.0.3: LeakyReLU, elu
      const parts = alpha === undefined ? {} : { alpha: optional(finite, alpha) };
      return [name, map('a map', { name: tag(name), ...parts } as never) as Part<Activation>];
    }),
  ),
  { nameable: true },
);

/** As much as a kernel's memory can hold of one. */
const width = integer(1, 65_536);

const layer: Part<Layer> = tagged('type', 'a map with a type', {
  dense: map('a map', {
    type: tag('dense'),
    units: width,
    activation: optional(activation, 'linear'),
    useBias: optional(yesOrNo, true),
    kernelInitializer: optional(initializer, 'glorot_uniform'),
    biasInitializer: optional(initializer, 'zeros'),
    kernelRegularizer: optional(regularizer, {}),
    biasRegularizer: optional(regularizer, {}),
  }),
  embedding: map('a map', {
    type: tag('embedding'),
    inputDim: integer(1, 1_000_000),
    outputDim: width,
    embeddingsInitializer: optional(initializer, 'random_uniform'),
    embeddingsRegularizer: optional(regularizer, {}),
  }),
  flatten: map('a map', { type: tag('flatten') }),
  activation: map('a map', { type: tag('activation'), activation }),
  dropout: map('a map', { type: tag('dropout'), rate: belowOne }),
  gaussian_noise: map('a map', { type: tag('gaussian_noise'), stddev: atLeast0 }),
} as Record<string, Part<Layer>>);

// F. Chollet et al., Keras 2.0.3: optimizers.py, with its defaults.
const clipping = { clipNorm: orNothing(positive), clipValue: orNothing(positive) };
const decaying = (learningRate: number) => ({
  learningRate: optional(positive, learningRate),
  decay: optional(atLeast0, 0),
});
const epsilon = optional(positive, 1e-8);
const betas = { beta1: optional(belowOne, 0.9), beta2: optional(belowOne, 0.999), epsilon };
const optimizer: Part<Optimizer> = tagged(
  'name',
  "an optimizer's name or a map",
  Object.fromEntries(
    Object.entries({
      sgd: { ...decaying(0.01), momentum: optional(belowOne, 0), nesterov: optional(yesOrNo, false) },
      rmsprop: { ...decaying(0.001), rho: optional(belowOne, 0.9), epsilon },
      adagrad: { ...decaying(0.01), epsilon },
      adadelta: { ...decaying(1), rho: optional(belowOne, 0.95), epsilon },
      adam: { ...decaying(0.001), ...betas, iterations: optional(oneOf(['before', 'after', 'racy']), 'before') },
      adamax: { ...decaying(0.002), ...betas },
      nadam: { learningRate: optional(positive, 0.002), ...betas, scheduleDecay: optional(atLeast0, 0.004) },
    }).map(([name, parts]) => {
      const kind = name === 'adam' ? optional(tag(name), name) : tag(name);
      return [name, map('a map', { name: kind, ...parts, ...clipping } as never) as Part<Optimizer>];
    }),
  ),
  { nameable: true, otherwise: 'adam' },
);

const numbers = list(finite, 'a list of numbers', 'must not be empty');
const rows = list(numbers, 'a list of rows', 'must have at least one row');
const names = list(text, 'a list of column names', 'must name at least one column');
const standardize = optional(yesOrNo, false);
/** Rows that a generated set may have. */
const rowCount = integer(2, 10_000_000);
const generated = {
  rows: rowCount,
  noise: orNothing(atLeast0),
  seed: orNothing(integer(0, LARGEST_SEED)),
  standardize,
};
/** A mark that may stand between fields. */
const delimiter: Part<string> = such(
  'one character that is no quote and no line end',
  (value) => typeof value === 'string' && /^[^"\r\n]$/.test(value),
);
const table = {
  path: file,
  targets: names,
  features: orNothing(names),
  categorical: orNothing(list(text, 'a list of column names')),
  standardize,
};

const data: Part<Data> = tagged('kind', 'a map with a kind', {
  sequence: map('a map', {
    kind: tag('sequence'),
    length: integer(2),
    lag: optional(integer(1), 1),
    step: orNothing(finite),
  }),
  inline: map('a map', { kind: tag('inline'), inputs: rows, targets: rows }),
  csv: map('a map', { kind: tag('csv'), ...table, delimiter: orNothing(delimiter) }),
  jsonl: map('a map', { kind: tag('jsonl'), ...table }),
  xor: map('a map', { kind: tag('xor'), ...generated }),
  moons: map('a map', { kind: tag('moons'), ...generated }),
  circles: map('a map', { kind: tag('circles'), ...generated, factor: optional(belowOne, 0.8) }),
  blobs: map('a map', {
    kind: tag('blobs'),
    rows: rowCount,
    centers: optional(integer(2, 1000), 3),
    features: optional(width, 2),
    deviation: optional(atLeast0, 1),
    seed: generated.seed,
    standardize,
  }),
  sine: map('a map', { kind: tag('sine'), ...generated }),
  friedman1: map('a map', {
    kind: tag('friedman1'),
    ...generated,
    noise: optional(atLeast0, 0),
    features: optional(integer(5, 65_536), 10),
  }),
} as Record<string, Part<Data>>);

const isSeed = (input: unknown) => typeof input === 'string' || (typeof input === 'number' && Number.isFinite(input));
const sourceSeed = orNothing(
  such<number | string | null>('null, a number or a string', (input) => input === null || isSeed(input)),
);
const seedMaps: Record<'frameworks' | 'sources', Part<Seed & object>> = {
  frameworks: map('a map', {
    numpy: orNothing(orNullSeed(LARGEST_SEED)),
    tensorflow: orNothing(orNullSeed(Number.MAX_SAFE_INTEGER)),
  }) as Part<Seed & object>,
  sources: map(
    'a map',
    Object.fromEntries(['root', ...sourceNames].map((name) => [name, sourceSeed])),
  ) as unknown as Part<Seed & object>,
};

function orNullSeed(most: number): Part<number | null> {
  const what = `null or an integer from 0 to ${most}`;
  return such(
    what,
    (input) => input === null || (Number.isInteger(input) && 0 <= (input as number) && (input as number) <= most),
  );
}

const oneSeed: Part<Seed> = such(
  'null, a number, a string or a map of seeds',
  (input) => input === null || isSeed(input),
);

/** Frameworks' seeds have their names; all else is sources'. */
function seedPart(input: unknown): Part<Seed> {
  if (!isMap(input)) return oneSeed;
  const named = Object.keys(input).some((key) => key === 'numpy' || key === 'tensorflow');
  return named ? seedMaps.frameworks : seedMaps.sources;
}

const rowsOfBatch: Part<number | 'all'> = such(
  'a positive integer or all',
  (input) => input === 'all' || (Number.isSafeInteger(input) && (input as number) >= 1),
);

/** An early stopping that is watched and waited for. */
const earlyStopping: Part<EarlyStopping> = map('null or a map', {
  monitor: optional(oneOf(monitorNames), 'val_loss'),
  patience: optional(integer(0, 1_000_000_000), 0),
  minDelta: optional(atLeast0, 0),
});

/** A score as the file has it: what is left out follows from the rest of the experiment. */
type PartialScore = Partial<Score>;

const score: Part<PartialScore> = map('a map', {
  metric: orNothing(oneOf(metricNames)),
  on: orNothing(oneOf(scoredParts)),
}) as Part<PartialScore>;

/** A network as the file has it; its name, where it has none, is the file's. */
export type NetworkFile = Omit<NetworkExperiment, 'name' | 'score'> & { name?: string; score: PartialScore };

/** What experiments of every kind have. */
const repeatable = {
  name: orNothing(text),
  description: optional(text, ''),
  seed: optional(chosen(seedPart), null),
  repeats: optional(integer(1, 2 ** 32 - 1), 30),
};

const networkPart: Part<NetworkFile> = map('a map', {
  kind: optional(tag('network'), 'network'),
  ...repeatable,
  backend: optional(oneOf(backendNames), 'theano'),
  data,
  testSplit: optional(belowOne, 0),
  validationSplit: optional(belowOne, 0),
  layers: list(layer, 'a list of layers', 'must have at least one layer'),
  loss: optional(oneOf(lossNames), 'mse'),
  optimizer: optional(optimizer, 'adam'),
  epochs: integer(1, 1_000_000_000),
  batchSize: optional(rowsOfBatch, 32), // F. Chollet et al., Keras 2.0.3, Sequential.fit
  shuffle: optional(yesOrNo, true),
  earlyStopping: orNull(earlyStopping),
  reduction: optional(oneOf(['ordered', 'unordered']), 'ordered'),
  score: optional(score, {}),
} as never);

/** What runs what is not ours has these too. */
const foreign = {
  ...repeatable,
  direction: orNull(oneOf(['lower', 'higher'])),
  timeout: orNull(duration),
  retries: optional(integer(0, 1000), 0),
};

/** A program as the file has it: which of its scores are better follows from their name. */
export type CommandFile = Omit<CommandExperiment, 'name' | 'direction'> & {
  name?: string;
  direction: Direction | null;
};

const commandPart: Part<CommandFile> = map('a map', {
  kind: optional(tag('command'), 'command'),
  ...foreign,
  command: words,
  cwd: optional(folder, '.'),
  env: optional(mapOf(variable, 'a map of variables'), {}),
  setup: orNull(words),
  cleanup: orNull(words),
  metrics: optional(list(metric, 'a list of metrics', 'must name at least one'), [{ from: 'last-line' }]),
  artifacts: optional(list(file, 'a list of files'), []),
  ignoreFailure: optional(yesOrNo, false),
} as never);

export type ModuleFile = Omit<ModuleExperiment, 'name' | 'direction'> & { name?: string; direction: Direction | null };

const modulePart: Part<ModuleFile> = map('a map', {
  kind: optional(tag('module'), 'module'),
  ...foreign,
  module: file,
  backend: optional(oneOf(backendNames), 'seedrandom'),
  with: optional(mapOf(anything, 'a map of parameters'), {}),
} as never);

/** An experiment as the file has it. */
export type ExperimentFile = NetworkFile | CommandFile | ModuleFile;

const kinds: Readonly<Record<string, Part<ExperimentFile>>> = {
  network: networkPart as Part<ExperimentFile>,
  command: commandPart as Part<ExperimentFile>,
  module: modulePart as Part<ExperimentFile>,
};

/** What of no kind is told. */
const noKind = map('a map', { kind: oneOf(Object.keys(kinds)) }) as unknown as Part<ExperimentFile>;

/** What an experiment runs tells its kind, where it does not say. */
function kindOf(document: unknown): Part<ExperimentFile> {
  if (!isMap(document)) return networkPart as Part<ExperimentFile>;
  const { kind = ['command', 'module'].find((key) => Object.hasOwn(document, key)) ?? 'network' } = document;
  return typeof kind === 'string' && Object.hasOwn(kinds, kind) ? (kinds[kind] as Part<ExperimentFile>) : noKind;
}

/** An experiment file. */
export const experimentPart: Part<ExperimentFile> = chosen(kindOf);

/** Every unknown key. */
export function unknownKeys(document: unknown): UnknownKey[] {
  return experimentPart.unknownIn(document, []);
}
