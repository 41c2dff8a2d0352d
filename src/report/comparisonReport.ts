import type { Comparison, PairComparison } from '../analysis/compare.js';
import type { LabelledRun } from '../analysis/compareRuns.js';
import { notesOf } from '../analysis/notes.js';
import type { Summary } from '../analysis/summarize.js';
import { heading } from './heading.js';
import { metricName } from './metric.js';
import { formatNumber } from './number.js';
import type { Block, FiguresBlock, Report, TableBlock } from './report.js';

const DIGITS = 4;
const FEW_DIGITS = 2;

/** Writes figures with a number of significant digits. */
interface Writer {
  number(value: number | null): string;
  interval(limits: { readonly low: number; readonly high: number } | null): string;
  p(value: number): string;
}

function writer(digits: number): Writer {
  const number = (value: number | null) => (value === null ? '–' : formatNumber(value, digits));
  return {
    number,
    interval: (limits) => (limits === null ? '' : ` [${number(limits.low)}, ${number(limits.high)}]`),
    p: (value) => `p = ${formatNumber(value, Math.min(digits, 3))}`,
  };
}

/** `mean ± sample standard deviation`, as far as there are such. */
export function meanAndDeviation({ mean, standardDeviation }: Summary, digits: number): string {
  if (mean === null) return '–';
  const spread = standardDeviation === null ? '' : ` ± ${formatNumber(standardDeviation, digits)}`;
  return formatNumber(mean, digits) + spread;
}

function armTable({ arms }: Comparison, digits: number, write: Writer): TableBlock {
  return {
    kind: 'table',
    head: ['arm', 'repeats', 'median [95%]', 'mean ± SD'],
    align: ['left', 'right', 'left', 'left'],
    rows: arms.map(({ label, summary }) => [
      label,
      String(summary.count),
      write.number(summary.median) + write.interval(summary.intervals.median),
      meanAndDeviation(summary, digits),
    ]),
  };
}

/** All there is to two arms, a line each. */
function pairFigures(pair: PairComparison, { paired }: Comparison, write: Writer): FiguresBlock {
  const { first, second, test, probabilityBetter, shift, meanTest, permutation, spread, equivalence } = pair;
  const { number, interval, p } = write;
  const rows: (readonly [string, string])[] = [
    [
      `${test.name} (${test.method})`,
      `${p(test.p)}, ${test.name === 'Wilcoxon' ? 'W' : 'U'} = ${number(test.statistic)}`,
    ],
    [`P(${first} better)`, `${number(probabilityBetter.probability)}${interval(probabilityBetter)}, ${pair.meaning}`],
    ["Cliff's delta", number(pair.cliffsDelta)],
  ];
  if (shift) rows.push(['shift (Hodges-Lehmann)', number(shift.shift) + interval(shift.interval)]);
  if (meanTest) {
    const { difference, t, df } = meanTest;
    rows.push([
      `mean difference (${paired ? 'paired t' : 'Welch'})`,
      `${number(difference)}${interval(meanTest)}, ${p(meanTest.p)}, t = ${number(t)}, df = ${number(df)}`,
    ]);
  }
  if (pair.effectSize !== null) rows.push([paired ? "Cohen's d_z" : "Hedges' g", number(pair.effectSize)]);
  if (permutation) {
    const method = permutation.method === 'monteCarlo' ? 'Monte Carlo' : permutation.method;
    rows.push([`${paired ? 'sign flips' : 'permutation'} of means (${method})`, p(permutation.p)]);
  }
  if (spread) rows.push(['spread (Brown-Forsythe)', `${p(spread.p)}, F = ${number(spread.f)}`]);
  if (equivalence) rows.push([`means within ± ${number(equivalence.margin)}`, p(equivalence.p)]);
  return { kind: 'figures', rows: [[`differences are`, `${first} minus ${second}`], ...rows] };
}

/** Who is better, or what else is concluded. */
function betterOf({ conclusion }: PairComparison): string {
  return conclusion.replace(' better', '');
}

/** Narrow enough for 80 columns, with fewer digits than there are in the figures of two arms. */
function pairTable({ pairs }: Comparison, precision: number | undefined): TableBlock {
  const write = writer(precision ?? FEW_DIGITS);
  return {
    kind: 'table',
    head: ['first, second', 'p', 'p (Holm)', 'P(first better)', 'better'],
    align: ['left', 'left', 'left', 'left', 'left'],
    rows: pairs.map((pair) => [
      `${pair.first}, ${pair.second}`,
      write.number(pair.test.p),
      write.number(pair.adjustedP),
      write.number(pair.probabilityBetter.probability) + write.interval(pair.probabilityBetter),
      betterOf(pair),
    ]),
  };
}

function overallFigures({ overall, paired }: Comparison, write: Writer): FiguresBlock {
  const name = paired ? 'Friedman' : 'Kruskal-Wallis';
  if (overall === null) return { kind: 'figures', rows: [[name, 'no two scores differ']] };
  const rows = [
    [name, `${write.p(overall.p)}, chi-squared = ${write.number(overall.chiSquared)}, df = ${overall.df}`],
  ] as const;
  if (overall.name === 'Kruskal-Wallis' || overall.imanDavenport === null) return { kind: 'figures', rows };
  const { p, f } = overall.imanDavenport;
  return { kind: 'figures', rows: [...rows, ['Iman-Davenport', `${write.p(p)}, F = ${write.number(f)}`]] };
}

/** Who was compared, their summaries, the tests, and the verdict. */
export function comparisonReport(comparison: Comparison, runs: readonly LabelledRun[], precision?: number): Report {
  const digits = precision ?? DIGITS;
  const { direction, paired, alpha, pairs, verdict, warnings } = comparison;
  const write = writer(digits);
  const metric = runs[0] ? metricName(runs[0].plan.experiment) : 'score';
  const [pair] = pairs;
  const tests: Block[] =
    pair && pairs.length === 1
      ? [pairFigures(pair, comparison, write)]
      : [overallFigures(comparison, write), pairTable(comparison, precision)];
  return {
    title: [
      `${runs.length} arms by ${metric}, ${direction} is better`,
      paired ? 'paired repeat by repeat' : 'unpaired',
      `alpha ${formatNumber(alpha, digits)}`,
    ].join(' · '),
    blocks: [
      { kind: 'figures', rows: runs.map(({ label, plan }) => [label, heading(plan)]) },
      armTable(comparison, digits, write),
      ...tests,
      { kind: 'text', text: verdict },
    ],
    footnotes: [...new Set([...runs.flatMap(({ plan }) => notesOf(plan)), ...warnings])],
  };
}
