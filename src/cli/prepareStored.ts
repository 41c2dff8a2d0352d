import { changedInputs } from '../analysis/planDifferences.js';
import { ReproError } from '../errors.js';
import { shownPath } from '../experiment/find.js';
import { packageVersion } from '../packageRoot.js';
import { inputsOf } from '../run/inputs.js';
import { type Prepared, prepare } from '../run/prepare.js';
import { printable } from '../text/printable.js';
import type { StoredRun } from './storedRun.js';

/** @throws ReproError where a run cannot be executed as it was */
async function checkRepeatable(id: string, { plan, folder, environment }: StoredRun): Promise<void> {
  const cannot = (why: string, hint: string) =>
    new ReproError(`run ${id} cannot be executed as it was: ${why}`, { hint });
  if (plan.redacted) {
    throw cannot(
      'its command holds what looks like a secret, which no record keeps',
      'hand secrets on in the environment, which commands inherit',
    );
  }
  const tool = `repro ${packageVersion()}`;
  if (environment.tool !== tool) throw cannot(`it is of ${environment.tool}, this is ${tool}`, 'start it anew');
  const [changed] = changedInputs({ inputs: await inputsOf(plan.experiment, folder) }, plan);
  if (changed !== undefined) {
    const hint = 'undo the change, or start it anew; what a command writes is named by --artifact';
    throw cannot(`${printable(changed)} has changed`, hint);
  }
}

/**
 * Makes ready what a run that is kept needs to be executed again, or further.
 *
 * @throws ReproError where that would not be the run that it was
 */
export async function prepareStored(id: string, run: StoredRun, cwd: string): Promise<Prepared> {
  await checkRepeatable(id, run);
  const { plan, folder } = run;
  return prepare(plan, {
    folder,
    show: (path) => shownPath(path, cwd),
    tell: ({ path, message }) => `run ${id}: ${path.join('.')} ${message}`,
  });
}
