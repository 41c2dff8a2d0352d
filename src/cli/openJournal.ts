import { isReproError } from '../errors.js';
import type { Observation } from '../run/circumstances.js';
import type { RunPlan } from '../run/record.js';
import { headerDocument } from '../run/recordDocument.js';
import { createJournal } from '../store/createJournal.js';
import type { Journal } from '../store/openJournal.js';
import { openStore } from '../store/store.js';
import type { Io } from './io.js';

/** Milliseconds that a program may wait for what git and an interpreter say of themselves. */
const PATIENCE = 100;

function sleep<T>(milliseconds: number, value: T): Promise<T> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds, value).unref();
  });
}

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
  // A network may be done before git has answered. What is not known by now stands at the end.
  const asked = settled();
  const environment = plan.experiment.kind === 'network' ? now() : await Promise.race([asked, sleep(PATIENCE, now())]);
  try {
    return createJournal(openStore(io.cwd()), headerDocument(plan, folder, environment));
  } catch (error) {
    if (!isReproError(error)) throw error;
    io.stderr.write(`repro: ${error.message}; the run goes on unsaved (--no-save says nothing of it)\n`);
    return undefined;
  }
}
