import { choose } from './choose.js';
import { below, type RandomSource } from './randomSource.js';
import { RESAMPLES } from './resampling.js';
import { ascending } from './summary.js';

/** Up to so many different resamples every one is looked at. */
const MOST_DIFFERENT = 200_000;

/** A figure of one sample, or of several, each in ascending order. */
export type Statistic = (...samples: (readonly number[])[]) => number;

/** The distribution of a figure over resamples. */
export interface Resamples {
  /** Ascending. */
  readonly figures: Float64Array;
  /** For each, the share of resamples whose figure is not above it; the last is 1. */
  readonly shares: Float64Array;
  readonly method: 'exact' | 'monteCarlo';
}

/** Figures with how often each occurs, as a distribution. */
function distribution(figures: readonly number[], times: readonly number[], method: Resamples['method']): Resamples {
  const order = figures.map((_, i) => i).sort((a, b) => (figures[a] as number) - (figures[b] as number));
  const all = times.reduce((sum, each) => sum + each, 0);
  let sum = 0;
  // Whole numbers are added up, so that shares are exact but for the division.
  const shares = Float64Array.from(order, (i) => {
    sum += times[i] as number;
    return sum / all;
  });
  return { figures: Float64Array.from(order, (i) => figures[i] as number), shares, method };
}

/** Every resample of a sample, ascending, with the number of ways to draw it. */
function everyResample(sorted: readonly number[], visit: (resample: readonly number[], ways: number) => void): void {
  const resample = new Array<number>(sorted.length);
  const fill = (from: number, at: number, ways: number) => {
    const left = sorted.length - from;
    if (left === 0 || at === sorted.length - 1) {
      resample.fill(sorted[at] as number, from);
      visit(resample, ways);
      return;
    }
    for (let times = 0; times <= left; times++) {
      resample.fill(sorted[at] as number, from, from + times);
      fill(from + times, at + 1, ways * choose(left, times));
    }
  };
  fill(0, 0, 1);
}

/**
 * Distribution of a figure over resamples with replacement (B. Efron 1979), of each sample by itself where there are several. Up to
 * 200,000 different ones (a sample of 10, two of 5) all are looked at, each weighted by the number of ways to draw it; of more, 10,000
 * are drawn.
 *
 * @param samples one or more, each of at least one value, no NaN
 * @param statistic a number, for every resample
 */
export function resamples(
  random: RandomSource,
  samples: readonly (readonly number[])[],
  statistic: Statistic,
): Resamples {
  const sorted = samples.map(ascending);
  const different = sorted.reduce((product, { length }) => product * choose(2 * length - 1, length), 1);
  const figures: number[] = [];
  if (different <= MOST_DIFFERENT) {
    const times: number[] = [];
    const each = (chosen: readonly (readonly number[])[], ways: number) => {
      const next = sorted[chosen.length];
      if (next) everyResample(next, (resample, more) => each([...chosen, resample], ways * more));
      else {
        figures.push(statistic(...chosen));
        times.push(ways);
      }
    };
    each([], 1);
    return distribution(figures, times, 'exact');
  }
  for (let i = 0; i < RESAMPLES; i++) {
    const drawn = sorted.map((values) => ascending(values.map(() => values[below(random, values.length)] as number)));
    figures.push(statistic(...drawn));
  }
  return distribution(figures, new Array<number>(RESAMPLES).fill(1), 'monteCarlo');
}
