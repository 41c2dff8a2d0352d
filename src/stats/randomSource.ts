/** A source of randomness: uniform numbers in [0, 1), one a call. */
export type RandomSource = () => number;

/**
 * A random integer 0 … n − 1, each as likely as another but for n / 2^w, w being the number of bits in a number of the source.
 *
 * @param n a positive integer
 */
export function below(random: RandomSource, n: number): number {
  return Math.floor(random() * n);
}
