// The peers' data: of the same kind and size as `repro` draws from an experiment's `data`, though not the same numbers.
const { PI, cos, log, random, sin, sqrt } = Math;

/** Box and Muller. */
const normal = () => sqrt(-2 * log(1 - random())) * cos(2 * PI * random());
const fill = (length, draw) => Array.from({ length }, draw);

function sequence({ length, lag }) {
  const value = (index) => index / length;
  const rows = fill(length - lag, (_, row) => row);
  return {
    inputs: rows.map((row) => fill(lag, (_, offset) => value(row + offset))),
    targets: rows.map((row) => [value(row + lag)]),
  };
}

/** J. Friedman 1991: five features matter, the others do not. */
function friedman1({ rows, features, noise }) {
  const inputs = fill(rows, () => fill(features, random));
  const target = ([a, b, c, d, e]) => 10 * sin(PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e + noise * normal();
  return { inputs, targets: inputs.map((row) => [target(row)]) };
}

/** Normal noise around centres that are uniform in −10 … 10; the targets are one-hot. */
function blobs({ rows, centers, features, deviation }) {
  const middles = fill(centers, () => fill(features, () => 20 * random() - 10));
  const classes = fill(rows, (_, row) => row % centers);
  return {
    inputs: classes.map((which) => middles[which].map((middle) => middle + deviation * normal())),
    targets: classes.map((which) => fill(centers, (_, other) => (other === which ? 1 : 0))),
  };
}

const makers = { sequence, friedman1, blobs };

/** An experiment's `data` → inputs (rows × features) and targets (rows × outputs). */
export const makeData = (data) => makers[data.kind](data);
