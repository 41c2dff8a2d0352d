import { notesOf } from '../analysis/notes.js';
import type { Summary } from '../analysis/summarize.js';
import { hasFailed, type Repeat, type RunRecord } from '../run/record.js';
import { printable } from '../text/printable.js';
import { elidedRows } from './elidedRows.js';
import { figures } from './figures.js';
import { furtherMetrics } from './furtherMetrics.js';
import { heading } from './heading.js';
import { histogram } from './histogram.js';
import { metricName } from './metric.js';
import { metricColumn } from './metricColumn.js';
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
function scoreTable({ plan, repeats }: RunRecord, summary: Summary, digits: number): TableBlock {
  const outliers = new Map(summary.outliers.map(({ repeat, degree }) => [repeat, `${degree} outlier`]));
  const others = furtherMetrics(plan, repeats);
  const number = (value: number | undefined) => formatNumber(value ?? Number.NaN, digits);
  const cell = (repeat: Repeat, position: number): Cell => {
    const { score } = repeat;
    if (hasFailed(repeat)) return { text: '–', remark: 'failed', tone: 'bad' };
    if (!Number.isFinite(score)) return { text: number(score), remark: 'diverged', tone: 'bad' };
    const remark = outliers.get(position + 1);
    return remark === undefined ? number(score) : { text: number(score), remark, tone: 'aside' };
  };
  const row = (position: number): Cell[] => {
    const repeat = repeats[position] as Repeat;
    const { index, program } = repeat;
    const seed = program ? [String(program.seed)] : [];
    const further = others.map((name) => (hasFailed(repeat) ? '–' : number(program?.metrics[name])));
    return [String(index + 1), ...seed, cell(repeat, position), ...further];
  };
  const seeded = plan.experiment.kind !== 'network';
  const metric = metricName(plan.experiment);
  const score = metric === 'score' ? metric : metricColumn(metric);
  return {
    kind: 'table',
    head: ['repeat', ...(seeded ? ['seed'] : []), score, ...others.map((name) => printable(metricColumn(name)))],
    align: ['right', ...(seeded ? (['right'] as const) : []), 'left', ...others.map(() => 'left' as const)],
    ...elidedRows(repeats.length, row, 'csv'),
  };
}

/** What is to be said of how the run ended. */
function endingNotes({ plan, status, repeats }: RunRecord): string[] {
  const { until, repeats: planned } = plan;
  const count = `${repeats.length} of ${planned} repeats`;
  if (status !== 'finished') return [`${status} after ${count}`];
  if (until === null) return [];
  const percent = `±${formatNumber(100 * until, 3)}%`;
  if (repeats.length === planned) {
    return [`after all ${planned} repeats, the interval of the mean need not be within ${percent}`];
  }
  const peeked =
    'a run that looks at its scores to see whether they are enough ends on luck at times: its intervals are too narrow';
  return [`ended after ${count}, when the interval of the mean was within ${percent}; ${peeked}`];
}

/** How often each of some texts stands there, the most frequent first. */
function tally(texts: readonly string[]): (readonly [text: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** Reasons that are told, of many. */
const REASONS = 3;

/** Why repeats failed. */
function failureNotes({ repeats }: RunRecord): string[] {
  const failures = repeats.flatMap(({ program }) => program?.failure ?? []);
  // What they quote is another text each time.
  const kindOf = (failure: string) => failure.replace(/"[^"]*"|line \d+/g, '');
  const reasons = tally(failures.map(kindOf));
  const told = reasons.slice(0, REASONS).map(([kind, count]) => {
    const example = failures.find((failure) => kindOf(failure) === kind) ?? '';
    return `${count} failed${count > 1 ? ', the first' : ''}: ${printable(example)}`;
  });
  return reasons.length > REASONS ? [...told, `and for ${reasons.length - REASONS} other reasons`] : told;
}

/** Artifacts that were not written, by name. */
function artifactNotes({ repeats }: RunRecord): string[] {
  const missing = repeats.flatMap(({ program }) =>
    Object.entries(program?.artifacts ?? {}).flatMap(([name, hash]) => (hash === null ? [name] : [])),
  );
  return tally(missing).map(([name, count]) => {
    return `${printable(name)} was not written by ${count} of ${repeats.length} repeats`;
  });
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

/**
 * Every repeat's score, the figures with the digest, a histogram, and doubts as footnotes.
 *
 * @param ending what is to be said of how it ended
 */
export function runReport(
  record: RunRecord,
  summary: Summary,
  precision = DIGITS,
  ending: readonly string[] = endingNotes(record),
): RunReport {
  const { plan, repeats, digest } = record;
  return {
    title: heading(plan, repeats.length),
    scores: scoreTable(record, summary, precision),
    figures: {
      kind: 'figures',
      rows: [...figures(summary, precision), ['digest', digest]],
      short: [
        ['standard deviation', 'SD'],
        ['interquartile mean', 'IQM'],
        ['repeats for', 'N'],
      ],
    },
    bars: bars(repeats, metricName(plan.experiment)),
    footnotes: [...ending, ...failureNotes(record), ...artifactNotes(record), ...notesOf(plan), ...summary.warnings],
  };
}
