import { inputPaths } from '../run/inputs.js';
import { openStore } from '../store/store.js';
import type { OutputFlags } from './flags.js';
import type { Io } from './io.js';
import { openRunOutputs, writeRecord } from './runOutputs.js';
import { spareInputs } from './spareInputs.js';
import { openRun, recordOf } from './storedRun.js';

/** `repro export RUN`: the documents that `repro run` writes, of a run that is kept. */
export async function exportCommand(io: Io, name: string, flags: OutputFlags): Promise<void> {
  const { run, content } = openRun(openStore(io.cwd()), name);
  for (const damage of content.damage) io.stderr.write(`repro: ${damage}\n`);
  spareInputs(inputPaths(run.plan, run.folder), 'what the run reads', flags, io.cwd());
  const outputs = await openRunOutputs(io, flags);
  try {
    await writeRecord(outputs, recordOf(run));
  } finally {
    outputs.close();
  }
}
