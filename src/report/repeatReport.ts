import { hasFailed, type ProgramRepeat, type Repeat, type RunPlan } from '../run/record.js';
import { float64Bits } from '../text/float64Bits.js';
import { printable } from '../text/printable.js';
import { furtherMetrics } from './furtherMetrics.js';
import { heading } from './heading.js';
import { metricName } from './metric.js';
import { formatNumber } from './number.js';
import type { Block, FigureRow, Report } from './report.js';

/** Digits that tell any two float64 apart. */
const DIGITS = 17;
const FEW = 4;

function outcomeRows(program: ProgramRepeat, further: readonly string[]): FigureRow[] {
  const { failure, metrics, artifacts, exitCode, elapsed, attempts, output } = program;
  return [
    ...further.map((name): FigureRow => [printable(name), formatNumber(metrics[name] ?? Number.NaN, DIGITS)]),
    ...(failure === null ? [] : [['failed', printable(failure)] as const]),
    ...Object.entries(artifacts).map(
      ([name, hash]): FigureRow => [printable(name), hash === null ? 'not written' : `SHA-256 ${printable(hash)}`],
    ),
    ...(exitCode === null ? [] : [['exit code', String(exitCode)] as const]),
    ['took', `${formatNumber(elapsed, FEW)} s`],
    ['attempts', String(attempts)],
    ['stdout', `${output.bytes === 1 ? '1 byte' : `${output.bytes} bytes`}, SHA-256 ${printable(output.sha256)}`],
  ];
}

/** Lines as they were written, with nothing in them that a terminal obeys. */
function outputBlocks(name: string, text: string): Block[] {
  if (text === '') return [];
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n|\r/);
  const shown = lines.map((line): Block => ({ kind: 'text', text: `  ${printable(line.replaceAll('\t', '  '))}` }));
  return [{ kind: 'text', text: `${name}:`, tone: 'aside' }, ...shown];
}

/** What is kept of the output; of a long one that is its end. */
function keptOutput({ output: { bytes, stdout, stderr } }: ProgramRepeat): Block[] {
  const kept = Buffer.byteLength(stdout);
  const name = kept < bytes ? `the last ${kept} bytes of stdout` : 'stdout';
  return [...outputBlocks(name, stdout), ...outputBlocks('the end of stderr', stderr)];
}

/** All that is kept of one repeat: its seed, its score with every digit, what else a program left. */
export function repeatReport(plan: RunPlan, repeat: Repeat): Report {
  const { index, score, hash, program } = repeat;
  const shownScore = hasFailed(repeat) ? '–' : formatNumber(score, DIGITS);
  return {
    title: heading(plan),
    blocks: [
      {
        kind: 'figures',
        rows: [
          ['repeat', String(index + 1)],
          ...(program ? [['seed', printable(String(program.seed))] as const] : []),
          [metricName(plan.experiment), shownScore],
          ['bits', float64Bits(score)],
          [program ? 'hash' : 'weights', hash],
          ...(program ? outcomeRows(program, furtherMetrics(plan, [repeat])) : []),
        ],
      },
      ...(program ? keptOutput(program) : []),
    ],
    footnotes: [],
  };
}
