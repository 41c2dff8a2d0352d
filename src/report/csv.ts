import { hasFailed, type ProgramRepeat, type Repeat, type RunPlan } from '../run/record.js';
import { float64Bits } from '../text/float64Bits.js';
import type { RepeatStream, StreamedFormat } from './format.js';
import { furtherMetrics } from './furtherMetrics.js';
import { metricColumn } from './metricColumn.js';
import { exactNumber, formatNumber } from './number.js';

type Precision = number | undefined;

function numberText(value: number, precision: Precision): string {
  return precision === undefined ? exactNumber(value) : formatNumber(value, precision);
}

/** A field as RFC 4180 has it. */
function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

function line(fields: readonly string[]): string {
  return `${fields.map(field).join(',')}\n`;
}

/** What a program's repeat has between its further metrics and its bits. */
function programFields({ seed, failure, elapsed }: ProgramRepeat): string[] {
  return [String(seed), failure ?? 'ok', String(elapsed)];
}

/** A repeat's line, with these metrics beside its score. */
function repeatLine({ index, score, hash, program }: Repeat, metrics: readonly string[], precision: Precision): string {
  return line([
    String(index + 1),
    numberText(score, precision),
    ...metrics.map((name) => numberText(program?.metrics[name] ?? Number.NaN, precision)),
    ...(program ? programFields(program) : []),
    float64Bits(score),
    hash,
  ]);
}

function programHeader(metrics: readonly string[]): string {
  return line(['repeat', 'score', ...metrics.map(metricColumn), 'seed', 'status', 'elapsed', 'bits', 'hash']);
}

/** Lines whose metrics are known beforehand. */
function knownStream(plan: RunPlan, precision: Precision): RepeatStream {
  const metrics = furtherMetrics(plan, []);
  return {
    header: plan.experiment.kind === 'network' ? 'repeat,score,bits,weights\n' : programHeader(metrics),
    rows: (repeats) => repeats.map((repeat) => repeatLine(repeat, metrics, precision)).join(''),
    end: () => '',
  };
}

/** What is needed of a repeat that has failed: its output may be long, and it has no metrics. */
function withoutOutput({ program, ...repeat }: Repeat): Repeat {
  const output = { bytes: 0, sha256: '', stdout: '', stderr: '' };
  return program ? { ...repeat, program: { ...program, metrics: {}, output } } : repeat;
}

/** Lines of a module, whose metrics are known when one of its repeats has returned them: the header waits for it. */
function moduleStream(plan: RunPlan, precision: Precision): RepeatStream {
  let metrics: readonly string[] | undefined;
  let waiting: Repeat[] = [];
  const linesOf = (repeats: readonly Repeat[], names: readonly string[]) =>
    repeats.map((repeat) => repeatLine(repeat, names, precision)).join('');
  /** All that has waited, under a header. */
  const begin = (repeats: readonly Repeat[]): string => {
    metrics = furtherMetrics(plan, repeats);
    const text = programHeader(metrics) + linesOf([...waiting, ...repeats], metrics);
    waiting = [];
    return text;
  };
  return {
    header: '',
    rows(repeats) {
      if (metrics) return linesOf(repeats, metrics);
      if (!repeats.every(hasFailed)) return begin(repeats);
      waiting.push(...repeats.map(withoutOutput));
      return '';
    },
    end: () => (metrics ? '' : begin([])),
  };
}

/**
 * A line a repeat: its number from 1, the score, the score's bits, the hash of the final weights. Of a program further metrics, its seed,
 * `ok` or why it failed, and its seconds stand behind the score, and the hash is that of all it resulted in. A metric that is called as
 * another column has `metric.` before its name.
 */
export const csv: StreamedFormat = {
  kind: 'streamed',
  open: (plan, { precision }) =>
    plan.experiment.kind === 'module' ? moduleStream(plan, precision) : knownStream(plan, precision),
};
