import type { Comparison } from '../analysis/compare.js';
import type { LabelledRun } from '../analysis/compareRuns.js';
import type { Demonstration } from '../analysis/demonstrate.js';
import { planDocument, repeatDocument } from '../run/recordDocument.js';

/** Version of both documents; it changes when a reader would have to. */
const VERSION = 1;
const FORMAT = 'repro-comparison';

function runDocument({ label, plan, repeats, digest }: LabelledRun): object {
  return { label, plan: planDocument(plan), repeats: repeats.map(repeatDocument), digest };
}

function textOf(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** One versioned document with all there is to a comparison, in full precision. */
export function comparisonJson({ arms, warnings, ...comparison }: Comparison, runs: readonly LabelledRun[]): string {
  return textOf({
    ...{ format: FORMAT, version: VERSION, kind: 'arms' },
    arms: runs.map((run, i) => ({ ...runDocument(run), summary: arms[i]?.summary })),
    ...comparison,
    warnings,
  });
}

/** The same of a demonstration. */
export function demonstrationJson({ unseeded, seeded, verdict }: Demonstration): string {
  const twins = [unseeded, seeded];
  return textOf({
    ...{ format: FORMAT, version: VERSION, kind: 'demonstration' },
    arms: twins.flatMap(({ runs, summaries }) =>
      runs.map((run, i) => ({ ...runDocument(run), summary: summaries[i as 0 | 1] })),
    ),
    twins: twins.map(({ runs, identical, repeats, sameDigest }) => ({
      labels: runs.map(({ label }) => label),
      ...{ identical, repeats, sameDigest },
    })),
    verdict,
  });
}
