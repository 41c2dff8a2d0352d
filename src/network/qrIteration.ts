/** A matrix as U diag(values) Vᵀ: `left` holds the columns of U, `right` the rows of Vᵀ, each a vector of its own. */
export interface SingularFactors {
  values: Float64Array;
  left: Float64Array[];
  right: Float64Array[];
}

/** An upper bidiagonal matrix, the rotations applied to it collected in `left` and `right`. */
interface Bidiagonal extends SingularFactors {
  /** Beside each diagonal element but the last. */
  off: Float64Array;
}

/** Half a unit in the last place of 1: 2^-53. */
export const ROUNDOFF = 1.1102230246251565e-16;
const TINIEST = 2.2250738585072014e-308; // 2^-1022, the smallest float64 of full precision
const HUGEST = 4.49423283715579e307; // 2^1022, its reciprocal
const ROOT_TINIEST = Math.sqrt(TINIEST);
const ROOT_HUGEST = Math.sqrt(HUGEST / 2);
const PASSES = 6;

/** A singular value converges to ROUNDOFF^(-1/8) roundings, here 99: the eighth root by three square roots. */
const TOLERANCE = Math.sqrt(Math.sqrt(Math.sqrt(1 / ROUNDOFF))) * ROUNDOFF;

/** |magnitude| with the sign of `sign`, that of a zero counting, as Fortran's SIGN. */
export function withSign(magnitude: number, sign: number): number {
  const absolute = Math.abs(magnitude);
  return sign < 0 || Object.is(sign, -0) ? -absolute : absolute;
}

/**
 * A plane rotation that turns (f, g) into (r, 0): c f + s g = r, c g − s f = 0, c ≥ 0. The sign of r, which is that of f, decides
 * signs of singular vectors; it is so in LAPACK since 3.10 (DLARTG; E. Anderson, ACM TOMS 44(1), 2017).
 */
function planeRotation(f: number, g: number): { c: number; s: number; r: number } {
  if (g === 0) return { c: 1, s: 0, r: f };
  if (f === 0) return { c: 0, s: withSign(1, g), r: Math.abs(g) };
  const least = Math.min(Math.abs(f), Math.abs(g));
  const most = Math.max(Math.abs(f), Math.abs(g));
  const unit = least > ROOT_TINIEST && most < ROOT_HUGEST ? 1 : Math.min(HUGEST, Math.max(TINIEST, most));
  const [x, y] = [f / unit, g / unit];
  const length = Math.sqrt(x * x + y * y);
  const r = withSign(length, f);
  return { c: Math.abs(x) / length, s: y / r, r: r * unit };
}

/** x, y ← c x + s y, c y − s x. */
export function rotate(x: Float64Array, y: Float64Array, c: number, s: number): void {
  if (c === 1 && s === 0) return;
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i]!, y[i]!];
    x[i] = c * a + s * b;
    y[i] = c * b - s * a;
  }
}

/** Σ weightⱼ vectorⱼ, the first first. */
export function combined(weights: Float64Array, vectors: Float64Array[]): Float64Array {
  const sum = new Float64Array(vectors[0]!.length);
  vectors.forEach((vector, j) => {
    const weight = weights[j]!;
    for (let i = 0; i < sum.length; i++) sum[i]! += weight * vector[i]!;
  });
  return sum;
}

/**
 * Turns a lower bidiagonal matrix into an upper one by rotations from the left, or an upper into a lower one from the right:
 * the arithmetic is the same, and each rotation of rows (columns) i and i + 1 is handed on. With as many off-diagonal elements as
 * diagonal ones, the last stands outside the square and is rotated away.
 */
export function flipTriangle(
  diagonal: Float64Array,
  off: Float64Array,
  rotated: (i: number, c: number, s: number) => void,
): void {
  for (let i = 0; i < off.length; i++) {
    const { c, s, r } = planeRotation(diagonal[i]!, off[i]!);
    const next = i + 1 < diagonal.length ? diagonal[i + 1]! : 0;
    diagonal[i] = r;
    off[i] = s * next;
    if (i + 1 < diagonal.length) diagonal[i + 1] = c * next;
    rotated(i, c, s);
  }
}

/** n vectors, the unit matrix. */
export function unitVectors(n: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) => {
    const vector = new Float64Array(n);
    vector[i] = 1;
    return vector;
  });
}

/**
 * The factors of an upper bidiagonal matrix of n rows by implicit zero-shift QR iteration, values ascending (LAPACK: DLASDQ).
 * With n off-diagonal elements the matrix has n + 1 columns, and the last of the n + 1 right vectors spans its null space.
 */
