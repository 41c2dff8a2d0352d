import { hasFailed, type Repeat } from '../run/record.js';
import { type Summary, summarize } from './summarize.js';

/** Summary of a run's scores, which tells repeats that failed from scores that diverged. */
export function summarizeRepeats(repeats: readonly Repeat[]): Summary {
  const scores = repeats.map(({ score }) => score);
  return summarize(scores, repeats.filter(hasFailed).length);
}
