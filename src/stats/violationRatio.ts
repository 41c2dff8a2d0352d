import { ascending } from './summary.js';
import { unitScale } from './unitScale.js';

/**
 * Violation ratio of almost stochastic order (E. del Barrio, J. Cuesta-Albertos & C. Matrán 2018; R. Dror, S. Shlomov & R. Reichart
 * 2019): of the squared distances of the quantile functions of two samples, the share where the first is the higher. 0 where no
 * quantile of the first is above the second's, 1 the other way round; `null` where they are the same. Integrated over the steps of both,
 * without a grid.
 *
 * @param first finite, at least one; as `second`
 */
export function violationRatio(first: readonly number[], second: readonly number[]): number | null {
  const scale = unitScale([...first, ...second]);
  const [x, y] = [first, second].map((values) => ascending(values).map((value) => value * scale)) as [
    number[],
    number[],
  ];
  const [n, m] = [x.length, y.length];
  let [i, j, at, above, all] = [0, 0, 0, 0, 0];
  while (i < n && j < m) {
    // Steps end at (i + 1) / n and (j + 1) / m: whole numbers of 1 / (n m).
    const end = Math.min((i + 1) * m, (j + 1) * n);
    const distance = (x[i] as number) - (y[j] as number);
    const part = (end - at) * distance * distance;
    all += part;
    if (distance > 0) above += part;
    at = end;
    if (at === (i + 1) * m) i++;
    if (at === (j + 1) * n) j++;
  }
  return all > 0 ? above / all : null;
}