export function smallFactors(diagonal: Float64Array, off: Float64Array): SingularFactors {
  const n = diagonal.length;
  const matrix: Bidiagonal = {
    values: diagonal.slice(),
    off: off.slice(),
    left: unitVectors(n),
    right: unitVectors(off.length + 1),
  };
  if (off.length === n) {
    const { values, left, right } = matrix;
    flipTriangle(values, matrix.off, (i, c, s) => rotate(right[i]!, right[i + 1]!, c, s));
    matrix.off = matrix.off.slice(0, -1);
    flipTriangle(values, matrix.off, (i, c, s) => rotate(left[i]!, left[i + 1]!, c, s));
  }
  iterate(matrix);
  makePositive(matrix);
  sortDescendingFromTheEnd(matrix);
  selectInOrder(matrix, (candidate, best) => candidate < best);
  return matrix;
}

/**
 * Selection sort: to each place in turn comes the best of what is left, the first of equals. The swaps matter where values are equal.
 */
export function selectInOrder(factors: SingularFactors, better: (candidate: number, best: number) => boolean): void {
  const { values } = factors;
  for (let i = 0; i + 1 < values.length; i++) {
    let best = i;
    for (let j = i + 1; j < values.length; j++) if (better(values[j]!, values[best]!)) best = j;
    swap(factors, i, best);
  }
}

/** The smallest value to the last place first, the last of equals, and so on. */
function sortDescendingFromTheEnd(factors: SingularFactors): void {
  const { values } = factors;
  for (let end = values.length - 1; end > 0; end--) {
    let smallest = 0;
    for (let j = 1; j <= end; j++) if (values[j]! <= values[smallest]!) smallest = j;
    swap(factors, smallest, end);
  }
}

function swap({ values, left, right }: SingularFactors, i: number, j: number): void {
  if (i === j) return;
  for (const list of [values, left, right] as { [index: number]: unknown }[]) [list[i], list[j]] = [list[j], list[i]];
}

function makePositive({ values, right }: SingularFactors): void {
  values.forEach((value, i) => {
    values[i] = Math.abs(value);
    if (value < 0) right[i] = right[i]!.map((component) => -component);
  });
}

/**
 * Makes an upper bidiagonal matrix diagonal by the implicit zero-shift QR algorithm: J. Demmel & W. Kahan, SIAM J. Sci. Stat.
 * Comput. 11(5), 1990 (LAPACK: DBDSQR). Where the bulge is chased from, when a shift is zero, and what counts as converged all
 * decide the signs of vectors, so they are as there.
 */
function iterate(matrix: Bidiagonal): void {
  const { values, off } = matrix;
  const n = values.length;
  const threshold = Math.max(TOLERANCE * smallestBound(matrix), PASSES * (n * (n * TINIEST)));
  let budget = PASSES * n * n; // rotations
  let end = n - 1; // the last of what has not converged
  let step = 1; // 1: from top to bottom, −1: from bottom to top
  let before = { start: -1, end: -1 };
  while (end > 0) {
    if (budget <= 0) throw new Error('The singular values do not converge.');
    const { start, largest } = blockEndingAt(matrix, end, threshold);
    if (start === end) end--;
    else if (start === end - 1) {
      diagonalizePair(matrix, start);
      end -= 2;
    } else {
      if (start > before.end || end < before.start) step = Math.abs(values[start]!) >= Math.abs(values[end]!) ? 1 : -1;
      const [first, last] = step > 0 ? [start, end] : [end, start];
      const smallest = smallestUnlessSplit(matrix, first, last, step);
      if (smallest === undefined) continue;
      before = { start, end };
      budget -= end - start;
      const shift = shiftFor(matrix, first, last, step, smallest / largest);
      if (shift === 0) chaseWithoutShift(matrix, first, last, step);
      else chase(matrix, first, last, step, shift);
      const edge = between(last - step, step);
      if (Math.abs(off[edge]!) <= threshold) off[edge] = 0;
    }
  }
}

/** The index of the off-diagonal element between diagonal elements i and i + step. */
function between(i: number, step: number): number {
  return step > 0 ? i : i - 1;
}

/** About the smallest singular value: a lower bound of it over √n. */
function smallestBound({ values, off }: Bidiagonal): number {
  let current = Math.abs(values[0]!);
  let smallest = current;
  for (let i = 1; i < values.length && smallest > 0; i++) {
    current = Math.abs(values[i]!) * (current / (current + Math.abs(off[i - 1]!)));
    smallest = Math.min(smallest, current);
  }
  return smallest / Math.sqrt(values.length);
}

