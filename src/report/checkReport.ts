import type { CheckResult, Judgement, Side } from '../analysis/check.js';
import type { Distance } from '../analysis/distance.js';
import type { Divergence } from '../analysis/divergence.js';
import { heading } from './heading.js';
import { metricName } from './metric.js';
import { formatNumber } from './number.js';
import type { Block, FiguresBlock, Report, TableBlock } from './report.js';

/** Digits that tell any two float32, and any two float64, apart. */
const FLOAT32_DIGITS = 9;
const FLOAT64_DIGITS = 17;
const FEW_DIGITS = 3;

function apart({ ulps, relative }: Distance): string {
  const units = ulps === 1 ? '1 unit in the last place' : `${formatNumber(ulps, 6)} units in the last place`;
  return `${units} apart, ${formatNumber(100 * relative, FEW_DIGITS)}%`;
}

/** Where executions part: `repeat 1, after epoch 3, layers[0].kernel[0, 4]`. */
export function placeOf({ repeat, epoch, tensor, weight, epochs }: Divergence): string {
  const when = epoch === null ? [] : [epoch === 0 ? 'as initialized' : `after epoch ${epoch}`];
  const whole = tensor ?? (epochs === null ? 'the score' : 'the number of epochs');
  const what = weight?.epoch === epoch ? `${weight?.tensor}[${weight?.row}, ${weight?.column}]` : whole;
  return [`repeat ${repeat + 1}`, ...when, what].join(', ');
}

function divergenceFigures(divergence: Divergence, metric: string): FiguresBlock {
  const { weight, epoch, agreedUntil, scores, distance, epochs } = divergence;
  const rows: [string, string][] = [['first difference', placeOf(divergence)]];
  if (epoch !== null && agreedUntil !== null && agreedUntil < epoch - 1) {
    rows.push(['the same until', `epoch ${agreedUntil}; those between were not looked at`]);
  }
  if (weight !== null) {
    const [one, other] = weight.values.map((value) => formatNumber(value, FLOAT32_DIGITS));
    const where = `${weight.tensor}[${weight.row}, ${weight.column}] after epoch ${weight.epoch}: `;
    rows.push(['weights', `${weight.epoch === epoch ? '' : where}${one} and ${other}, ${apart(weight.distance)}`]);
  }
  if (epochs !== null) rows.push(['epochs trained', `${epochs[0]} and ${epochs[1]}`]);
  const [one, other] = scores.map((score) => formatNumber(score, FLOAT64_DIGITS));
  rows.push([metric, distance.ulps === 0 ? `${one} both times` : `${one} and ${other}, ${apart(distance)}`]);
  return { kind: 'figures', rows };
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
export function checkReport({ sides, verification, judgements, notes }: CheckResult): Report {
  const plan = (sides[0] as Side).plan;
  const divergence = verification?.divergence ?? null;
  const metric = metricName(plan.experiment.score);
  return {
    title: heading(plan),
    blocks: [
      ...judgements.flatMap(judgementBlocks),
      ...(divergence ? [divergenceFigures(divergence, metric), ...growthTable(divergence)] : []),
      digestFigures(sides),
    ],
    footnotes: notes,
  };
}
