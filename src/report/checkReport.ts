import type { CheckResult, Judgement, Side } from '../analysis/check.js';
import type { Distance } from '../analysis/distance.js';
import type { Divergence, Pair } from '../analysis/divergence.js';
import type { DifferingLine, DifferingPart } from '../analysis/programDifferences.js';
import { printable } from '../text/printable.js';
import { heading } from './heading.js';
import { metricName } from './metric.js';
import { formatNumber } from './number.js';
import type { Block, FiguresBlock, Report, TableBlock } from './report.js';

/** Digits that tell any two float32, and any two float64, apart. */
const FLOAT32_DIGITS = 9;
const FLOAT64_DIGITS = 17;
const FEW_DIGITS = 3;

/** Two values, and how far apart they are where both are numbers. */
function pairText(values: Pair<number>, { ulps, relative }: Distance, digits: number): string {
  const both = values.map((value) => formatNumber(value, digits)).join(' and ');
  if (!Number.isFinite(ulps)) return both;
  const units = ulps === 1 ? '1 unit in the last place' : `${formatNumber(ulps, 6)} units in the last place`;
  return `${both}, ${units} apart, ${formatNumber(100 * relative, FEW_DIGITS)}%`;
}

/** Where executions part: `repeat 1, after epoch 3, layers[0].kernel[0, 4]`. */
export function placeOf({ repeat, epoch, tensor, weight, epochs, parts, distance }: Divergence): string {
  const [part] = parts;
  // What a score is computed of may come before it, and the score is what is looked for.
  if (part && distance.ulps === 0) return `repeat ${repeat + 1}, ${printable(part.name)}`;
  const when = epoch === null ? [] : [epoch === 0 ? 'as initialized' : `after epoch ${epoch}`];
  const whole = tensor ?? (epochs === null ? 'the score' : 'the number of epochs');
  const what = weight?.epoch === epoch ? `${weight?.tensor}[${weight?.row}, ${weight?.column}]` : whole;
  return [`repeat ${repeat + 1}`, ...when, what].join(', ');
}

function divergenceFigures(divergence: Divergence, metric: string, precision: number | undefined): FiguresBlock {
  const { weight, epoch, agreedUntil, scores, distance, epochs, parts, line } = divergence;
  const rows: [string, string][] = [['first difference', placeOf(divergence)]];
  if (epoch !== null && agreedUntil !== null && agreedUntil < epoch - 1) {
    rows.push(['the same until', `epoch ${agreedUntil}; those between were not looked at`]);
  }
  if (weight !== null) {
    const later = `${weight.tensor}[${weight.row}, ${weight.column}] after epoch ${weight.epoch}: `;
    const values = pairText(weight.values, weight.distance, precision ?? FLOAT32_DIGITS);
    rows.push(['weights', weight.epoch === epoch ? values : later + values]);
  }
  if (epochs !== null) rows.push(['epochs trained', `${epochs[0]} and ${epochs[1]}`]);
  const once = `${formatNumber(scores[0], precision ?? FLOAT64_DIGITS)} both times`;
  rows.push([metric, distance.ulps === 0 ? once : pairText(scores, distance, precision ?? FLOAT64_DIGITS)]);
  for (const { name, values } of parts) rows.push([printable(name), valuesText(values, precision ?? FLOAT64_DIGITS)]);
  if (line) rows.push([`line ${line.line} of stdout`, linesText(line)]);
  return { kind: 'figures', rows };
}

/** Two numbers, or the hashes of two files, of which a few digits tell them apart. */
function valuesText(values: DifferingPart['values'], digits: number): string {
  const texts = values.map((value) => {
    if (value === null) return 'not written';
    return typeof value === 'number' ? formatNumber(value, digits) : `SHA-256 ${value.slice(0, 12)}…`;
  });
  return texts.join(' and ');
}

const LONGEST_LINE = 60;

function linesText({ texts }: DifferingLine): string {
  return texts.map((text) => (text === null ? 'its end' : shownLine(text))).join(' and ');
}

function shownLine(text: string): string {
  const signs = [...text];
  return `"${printable(signs.length > LONGEST_LINE ? `${signs.slice(0, LONGEST_LINE).join('')}…` : text)}"`;
}

/** What programs printed is no result, but says much. */
function stdoutNotes({ verification }: CheckResult): string[] {
  const { stdout, repeats, divergence } = verification ?? {};
  if (!stdout?.first) return [];
  const { line, repeat } = stdout.first;
  const where = line && !divergence ? `: line ${line.line} is ${linesText(line)}` : '';
  const judged = 'stdout is no result, and does not decide';
  return [
    `stdout differs in ${stdout.repeats} of ${repeats} repeats, first in repeat ${repeat + 1}${where}; ${judged}`,
  ];
}

function growthTable({ growth }: Divergence): TableBlock[] {
  if (growth.length < 2) return [];
  return [
    {
      kind: 'table',
      head: ['after epoch', 'weights differ', 'by at most', 'in ulps'],
      align: ['right', 'right', 'right', 'right'],
      rows: growth.map(({ epoch, differing, weights, largest }) => [
        String(epoch),
        `${differing} of ${weights}`,
        formatNumber(largest.absolute, FEW_DIGITS),
        formatNumber(largest.ulps, FEW_DIGITS),
      ]),
    },
  ];
}

/** A judgement, and below it why and what can be done. */
function judgementBlocks({ outcome, verdict, message, causes }: Judgement): Block[] {
  return [
    { kind: 'text', text: `${verdict}: ${message}`, tone: outcome === 'passed' ? 'good' : 'bad' },
    ...causes.map(({ cause, remedy }): Block => {
      return {
        kind: 'figures',
        rows: [
          ['cause', cause],
          ['remedy', remedy],
        ],
      };
    }),
  ];
}

/** One line where all sides have the same digest. */
function digestFigures(sides: readonly Side[]): FiguresBlock {
  const [first] = sides;
  const same = sides.every(({ digest }) => digest === first?.digest);
  const labels = sides.map(({ label }) => label);
  const rows = same
    ? [['digest', `${first?.digest} ${labels.join(' and ')}`] as const]
    : sides.map(({ label, digest }) => [`digest ${label}`, digest] as const);
  return { kind: 'figures', rows };
}

/** Every judgement; where executions part, the place, the values, and how they grow apart. */
export function checkReport(result: CheckResult, precision?: number): Report {
  const { sides, verification, judgements, notes } = result;
  const plan = (sides[0] as Side).plan;
  const divergence = verification?.divergence ?? null;
  const metric = metricName(plan.experiment);
  return {
    title: heading(plan),
    blocks: [
      ...judgements.flatMap(judgementBlocks),
      ...(divergence ? [divergenceFigures(divergence, metric, precision), ...growthTable(divergence)] : []),
      digestFigures(sides),
    ],
    footnotes: [...notes, ...stdoutNotes(result)],
  };
}
