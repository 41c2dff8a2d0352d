import { bidiagonalFactors } from './bidiagonalFactors.js';
import { combined, withSign } from './qrIteration.js';

const SAFE_LEAST = 2.2250738585072014e-308 / 1.1102230246251565e-16; // 2^-969
const SCALED_LEAST = 6.717876107567089e-139; // 2^-459
const SCALED_MOST = 1 / SCALED_LEAST;

/** A matrix in a run of memory, or the transpose of one: the same run, read the other way. */
interface Matrix {
  readonly isTransposed: boolean;
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/**
 * A Householder reflection I − tau v vᵀ of the components from `first` on. v starts with 1, its rest stands in `data` after `head`.
 */
interface Reflection {
  readonly data: Float64Array;
  readonly head: number;
  readonly stride: number;
  readonly length: number;
  readonly first: number;
  readonly tau: number;
  /** It acts on rows, as it stands on the right of the matrix. */
  readonly fromRight: boolean;
}

/**
 * The orthogonal factor of a matrix that Keras initializes with: of the singular value decomposition U diag(s) Vᵀ of
 * `numpy.linalg.svd(…, full_matrices=False)`, U where there are at least as many rows as columns, else Vᵀ.
 *
 * The decomposition leaves the sign of each column (row) open. So this follows LAPACK's DGESDD step by step. Where the shorter side
 * is at most 25, the result is that of LAPACK 3.11 on the reference BLAS to the bit; where it is longer, the signs are the same and
 * values differ by roundings. An optimized BLAS sums in another order, and one matrix in 200 then gets other signs. LAPACK before
 * 3.10 rotates with other signs, and from three rows and columns on up to half of the signs are others (see `planeRotation`).
 * Householder reductions: G. Golub & C. Van Loan, Matrix Computations, 5.1, 5.2 and 5.4.
 *
 * @param values finite, row by row, rows × columns
 * @returns row by row, rows × columns; its columns (where rows < columns: its rows) are orthonormal
 */
export function orthogonalFactor(values: Float64Array, rows: number, columns: number): Float64Array {
  const matrix = rowByRow(scaled(values), rows, columns, false);
  const isTall = rows >= columns;
  const vectors = longVectors(isTall ? matrix : transposed(matrix), isTall);
  const factor = new Float64Array(rows * columns);
  const [stride, step] = isTall ? [1, columns] : [columns, 1];
  vectors.forEach((vector, i) => {
    vector.forEach((component, j) => {
      factor[i * stride + j * step] = component;
    });
  });
  return factor;
}

/** The matrix, or a multiple of it without numbers so large or small that their squares leave float64's range. */
function scaled(values: Float64Array): Float64Array {
  let largest = 0;
  for (const value of values) {
    if (!Number.isFinite(value))
      throw new RangeError(`A singular value decomposition takes finite numbers, not ${value}.`);
    largest = Math.max(largest, Math.abs(value));
  }
  const wanted = Math.min(Math.max(largest, SCALED_LEAST), SCALED_MOST);
  return largest === 0 || wanted === largest ? values.slice() : values.map((value) => value * (wanted / largest));
}

function rowByRow(data: Float64Array, rows: number, columns: number, isTransposed: boolean): Matrix {
  return { isTransposed, data, rows, columns, rowStride: columns, columnStride: 1 };
}

function transposed(matrix: Matrix): Matrix {
  return {
    isTransposed: !matrix.isTransposed,
    data: matrix.data,
    rows: matrix.columns,
    columns: matrix.rows,
    rowStride: matrix.columnStride,
    columnStride: matrix.rowStride,
  };
}

/**
 * The singular vectors of the longer side, one for each column of a matrix of at least as many rows as columns, which is the given
 * one where `isTall` and its transpose otherwise. A matrix much longer than wide is first made triangular.
 */
function longVectors(tall: Matrix, isTall: boolean): Float64Array[] {
  const { rows, columns } = tall;
  if (rows < Math.trunc((columns * 11) / 6)) {
    const { diagonal, off, left } = bidiagonalized(tall);
    const factors = bidiagonalFactors(diagonal, off, !isTall);
    return (isTall ? factors.left : factors.right).map((vector) => reflectedBack(left, vector, rows));
  }
  const reflections = triangularized(tall);
  const triangle = upperTriangle(tall);
  // The transpose of the transpose's triangle is made upper bidiagonal, not its triangle: signs depend on it.
  const { diagonal, off, left, right } = bidiagonalized(isTall ? triangle : transposed(triangle));
  const factors = bidiagonalFactors(diagonal, off, false);
  const basis = explicit(reflections, rows);
  return (isTall ? factors.left : factors.right).map((vector) =>
    combined(reflectedBack(isTall ? left : right, vector, columns), basis),
  );
}

/** Makes a matrix upper triangular in place (LAPACK: DGEQR2). */
function triangularized(matrix: Matrix): Reflection[] {
  return Array.from({ length: matrix.columns }, (_, i) => eliminateColumn(matrix, i, i));
}

/** A copy of the square upper triangle, zero below. */
function upperTriangle({ isTransposed, data, columns, rowStride, columnStride }: Matrix): Matrix {
  const copy = new Float64Array(columns * columns);
  for (let i = 0; i < columns; i++)
    for (let j = i; j < columns; j++) copy[i * columns + j] = data[i * rowStride + j * columnStride]!;
  return rowByRow(copy, columns, columns, isTransposed);
}

/** Makes a matrix of at least as many rows as columns upper bidiagonal in place (LAPACK: DGEBD2). */
function bidiagonalized(matrix: Matrix): {
  diagonal: Float64Array;
  off: Float64Array;
  left: Reflection[];
  right: Reflection[];
} {
  const { data, columns } = matrix;
  const left: Reflection[] = [];
  const right: Reflection[] = [];
  for (let i = 0; i < columns; i++) {
    left.push(eliminateColumn(matrix, i, i));
    if (i + 1 < columns) right.push(eliminateColumn(transposed(matrix), i + 1, i));
  }
  const heads = (reflections: Reflection[]) => Float64Array.from(reflections, ({ head }) => data[head]!);
  return { diagonal: heads(left), off: heads(right), left, right };
}

/** Reflects rows `row` and below so that column `column` becomes zero below `row`, and the columns after it likewise. */
function eliminateColumn(matrix: Matrix, row: number, column: number): Reflection {
  const { data, rows, columns, rowStride, columnStride, isTransposed } = matrix;
  const head = row * rowStride + column * columnStride;
  const length = rows - row;
  const reflection = {
    data,
    head,
    stride: rowStride,
    length,
    first: row,
    tau: reflect(data, head, rowStride, length),
    fromRight: isTransposed,
  };
  for (let j = column + 1; j < columns; j++) apply(reflection, data, row * rowStride + j * columnStride, rowStride);
  return reflection;
}

/**
 * Turns a vector x in place into the head ∓‖x‖, its sign opposite to that of x₀, and the rest of the reflection that does so; gives
 * tau, 0 where there is nothing to eliminate (LAPACK: DLARFG).
 */
function reflect(data: Float64Array, head: number, stride: number, length: number): number {
  const end = head + length * stride;
  const multiply = (factor: number) => {
    for (let i = head + stride; i < end; i += stride) data[i]! *= factor;
  };
  let rest = norm(data, head + stride, stride, end);
  if (rest === 0) return 0;
  let alpha = data[head]!;
  let beta = -withSign(hypotenuse(alpha, rest), alpha);
  let shrunk = 1;
  if (Math.abs(beta) < SAFE_LEAST) {
    shrunk = SAFE_LEAST;
    multiply(1 / SAFE_LEAST);
    alpha /= SAFE_LEAST;
    rest = norm(data, head + stride, stride, end);
    beta = -withSign(hypotenuse(alpha, rest), alpha);
  }
  multiply(1 / (alpha - beta));
  data[head] = beta * shrunk;
  return (beta - alpha) / beta;
}

/** √(Σ x²) of every `stride`-th number from start to before end, without leaving float64's range. */
function norm(data: Float64Array, start: number, stride: number, end: number): number {
  let largest = 0;
  for (let i = start; i < end; i += stride) largest = Math.max(largest, Math.abs(data[i]!));
  if (largest === 0) return 0;
  const unit = largest > SCALED_LEAST && largest < SCALED_MOST ? 1 : largest;
  let sum = 0;
  for (let i = start; i < end; i += stride) sum += (data[i]! / unit) * (data[i]! / unit);
  return Math.sqrt(sum) * unit;
}

/** √(a² + b²) without leaving float64's range (LAPACK: DLAPY2). */
function hypotenuse(a: number, b: number): number {
  const most = Math.max(Math.abs(a), Math.abs(b));
  const ratio = Math.min(Math.abs(a), Math.abs(b)) / most;
  return most * Math.sqrt(1 + ratio * ratio);
}

/** vᵀ times a strided vector; `at` is where the component lies that the head acts on. */
function product({ data, head, stride, length }: Reflection, target: Float64Array, at: number, step: number): number {
  let sum = target[at]!;
  for (let i = 1; i < length; i++) sum += data[head + i * stride]! * target[at + i * step]!;
  return sum;
}

/**
 * Applies a reflection to a strided vector in place. LAPACK rounds differently from the left, v · (tau vᵀx), and from the right,
 * (tau v) · vᵀx; a sweep of QR iteration more or less, and so a sign, may hang on it.
 */
function apply(reflection: Reflection, target: Float64Array, at: number, step: number): void {
  const { data, head, stride, length, tau, fromRight } = reflection;
  if (tau === 0) return;
  const sum = product(reflection, target, at, step);
  if (sum === 0) return; // a zero keeps its sign
  const [factor, scale] = fromRight ? [sum, tau] : [tau * sum, 1];
  target[at]! -= factor * scale;
  for (let i = 1; i < length; i++) target[at + i * step]! -= factor * (scale * data[head + i * stride]!);
}

/** The vector, lengthened by zeros, through all reflections, the last first. */
function reflectedBack(reflections: Reflection[], vector: Float64Array, length: number): Float64Array {
  const long = new Float64Array(length);
  long.set(vector);
  for (let k = reflections.length - 1; k >= 0; k--) apply(reflections[k]!, long, reflections[k]!.first, 1);
  return long;
}

/** The leading columns of the product of all reflections, as many as there are (LAPACK: DORG2R). */
function explicit(reflections: Reflection[], length: number): Float64Array[] {
  return reflections.map((_, i) => {
    const vector = new Float64Array(i + 1);
    vector[i] = 1;
    return reflectedBack(reflections.slice(0, i + 1), vector, length);
  });
}
