import { normal, permutation, type RandomState } from '../random/randomState.js';
import { type Dataset, fromDoubles } from './dataset.js';

type Point = readonly [x: number, y: number];

/** `count` numbers from 0 on in steps of `step`, but for the last of them, which is `last` where it is given. */
export function steps(count: number, step: number, last?: number): number[] {
  return Array.from({ length: count }, (_, i) => (i > 0 && i === count - 1 && last !== undefined ? last : i * step));
}

/**
 * Points of two curves, shuffled and then, where noise is given, each coordinate moved by a normal deviate of that deviation, in
 * the order in which scikit-learn draws.
 *
 * @param outer half of the rows, rounded down; their target is 0
 * @param inner the others; theirs is 1
 */
export function twoClasses(
  random: RandomState,
  outer: readonly Point[],
  inner: readonly Point[],
  noise: number | undefined,
): Dataset {
  const points = [...outer, ...inner];
  const order = [...permutation(random, points.length)];
  const inputs = order.flatMap((row) => points[row] as Point);
  const moved = noise === undefined ? inputs : inputs.map((value) => value + normal(random, 0, noise));
  const targets = order.map((row) => (row < outer.length ? 0 : 1));
  return fromDoubles({ rows: points.length, features: 2, targets: 1 }, moved, targets);
}
