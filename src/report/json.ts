import type { RunRecord } from '../run/record.js';
import type { WholeFormat } from './format.js';
import { scoreBits } from './number.js';

/** Version of the document; it changes when a reader would have to. */
const VERSION = 1;

function repeatsOf({ repeats }: RunRecord): unknown[] {
  return repeats.map(({ index, score, weights }) => {
    const rest = { bits: scoreBits(score), weights };
    return Number.isFinite(score)
      ? { repeat: index + 1, status: 'ok', score, ...rest }
      : { repeat: index + 1, status: 'diverged', score: null, value: String(score), ...rest };
  });
}

/** One versioned document with all there is to a run, in full precision. */
export const json: WholeFormat = {
  kind: 'whole',
  render(record, summary) {
    const { plan, digest, circumstances } = record;
    const document = {
      format: 'repro-run',
      version: VERSION,
      digest,
      seed: { ...plan.seed, drawn: !plan.seeded },
      sameSeed: plan.sameSeed,
      experiment: plan.experiment,
      repeats: repeatsOf(record),
      summary,
      environment: circumstances,
    };
    return `${JSON.stringify(document, null, 2)}\n`;
  },
};
