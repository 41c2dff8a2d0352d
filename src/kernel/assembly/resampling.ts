// Resamples of a sample, with replacement (B. Efron 1979): how often each value is drawn is counted, so that what depends on
// their order needs no sorting.
import { GAMMA, mix } from './splitMix64';

/** Draws n of n values and counts how often each is drawn; returns the state of SplitMix64 after n numbers. */
export function countDraws(counts: usize, n: u32, state: u64): u64 {
  for (let i: u32 = 0; i < n; i++) {
    state += GAMMA;
    const count = counts + <usize>((((mix(state) >> 32) * <u64>n) >> 32) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
  return state;
}

/**
 * Writes the mean of a resample, and that of what is left when `cut` of its lowest and of its highest values are dropped, which is
 * put `apart` bytes further.
 */
export function averageCounts(sorted: usize, counts: usize, n: i32, cut: i32, mean: usize, apart: usize): void {
  const last = n - cut;
  let sum: f64 = 0;
  let inner: f64 = 0;
  let seen: i32 = 0;
  let innerSeen = cut;
  for (const end = counts + ((<usize>n) << 2); counts < end; counts += 4, sorted += 8) {
    const count = load<i32>(counts);
    store<i32>(counts, 0);
    const value = load<f64>(sorted);
    seen += count;
    const innerNow = min(max(seen, cut), last);
    sum += <f64>count * value;
    inner += <f64>(innerNow - innerSeen) * value;
    innerSeen = innerNow;
  }
  store<f64>(mean, sum / <f64>n);
  store<f64>(mean + apart, inner / <f64>(last - cut));
}

/**
 * Writes the mean of each resample to `means`, and behind all of these, of each, the mean of what is left when `cut` of its lowest
 * and of its highest values are dropped. An index is the upper half of a number of SplitMix64 times n / 2^32: its bias is below
 * n / 2^32.
 *
 * @param sorted f64, ascending
 * @param cut less than n / 2
 * @param counts n zeroed words; they are left zeroed
 */
export function resampleMeans(
  sorted: usize,
  n: i32,
  cut: i32,
  resamples: u32,
  state: u64,
  means: usize,
  counts: usize,
): void {
  const bytes = (<usize>resamples) << 3;
  for (const end = means + bytes; means < end; means += 8) {
    state = countDraws(counts, n, state);
    averageCounts(sorted, counts, n, cut, means, bytes);
  }
}
