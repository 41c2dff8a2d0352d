/** How far apart two numbers are. */
export interface Distance {
  /** |a − b|; infinite where one is not finite and the other differs. */
  readonly absolute: number;
  /** |a − b| / max(|a|, |b|), 0 … 2. */
  readonly relative: number;
  /** Representable numbers from one to the other, which is 1 for neighbours; infinite where one is NaN. */
  readonly ulps: number;
}

const SAME: Distance = { absolute: 0, relative: 0, ulps: 0 };

const float64 = new Float64Array(1);
const bits64 = new BigInt64Array(float64.buffer);
const float32 = new Float32Array(1);
const bits32 = new Int32Array(float32.buffer);

/** The place of a float64 among all of them: neighbours have neighbouring places, both zeros the same. */
function place64(value: number): bigint {
  float64[0] = value;
  const bits = bits64[0] as bigint;
  return bits < 0n ? -BigInt.asUintN(63, bits) : bits;
}

function place32(value: number): number {
  float32[0] = value;
  const bits = bits32[0] as number;
  return bits < 0 ? -(bits & 0x7fffffff) : bits;
}

function distance(a: number, b: number, ulps: () => number): Distance {
  if (Object.is(a, b)) return SAME;
  if (Number.isNaN(a) || Number.isNaN(b)) return { absolute: Infinity, relative: Infinity, ulps: Infinity };
  const absolute = Math.abs(a - b);
  const largest = Math.max(Math.abs(a), Math.abs(b));
  const relative = largest === Infinity ? Infinity : largest === 0 ? 0 : absolute / largest;
  return { absolute, relative, ulps: ulps() };
}

/** Of two float64; units in the last place beyond 2^53 are rounded. */
export function distance64(a: number, b: number): Distance {
  return distance(a, b, () => {
    const places = place64(a) - place64(b);
    return Number(places < 0n ? -places : places);
  });
}

/** Of two float32. */
export function distance32(a: number, b: number): Distance {
  return distance(a, b, () => Math.abs(place32(a) - place32(b)));
}
