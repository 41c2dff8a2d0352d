import { normal, permutation, type RandomState, uniform } from '../random/randomState.js';
import { type Dataset, fromDoubles } from './dataset.js';

/** Each coordinate of a centre is uniform from −BOX to BOX, as scikit-learn draws it unless told otherwise. */
const BOX = 10;

export interface BlobsOptions {
  readonly rows: number;
  readonly centers: number;
  readonly features: number;
  /** Standard deviation of each feature around its centre. */
  readonly deviation: number;
}

/**
 * Normal clusters around random centres, of one size each or one row more in the first of them; the targets are one-hot of the
 * centre. As scikit-learn's make_blobs.
 */
export function blobs(random: RandomState, { rows, centers, features, deviation }: BlobsOptions): Dataset {
  const middles = Array.from({ length: centers * features }, () => uniform(random, -BOX, BOX));
  const larger = rows % centers;
  const size = (rows - larger) / centers;
  const centerOf = Array.from({ length: centers }, (_, center) => Array(size + (center < larger ? 1 : 0)).fill(center));
  const points = centerOf.flat().map((center: number) => ({
    center,
    values: Array.from({ length: features }, (_, i) => normal(random, middles[center * features + i], deviation)),
  }));
  const shuffled = [...permutation(random, rows)].map((row) => points[row] as (typeof points)[number]);
  const targets = new Float64Array(rows * centers);
  shuffled.forEach(({ center }, row) => {
    targets[row * centers + center] = 1;
  });
  return fromDoubles(
    { rows, features, targets: centers },
    shuffled.flatMap(({ values }) => values),
    targets,
  );
}
