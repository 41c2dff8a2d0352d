import { combined, ROUNDOFF, rotate, type SingularFactors, smallFactors } from './qrIteration.js';

/** The largest matrix that QR iteration takes whole. */
export const SMALL = 25;

/** A singular value of one half, its element of the row between the halves, and its vectors at full length. */
interface Term {
  value: number;
  z: number;
  left: Float64Array;
  right: Float64Array;
}

/** A root of the secular equation by its distances to each pole: pole − root and pole + root, each to full relative accuracy. */
interface Root {
  value: number;
  minus: Float64Array;
  plus: Float64Array;
}

/**
 * The factors of an upper bidiagonal matrix by divide and conquer, values ascending: M. Gu & S. Eisenstat, SIAM J. Matrix Anal.
 * Appl. 16(1), 1995 (LAPACK: DLASD0 to DLASD3). Where it divides, and the signs it keeps, are LAPACK's; the roots between them,
 * which have no sign to choose, are found by bisection.
 *
 * @param off one shorter than the diagonal, or as long: then there is one more column, and the last right vector spans the null space
 */
export function largeFactors(diagonal: Float64Array, off: Float64Array): SingularFactors {
  return factors(diagonal, off, levels(diagonal.length));
}

/** How often the matrix is halved: every part equally often. */
function levels(n: number): number {
  let count = 0;
  for (let size = SMALL + 1; size <= n; size *= 2) count++;
  return count;
}

function factors(diagonal: Float64Array, off: Float64Array, depth: number): SingularFactors {
  if (depth === 0) return smallFactors(diagonal, off);
  const center = Math.trunc(diagonal.length / 2);
  const upper = factors(diagonal.subarray(0, center), off.subarray(0, center), depth - 1);
  const lower = factors(diagonal.subarray(center + 1), off.subarray(center + 1), depth - 1);
  return joined(upper, diagonal[center]!, off[center]!, lower);
}

/** The factors of the whole from those of its halves and the row (… alpha beta …) between them. */
function joined(upper: SingularFactors, alpha: number, beta: number, lower: SingularFactors): SingularFactors {
  const scale = largestOf([alpha, beta], upper.values, lower.values);
  const terms = mergedTerms(upper, alpha / scale, beta / scale, lower, scale);
  const tolerance =
    8 * ROUNDOFF * Math.max(Math.abs(alpha / scale), Math.abs(beta / scale), terms[terms.length - 1]!.value);
  const { kept, deflated } = deflate(terms, tolerance);
  const { center, nullVector } = centerTerm(upper, alpha / scale, beta / scale, lower, tolerance);
  if (kept.length > 0) kept[0]!.value = Math.max(kept[0]!.value, tolerance / 2);
  const all = [...solved([center, ...kept]), ...deflated].sort((a, b) => a.value - b.value);
  const right = all.map((term) => term.right);
  if (nullVector) right.push(nullVector);
  return { values: Float64Array.from(all, (term) => term.value * scale), left: all.map((term) => term.left), right };
}

function largestOf(...lists: ArrayLike<number>[]): number {
  let largest = 0;
  for (const list of lists) for (let i = 0; i < list.length; i++) largest = Math.max(largest, Math.abs(list[i]!));
  return largest;
}

/** A vector amid zeros. */
function padded(vector: Float64Array, start: number, length: number): Float64Array {
  const long = new Float64Array(length);
  long.set(vector, start);
  return long;
}

/** Both halves' values in one ascending order, those of the upper half first among equals. */
function mergedTerms(
  upper: SingularFactors,
  alpha: number,
  beta: number,
  lower: SingularFactors,
  scale: number,
): Term[] {
  const above = upper.values.length + 1;
  const [rows, columns] = [above + lower.left.length, above + lower.right.length];
  const terms: Term[] = [];
  upper.values.forEach((value, i) => {
    const right = upper.right[i]!;
    terms.push({
      value: value * (1 / scale),
      z: alpha * right[above - 1]!,
      left: padded(upper.left[i]!, 0, rows),
      right: padded(right, 0, columns),
    });
  });
  lower.values.forEach((value, i) => {
    const right = lower.right[i]!;
    terms.push({
      value: value * (1 / scale),
      z: beta * right[0]!,
      left: padded(lower.left[i]!, above, rows),
      right: padded(right, above, columns),
    });
  });
  return terms.sort((a, b) => a.value - b.value);
}

/** Sets apart what the joining does not change: terms of no weight, and all but one of nearly equal values. */
function deflate(terms: Term[], tolerance: number): { kept: Term[]; deflated: Term[] } {
  const kept: Term[] = [];
  const deflated: Term[] = [];
  let previous: Term | undefined;
  for (const term of terms) {
    if (Math.abs(term.z) <= tolerance) {
      deflated.push(term);
      continue;
    }
    if (previous && Math.abs(term.value - previous.value) <= tolerance) {
      const length = Math.sqrt(term.z * term.z + previous.z * previous.z);
      const [c, s] = [term.z / length, -previous.z / length];
      rotate(previous.left, term.left, c, s);
      rotate(previous.right, term.right, c, s);
      term.z = length;
      previous.z = 0;
      deflated.push(previous);
    } else if (previous) kept.push(previous);
    previous = term;
  }
  if (previous) kept.push(previous);
  return { kept, deflated };
}

