import * as v from 'valibot';
import { suggestion } from '../text/nearest.js';
import { shownValue } from '../text/printable.js';
import {
  type AdamOptimizer,
  backendNames,
  type DenseLayer,
  type Experiment,
  type FrameworkSeeds,
  type InlineData,
  type Seed,
  type SequenceData,
} from './experiment.js';

/** The largest seed of NumPy's generator. */
export const LARGEST_SEED = 2 ** 32 - 1;

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Message = (issue: { readonly input: unknown }) => string;

/** `must be …, got …`, or that it is missing. */
function must(what: string | ((input: unknown) => string)): Message {
  return ({ input }) => {
    if (input === undefined) return 'is missing';
    return `must be ${typeof what === 'string' ? what : what(input)}, got ${shownValue(input)}`;
  };
}

function integer(low: number, high: number) {
  const kind =
    low === 1 ? 'a positive integer' : `an integer ${low === 0 ? `from 0 to ${high}` : `of at least ${low}`}`;
  return v.custom<number>(
    (input) => Number.isInteger(input) && (input as number) >= low && (input as number) <= high,
    must((input) => (Number.isInteger(input) && (input as number) > high && low > 0 ? `at most ${high}` : kind)),
  );
}

function real(what: string, fits: (value: number) => boolean) {
  return v.custom<number>((input) => typeof input === 'number' && Number.isFinite(input) && fits(input), must(what));
}

