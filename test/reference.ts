import { readFileSync } from 'node:fs';

/** A file of test/reference/. */
export function reference<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`reference/${name}`, import.meta.url), 'utf8')) as T;
}

/** The bits of float32 values, in big-endian hexadecimal as the reference files write them. */
export function floatBits(values: Float32Array): string[] {
  return Array.from(new Uint32Array(values.slice().buffer), (bits) => bits.toString(16).padStart(8, '0'));
}

/** Float32 values of such bits. */
export function floatsOf(hex: readonly string[]): Float32Array {
  return new Float32Array(Uint32Array.from(hex, (bits) => Number.parseInt(bits, 16)).buffer);
}

/** The largest distance of two float32 arrays in units in the last place. */
export function largestUlps(a: Float32Array, b: Float32Array): number {
  const ordered = (values: Float32Array) =>
    Array.from(new Int32Array(values.slice().buffer), (bits) => (bits < 0 ? -(bits & 0x7fffffff) : bits));
  const [x, y] = [ordered(a), ordered(b)];
  return x.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (y[i] as number))), 0);
}
