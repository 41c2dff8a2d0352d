import { distance } from 'fastest-levenshtein';
import * as v from 'valibot';
import { backendNames } from './experiment.js';

/** The nearest of some names, unless none is near. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  const ranked = names
    .map((candidate) => ({ candidate, far: distance(lower, candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best && best.far <= Math.max(2, Math.floor(best.candidate.length / 2)) ? best.candidate : undefined;
}

/** `, did you mean "…"?` where a name is near. */
export function suggestion(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? '' : `, did you mean "${nearest}"?`;
}

/** A value as an error shows it: short, in one line. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function got(issue: { input: unknown }): string {
  return issue.input === undefined ? 'is missing' : `got ${shown(issue.input)}`;
}

/** `must be …, got …`, or that it is missing. */
function must(what: string): (issue: { input: unknown }) => string {
  return (issue) => (issue.input === undefined ? `is missing; it must be ${what}` : `must be ${what}, ${got(issue)}`);
}

function wholeNumber(low: number, high: number) {
  const what = must(low === 1 ? `a positive integer up to ${high}` : `an integer from ${low} to ${high}`);
  return v.pipe(v.number(what), v.integer(what), v.minValue(low, what), v.maxValue(high, what));
}

function listed(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function oneOf<const Names extends readonly string[]>(names: Names) {
  return v.picklist(names, (issue) => {
    const near = typeof issue.input === 'string' ? suggestion(issue.input, names) : '';
    return must(listed(names))(issue) + near;
  });
}

/** An object of these keys and no others; every unknown key is a problem of its own. */
function exactly<const Entries extends v.ObjectEntries>(what: string, entries: Entries) {
  return v.objectWithRest(
    entries,
    v.never(() => UNKNOWN_KEY),
    (issue) => (issue.input === undefined ? 'is missing' : must(what)(issue)),
  );
}

/** Stands for the message of an unknown key until its place is known: see `keysAt`. */
export const UNKNOWN_KEY = 'unknown key';

const finite = v.pipe(v.number(must('a finite number')), v.finite(must('a finite number')));
const positive = (issue: { input: unknown }) => must('a number above 0')(issue);
const positiveNumber = v.pipe(v.number(positive), v.finite(positive), v.gtValue(0, positive));
const unit = must('a number from 0 up to but not 1');
const decay = v.pipe(v.number(unit), v.minValue(0, unit), v.ltValue(1, unit));

const layerEntries = {
  type: oneOf(['dense']),
  units: wholeNumber(1, 65536),
  activation: v.optional(oneOf(['linear', 'relu']), 'linear'),
};
const adamEntries = {
  name: oneOf(['adam']),
  learningRate: v.optional(positiveNumber, 0.001),
  beta1: v.optional(decay, 0.9),
  beta2: v.optional(decay, 0.999),
  epsilon: v.optional(positiveNumber, 1e-8),
};
const sequenceEntries = {
  kind: v.literal('sequence'),
  length: wholeNumber(2, 10_000_000),
  lag: v.optional(wholeNumber(1, 10_000_000), 1),
};
const matrix = v.pipe(
  v.array(
    v.pipe(v.array(finite, must('a list of numbers')), v.minLength(1, 'must not be empty')),
    must('a list of rows'),
  ),
  v.minLength(1, 'must have at least one row'),
);
const inlineEntries = { kind: v.literal('inline'), inputs: matrix, targets: matrix };
const seedEntries = {
  numpy: wholeNumber(0, 2 ** 32 - 1),
  tensorflow: v.exactOptional(wholeNumber(0, Number.MAX_SAFE_INTEGER)),
};
const dataKinds = ['sequence', 'inline'] as const;

const data = v.variant('kind', [exactly('data', sequenceEntries), exactly('data', inlineEntries)], (issue) => {
  const kind = (issue.input as { kind?: unknown } | null)?.kind;
  if (typeof issue.input !== 'object' || issue.input === null)
    return must('a map with kind: sequence or inline')(issue);
  return `kind must be ${listed(dataKinds)}, got ${shown(kind)}`;
});

const seedText = must('null, a number, a string, or a map with numpy and tensorflow');
const optimizer = v.pipe(
  v.unknown(),
  v.transform((value) => (typeof value === 'string' ? { name: value } : value)),
  exactly('adam, or a map with name: adam', adamEntries),
);

const topEntries = {
  name: v.optional(v.string(must('a text'))),
  description: v.optional(v.string(must('a text')), ''),
  backend: v.optional(oneOf(backendNames), 'theano'),
  seed: v.optional(
    v.lazy((input) =>
      typeof input === 'object' && input !== null
        ? exactly('a map', seedEntries)
        : v.union([v.null(), v.pipe(v.number(), v.finite()), v.string()], seedText),
    ),
    null,
  ),
  repeats: v.optional(wholeNumber(1, 2 ** 32 - 1), 30),
  data,
  layers: v.pipe(
    v.array(exactly('a map with type and units', layerEntries), must('a list of layers')),
    v.minLength(1, 'must have at least one layer'),
  ),
  loss: v.optional(oneOf(['mse']), 'mse'),
  optimizer: v.optional(optimizer, 'adam'),
  epochs: wholeNumber(1, 1_000_000_000),
  batchSize: v.optional(
    v.lazy((input) => (typeof input === 'string' ? oneOf(['all']) : wholeNumber(1, 2 ** 31 - 1))),
    32,
  ),
  shuffle: v.optional(v.boolean(must('true or false')), true),
};

/** An experiment file. */
export const experimentSchema = exactly('a map', topEntries);

/** The keys that a map at a path may have. */
export function keysAt(path: readonly (string | number)[], document: unknown): readonly string[] {
  const [first] = path;
  if (path.length === 0) return Object.keys(topEntries);
  if (first === 'layers') return Object.keys(layerEntries);
  if (first === 'optimizer') return Object.keys(adamEntries);
  if (first === 'seed') return Object.keys(seedEntries);
  const kind = (document as { data?: { kind?: unknown } }).data?.kind;
  return Object.keys(kind === 'inline' ? inlineEntries : sequenceEntries);
}