/** Where the block that ends at `end` starts, negligible elements set to zero, and the largest magnitude in it. */
function blockEndingAt(
  { values, off }: Bidiagonal,
  end: number,
  threshold: number,
): { start: number; largest: number } {
  let largest = Math.abs(values[end]!);
  for (let i = end - 1; i >= 0; i--) {
    const beside = Math.abs(off[i]!);
    if (beside <= threshold) {
      off[i] = 0;
      return { start: i + 1, largest };
    }
    largest = Math.max(largest, Math.abs(values[i]!), beside);
  }
  return { start: 0, largest };
}

/**
 * Tests for convergence along the chase. Where an element is negligible it becomes zero, and there is no answer; otherwise a lower
 * bound of the block's smallest singular value.
 */
function smallestUnlessSplit(
  { values, off }: Bidiagonal,
  first: number,
  last: number,
  step: number,
): number | undefined {
  const edge = between(last - step, step);
  if (Math.abs(off[edge]!) <= TOLERANCE * Math.abs(values[last]!)) {
    off[edge] = 0;
    return undefined;
  }
  let current = Math.abs(values[first]!);
  let smallest = current;
  for (let i = first; i !== last; i += step) {
    const beside = Math.abs(off[between(i, step)]!);
    if (beside <= TOLERANCE * current) {
      off[between(i, step)] = 0;
      return undefined;
    }
    current = Math.abs(values[i + step]!) * (current / (current + beside));
    smallest = Math.min(smallest, current);
  }
  return smallest;
}

/** The smaller singular value of the last pair, or 0 where a shift would cost relative accuracy or change nothing. */
function shiftFor({ values, off }: Bidiagonal, first: number, last: number, step: number, ratio: number): number {
  if (values.length * TOLERANCE * ratio <= Math.max(ROUNDOFF, 0.01 * TOLERANCE)) return 0;
  const shift = smallerOfPair(values[last - step]!, off[between(last - step, step)]!, values[last]!);
  const relative = shift / Math.abs(values[first]!);
  return relative * relative < ROUNDOFF ? 0 : shift;
}

/** What the rotations of a chase apply to: the first of each pair of rotations acts on one side, the second on the other. */
function sides({ left, right }: Bidiagonal, step: number): [Float64Array[], Float64Array[]] {
  return step > 0 ? [right, left] : [left, right];
}

/** One sweep with shift 0, in the form of Demmel and Kahan that keeps every value to high relative accuracy. */
function chaseWithoutShift(matrix: Bidiagonal, first: number, last: number, step: number): void {
  const { values, off } = matrix;
  const [near, far] = sides(matrix, step);
  let c = 1;
  let old = { c: 1, s: 0, r: 0 };
  for (let i = first; i !== last; i += step) {
    const turn = planeRotation(values[i]! * c, off[between(i, step)]!);
    if (i !== first) off[between(i - step, step)] = old.s * turn.r;
    old = planeRotation(old.c * turn.r, values[i + step]! * turn.s);
    values[i] = old.r;
    c = turn.c;
    rotate(near[i]!, near[i + step]!, turn.c, turn.s);
    rotate(far[i]!, far[i + step]!, old.c, old.s);
  }
  const rest = values[last]! * c;
  values[last] = rest * old.c;
  off[between(last - step, step)] = rest * old.s;
}

/** One sweep with a shift: G. Golub & C. Van Loan, Matrix Computations, the Golub–Kahan step. */
function chase(matrix: Bidiagonal, first: number, last: number, step: number, shift: number): void {
  const { values, off } = matrix;
  const [near, far] = sides(matrix, step);
  const head = values[first]!;
  let f = (Math.abs(head) - shift) * (withSign(1, head) + shift / head);
  let g = off[between(first, step)]!;
  for (let i = first; i !== last; i += step) {
    const beside = between(i, step);
    const one = planeRotation(f, g);
    if (i !== first) off[between(i - step, step)] = one.r;
    f = one.c * values[i]! + one.s * off[beside]!;
    off[beside] = one.c * off[beside]! - one.s * values[i]!;
    g = one.s * values[i + step]!;
    values[i + step] = one.c * values[i + step]!;
    const two = planeRotation(f, g);
    values[i] = two.r;
    f = two.c * off[beside]! + two.s * values[i + step]!;
    values[i + step] = two.c * values[i + step]! - two.s * off[beside]!;
    if (i + step !== last) {
      const next = between(i + step, step);
      g = two.s * off[next]!;
      off[next] = two.c * off[next]!;
    }
    rotate(near[i]!, near[i + step]!, one.c, one.s);
    rotate(far[i]!, far[i + step]!, two.c, two.s);
  }
  off[between(last - step, step)] = f;
}