/** `a`, `a or b`, `a, b or c` */
function listed(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function oneOf<const Names extends readonly string[]>(names: Names) {
  return v.picklist(names, (issue) => {
    const near = typeof issue.input === 'string' ? suggestion(';', issue.input, names) : '';
    return must(listed(names))(issue) + near;
  });
}

/** A map with these keys; others are found by `unknownKeys`. */
function map<Entries extends v.ObjectEntries>(what: string, entries: Entries) {
  return v.pipe(
    v.custom<Record<string, unknown>>(isMap, must(what)),
    v.object(entries, () => 'is missing'),
  );
}

const text = v.string(must('a text'));
const positive = real('a number above 0', (value) => value > 0);
const decay = real('a number from 0 to below 1', (value) => value >= 0 && value < 1);
const finite = real('a finite number', () => true);

const layerEntries = {
  type: oneOf(['dense']),
  units: integer(1, 65_536),
  activation: v.optional(oneOf(['linear', 'relu']), 'linear'),
};
const layer: v.GenericSchema<unknown, DenseLayer> = map('a map with type and units', layerEntries);

const adamEntries = {
  name: v.optional(oneOf(['adam']), 'adam'),
  learningRate: v.optional(positive, 0.001),
  beta1: v.optional(decay, 0.9),
  beta2: v.optional(decay, 0.999),
  epsilon: v.optional(positive, 1e-8),
};
const adam: v.GenericSchema<unknown, AdamOptimizer> = map('adam or a map', adamEntries);
const namedAdam: v.GenericSchema<unknown, AdamOptimizer> = v.pipe(
  oneOf(['adam']),
  v.transform((name): unknown => ({ name })),
  adam,
);

const sequenceEntries = {
  kind: v.literal('sequence'),
  length: integer(2, Number.MAX_SAFE_INTEGER),
  lag: v.optional(integer(1, Number.MAX_SAFE_INTEGER), 1),
};
const row = v.pipe(v.array(finite, must('a list of numbers')), v.minLength(1, 'must not be empty'));
const rows = v.pipe(v.array(row, must('a list of rows')), v.minLength(1, 'must have at least one row'));
const inlineEntries = { kind: v.literal('inline'), inputs: rows, targets: rows };
const dataEntries: Readonly<Record<string, v.ObjectEntries>> = { sequence: sequenceEntries, inline: inlineEntries };
const dataOfKind: Readonly<Record<string, v.GenericSchema<unknown, SequenceData | InlineData>>> = {
  sequence: map('a map', sequenceEntries),
  inline: map('a map', inlineEntries),
};
/** Of no use but its messages: what has no kind never passes. */
const dataOfNoKind = map('a map with kind: sequence or kind: inline', {
  kind: oneOf(Object.keys(dataEntries)),
}) as unknown as v.GenericSchema<unknown, never>;

function dataKind(data: unknown): string | undefined {
  const kind = isMap(data) ? data['kind'] : undefined;
  return typeof kind === 'string' && Object.hasOwn(dataEntries, kind) ? kind : undefined;
}

const seedEntries = {
  numpy: integer(0, LARGEST_SEED),
  tensorflow: v.exactOptional(integer(0, Number.MAX_SAFE_INTEGER)),
};
const seeds: v.GenericSchema<unknown, FrameworkSeeds> = map('a map', seedEntries);
const seed = v.custom<null | number | string>(
  (input) => input === null || typeof input === 'string' || (typeof input === 'number' && Number.isFinite(input)),
  must('null, a number, a string or a map with numpy and tensorflow'),
);

const rowsOfBatch = v.custom<number | 'all'>(
  (input) => input === 'all' || (Number.isSafeInteger(input) && (input as number) >= 1),
  must('a positive integer or all'),
);

const entries = {
  name: v.optional(text),
  description: v.optional(text, ''),
  backend: v.optional(oneOf(backendNames), 'theano'),
  seed: v.optional(
    v.lazy((input): v.GenericSchema<unknown, Seed> => (isMap(input) ? seeds : seed)),
    null,
  ),
  repeats: v.optional(integer(1, 2 ** 32 - 1), 30),
  data: v.lazy((input) => dataOfKind[dataKind(input) ?? ''] ?? dataOfNoKind),
  layers: v.pipe(v.array(layer, must('a list of layers')), v.minLength(1, 'must have at least one layer')),
  loss: v.optional(oneOf(['mse']), 'mse'),
  optimizer: v.optional(
    v.lazy((input) => (isMap(input) ? adam : namedAdam)),
    'adam',
  ),
  epochs: integer(1, 1_000_000_000),
  batchSize: v.optional(rowsOfBatch, 32), // F. Chollet et al., Keras 2.0.3, Sequential.fit
  shuffle: v.optional(v.boolean(must('true or false')), true),
};

/** An experiment file; its name, where it has none, is the file's. Unknown keys are not its matter: see `unknownKeys`. */
export const experimentSchema: v.GenericSchema<unknown, Omit<Experiment, 'name'> & { name?: string | undefined }> = map(
  'a map',
  entries,
);

/** A key that an experiment does not know, and those that it knows there. */
export interface UnknownKey {
  readonly path: readonly (string | number)[];
  readonly known: readonly string[];
}

/** Every unknown key, `__proto__` and its like included, which valibot passes over. */
export function unknownKeys(document: unknown): UnknownKey[] {
  if (!isMap(document)) return [];
  const within = (path: readonly (string | number)[], value: unknown, ...known: v.ObjectEntries[]): UnknownKey[] => {
    const names = [...new Set(known.flatMap((each) => Object.keys(each)))];
    const unknown = isMap(value) ? Object.keys(value).filter((key) => !names.includes(key)) : [];
    return unknown.map((key) => ({ path: [...path, key], known: names }));
  };
  const { data, layers, optimizer, seed } = document;
  const kind = dataKind(data);
  const ofData = kind === undefined ? Object.values(dataEntries) : [dataEntries[kind] as v.ObjectEntries];
  return [
    ...within([], document, entries),
    ...within(['data'], data, ...ofData),
    ...(Array.isArray(layers) ? layers.flatMap((each, i) => within(['layers', i], each, layerEntries)) : []),
    ...within(['optimizer'], optimizer, adamEntries),
    ...within(['seed'], seed, seedEntries),
  ];
}
