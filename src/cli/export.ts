import { inputPaths } from '../run/inputs.js';
import { openStore } from '../store/store.js';
import type { OutputFlags } from './flags.js';
import type { Io } from './io.js';
import { openRunOutputs, writeRecord } from './runOutputs.js';
import { spareInputs } from './spareInputs.js';
import { damageOf, openRun, recordOf } from './storedRun.js';

/** `repro export RUN`: the documents that `repro run` writes, of a run that is kept. */
export async function exportCommand(io: Io, name: string, flags: OutputFlags): Promise<void> {
  const opened = openRun(openStore(io.cwd()), name);
  const { run } = opened;
  for (const damage of damageOf(opened)) io.stderr.write(`repro: ${damage}\n`);
  spareInputs(inputPaths(run.plan, run.folder), 'what the run reads', flags, io.cwd());
  const outputs = await openRunOutputs(io, flags);
  try {
    await writeRecord(outputs, recordOf(run));
  } finally {
    outputs.close();
  }
}
