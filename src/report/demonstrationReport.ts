import { causesOf } from '../analysis/causes.js';
import type { LabelledRun } from '../analysis/compareRuns.js';
import type { Demonstration, Twins } from '../analysis/demonstrate.js';
import { notesOf } from '../analysis/notes.js';
import { meanAndDeviation } from './comparisonReport.js';
import { elidedRows } from './elidedRows.js';
import { experimentParts } from './heading.js';
import { metricName } from './metric.js';
import { formatNumber } from './number.js';
import type { Report, TableBlock } from './report.js';

const DIGITS = 8;
const FEW_DIGITS = 3;

function scoreTable({ unseeded, seeded }: Demonstration, digits: number): TableBlock {
  const runs = [...unseeded.runs, ...seeded.runs];
  const row = (i: number) => [
    String(i + 1),
    ...runs.map(({ repeats }) => formatNumber(repeats[i]?.score ?? Number.NaN, digits)),
  ];
  return {
    kind: 'table',
    head: ['repeat', ...runs.map(({ label }) => label)],
    align: ['right', 'left', 'left', 'left', 'left'],
    ...elidedRows(unseeded.repeats, row, 'json'),
  };
}

function runTable({ unseeded, seeded }: Demonstration, digits: number): TableBlock {
  const rows = [unseeded, seeded].flatMap(({ runs, summaries, identical, repeats, sameDigest }: Twins) =>
    runs.map(({ label, digest }, i) => [
      label,
      meanAndDeviation(summaries[i as 0 | 1], digits),
      digest,
      i === 0 ? '' : `${identical} of ${repeats}, ${sameDigest ? 'same' : 'other'} digest`,
    ]),
  );
  return {
    kind: 'table',
    head: ['run', 'mean ± SD', 'digest', 'identical'],
    align: ['left', 'left', 'left', 'left'],
    rows,
  };
}

/** Doubts about runs of which a repeat diverged, each with the runs that it is about: no table says how many did. */
function doubts({ unseeded, seeded }: Demonstration): string[] {
  const about = new Map<string, string[]>();
  for (const { runs, summaries } of [unseeded, seeded]) {
    summaries.forEach(({ count, finite, warnings }, i) => {
      if (finite === count) return;
      for (const warning of warnings) {
        about.set(warning, [...(about.get(warning) ?? []), (runs[i] as LabelledRun).label]);
      }
    });
  }
  return [...about].map(([warning, labels]) => `${labels.join(', ')}: ${warning}`);
}

/** What to do about what the seeded runs leave to chance, where that shows. */
function remedies({ identical, repeats, runs }: Twins): string[] {
  const found = identical < repeats ? causesOf(runs[0].plan).map(({ remedy }) => remedy) : [];
  return found.length > 0 ? [`to have them come out the same, ${found.join(', and ')}`] : [];
}

/** Scores side by side, who is identical to whom, and what follows. */
export function demonstrationReport(demonstration: Demonstration, precision?: number): Report {
  const { unseeded, seeded, verdict } = demonstration;
  const { plan } = seeded.runs[0];
  const { experiment } = plan;
  const [name, ...rest] = experimentParts(experiment);
  const replays = unseeded.runs.map((run) => run.plan.seed.root);
  return {
    title: [
      `${name}, twice unseeded and twice seeded`,
      ...rest,
      ...(experiment.kind === 'network' ? [metricName(experiment)] : []),
      plan.repeats === 1 ? '1 repeat' : `${plan.repeats} repeats`,
    ].join(' · '),
    blocks: [
      scoreTable(demonstration, precision ?? DIGITS),
      runTable(demonstration, precision ?? FEW_DIGITS),
      { kind: 'text', text: verdict, tone: seeded.identical === seeded.repeats ? 'good' : 'bad' },
    ],
    footnotes: [
      ...notesOf(plan),
      ...remedies(seeded),
      ...doubts(demonstration),
      `the unseeded runs drew seeds ${replays.join(' and ')}, which replay them`,
    ],
  };
}
