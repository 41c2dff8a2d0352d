const TINIEST = 2.2250738585072014e-308; // 2^-1022, the smallest float64 of full precision

/**
 * The power of two that brings the largest magnitude near 1. Multiplying by it is exact, and then neither a sum nor a square
 * leaves float64's range.
 */
export function unitScale(values: readonly number[]): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  let scale = 1;
  while (largest * scale >= 2 && scale > TINIEST) scale /= 2;
  while (largest > 0 && largest * scale < 1 && scale < 0.5 / TINIEST) scale *= 2;
  return scale;
}
