import { equalButForRounding } from './equalButForRounding.js';
import { analysisOfVariance, type FTest } from './oneWayAnova.js';
import { ascending, median } from './summary.js';
import { unitScale } from './unitScale.js';

/**
 * Brown-Forsythe test of equal spread (M. Brown & A. Forsythe 1974): the analysis of variance of distances from each group's
 * median, as SciPy's `levene(center='median')`; `null` where no group's distances vary, or none has two values.
 *
 * @param groups two or more, of finite values, each at least one
 */
export function brownForsythe(groups: readonly (readonly number[])[]): FTest | null {
  return spreadTest(groups, median);
}

/**
 * The analysis of variance of distances from each group's centre; those that differ by rounding alone are equal.
 *
 * @param centre of ascending values
 */
export function spreadTest(
  groups: readonly (readonly number[])[],
  centre: (sorted: readonly number[]) => number,
): FTest | null {
  const scale = unitScale(groups.flat());
  return analysisOfVariance(
    groups.map((group) => {
      const scaled = ascending(group).map((value) => value * scale);
      const middle = centre(scaled);
      const distances = scaled.map((value) => Math.abs(value - middle));
      const magnitude = Math.max(Math.abs(scaled[0] ?? 0), Math.abs(scaled.at(-1) ?? 0));
      // Both distances of a pair are equal, and a rest of rounding would make any difference between groups significant.
      return equalButForRounding(distances, magnitude) ? distances.fill(distances[0] as number) : distances;
    }),
  );
}
