import type { ProgramRepeat, Repeat, RunPlan } from '../run/record.js';
import { float64Bits } from '../text/float64Bits.js';
import type { StreamedFormat } from './format.js';
import { exactNumber, formatNumber } from './number.js';

/** Columns between score and bits that programs have, beside their further metrics. */
function furtherMetrics({ experiment }: RunPlan): string[] {
  return experiment.kind === 'command' ? experiment.metrics.slice(1).map(({ name }) => name) : [];
}

function numberText(value: number, precision: number | undefined): string {
  return precision === undefined ? exactNumber(value) : formatNumber(value, precision);
}

/** A field as RFC 4180 has it. */
function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

function programFields(
  { metrics, seed, failure, elapsed }: ProgramRepeat,
  plan: RunPlan,
  precision: number | undefined,
) {
  const numbers = furtherMetrics(plan).map((name) => numberText(metrics[name] ?? Number.NaN, precision));
  return [...numbers, String(seed), failure ?? 'ok', String(elapsed)];
}

/**
 * A line a repeat: its number from 1, the score, the score's bits, the hash of the final weights. Of a program further metrics, its seed,
 * `ok` or why it failed, and its seconds stand behind the score, and the hash is that of all it resulted in.
 */
export const csv: StreamedFormat = {
  kind: 'streamed',
  header(plan) {
    if (plan.experiment.kind === 'network') return 'repeat,score,bits,weights\n';
    const names = ['repeat', 'score', ...furtherMetrics(plan), 'seed', 'status', 'elapsed', 'bits', 'hash'];
    return `${names.map(field).join(',')}\n`;
  },
  rows: (repeats, { precision }, plan) =>
    repeats
      .map(({ index, score, hash, program }: Repeat) => {
        const further = program ? programFields(program, plan, precision) : [];
        const fields = [String(index + 1), numberText(score, precision), ...further, float64Bits(score), hash];
        return `${fields.map(field).join(',')}\n`;
      })
      .join(''),
  footer: () => '',
};
