import { cos, sin } from '../kernel/elementary.js';
import type { RandomState } from '../random/randomState.js';
import type { Dataset } from './dataset.js';
import { steps, twoClasses } from './twoClasses.js';

export interface MoonsOptions {
  readonly rows: number;
  /** Deviation of what is added to each coordinate; absent where nothing is drawn. */
  readonly noise?: number;
}

/** Angles from 0 to π, both included. */
function halfTurn(count: number): number[] {
  return steps(count, Math.PI / Math.max(1, count - 1), Math.PI);
}

/** Two half circles that reach into each other: 2 features, target 0 or 1. As scikit-learn's make_moons. */
export function moons(random: RandomState, { rows, noise }: MoonsOptions): Dataset {
  const half = Math.floor(rows / 2);
  const outer = halfTurn(half).map((angle) => [cos(angle), sin(angle)] as const);
  const inner = halfTurn(rows - half).map((angle) => [1 - cos(angle), 1 - sin(angle) - 0.5] as const);
  return twoClasses(random, outer, inner, noise);
}
