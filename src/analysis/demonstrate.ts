import type { Repeat } from '../run/record.js';
import { causesOf } from './causes.js';
import type { LabelledRun } from './compareRuns.js';
import { type Summary, summarize } from './summarize.js';

/** A run executed twice. */
export interface Twins {
  readonly runs: readonly [LabelledRun, LabelledRun];
  readonly summaries: readonly [Summary, Summary];
  /** Repeats whose score and final weights are the same in both, bit by bit. */
  readonly identical: number;
  readonly repeats: number;
  readonly sameDigest: boolean;
}

/** The article's demonstration: an experiment executed twice without a seed, and twice with one. */
export interface Demonstration {
  readonly unseeded: Twins;
  readonly seeded: Twins;
  /** One sentence. */
  readonly verdict: string;
}

function areIdentical(one: Repeat, other: Repeat | undefined): boolean {
  return other !== undefined && Object.is(one.score, other.score) && one.hash === other.hash;
}

function twinsOf(runs: readonly [LabelledRun, LabelledRun]): Twins {
  const [one, other] = runs;
  const summaryOf = ({ repeats }: LabelledRun) => summarize(repeats.map(({ score }) => score));
  return {
    runs,
    summaries: [summaryOf(one), summaryOf(other)],
    identical: one.repeats.filter((repeat, i) => areIdentical(repeat, other.repeats[i])).length,
    repeats: one.repeats.length,
    sameDigest: one.digest === other.digest,
  };
}

function verdictOf(unseeded: Twins, seeded: Twins): string {
  const all = seeded.repeats === 1 ? 'its one repeat does' : `all ${seeded.repeats} do`;
  const came = (twins: Twins) => `${twins.identical} of ${twins.repeats} repeats came out the same twice`;
  if (seeded.identical < seeded.repeats) {
    const causes = causesOf(seeded.runs[0].plan).map(({ cause }) => cause);
    if (causes.length > 0) return `Seeded, ${came(seeded)}, for ${causes.join(', and ')}.`;
    return `Seeded, ${came(seeded)}: something that the seed does not decide is at work.`;
  }
  if (unseeded.identical === unseeded.repeats) {
    const { count, finite } = unseeded.summaries[0];
    if (finite < count) {
      return `Unseeded as seeded, ${came(seeded)}, but ${count - finite} of them diverged, which hides what is random.`;
    }
    return `Unseeded as seeded, ${came(seeded)}, bit by bit: nothing in this experiment is random.`;
  }
  return `Unseeded, ${came(unseeded)}; with the seed ${all}, bit by bit: seeding makes this experiment reproducible.`;
}

/** Holds an experiment that was executed twice without a seed and twice with one against itself. */
export function demonstrate(
  unseeded: readonly [LabelledRun, LabelledRun],
  seeded: readonly [LabelledRun, LabelledRun],
): Demonstration {
  const twins = { unseeded: twinsOf(unseeded), seeded: twinsOf(seeded) };
  return { ...twins, verdict: verdictOf(twins.unseeded, twins.seeded) };
}
