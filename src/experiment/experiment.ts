import type { SourceName } from '../backends/backend.js';
import type { MetricSource } from '../metric/metricSource.js';
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

/** What every experiment has. */
interface Repeatable {
  readonly name: string;
  readonly description: string;
  readonly seed: Seed;
  /** How often it is repeated unless the caller says otherwise, 1 … 2^32 − 1. */
  readonly repeats: number;
}

/** A network with its data and its training. */
export interface NetworkExperiment extends Repeatable {
  readonly kind: 'network';
  readonly backend: BackendName;
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

/** Which scores are the better ones. */
export type Direction = 'lower' | 'higher';

/** What experiments have that run what is not ours. */
interface Foreign extends Repeatable {
  /** Which scores are the better ones. */
  readonly direction: Direction;
  /** Seconds after which a repeat is ended; `null`: never. */
  readonly timeout: number | null;
  /** How often a repeat that fails is tried again, from the same seed. */
  readonly retries: number;
}

/** A program in any language, run without a shell, once a repeat. */
export interface CommandExperiment extends Foreign {
  readonly kind: 'command';
  /** The program and its arguments; `{seed}` and `{repeat}` stand for the repeat's. */
  readonly command: readonly string[];
  /** Where it runs, from the experiment's folder. */
  readonly cwd: string;
  /** Variables of its environment beside those of ours; `null` takes one away. */
  readonly env: Readonly<Record<string, string | null>>;
  /** Commands before and after every repeat; `null`: none. */
  readonly setup: readonly string[] | null;
  readonly cleanup: readonly string[] | null;
  /** Where its numbers are read; the first is the score. */
  readonly metrics: readonly MetricSource[];
  /** Files that a repeat leaves and that belong to its result, from `cwd`; with `{seed}` and `{repeat}`. */
  readonly artifacts: readonly string[];
  /** Whether a repeat counts whose exit code is not 0, if it gave a score. */
  readonly ignoreFailure: boolean;
}

/** A JavaScript or TypeScript module that exports the experiment as a function. */
export interface ModuleExperiment extends Foreign {
  readonly kind: 'module';
  /** From the experiment's folder. */
  readonly module: string;
  /** Whose generator it is given. */
  readonly backend: BackendName;
  /** What is handed to it as `parameters`. */
  readonly with: Readonly<Record<string, unknown>>;
}

/** What is repeated. */
export type Experiment = NetworkExperiment | CommandExperiment | ModuleExperiment;

/** An experiment that runs what is not ours, and is seeded repeat by repeat. */
export type ProgramExperiment = CommandExperiment | ModuleExperiment;
