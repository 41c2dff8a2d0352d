/** How a root seed becomes random numbers. */
export const backendNames = ['theano', 'tensorflow', 'seedrandom'] as const;
export type BackendName = (typeof backendNames)[number];

/** NumPy's seed, and TensorFlow's for its graph; without the second TensorFlow's own default graph seed applies. */
export interface FrameworkSeeds {
  readonly numpy: number;
  readonly tensorflow?: number;
}

/** `null`: unseeded. One number seeds all there is to seed; a string is for the seedrandom backend alone. */
export type Seed = null | number | string | FrameworkSeeds;

/** Fully connected layer with bias; Glorot-uniform kernel, zero bias. */
export interface DenseLayer {
  readonly type: 'dense';
  /** 1 … 65,536. */
  readonly units: number;
  readonly activation: 'linear' | 'relu';
}

/** `length` numbers i / length for i = 0 … length − 1; each window of `lag` numbers predicts the next. */
export interface SequenceData {
  readonly kind: 'sequence';
  readonly length: number;
  readonly lag: number;
}

/** Rows written out: inputs (rows × features) and targets (rows × outputs). */
export interface InlineData {
  readonly kind: 'inline';
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
}

/** D. Kingma & J. Ba 2015, with the defaults of Keras 2.0.3. */
export interface AdamOptimizer {
  readonly name: 'adam';
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** What is repeated: a network with its data and its training. */
export interface Experiment {
  readonly name: string;
  readonly description: string;
  readonly backend: BackendName;
  readonly seed: Seed;
  /** How often it is repeated unless the caller says otherwise, 1 … 2^32 − 1. */
  readonly repeats: number;
  readonly data: SequenceData | InlineData;
  readonly layers: readonly DenseLayer[];
  readonly loss: 'mse';
  readonly optimizer: AdamOptimizer;
  readonly epochs: number;
  /** Rows a batch; `'all'`: one batch of all rows. */
  readonly batchSize: number | 'all';
  /** Whether the rows are shuffled at the start of every epoch. */
  readonly shuffle: boolean;
}
