import { fSurvival } from './fisherF.js';
import { mean } from './summary.js';
import { unitScale } from './unitScale.js';

/** A test by Fisher's F. */
export interface FTest {
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly p: number;
}

/**
 * One-way analysis of variance (R. Fisher 1925), whether the means of groups with equal variances are equal; `null` where no group
 * varies, or none has two values.
 *
 * @param groups two or more, of finite values, each at least one
 */
export function oneWayAnova(groups: readonly (readonly number[])[]): FTest | null {
  const scale = unitScale(groups.flat());
  return analysisOfVariance(groups.map((group) => group.map((value) => value * scale)));
}

/** The same, of groups whose squares are in float64's range. */
export function analysisOfVariance(groups: readonly (readonly number[])[]): FTest | null {
  const all = groups.flat();
  const [df1, df2] = [groups.length - 1, all.length - groups.length];
  const grand = mean(all);
  let [between, within] = [0, 0];
  for (const group of groups) {
    const own = mean(group);
    between += group.length * (own - grand) * (own - grand);
    for (const value of group) within += (value - own) * (value - own);
  }
  if (df2 < 1 || within === 0) return null;
  const f = between / df1 / (within / df2);
  return { f, df1, df2, p: fSurvival(f, df1, df2) };
}
