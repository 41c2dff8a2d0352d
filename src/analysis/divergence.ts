import type { Trace } from '../network/tracer.js';
import type { NamedTensor } from '../network/trainer.js';
import type { TracedRepeat } from '../run/record.js';
import { type Distance, distance32, distance64 } from './distance.js';
import { type DifferingLine, type DifferingPart, differingLine, differingParts } from './programDifferences.js';

/** What two executions have of one thing. */
export type Pair<T> = readonly [first: T, second: T];

/** A weight that differs. */
interface DifferingWeight {
  /** After which epoch; 0: as initialized. */
  readonly epoch: number;
  readonly tensor: string;
  readonly row: number;
  readonly column: number;
  /** Float32. */
  readonly values: Pair<number>;
  readonly distance: Distance;
}

/** How far the weights of a repeat are apart after an epoch. */
interface Growth {
  readonly epoch: number;
  /** How many weights differ, of how many. */
  readonly differing: number;
  readonly weights: number;
  /** The largest of each distance over all weights. */
  readonly largest: Distance;
}

/** Where two executions of a repeat part. */
export interface Divergence {
  /** The repeat's index, from 0. */
  readonly repeat: number;
  readonly scores: Pair<number>;
  /** Of the scores; 0 where only the weights differ. */
  readonly distance: Distance;
  /** The first epoch after which weights differ, 0: as initialized; `null` where they do not, or no trace tells. */
  readonly epoch: number | null;
  /** The last epoch before it after which they are known to agree; `null` where there is none. */
  readonly agreedUntil: number | null;
  /** The first tensor that differs then. */
  readonly tensor: string | null;
  /** The first weight that differs, at that epoch or, of a trace that keeps not all weights, at the next one kept. */
  readonly weight: DifferingWeight | null;
  /** From there to the end. */
  readonly growth: readonly Growth[];
  /** Epochs trained, where these differ. */
  readonly epochs: Pair<number> | null;
  /** Of a program: further metrics and artifacts that differ. */
  readonly parts: readonly DifferingPart[];
  /** Of a program: where its stdout parts, as far as it was kept. */
  readonly line: DifferingLine | null;
}

/** Whether two repeats have the same bits, as far as both are known: scores, final weights, weights on their way. */
export function isIdentical(a: TracedRepeat, b: TracedRepeat): boolean {
  if (!Object.is(a.score, b.score) || a.hash !== b.hash) return false;
  return a.trace === undefined || b.trace === undefined || firstDifference(a.trace, b.trace) === undefined;
}

/** The position in the hashes where two traces part; undefined where one is the beginning of the other. */
function firstDifference(a: Trace, b: Trace): number | undefined {
  const common = Math.min(a.hashes.length, b.hashes.length);
  for (let i = 0; i < common; i++) if (a.hashes[i] !== b.hashes[i]) return i;
  return a.epochs === b.epochs ? undefined : common;
}

/** Where two executions of a repeat that are not identical part. */
export function locate(a: TracedRepeat, b: TracedRepeat, tensors: readonly NamedTensor[]): Divergence {
  const start = {
    repeat: a.index,
    scores: [a.score, b.score],
    distance: distance64(a.score, b.score),
    ...{ epoch: null, agreedUntil: null, tensor: null, weight: null, growth: [], epochs: null },
    ...{ parts: differingParts(a, b), line: differingLine(a, b) },
  } as const;
  const { trace: one } = a;
  const { trace: other } = b;
  if (!one || !other) return start;
  const epochs: Pair<number> | null = one.epochs === other.epochs ? null : [one.epochs, other.epochs];
  const at = firstDifference(one, other);
  if (at === undefined) return { ...start, epochs };
  const row = Math.floor(at / tensors.length);
  const longer = one.hashed.length > other.hashed.length ? one : other;
  const epoch = longer.hashed[row] ?? null;
  if (epoch === null) return { ...start, epochs };
  const shared = sharedEpochs(one, other, epoch);
  const [first] = shared;
  return {
    ...start,
    epoch,
    agreedUntil: row > 0 ? (longer.hashed[row - 1] ?? null) : null,
    tensor: tensors[at % tensors.length]?.name ?? null,
    weight: first === undefined ? null : firstWeight(first, one, other, tensors),
    growth: (shared.length > 0 ? spread(shared) : []).map((each) => growthAt(each, one, other)),
    epochs,
  };
}

/** Epochs from one on whose weights both traces keep. */
function sharedEpochs(one: Trace, other: Trace, from: number): number[] {
  const kept = new Set(other.kept);
  return [...one.kept].filter((epoch) => epoch >= from && kept.has(epoch));
}

function weightsAt({ kept, weights }: Trace, epoch: number): Float32Array {
  const size = weights.length / kept.length;
  const row = kept.indexOf(epoch);
  return weights.subarray(row * size, (row + 1) * size);
}

function firstWeight(epoch: number, one: Trace, other: Trace, tensors: readonly NamedTensor[]): DifferingWeight | null {
  const [a, b] = [weightsAt(one, epoch), weightsAt(other, epoch)];
  const i = a.findIndex((value, index) => !Object.is(value, b[index]));
  const tensor = tensors.findLast(({ at }) => at <= i);
  if (!tensor) return null;
  const values: Pair<number> = [a[i] as number, b[i] as number];
  return {
    epoch,
    tensor: tensor.name,
    row: Math.floor((i - tensor.at) / tensor.columns),
    column: (i - tensor.at) % tensor.columns,
    values,
    distance: distance32(...values),
  };
}

/** The first, those 1, 3, 10, 30, 100 … behind it, and the last. */
function spread(epochs: readonly number[]): number[] {
  const last = epochs.length - 1;
  const rows = [0];
  for (let power = 1; power < last; power *= 10) rows.push(power, 3 * power);
  return [...rows.filter((row) => row < last), last].map((row) => epochs[row] as number);
}

function growthAt(epoch: number, one: Trace, other: Trace): Growth {
  const [a, b] = [weightsAt(one, epoch), weightsAt(other, epoch)];
  let differing = 0;
  let [absolute, relative, ulps] = [0, 0, 0];
  a.forEach((value, i) => {
    if (Object.is(value, b[i])) return;
    const distance = distance32(value, b[i] as number);
    differing += 1;
    absolute = Math.max(absolute, distance.absolute);
    relative = Math.max(relative, distance.relative);
    ulps = Math.max(ulps, distance.ulps);
  });
  return { epoch, differing, weights: a.length, largest: { absolute, relative, ulps } };
}
