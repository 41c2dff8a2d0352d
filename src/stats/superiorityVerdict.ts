/** From here on one method beats another often enough to matter (X. Bouthillier et al. 2021). */
export const MEANINGFUL = 0.75;

export type SuperiorityVerdict = 'not significant' | 'significant but not meaningful' | 'significant and meaningful';

/**
 * What an interval of the probability of superiority says (X. Bouthillier et al., Accounting for Variance in Machine Learning
 * Benchmarks, 2021, appendix C): not significant where it reaches down to 1/2; else meaningful if it reaches above γ.
 *
 * @param gamma above 0.5
 */
export function superiorityVerdict(
  { low, high }: { readonly low: number; readonly high: number },
  gamma = MEANINGFUL,
): SuperiorityVerdict {
  if (low <= 0.5) return 'not significant';
  return high <= gamma ? 'significant but not meaningful' : 'significant and meaningful';
}
