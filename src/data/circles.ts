import { cos, sin } from '../kernel/elementary.js';
import type { RandomState } from '../random/randomState.js';
import type { Dataset } from './dataset.js';
import { steps, twoClasses } from './twoClasses.js';

export interface CirclesOptions {
  readonly rows: number;
  /** Radius of the inner circle, 0 to below 1; the outer one's is 1. */
  readonly factor: number;
  /** Deviation of what is added to each coordinate; absent where nothing is drawn. */
  readonly noise?: number;
}

/** `count` points of a circle, evenly spaced. */
function circle(count: number, radius: number): (readonly [number, number])[] {
  return steps(count, (2 * Math.PI) / count).map((angle) => [cos(angle) * radius, sin(angle) * radius] as const);
}

/** A circle within a circle: 2 features, target 0 outside and 1 inside. As scikit-learn's make_circles. */
export function circles(random: RandomState, { rows, factor, noise }: CirclesOptions): Dataset {
  const half = Math.floor(rows / 2);
  return twoClasses(random, circle(half, 1), circle(rows - half, factor), noise);
}
