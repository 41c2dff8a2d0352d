import { notesOf } from '../analysis/notes.js';
import type { Repeat } from '../run/record.js';
import type { WholeFormat } from './format.js';
import { directionOf } from './metric.js';
import { scoreBits } from './number.js';

/** Version of the document; it changes when a reader would have to. */
const VERSION = 1;

function repeatOf({ index, score, weights }: Repeat): object {
  const rest = { bits: scoreBits(score), weights };
  return Number.isFinite(score)
    ? { repeat: index + 1, score, status: 'ok', ...rest }
    : { repeat: index + 1, score: null, status: 'diverged', value: String(score), ...rest };
}

/** One versioned document with all there is to a run, in full precision. */
export const json: WholeFormat = {
  kind: 'whole',
  render({ plan, repeats, digest, circumstances }, summary) {
    const document = {
      format: 'repro-run',
      version: VERSION,
      plan: {
        experiment: plan.experiment,
        seed: { ...plan.seed, drawn: plan.free.length > 0 },
        free: plan.free,
        sameSeed: plan.sameSeed,
      },
      repeats: repeats.map(repeatOf),
      direction: directionOf(plan.experiment.score),
      notes: notesOf(plan),
      summary,
      digest,
      environment: circumstances,
    };
    return `${JSON.stringify(document, null, 2)}\n`;
  },
};
