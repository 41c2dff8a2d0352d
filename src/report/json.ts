import { notesOf } from '../analysis/notes.js';
import type { Summary } from '../analysis/summarize.js';
import type { Repeat, RunPlan, RunRecord, TracedRepeat } from '../run/record.js';
import { encodeTrace, fits } from '../run/savedTrace.js';
import type { WholeFormat } from './format.js';
import { directionOf } from './metric.js';
import { scoreBits } from './number.js';

/** Version of the document; it changes when a reader would have to. */
const VERSION = 1;

/** A repeat as documents hold it. */
export function repeatOf({ index, score, weights }: Repeat): object {
  const rest = { bits: scoreBits(score), weights };
  return Number.isFinite(score)
    ? { repeat: index + 1, score, status: 'ok', ...rest }
    : { repeat: index + 1, score: null, status: 'diverged', value: String(score), ...rest };
}

/** A plan as documents hold it. */
export function planOf({ experiment, seed, free, sameSeed }: RunPlan): object {
  return { experiment, seed: { ...seed, drawn: free.length > 0 }, free, sameSeed };
}

/** The document of a run, its repeats as `repeatOf` has them or with more. */
function documentOf({ plan, digest, circumstances }: RunRecord, repeats: readonly object[], summary: Summary): string {
  const document = {
    format: 'repro-run',
    version: VERSION,
    plan: planOf(plan),
    repeats,
    direction: directionOf(plan.experiment.score),
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
  render: (record, summary) => documentOf(record, record.repeats.map(repeatOf), summary),
};

/** The same document with traces, where they fit into a file. */
export function baselineJson(
  record: Omit<RunRecord, 'repeats'> & { readonly repeats: readonly TracedRepeat[] },
  summary: Summary,
): string {
  const { repeats } = record;
  const traced = repeats.map((repeat) => {
    const { trace } = repeat;
    return { ...repeatOf(repeat), ...(trace && fits(trace, repeats.length) ? { trace: encodeTrace(trace) } : {}) };
  });
  return documentOf(record, traced, summary);
}
