import { fSurvival } from './fisherF.js';
import { ascending, mean, median } from './summary.js';
import { unitScale } from './unitScale.js';

export interface SpreadTest {
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly p: number;
}

/**
 * Brown-Forsythe test of equal spread (M. Brown & A. Forsythe 1974): the analysis of variance of distances from each group's
 * median, as SciPy's `levene(center='median')`; `null` where no group's distances vary, or none has two values.
 *
 * @param groups two or more, of finite values, each at least one
 */
export function brownForsythe(groups: readonly (readonly number[])[]): SpreadTest | null {
  const scale = unitScale(groups.flat());
  const distances = groups.map((group) => {
    const scaled = ascending(group).map((value) => value * scale);
    const centre = median(scaled);
    return scaled.map((value) => Math.abs(value - centre));
  });
  const all = distances.flat();
  const [df1, df2] = [groups.length - 1, all.length - groups.length];
  const grand = mean(all);
  let [between, within] = [0, 0];
  for (const group of distances) {
    const own = mean(group);
    between += group.length * (own - grand) * (own - grand);
    for (const distance of group) within += (distance - own) * (distance - own);
  }
  if (df2 < 1 || within === 0) return null;
  const f = between / df1 / (within / df2);
  return { f, df1, df2, p: fSurvival(f, df1, df2) };
}
