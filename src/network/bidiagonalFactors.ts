import { largeFactors, SMALL } from './divideAndConquer.js';
import {
  flipTriangle,
  ROUNDOFF,
  type SingularFactors,
  selectInOrder,
  smallFactors,
  unitVectors,
  withSign,
} from './qrIteration.js';

/**
 * The singular value decomposition of a square bidiagonal matrix, values descending (LAPACK: DBDSDC).
 *
 * @param off beside the diagonal, above it or, where `isLower`, below it
 */
export function bidiagonalFactors(diagonal: Float64Array, off: Float64Array, isLower: boolean): SingularFactors {
  if (diagonal.length === 1) return singleFactors(diagonal[0]!);
  const [upper, beside] = [diagonal.slice(), off.slice()];
  const turns: [i: number, c: number, s: number][] = [];
  if (isLower) flipTriangle(upper, beside, (...turn) => turns.push(turn));
  const factors = diagonal.length <= SMALL ? smallFactors(upper, beside) : splitFactors(upper, beside);
  selectInOrder(factors, (candidate, best) => candidate > best);
  for (const vector of factors.left) turnBack(vector, turns);
  return factors;
}

function singleFactors(value: number): SingularFactors {
  return {
    values: Float64Array.of(Math.abs(value)),
    left: [Float64Array.of(withSign(1, value))],
    right: [Float64Array.of(1)],
  };
}

/** Undoes rotations of neighbouring components, the last first. */
function turnBack(vector: Float64Array, turns: [i: number, c: number, s: number][]): void {
  for (let k = turns.length - 1; k >= 0; k--) {
    const [i, c, s] = turns[k]!;
    const [x, y] = [vector[i]!, vector[i + 1]!];
    vector[i] = c * x - s * y;
    vector[i + 1] = c * y + s * x;
  }
}

/** Scales to 1, splits where an off-diagonal element is negligible, and takes each block by divide and conquer. */
function splitFactors(diagonal: Float64Array, off: Float64Array): SingularFactors {
  const n = diagonal.length;
  const factors: SingularFactors = { values: new Float64Array(n), left: unitVectors(n), right: unitVectors(n) };
  let scale = 0;
  for (const list of [diagonal, off]) for (const value of list) scale = Math.max(scale, Math.abs(value));
  if (scale === 0) return factors;
  const negligible = 0.9 * ROUNDOFF;
  const scaled = diagonal.map((value) => {
    const small = value * (1 / scale);
    return Math.abs(small) < negligible ? withSign(negligible, small) : small;
  });
  const beside = off.map((value) => value * (1 / scale));
  for (let start = 0, end = 1; end <= n; end++) {
    if (end < n && Math.abs(beside[end - 1]!) >= negligible) continue;
    place(blockFactors(scaled.subarray(start, end), beside.subarray(start, end - 1)), factors, start, scale);
    start = end;
  }
  return factors;
}

function blockFactors(diagonal: Float64Array, off: Float64Array): SingularFactors {
  return diagonal.length <= SMALL ? smallFactors(diagonal, off) : largeFactors(diagonal, off);
}

/** Puts a block's factors where it stands on the diagonal. */
function place(block: SingularFactors, whole: SingularFactors, start: number, scale: number): void {
  block.values.forEach((value, i) => {
    whole.values[start + i] = value * scale;
    for (const side of ['left', 'right'] as const) {
      whole[side][start + i]!.fill(0);
      whole[side][start + i]!.set(block[side][i]!, start);
    }
  });
}
