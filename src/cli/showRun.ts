import { summarizeRepeats } from '../analysis/summarizeRepeats.js';
import { provenance } from '../report/provenance.js';
import { repeatReport } from '../report/repeatReport.js';
import type { Report } from '../report/report.js';
import { runReport } from '../report/runReport.js';
import { renderTerminal } from '../report/terminal.js';
import { isBeingWritten } from '../store/lockRun.js';
import { openStore, type RunEntry } from '../store/store.js';
import type { Io } from './io.js';
import { keptRepeat } from './keptRepeat.js';
import { openOutputs } from './outputs.js';
import { lossNote, type OpenedRun, openRun, recordOf } from './storedRun.js';

/** What `repro run` printed, or would by now, and what explains it. */
function reportOf({ entry, run, content }: OpenedRun, running: boolean): Report {
  const record = recordOf(run);
  const { plan, repeats } = record;
  const sofar = `is being executed: these are ${repeats.length} of ${plan.repeats} repeats`;
  const report = runReport(record, summarizeRepeats(record.repeats), undefined, running ? [sofar] : undefined);
  const { scores, figures, bars, footnotes, title } = report;
  const explained = provenance(
    plan,
    record.circumstances,
    { id: entry.id, folder: run.folder },
    content.end !== undefined,
  );
  return { title, blocks: [scores, figures, ...bars, explained], footnotes: [...footnotes, ...content.damage] };
}

/** `repro show RUN [--repeat 7]`: what is kept of a run, or of one of its repeats. */
export async function showRunCommand(io: Io, { id }: RunEntry, repeat: number | undefined): Promise<void> {
  const store = openStore(io.cwd());
  // Asked first: a run that ends meanwhile was not interrupted.
  const running = isBeingWritten(store, id);
  const opened = openRun(store, id);
  const { run } = opened;
  // The report has what is wrong with its journal.
  for (const note of running ? [] : lossNote(id, run)) io.stderr.write(`repro: ${note}\n`);
  for (const { style, write } of openOutputs({}, { standard: 'table', endings: {} }, io)) {
    const report =
      repeat === undefined ? reportOf(opened, running) : repeatReport(run.plan, keptRepeat(id, run, repeat));
    write(renderTerminal(report, style));
  }
}
