import { sharedKernel } from '../kernel/kernel.js';
import { scratch } from '../kernel/scratch.js';
import { trimmedAtEachEnd } from './interquartileMean.js';
import { below, type RandomSource } from './randomSource.js';

/** As many as there are words of 32 bits. */
const WORDS = 0x1_0000_0000;

/** Figures of resamples, each list in ascending order. */
export interface ResampledMeans {
  readonly means: Float64Array;
  readonly interquartileMeans: Float64Array;
}

/**
 * Means and interquartile means of resamples of n values with replacement (B. Efron 1979), both of the same resamples. The source
 * is asked twice, for a state of 64 bits, and the indices are SplitMix64's numbers from there.
 *
 * @param sorted ascending, at least one value, their sum within float64's range
 * @param resamples a positive integer
 */
export function resampledMeans(sorted: readonly number[], resamples: number, random: RandomSource): ResampledMeans {
  // Drawn before there is a scratch: the source may need one.
  const [low, high] = [below(random, WORDS), below(random, WORDS)];
  const n = sorted.length;
  const { exports, doubles, words } = sharedKernel();
  const at = scratch(12 * n + 16 * resamples);
  const means = at + 8 * n;
  const counts = means + 16 * resamples;
  doubles(at, n).set(sorted);
  words(counts, n).fill(0);
  const state = (BigInt(high) << 32n) | BigInt(low);
  exports.resampleMeans(at, n, trimmedAtEachEnd(n), resamples, state, means, counts);
  return {
    means: doubles(means, resamples).slice().sort(),
    interquartileMeans: doubles(means + 8 * resamples, resamples)
      .slice()
      .sort(),
  };
}