/** The smaller singular value of the triangle (f g; 0 h) (LAPACK: DLAS2). */
function smallerOfPair(f: number, g: number, h: number): number {
  const beside = Math.abs(g);
  const low = Math.min(Math.abs(f), Math.abs(h));
  const high = Math.max(Math.abs(f), Math.abs(h));
  if (low === 0) return 0;
  const sum = 1 + low / high;
  const difference = (high - low) / high;
  if (beside < high) {
    const square = (beside / high) * (beside / high);
    return low * (2 / (Math.sqrt(sum * sum + square) + Math.sqrt(difference * difference + square)));
  }
  const ratio = high / beside;
  if (ratio === 0) return (low * high) / beside;
  const [x, y] = [sum * ratio, difference * ratio];
  const half = low * (1 / (Math.sqrt(1 + x * x) + Math.sqrt(1 + y * y))) * ratio;
  return half + half;
}

function diagonalizePair({ values, off, left, right }: Bidiagonal, i: number): void {
  const pair = triangleFactors(values[i]!, off[i]!, values[i + 1]!);
  values[i] = pair.larger;
  values[i + 1] = pair.smaller;
  off[i] = 0;
  rotate(right[i]!, right[i + 1]!, pair.right.c, pair.right.s);
  rotate(left[i]!, left[i + 1]!, pair.left.c, pair.left.s);
}

interface Turn {
  c: number;
  s: number;
}

/** The signed factors of the triangle (f g; 0 h) (LAPACK: DLASV2). */
function triangleFactors(
  f: number,
  g: number,
  h: number,
): { smaller: number; larger: number; left: Turn; right: Turn } {
  const swapped = Math.abs(h) > Math.abs(f);
  const [top, bottom] = swapped ? [h, f] : [f, h];
  const sizes = orderedTriangleFactors(top, g, bottom);
  const turned = ({ c, s }: Turn): Turn => ({ c: s, s: c });
  const left = swapped ? turned(sizes.right) : sizes.left;
  const right = swapped ? turned(sizes.left) : sizes.right;
  const sign = (value: number) => withSign(1, value);
  let larger = sign(right.c) * sign(left.c) * sign(f); // by the element of the largest magnitude
  if (Math.abs(g) > Math.abs(top)) larger = sign(right.s) * sign(left.c) * sign(g);
  else if (swapped) larger = sign(right.s) * sign(left.s) * sign(h);
  return {
    larger: withSign(sizes.larger, larger),
    smaller: withSign(sizes.smaller, larger * sign(f) * sign(h)),
    left,
    right,
  };
}

/** The same without signs of the values, for |f| ≥ |h|. */
function orderedTriangleFactors(
  f: number,
  g: number,
  h: number,
): { smaller: number; larger: number; left: Turn; right: Turn } {
  const [top, beside, bottom] = [Math.abs(f), Math.abs(g), Math.abs(h)];
  if (beside === 0) return { smaller: bottom, larger: top, left: { c: 1, s: 0 }, right: { c: 1, s: 0 } };
  if (beside > top && top / beside < ROUNDOFF) {
    const smaller = bottom > 1 ? top / (beside / bottom) : (top / beside) * bottom;
    return { smaller, larger: beside, left: { c: 1, s: h / g }, right: { c: f / g, s: 1 } };
  }
  const gap = top - bottom;
  const relative = gap === top ? 1 : gap / top;
  const slope = g / f;
  const square = slope * slope;
  const twoLess = 2 - relative;
  const outer = Math.sqrt(twoLess * twoLess + square);
  const inner = relative === 0 ? Math.abs(slope) : Math.sqrt(relative * relative + square);
  const scale = 0.5 * (outer + inner);
  let tangent: number;
  if (square !== 0) tangent = (slope / (outer + twoLess) + slope / (inner + relative)) * (1 + scale);
  else if (relative === 0) tangent = withSign(2, f) * withSign(1, g);
  else tangent = g / withSign(gap, f) + slope / twoLess;
  const length = Math.sqrt(tangent * tangent + 4);
  const right = { c: 2 / length, s: tangent / length };
  const left = { c: (right.c + right.s * slope) / scale, s: ((h / f) * right.s) / scale };
  return { smaller: bottom / scale, larger: top * scale, left, right };
}
