/** How many rows a data set has, and how many numbers stand in each. */
export interface Shape {
  readonly rows: number;
  readonly features: number;
  readonly targets: number;
}

/** Where rows come from, for messages about them. */
interface Source {
  /** The file as messages show it. */
  readonly file: string;
  /** The line of each row, from 1. */
  readonly lines: Uint32Array;
  /** A one-hot column is named `column=category`. */
  readonly targetNames: readonly string[];
  readonly featureNames: readonly string[];
}

/** Rows of features and targets, row by row, on memory that threads share. */
export interface Dataset extends Shape {
  /** rows × features, float32 (computed in float64, rounded once). */
  readonly inputs: Float32Array;
  /**
   * rows × features: what rounding took from each input, for whoever computes with the inputs before they are used, so that
   * they are still rounded once.
   */
  readonly remainders: Float32Array;
  /** rows × targets, float64. */
  readonly outputs: Float64Array;
  /** Features that are 1 in rows of one category and else 0, ascending; absent where there are none. */
  readonly oneHotFeatures?: readonly number[];
  /** Absent where there is no file. */
  readonly source?: Source;
}

function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(4 * length));
}

/** A data set of zeros, to be filled by whoever asked for it. */
export function zeros({ rows, features, targets }: Shape): Dataset {
  return {
    rows,
    features,
    targets,
    inputs: sharedFloats(rows * features),
    remainders: sharedFloats(rows * features),
    outputs: new Float64Array(new SharedArrayBuffer(8 * rows * targets)),
  };
}

/** An input in float64, to 48 bits. */
export function input({ inputs, remainders }: Dataset, at: number): number {
  return (inputs[at] as number) + (remainders[at] as number);
}

/** Rounds an input to float32 and keeps what that takes from it. */
export function setInput({ inputs, remainders }: Dataset, at: number, value: number): void {
  inputs[at] = value;
  remainders[at] = value - (inputs[at] as number);
}

/** The data set of float64 inputs (rows × features) and outputs (rows × targets). */
export function fromDoubles(shape: Shape, inputs: ArrayLike<number>, outputs: ArrayLike<number>): Dataset {
  const data = zeros(shape);
  for (let at = 0; at < inputs.length; at++) setInput(data, at, inputs[at] as number);
  data.outputs.set(outputs);
  return data;
}

/**
 * `length` numbers, i · step or, without a step, i / length; each window of `lag` predicts the number behind it: length − lag
 * rows.
 */
export function sequence(length: number, lag: number, step?: number): Dataset {
  const rows = length - lag;
  const value = (i: number) => (step === undefined ? i / length : i * step);
  const inputs = Float64Array.from({ length: rows * lag }, (_, at) => value(Math.floor(at / lag) + (at % lag)));
  const outputs = Float64Array.from({ length: rows }, (_, row) => value(row + lag));
  return fromDoubles({ rows, features: lag, targets: 1 }, inputs, outputs);
}

/** Rows that were written out; all of one width, at least one. */
export function inlineRows(inputs: readonly (readonly number[])[], targets: readonly (readonly number[])[]): Dataset {
  const shape = { rows: inputs.length, features: inputs[0]?.length ?? 0, targets: targets[0]?.length ?? 0 };
  return fromDoubles(shape, inputs.flat(), targets.flat());
}
