// Elementary functions of four float32 at once, after S. Moshier's Cephes (expf): nearest power of two, polynomial, no tables.

const LOG2E: f32 = 1.44269504088896341;
/** ln 2 in two parts, the first of few bits, so that its multiples are exact. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.1219444e-4;

/** r of x = n ln 2 + r */
function remainder(x: v128, n: v128): v128 {
  const high = f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  return f32x4.sub(high, f32x4.mul(n, f32x4.splat(LN2_LOW)));
}

/** e^r − 1 for |r| ≤ ½ ln 2 */
function reduced(r: v128): v128 {
  let p = f32x4.splat(1.98756915e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  return f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r);
}

/** 2^n for integers −126 ≤ n ≤ 127 */
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** e^x, to about one unit in the last place; below −104 it is 0, above 88.7 infinite. */
export function exp4(x: v128): v128 {
  const bounded = f32x4.max(f32x4.min(x, f32x4.splat(89)), f32x4.splat(-104));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(LOG2E)));
  const power = i32x4.trunc_sat_f32x4_s(n);
  // In two steps, to reach infinity and the smallest numbers.
  const half = i32x4.shr_s(power, 1);
  const value = f32x4.add(f32x4.splat(1), reduced(remainder(bounded, n)));
  return f32x4.mul(f32x4.mul(value, powerOfTwo(half)), powerOfTwo(i32x4.sub(power, half)));
}

/** e^x − 1 for x ≤ 25, to about two units in the last place, also near 0. */
export function expm14(x: v128): v128 {
  const bounded = f32x4.max(f32x4.min(x, f32x4.splat(25)), f32x4.splat(-25));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(LOG2E)));
  const power = powerOfTwo(i32x4.trunc_sat_f32x4_s(n));
  const part = f32x4.mul(power, reduced(remainder(bounded, n)));
  return f32x4.add(part, f32x4.sub(power, f32x4.splat(1)));
}

/** The hyperbolic tangent: t / (t + 2) with t = e^2|x| − 1, and the sign of x. */
export function tanh4(x: v128): v128 {
  const t = expm14(f32x4.mul(f32x4.abs(x), f32x4.splat(2)));
  const value = f32x4.div(t, f32x4.add(t, f32x4.splat(2)));
  return v128.or(value, v128.and(x, f32x4.splat(-0.0)));
}

/** 1 / (1 + e^−x), without overflow on either side. */
export function sigmoid4(x: v128): v128 {
  const small = exp4(f32x4.neg(f32x4.abs(x)));
  const positive = f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), small));
  return v128.bitselect(f32x4.mul(small, positive), positive, f32x4.lt(x, f32x4.splat(0)));
}
