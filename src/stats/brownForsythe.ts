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
 * The analysis of variance of distances from each group's centre.
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
      return scaled.map((value) => Math.abs(value - middle));
    }),
  );
}
