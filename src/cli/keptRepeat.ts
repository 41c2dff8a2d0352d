import { ReproError } from '../errors.js';
import type { TracedRepeat } from '../run/record.js';
import type { StoredRun } from './storedRun.js';

/**
 * A repeat of a run, by its number from 1.
 *
 * @throws ReproError for one that is not kept
 */
export function keptRepeat(id: string, { repeats, plan }: StoredRun, number: number): TracedRepeat {
  const repeat = repeats.find(({ index }) => index === number - 1);
  if (repeat) return repeat;
  const kept = repeats.length === 1 ? '1 repeat is' : `${repeats.length} repeats are`;
  throw new ReproError(`run ${id} has no repeat ${number}: ${kept} kept of ${plan.repeats}`);
}
