import { changedInputs } from '../analysis/planDifferences.js';
import { ReproError } from '../errors.js';
import { shownPath } from '../experiment/find.js';
import { packageVersion } from '../packageRoot.js';
import { inputsOf, withoutInputs } from '../run/inputs.js';
import { type Prepared, prepare } from '../run/prepare.js';
import { printable } from '../text/printable.js';
import type { StoredRun } from './storedRun.js';

/** What is no longer as it was when a run began, of the files that it names. */
async function differingInputs({ plan, changed, status, folder }: StoredRun): Promise<string[]> {
  // Only of a run that has ended with all its repeats it is known that these were no inputs.
  const { experiment, inputs } = status === 'finished' ? withoutInputs(plan, changed) : plan;
  const now = await inputsOf(experiment, folder);
  const there = new Set(now.map(({ path }) => path));
  return [
    ...changedInputs({ inputs: now }, { inputs }).map((path) => `${printable(path)} has changed`),
    ...inputs.filter(({ path }) => !there.has(path)).map(({ path }) => `${printable(path)} is gone`),
  ];
}

/** @throws ReproError where a run cannot be executed as it was */
export async function checkRepeatable(id: string, run: StoredRun): Promise<void> {
  const cannot = (why: string, hint: string) =>
    new ReproError(`run ${id} cannot be executed as it was: ${why}`, { hint });
  if (run.plan.redacted) {
    throw cannot(
      'it holds what looks like a secret, which no record keeps',
      'hand secrets on in the environment, which commands inherit',
    );
  }
  const tool = `repro ${packageVersion()}`;
  const made = run.environment.tool;
  if (made !== tool) throw cannot(`it is of ${made}, this is ${tool}`, 'start it anew');
  const differing = await differingInputs(run);
  if (differing.length === 0) return;
  const hint = 'undo the change, or start it anew; what a command writes is named by --artifact';
  throw cannot(differing.join(', '), hint);
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
