import { notesOf } from '../analysis/notes.js';
import type { Summary } from '../analysis/summarize.js';
import type { Repeat, RunRecord } from '../run/record.js';
import { elidedRows } from './elidedRows.js';
import { figures } from './figures.js';
import { heading } from './heading.js';
import { histogram } from './histogram.js';
import { metricName } from './metric.js';
import { formatNumber } from './number.js';
import type { BarsBlock, Cell, FiguresBlock, Report, TableBlock } from './report.js';

const DIGITS = 8;

/** The parts of a run's report, for a format to put in its order. */
export interface RunReport extends Omit<Report, 'blocks'> {
  readonly scores: TableBlock;
  readonly figures: FiguresBlock;
  /** None where there is little to draw. */
  readonly bars: readonly BarsBlock[];
}

/** Every repeat, or the first and last of very many. */
function scoreTable(repeats: readonly Repeat[], summary: Summary, metric: string, digits: number): TableBlock {
  const outliers = new Map(summary.outliers.map(({ repeat, degree }) => [repeat, `${degree} outlier`]));
  const cell = ({ index, score }: Repeat): Cell => {
    const text = formatNumber(score, digits);
    if (!Number.isFinite(score)) return { text, remark: 'diverged', tone: 'bad' };
    const remark = outliers.get(index + 1);
    return remark === undefined ? text : { text, remark, tone: 'aside' };
  };
  return {
    ...({ kind: 'table', head: ['repeat', metric], align: ['right', 'left'] } as const),
    ...elidedRows(repeats.length, (i) => [String(i + 1), cell(repeats[i] as Repeat)], 'csv'),
  };
}

function bars(repeats: readonly Repeat[], metric: string): BarsBlock[] {
  const scores = repeats.map(({ score }) => score);
  const bins = histogram(scores);
  if (bins.length === 0) return [];
  const missing = scores.filter((score) => !(Number.isFinite(score) && score > 0)).length;
  const note = missing === 0 ? '' : `; ${missing} that diverged or are not positive left out`;
  const caption = `repeats by ${metric}, from each bar's lower edge, logarithmic axis${note}`;
  return [{ kind: 'bars', caption, bars: bins }];
}

/** Every repeat's score, the figures with the digest, a histogram, and doubts as footnotes. */
export function runReport({ plan, repeats, digest }: RunRecord, summary: Summary, precision = DIGITS): RunReport {
  const metric = metricName(plan.experiment.score);
  return {
    title: heading(plan),
    scores: scoreTable(repeats, summary, metric, precision),
    figures: {
      kind: 'figures',
      rows: [...figures(summary, precision), ['digest', digest]],
      short: [
        ['standard deviation', 'SD'],
        ['interquartile mean', 'IQM'],
        ['repeats for', 'N'],
      ],
    },
    bars: bars(repeats, metric),
    footnotes: [...notesOf(plan), ...summary.warnings],
  };
}
