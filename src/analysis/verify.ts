import type { Trace } from '../network/tracer.js';
import type { NamedTensor } from '../network/trainer.js';
import type { TracedRepeat } from '../run/record.js';
import { type Distance, distance64 } from './distance.js';
import { type Divergence, isIdentical, locate, type Pair } from './divergence.js';
import {
  type DifferingLine,
  type DifferingPart,
  differingLine,
  differingParts,
  hasSameStdout,
} from './programDifferences.js';
import { isWithin, type Tolerance } from './tolerance.js';

/** A repeat whose scores differ. */
export interface DifferingScore {
  /** The repeat's index, from 0. */
  readonly repeat: number;
  readonly scores: Pair<number>;
  readonly distance: Distance;
}

/** What two executions of a run have in common. */
export interface Verification {
  /** Repeats compared. */
  readonly repeats: number;
  /** Those whose scores and weights, after every epoch, have the same bits. */
  readonly identical: number;
  /** Those whose scores have the same bits. */
  readonly identicalScores: number;
  /** Those whose scores, and further metrics, are within the tolerance, if there is one, with artifacts that are the same. */
  readonly within: number | null;
  /** After which epochs weights were compared: all, or some of very many and the last, or, where nothing was traced, the last. */
  readonly epochs: 'every' | 'some' | 'final';
  /** Where the executions first part; `null` where they do not. */
  readonly divergence: Divergence | null;
  /** The scores that are farthest apart, by units in the last place. */
  readonly farthest: DifferingScore | null;
  /** Of programs: repeats that printed something else, which is no result; `null` of networks. */
  readonly stdout: DifferingStdout | null;
}

/** Where a program printed something else the second time. */
interface DifferingStdout {
  readonly repeats: number;
  /** The index of the first such repeat, from 0, and where it parts, as far as it was kept; `null` where there is none. */
  readonly first: { readonly repeat: number; readonly line: DifferingLine | null } | null;
}

/** Compares two executions as their repeats come in. */
export interface Verifier {
  /** @param identical whether they are, where that is known */
  add(a: TracedRepeat, b: TracedRepeat, identical?: boolean): void;
  /** @param tensors what the weights are made of */
  result(tensors: readonly NamedTensor[]): Verification;
}

function comparedEpochs(a: Trace | undefined, b: Trace | undefined): Verification['epochs'] {
  if (!a || !b) return 'final';
  return [a, b].every(({ hashed, epochs }) => hashed.length === epochs + 1) ? 'every' : 'some';
}

/** Whether a further metric is within the tolerance; artifacts have none. */
function agrees({ values: [one, other] }: DifferingPart, tolerance: Tolerance): boolean {
  return typeof one === 'number' && typeof other === 'number' && isWithin(distance64(one, other), tolerance);
}

function withStdout(before: DifferingStdout, a: TracedRepeat, b: TracedRepeat): DifferingStdout {
  if (hasSameStdout(a, b)) return before;
  const { repeats, first } = before;
  return { repeats: repeats + 1, first: first ?? { repeat: a.index, line: differingLine(a, b) } };
}

export function createVerifier(tolerance: Tolerance | undefined): Verifier {
  let repeats = 0;
  let identical = 0;
  let identicalScores = 0;
  let within = 0;
  let first: Pair<TracedRepeat> | undefined;
  let farthest: DifferingScore | null = null;
  let epochs: Verification['epochs'] = 'final';
  let stdout: DifferingStdout | null = null;
  return {
    add(a, b, known) {
      if (a.program && b.program) stdout = withStdout(stdout ?? { repeats: 0, first: null }, a, b);
      // All repeats are traced alike.
      if (repeats === 0) epochs = comparedEpochs(a.trace, b.trace);
      repeats += 1;
      if (known ?? isIdentical(a, b)) identical += 1;
      else first ??= [a, b];
      const distance = distance64(a.score, b.score);
      if (Object.is(a.score, b.score)) identicalScores += 1;
      else if (!farthest || distance.ulps > farthest.distance.ulps) {
        farthest = { repeat: a.index, scores: [a.score, b.score], distance };
      }
      if (tolerance && isWithin(distance, tolerance) && differingParts(a, b).every((part) => agrees(part, tolerance))) {
        within += 1;
      }
    },
    result: (tensors) => ({
      ...{ repeats, identical, identicalScores, farthest, epochs, stdout },
      within: tolerance ? within : null,
      divergence: first ? locate(...first, tensors) : null,
    }),
  };
}
