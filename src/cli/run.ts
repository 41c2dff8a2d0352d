import type { Summary } from '../analysis/summarize.js';
import { shownPath } from '../experiment/find.js';
import type { Format, Style } from '../report/format.js';
import { loadFormat } from '../report/formats.js';
import { formatNumber } from '../report/number.js';
import { executePlan } from '../run/executePlan.js';
import { planRun } from '../run/plan.js';
import { prepare } from '../run/prepare.js';
import type { Repeat, RunRecord } from '../run/record.js';
import { repeatsOf } from '../run/repeats.js';
import { usesColour } from './colour.js';
import { experimentOf } from './experiment.js';
import type { RunFlags } from './flags.js';
import type { Io } from './io.js';
import { openOutputFile } from './outputFile.js';
import { type OutputTarget, outputTargets } from './outputs.js';
import { progressBar } from './progress.js';

/** Columns of a terminal that does not say, and of what is no terminal. */
const WIDTH = 80;

/** A place that the result is written to. */
interface Output {
  readonly format: Format;
  readonly style: Style;
  /** As it is named to the user; undefined for stdout. */
  readonly path: string | undefined;
  write(text: string): void;
  close(): void;
}

/** A whole run, and its figures. */
interface Result {
  readonly record: RunRecord;
  readonly summary: Summary;
}

async function openOutput({ path, format }: OutputTarget, io: Io, flags: RunFlags): Promise<Output> {
  const loaded = await loadFormat(format);
  const plain = { precision: flags.precision, color: false, width: WIDTH, ascii: io.env['TERM'] === 'dumb' };
  if (path !== '-') return { ...openOutputFile(path, io.cwd()), format: loaded, style: plain, path };
  const style = { ...plain, color: usesColour(flags.color, io.env, io.stdout), width: io.stdout.columns ?? WIDTH };
  return { format: loaded, style, path: undefined, write: io.stdout.write, close() {} };
}

/** Writes what a format writes when all repeats are done. */
function finish(outputs: readonly Output[], digest: string, result: Result | undefined): void {
  for (const { format, style, write } of outputs) {
    if (format.kind === 'digest') write(format.render(digest));
    if (format.kind === 'whole' && result) write(format.render(result.record, result.summary, style));
  }
}

/** One line for those whose result went to files. */
function note(repeats: number, digest: string, result: Result | undefined, outputs: readonly Output[]): string {
  const { mean = null, standardDeviation = null } = result?.summary ?? {};
  const spread = standardDeviation === null ? '' : ` ± ${formatNumber(standardDeviation, 4)}`;
  const figures = mean === null ? '' : `, mean ${formatNumber(mean, 4)}${spread}`;
  const files = outputs.map(({ path }) => path).join(', ');
  return `repro: wrote ${files}: ${repeats} repeats${figures}, digest ${digest}\n`;
}

/** `repro run [experiment] [key=value…]` */
export async function runCommand(io: Io, args: readonly string[], flags: RunFlags): Promise<void> {
  const targets = outputTargets(flags);
  const placed = await experimentOf(args, io.cwd(), flags);
  const plan = planRun(placed.experiment, { sameSeed: flags.sameSeed ?? false });
  const prepared = await prepare(plan, { ...placed, show: (path) => shownPath(path, io.cwd()) });
  const outputs = await Promise.all(targets.map((target) => openOutput(target, io, flags)));
  const streamed = outputs.filter(({ format }) => format.kind === 'streamed');
  // A million repeats are only kept where a format needs them all.
  const whole = outputs.some(({ format }) => format.kind === 'whole');
  const progress = progressBar(io, plan.repeats, flags.quiet ?? false);
  const repeats: Repeat[] = [];
  let done = 0;
  try {
    for (const { format, write } of streamed) {
      const header = format.kind === 'streamed' ? format.header() : '';
      if (header !== '') write(header);
    }
    const executed = await executePlan(plan, prepared, { jobs: flags.jobs }, (chunk) => {
      const some = whole || streamed.length > 0 ? repeatsOf(chunk) : [];
      if (whole) for (const repeat of some) repeats.push(repeat);
      for (const { format, write, style } of streamed) {
        if (format.kind === 'streamed') write(format.rows(some, style));
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
