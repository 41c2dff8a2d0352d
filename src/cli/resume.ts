import { changedInputs } from '../analysis/planDifferences.js';
import { ReproError } from '../errors.js';
import { shownPath } from '../experiment/find.js';
import { packageVersion } from '../packageRoot.js';
import { surroundings } from '../run/circumstances.js';
import { checkApart } from '../run/executeRuns.js';
import { inputsOf } from '../run/inputs.js';
import { prepare } from '../run/prepare.js';
import { continueJournal } from '../store/continueJournal.js';
import { findRun } from '../store/findRun.js';
import { openStore } from '../store/store.js';
import type { RunFlags } from './flags.js';
import type { Io } from './io.js';
import { perform } from './perform.js';
import { openRunOutputs } from './runOutputs.js';
import { lastUnfinished, type StoredRun, storedRun } from './storedRun.js';

/**
 * Whether a run can be executed as it was.
 *
 * @throws ReproError where that is not so
 */
export function checkRepeatable(id: string, { plan, folder, environment, redacted }: StoredRun): void {
  const cannot = (why: string, hint: string) => new ReproError(`run ${id} cannot go on: ${why}`, { hint });
  if (redacted) {
    throw cannot(
      'its command holds what looks like a secret, which no record keeps',
      'hand secrets on in the environment, which commands inherit',
    );
  }
  const tool = `repro ${packageVersion()}`;
  if (environment.tool !== tool) throw cannot(`it is of ${environment.tool}, this is ${tool}`, 'start it anew');
  const [change] = changedInputs({ ...plan, inputs: inputsOf(plan.experiment, folder) }, plan);
  if (change !== undefined) {
    throw cannot(
      `${change} has changed`,
      'undo the change, or start it anew; what a command writes is named by --artifact',
    );
  }
}

/** `repro resume [RUN]` → exit code: executes what is missing of a run. */
export async function resumeCommand(io: Io, name: string | undefined, flags: RunFlags): Promise<number> {
  const store = openStore(io.cwd());
  const { id } = name === undefined ? lastUnfinished(store) : findRun(store, name);
  const { journal, content } = continueJournal(store, id);
  try {
    for (const damage of content.damage) io.stderr.write(`repro: ${damage}\n`);
    const run = storedRun(content, { id });
    checkRepeatable(id, run);
    const { plan, folder, repeats } = run;
    const place = {
      folder,
      show: (path: string) => shownPath(path, io.cwd()),
      tell: ({ path, message }: { readonly path: readonly unknown[]; readonly message: string }) =>
        `run ${id}: ${path.join('.')} ${message}`,
    };
    const around = surroundings(plan.experiment, folder, io.env);
    const prepared = await prepare(plan, place);
    await checkApart([{ plan, prepared }], flags);
    const outputs = await openRunOutputs(io, flags);
    try {
      return await perform(io, { plan, prepared, known: repeats, folder, journal, around }, outputs, flags);
    } finally {
      outputs.close();
    }
  } finally {
    await journal.close();
  }
}
