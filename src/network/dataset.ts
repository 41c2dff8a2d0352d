/** Rows of features and targets, row by row, in float64. */
export interface Dataset {
  readonly rows: number;
  readonly features: number;
  readonly targets: number;
  readonly inputs: Float64Array;
  readonly outputs: Float64Array;
}

/** `length` numbers i / length; each window of `lag` predicts the number behind it: length − lag rows. */
export function sequence(length: number, lag: number): Dataset {
  const rows = length - lag;
  const inputs = new Float64Array(rows * lag);
  const outputs = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let step = 0; step < lag; step++) inputs[row * lag + step] = (row + step) / length;
    outputs[row] = (row + lag) / length;
  }
  return { rows, features: lag, targets: 1, inputs, outputs };
}

/** Rows that were written out; all of one width, at least one. */
export function inlineRows(inputs: readonly (readonly number[])[], targets: readonly (readonly number[])[]): Dataset {
  return {
    rows: inputs.length,
    features: inputs[0]?.length ?? 0,
    targets: targets[0]?.length ?? 0,
    inputs: Float64Array.from(inputs.flat()),
    outputs: Float64Array.from(targets.flat()),
  };
}
