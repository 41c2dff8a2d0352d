import { findExperiment, shownPath } from '../experiment/find.js';
import { shippedFolder } from '../experiment/shipped.js';
import { surroundings } from '../run/circumstances.js';
import { checkApart } from '../run/executeRuns.js';
import { inputPaths, inputsOf } from '../run/inputs.js';
import { planRun } from '../run/plan.js';
import { prepare } from '../run/prepare.js';
import { experimentOf } from './experiment.js';
import { type RunFlags, splitArguments } from './flags.js';
import type { Io } from './io.js';
import type { openJournal } from './openJournal.js';
import { perform } from './perform.js';
import { openRunOutputs } from './runOutputs.js';
import { spareInputs } from './spareInputs.js';

/** See openJournal, which is loaded where something is saved. */
async function journalOf(...given: Parameters<typeof openJournal>): ReturnType<typeof openJournal> {
  const journals = await import('./openJournal.js');
  return journals.openJournal(...given);
}

/** The file of the experiment that is named, absolute; none of a command. */
function experimentFile(args: readonly string[], { command }: RunFlags, cwd: string): string[] {
  if (command) return [];
  return [findExperiment(splitArguments(args).experiment, { cwd, shippedFolder: shippedFolder() })];
}

/** `repro run [experiment] [key=value…] [-- command…]` → exit code */
export async function runCommand(io: Io, args: readonly string[], flags: RunFlags): Promise<number> {
  if (flags.tryMetric !== undefined) {
    const { tryMetricCommand } = await import('./tryMetric.js');
    return tryMetricCommand(io, args, flags, flags.tryMetric);
  }
  const placed = await experimentOf(args, io.cwd(), flags);
  const { experiment, folder } = placed;
  const around = surroundings(experiment, folder, io.env);
  const { sameSeed = false, until = null } = flags;
  const plan = planRun(experiment, { sameSeed, until, inputs: await inputsOf(experiment, folder) });
  if (flags.output) {
    const read = [...experimentFile(args, flags, io.cwd()), ...inputPaths(plan, folder)];
    spareInputs(read, 'what the run reads', flags, io.cwd());
  }
  const prepared = await prepare(plan, { ...placed, show: (path) => shownPath(path, io.cwd()) });
  await checkApart([{ plan, prepared }], flags);
  const outputs = await openRunOutputs(io, flags);
  try {
    const journal = flags.save === false ? undefined : await journalOf(io, plan, folder, around);
    return await perform(io, { plan, prepared, known: [], folder, journal, around }, outputs, flags);
  } finally {
    outputs.close();
  }
}
