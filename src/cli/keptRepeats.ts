import { digestOf } from '../run/digest.js';
import type { RunPlan, TracedRepeat } from '../run/record.js';
import { seedOfRepeat } from '../run/seedOfRepeat.js';

/** Repeats of a run by their index, as its journal has them. */
type Repeats = ReadonlyMap<number, TracedRepeat>;

/** What is kept of a run, and of what of that it is not sure. */
export interface KeptRepeats {
  /** In their order. */
  readonly repeats: readonly TracedRepeat[];
  /** Indices of those that cannot all be what the run had when it ended. */
  readonly doubtful: ReadonlySet<number>;
}

/** How a run ended that has all its repeats. */
export interface RunEnd {
  readonly repeats: number;
  readonly digest: string;
}

/** Whether a repeat can be one of a run: those of programs have the seed that its plan gives them. */
function isOf(plan: RunPlan, { index, program }: TracedRepeat): boolean {
  // A seed that was left out of the record leads to none.
  return program === undefined || plan.redacted === true || program.seed === seedOfRepeat(plan, index);
}

/**
 * The repeats of a run, where lines of its journal may contradict each other: what the first ones say, or the last ones, whichever has
 * the digest that the run ended with.
 *
 * @param latest what the last line says of those that are contradicted
 * @param end how many repeats the run had when it ended, and their digest; undefined of one that has not ended with all its repeats
 */
export function keptRepeats(plan: RunPlan, first: Repeats, latest: Repeats, end: RunEnd | undefined): KeptRepeats {
  const fitting = (preferred: Repeats, others: Repeats) =>
    [...first.keys()]
      .sort((a, b) => a - b)
      .flatMap((index) =>
        [preferred.get(index), others.get(index)].filter((each) => each !== undefined && isOf(plan, each)).slice(0, 1),
      ) as TracedRepeat[];
  const repeats = fitting(first, latest);
  if (!end || digestOf(repeats) === end.digest) return { repeats, doubtful: new Set() };
  const others = latest.size === 0 ? repeats : fitting(latest, first);
  if (digestOf(others) === end.digest) return { repeats: others, doubtful: new Set() };
  const contradicted = repeats.filter((repeat, i) => repeat !== others[i]).map(({ index }) => index);
  // Where nothing tells which of them are wrong, they all may be.
  const isWhole = repeats.length === end.repeats && contradicted.length === 0;
  return { repeats, doubtful: new Set(isWhole ? repeats.map(({ index }) => index) : contradicted) };
}