/** The term of the row between the halves, of value 0; it takes up the null vectors of both, which leave one or none. */
function centerTerm(
  upper: SingularFactors,
  alpha: number,
  beta: number,
  lower: SingularFactors,
  tolerance: number,
): { center: Term; nullVector: Float64Array | undefined } {
  const above = upper.values.length + 1;
  const [rows, columns] = [above + lower.left.length, above + lower.right.length];
  const left = padded(Float64Array.of(1), above - 1, rows);
  const right = padded(upper.right[above - 1]!, 0, columns);
  const z = alpha * upper.right[above - 1]![above - 1]!;
  if (lower.right.length === lower.left.length)
    return { center: { value: 0, z: Math.abs(z) <= tolerance ? tolerance : z, left, right }, nullVector: undefined };
  const nullVector = padded(lower.right[lower.left.length]!, above, columns);
  const other = beta * lower.right[lower.left.length]![0]!;
  const length = Math.sqrt(z * z + other * other);
  if (length <= tolerance) return { center: { value: 0, z: tolerance, left, right }, nullVector };
  rotate(right, nullVector, z / length, other / length);
  return { center: { value: 0, z: length, left, right }, nullVector };
}

/** The factors of the matrix whose first row is z and whose diagonal are the values, in terms of the terms' vectors. */
function solved(terms: Term[]): Term[] {
  if (terms.length === 1) {
    const { z, left, right } = terms[0]!;
    return [{ value: Math.abs(z), z, left: z > 0 ? left : left.map((component) => -component), right }];
  }
  const poles = Float64Array.from(terms, (term) => term.value);
  const z = Float64Array.from(terms, (term) => term.z);
  const roots = Array.from(poles, (_, i) => rootAfter(poles, z, i));
  const exact = weightsOf(poles, z, roots);
  return roots.map(({ value, minus, plus }) => {
    const right = exact.map((weight, i) => weight / minus[i]! / plus[i]!);
    const left = right.map((weight, i) => (i === 0 ? -1 : poles[i]! * weight));
    return {
      value,
      z: 0,
      left: combined(
        unit(left),
        terms.map((term) => term.left),
      ),
      right: combined(
        unit(right),
        terms.map((term) => term.right),
      ),
    };
  });
}

function unit(vector: Float64Array): Float64Array {
  const largest = largestOf(vector);
  let square = 0;
  for (const component of vector) square += (component / largest) * (component / largest);
  const length = Math.sqrt(square);
  return vector.map((component) => component / largest / length);
}

/**
 * The root of 1 + Σ zᵢ² / (poleᵢ² − x²) after pole i and before the next, by bisection of its distance to the nearer of the two
 * until no number lies between.
 */
function rootAfter(poles: Float64Array, z: Float64Array, i: number): Root {
  const isLast = i + 1 === poles.length;
  const gap = isLast ? normOf(z) * 1.0000001 : poles[i + 1]! - poles[i]!;
  const nearer = isLast || secular(poles, z, i, gap / 2) >= 0 ? i : i + 1;
  let [low, high] = isLast ? [0, gap] : nearer === i ? [0, gap / 2] : [-gap / 2, 0];
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (secular(poles, z, nearer, middle) >= 0) high = middle;
    else low = middle;
  }
  const offset = nearer === i ? high : low; // not the pole itself
  return {
    value: poles[nearer]! + offset,
    minus: poles.map((pole) => pole - poles[nearer]! - offset),
    plus: poles.map((pole) => pole + poles[nearer]! + offset),
  };
}

function normOf(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, component) => sum + component * component, 0));
}

/** The secular function at pole `nearer` + offset. It rises from −∞ to ∞ between poles. */
function secular(poles: Float64Array, z: Float64Array, nearer: number, offset: number): number {
  const origin = poles[nearer]!;
  let sum = 1;
  for (let j = 0; j < poles.length; j++) {
    const pole = poles[j]!;
    sum += (z[j]! / (pole - origin - offset)) * (z[j]! / (pole + origin + offset));
  }
  return sum;
}

/** The z for which the rounded roots are exact, so that vectors made of them are orthogonal (Gu & Eisenstat). */
function weightsOf(poles: Float64Array, z: Float64Array, roots: Root[]): Float64Array {
  const last = roots[roots.length - 1]!;
  return z.map((weight, i) => {
    const pole = poles[i]!;
    let square = last.minus[i]! * last.plus[i]!;
    for (let j = 0; j + 1 < roots.length; j++) {
      const other = poles[j < i ? j : j + 1]!;
      square *= (roots[j]!.minus[i]! * roots[j]!.plus[i]!) / (pole - other) / (pole + other);
    }
    const size = Math.sqrt(Math.abs(square));
    return weight < 0 ? -size : size;
  });
}
