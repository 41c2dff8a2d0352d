import type { Summary } from '../analysis/summarize.js';
import type { Format, RepeatStream } from '../report/format.js';
import { type FormatName, formatEndings, loadFormat } from '../report/formats.js';
import { formatNumber } from '../report/number.js';
import type { Circumstances, Repeat, RunPlan, RunRecord } from '../run/record.js';
import { withoutSecrets } from '../run/withoutSecrets.js';
import type { OutputFlags } from './flags.js';
import type { Io } from './io.js';
import { type Output, openOutputs } from './outputs.js';

/** An output, with what its format writes. */
type RunOutput = Output<FormatName> & { readonly writer: Format };

/** The text of an output that follows the repeats, and where it goes. */
interface OpenStream extends RepeatStream {
  write(text: string): void;
}

/** Where a run's result goes: formats that follow the repeats are written as these come, all else at the end. */
export interface RunOutputs {
  /** Whether any of them needs all that there is to the run. */
  readonly whole: boolean;
  begin(plan: RunPlan): void;
  /** Takes repeats in their order. */
  take(repeats: readonly Repeat[]): void;
  /**
   * Writes the rest, and says where it went, unless that is stdout.
   *
   * @param circumstances only of use where `whole`
   */
  end(ended: EndedRun, circumstances: Circumstances | undefined): Promise<void>;
  close(): void;
}

/** A run whose repeats have been taken, and how many there were. */
interface EndedRun extends Omit<RunRecord, 'repeats' | 'circumstances'> {
  readonly count: number;
}

/** A whole run, and its figures. */
interface Result {
  readonly record: RunRecord;
  readonly summary: Summary;
}

async function resultOf(record: RunRecord): Promise<Result> {
  const { summarizeRepeats } = await import('../analysis/summarizeRepeats.js');
  return { record, summary: summarizeRepeats(record.repeats) };
}

/** One line for those whose result went to files. */
function note(count: number, digest: string, result: Result | undefined, outputs: readonly RunOutput[]): string {
  const { mean = null, standardDeviation = null } = result?.summary ?? {};
  const spread = standardDeviation === null ? '' : ` ± ${formatNumber(standardDeviation, 4)}`;
  const figures = mean === null ? '' : `, mean ${formatNumber(mean, 4)}${spread}`;
  const files = outputs.map(({ path }) => path).join(', ');
  return `repro: wrote ${files}: ${count} repeats${figures}, digest ${digest}\n`;
}

/** Opens what the flags ask for: see openOutputs. */
export async function openRunOutputs(io: Io, flags: OutputFlags): Promise<RunOutputs> {
  const opened = openOutputs(flags, { standard: 'table', endings: formatEndings }, io);
  const outputs = await Promise.all(
    opened.map(async (output): Promise<RunOutput> => ({ ...output, writer: await loadFormat(output.format) })),
  );
  // A million repeats are only kept where a format needs them all.
  const whole = outputs.some(({ writer }) => writer.kind === 'whole');
  const repeats: Repeat[] = [];
  const streams: OpenStream[] = [];
  return {
    whole,
    begin(planned) {
      const plan = withoutSecrets(planned);
      for (const { writer, write, style } of outputs) {
        if (writer.kind !== 'streamed') continue;
        const stream = { ...writer.open(plan, style), write: (text: string) => text !== '' && write(text) };
        streams.push(stream);
        stream.write(stream.header);
      }
    },
    take(some) {
      if (whole) for (const repeat of some) repeats.push(repeat);
      for (const { rows, write } of streams) write(rows(some));
    },
    async end({ plan, status, digest, count }, circumstances) {
      for (const { end, write } of streams) write(end());
      const result =
        whole && circumstances
          ? await resultOf({ plan: withoutSecrets(plan), status, repeats, digest, circumstances })
          : undefined;
      for (const { writer, style, write } of outputs) {
        if (writer.kind === 'digest') write(writer.render(digest));
        if (writer.kind === 'whole' && result) write(writer.render(result.record, result.summary, style));
      }
      const toFiles = outputs.every(({ path }) => path !== undefined);
      if (toFiles && !flags.quiet) io.stderr.write(note(count, digest, result, outputs));
    },
    close() {
      for (const { close } of outputs) close();
    },
  };
}

/** Writes a run that is kept, each format as it was written when the run was executed. */
export async function writeRecord(outputs: RunOutputs, record: RunRecord): Promise<void> {
  const { plan, repeats, circumstances } = record;
  outputs.begin(plan);
  outputs.take(repeats);
  await outputs.end({ ...record, count: repeats.length }, circumstances);
}
