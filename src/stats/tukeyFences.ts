import { quartiles } from './summary.js';

/** Where outliers begin. */
export interface TukeyFences {
  readonly lowSevere: number;
  readonly lowMild: number;
  readonly highMild: number;
  readonly highSevere: number;
}

/** An outlier's side, and how far out it lies. */
export interface OutlierLabel {
  readonly side: 'low' | 'high';
  readonly degree: 'mild' | 'severe';
}

/**
 * Fences 1.5 interquartile ranges outside the quartiles (mild) and 3 (severe), the quartiles being of type 7 (J. Tukey 1977);
 * infinite where float64 has no such number.
 *
 * @param sorted ascending, finite, at least one value
 */
export function tukeyFences(sorted: readonly number[]): TukeyFences {
  const [lower, upper] = quartiles(sorted);
  const range = upper - lower;
  return {
    lowSevere: lower - 3 * range,
    lowMild: lower - 1.5 * range,
    highMild: upper + 1.5 * range,
    highSevere: upper + 3 * range,
  };
}

/** The label of a value outside the fences; `undefined` inside and on them. */
export function outlierLabel(value: number, fences: TukeyFences): OutlierLabel | undefined {
  if (value < fences.lowMild) return { side: 'low', degree: value < fences.lowSevere ? 'severe' : 'mild' };
  if (value > fences.highMild) return { side: 'high', degree: value > fences.highSevere ? 'severe' : 'mild' };
  return undefined;
}
