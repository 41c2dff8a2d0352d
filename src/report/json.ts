import { notesOf } from '../analysis/notes.js';
import type { Summary } from '../analysis/summarize.js';
import { directionOf } from '../experiment/judged.js';
import type { RunRecord, TracedRepeat } from '../run/record.js';
import { planDocument, repeatDocument } from '../run/recordDocument.js';
import { encodeTrace, fits } from '../run/savedTrace.js';
import type { WholeFormat } from './format.js';

/** Version of the document; it changes when a reader would have to. */
const VERSION = 1;

/** The document of a run, its repeats as `repeatDocument` has them or with more. */
function documentOf(
  { plan, status, digest, circumstances }: RunRecord,
  repeats: readonly object[],
  summary: Summary,
): string {
  const document = {
    format: 'repro-run',
    version: VERSION,
    status,
    plan: planDocument(plan),
    repeats,
    direction: directionOf(plan.experiment),
    notes: notesOf(plan),
    summary,
    digest,
    environment: circumstances,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** One versioned document with all there is to a run, in full precision. */
export const json: WholeFormat = {
  kind: 'whole',
  render: (record, summary) => documentOf(record, record.repeats.map(repeatDocument), summary),
};

/** The same document with traces, where they fit into a file. */
export function baselineJson(
  record: Omit<RunRecord, 'repeats'> & { readonly repeats: readonly TracedRepeat[] },
  summary: Summary,
): string {
  const { repeats } = record;
  const traced = repeats.map((repeat) => {
    const { trace } = repeat;
    return {
      ...repeatDocument(repeat),
      ...(trace && fits(trace, repeats.length) ? { trace: encodeTrace(trace) } : {}),
    };
  });
  return documentOf(record, traced, summary);
}
