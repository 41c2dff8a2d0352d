import type { Summary } from '../analysis/summarize.js';
import { shownPath } from '../experiment/find.js';
import type { Format } from '../report/format.js';
import { type FormatName, formatEndings, loadFormat } from '../report/formats.js';
import { formatNumber } from '../report/number.js';
import { executePlan } from '../run/executePlan.js';
import { planRun } from '../run/plan.js';
import { prepare } from '../run/prepare.js';
import type { Repeat, RunRecord } from '../run/record.js';
import { repeatsOf } from '../run/repeats.js';
import { experimentOf } from './experiment.js';
import type { RunFlags } from './flags.js';
import type { Io } from './io.js';
import { type Output, openOutputs } from './outputs.js';
import { progressBar } from './progress.js';

/** An output, with what its format writes. */
type RunOutput = Output<FormatName> & { readonly writer: Format };

/** A whole run, and its figures. */
interface Result {
  readonly record: RunRecord;
  readonly summary: Summary;
}

/** Writes what a format writes when all repeats are done. */
function finish(outputs: readonly RunOutput[], digest: string, result: Result | undefined): void {
  for (const { writer, style, write } of outputs) {
    if (writer.kind === 'digest') write(writer.render(digest));
    if (writer.kind === 'whole' && result) write(writer.render(result.record, result.summary, style));
  }
}

/** One line for those whose result went to files. */
function note(repeats: number, digest: string, result: Result | undefined, outputs: readonly RunOutput[]): string {
  const { mean = null, standardDeviation = null } = result?.summary ?? {};
  const spread = standardDeviation === null ? '' : ` ± ${formatNumber(standardDeviation, 4)}`;
  const figures = mean === null ? '' : `, mean ${formatNumber(mean, 4)}${spread}`;
  const files = outputs.map(({ path }) => path).join(', ');
  return `repro: wrote ${files}: ${repeats} repeats${figures}, digest ${digest}\n`;
}

/** `repro run [experiment] [key=value…]` */
export async function runCommand(io: Io, args: readonly string[], flags: RunFlags): Promise<void> {
  const placed = await experimentOf(args, io.cwd(), flags);
  const plan = planRun(placed.experiment, { sameSeed: flags.sameSeed ?? false });
  const prepared = await prepare(plan, { ...placed, show: (path) => shownPath(path, io.cwd()) });
  const outputs = await Promise.all(
    openOutputs(flags, { standard: 'table', endings: formatEndings }, io).map(async (output): Promise<RunOutput> => {
      return { ...output, writer: await loadFormat(output.format) };
    }),
  );
  const streamed = outputs.filter(({ writer }) => writer.kind === 'streamed');
  // A million repeats are only kept where a format needs them all.
  const whole = outputs.some(({ writer }) => writer.kind === 'whole');
  const progress = progressBar(io, plan.repeats, flags.quiet ?? false);
  const repeats: Repeat[] = [];
  let done = 0;
  try {
    for (const { writer, write } of streamed) {
      const header = writer.kind === 'streamed' ? writer.header() : '';
      if (header !== '') write(header);
    }
    const executed = await executePlan(plan, prepared, { jobs: flags.jobs }, (chunk) => {
      const some = whole || streamed.length > 0 ? repeatsOf(chunk) : [];
      if (whole) for (const repeat of some) repeats.push(repeat);
      for (const { writer, write, style } of streamed) {
        if (writer.kind === 'streamed') write(writer.rows(some, style));
      }
      done += chunk.scores.length;
      progress.update(done);
    });
    progress.clear();
    const result = whole
      ? {
          record: { plan, repeats, digest: executed.digest, circumstances: await executed.circumstances() },
          summary: (await import('../analysis/summarize.js')).summarize(repeats.map(({ score }) => score)),
        }
      : undefined;
    finish(outputs, executed.digest, result);
    if (!flags.quiet && !outputs.some(({ path }) => path === undefined)) {
      io.stderr.write(note(plan.repeats, executed.digest, result, outputs));
    }
  } finally {
    progress.clear();
    for (const { close } of outputs) close();
  }
}
