import { ReproError } from '../errors.js';
import { suggestion } from '../text/nearest.js';
import { shownValue } from '../text/printable.js';
import { listRuns } from './listRuns.js';
import type { RunEntry, Store } from './store.js';

/** How many runs a message names. */
const NAMED = 3;

/** Signs that a part of an id must have: fewer may be in any. */
const SHORTEST = 4;

function nameSome(runs: readonly RunEntry[]): string {
  const names = runs.slice(-NAMED).map(({ id }) => id);
  return `${names.join(', ')}${runs.length > NAMED ? ' …' : ''}`;
}

/**
 * The run of a name: `last`, an id, or four signs or more of the beginning or end of one alone.
 *
 * @throws ReproError for a name of none or several, or one that is too short
 */
export function findRun(store: Store, name: string): RunEntry {
  const runs = listRuns(store);
  const last = runs.at(-1);
  if (!last) {
    throw new ReproError('no runs are kept in this folder (.repro/runs)', { hint: 'repro run keeps one' });
  }
  if (name === 'last') return last;
  if (name.length < SHORTEST) {
    throw new ReproError(`${shownValue(name)} is too short for a run: four signs of its id are needed`, {
      hint: 'repro runs lists them',
    });
  }
  const found = runs.filter(({ id }) => id.startsWith(name) || id.endsWith(name));
  const [first] = found;
  if (first && found.length === 1) return first;
  if (first) throw new ReproError(`${shownValue(name)} may be any of ${found.length} runs: ${nameSome(found)}`);
  const near = suggestion(
    ',',
    name,
    runs.map(({ id }) => id),
    NAMED,
  );
  throw new ReproError(`there is no run ${shownValue(name)}${near}`, { hint: 'repro runs lists them' });
}
