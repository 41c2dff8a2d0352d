import { isReproError } from '../errors.js';
import type { Observation } from '../run/circumstances.js';
import type { RunPlan } from '../run/record.js';
import { planDocument } from '../run/recordDocument.js';
import { createJournal } from '../store/createJournal.js';
import type { Journal } from '../store/openJournal.js';
import { openStore } from '../store/store.js';
import type { Io } from './io.js';

/**
 * A journal for a run that begins; undefined where none can be written, of which a line tells: the run goes on unsaved.
 *
 * @param folder where the experiment is, absolute
 */
export async function openJournal(
  io: Io,
  plan: RunPlan,
  folder: string,
  { now, settled }: Observation,
): Promise<Journal | undefined> {
  // A network is done while others are still asked; what they say stands at the end.
  const environment = plan.experiment.kind === 'network' ? now : await settled;
  try {
    return createJournal(openStore(io.cwd()), { plan: planDocument(plan), folder, environment });
  } catch (error) {
    if (!isReproError(error)) throw error;
    io.stderr.write(`repro: ${error.message}; the run goes on unsaved (--no-save says nothing of it)\n`);
    return undefined;
  }
}
