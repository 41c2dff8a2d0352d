import type { SourceName } from '../backends/backend.js';
import type { EarlyStopping, Layer, Loss, Metric, Optimizer } from '../network/network.js';

/** How a root seed becomes random numbers. */
export const backendNames = ['theano', 'tensorflow', 'seedrandom'] as const;
export type BackendName = (typeof backendNames)[number];

/**
 * NumPy's seed, and TensorFlow's for its graph. `null` leaves one free: it is drawn from the operating system's entropy. Without
 * TensorFlow's its own default graph seed applies; without NumPy's it is free.
 */
export interface FrameworkSeeds {
  readonly numpy?: number | null;
  readonly tensorflow?: number | null;
}

/** Of the seedrandom backend: the seed of all sources, and of those that have one of their own; `null` leaves a source free. */
export type SourceSeeds = Readonly<Partial<Record<'root' | SourceName, number | string | null>>>;

/** `null`: unseeded. One number seeds all there is to seed; a string is for the seedrandom backend alone. */
export type Seed = null | number | string | FrameworkSeeds | SourceSeeds;

/** Numbers i · step, or i / length without a step, for i = 0 … length − 1; each window of `lag` numbers predicts the next. */
export interface SequenceData {
  readonly kind: 'sequence';
  readonly length: number;
  readonly lag: number;
  readonly step?: number;
}

/** Rows written out: inputs (rows × features) and targets (rows × outputs). */
export interface InlineData {
  readonly kind: 'inline';
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
}

/** What data that is measured or drawn may be asked for. */
interface Standardizing {
  /** Whether each feature is brought to mean 0 and standard deviation 1 over the rows that are trained on. */
  readonly standardize: boolean;
}

/** A CSV file with a header, or a file of one JSON object a line. */
export interface FileData extends Standardizing {
  readonly kind: 'csv' | 'jsonl';
  /** From the experiment's folder. */
  readonly path: string;
  /** Names of columns; features are all others unless they are named. */
  readonly targets: readonly string[];
  readonly features?: readonly string[];
  /** Columns that are one-hot encoded. */
  readonly categorical?: readonly string[];
  readonly delimiter?: string;
}

interface Generated extends Standardizing {
  readonly rows: number;
  /** Standard deviation of the noise that is added; absent where none is drawn. */
  readonly noise?: number;
  /** NumPy's seed; absent where the run's seed makes the data. */
  readonly seed?: number;
}

/** Generated sets: those of scikit-learn that have its names, and a noisy sine. */
export type GeneratedData =
  | (Generated & { readonly kind: 'xor' | 'moons' | 'sine' })
  | (Generated & { readonly kind: 'circles'; readonly factor: number })
  | (Omit<Generated, 'noise'> & {
      readonly kind: 'blobs';
      readonly centers: number;
      readonly features: number;
      readonly deviation: number;
    })
  | (Generated & { readonly kind: 'friedman1'; readonly features: number });

export type Data = SequenceData | InlineData | FileData | GeneratedData;

export const scoredParts = ['train', 'validation', 'test', 'all'] as const;

/** What a repeat is judged by: a metric of the predictions of a part of the data. */
export interface Score {
  readonly metric: Metric;
  readonly on: (typeof scoredParts)[number];
}

/** What is repeated: a network with its data and its training. */
export interface Experiment {
  readonly name: string;
  readonly description: string;
  readonly backend: BackendName;
  readonly seed: Seed;
  /** How often it is repeated unless the caller says otherwise, 1 … 2^32 − 1. */
  readonly repeats: number;
  readonly data: Data;
  /** The share of the rows that is drawn by the run's seed and held out for a test; 0: none. */
  readonly testSplit: number;
  /** The share of the other rows, the last of them, that validates, as Keras takes it; 0: none. */
  readonly validationSplit: number;
  readonly layers: readonly Layer[];
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly epochs: number;
  /** Rows a batch; `'all'`: one batch of all rows. */
  readonly batchSize: number | 'all';
  /** Whether the rows are shuffled at the start of every epoch. */
  readonly shuffle: boolean;
  readonly earlyStopping: EarlyStopping | null;
  /** Whether gradients are summed in the order of the rows, or in one that the operating system's entropy draws. */
  readonly reduction: 'ordered' | 'unordered';
  readonly score: Score;
}

/** Whether a higher score is the better one. */
export function isHigherBetter({ metric }: Score): boolean {
  return metric === 'accuracy' || metric === 'r2';
}
