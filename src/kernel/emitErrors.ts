import { FREE_COUNTER, FREE_VECTORS } from './emitProducts.js';
import { type Code, FIRST_LOCAL, get, load, multiply, repeatCode, SET, splat, store, subtract } from './wasm.js';

/** Where a batch's errors are taken, in the order in which assembly/network.ts has them. */
export interface ErrorPlace {
  readonly outputs: number;
  readonly deltas: number;
  readonly outputRow: number;
  readonly target: number;
  readonly targetRow: number;
  readonly targets: number;
}
export const ERROR_FIELDS = 6;

export function readErrorPlace(fields: Uint32Array): ErrorPlace {
  const [outputs = 0, deltas = 0, outputRow = 0, target = 0, targetRow = 0, targets = 0] = fields;
  return { outputs, deltas, outputRow, target, targetRow, targets };
}

// Locals, among those of a product.
const OUTPUT = FIRST_LOCAL;
const TARGET = FIRST_LOCAL + 1;
const TURNS = FREE_COUNTER;
const SCALE = FREE_VECTORS;

/** Rows that are written out one by one; more are gone through in a loop. */
const MOST_ROWS = 16;

/** The derivative of mean squared error by the outputs of `rows` rows: 2 (p − t) / (rows · targets). */
export function squaredErrorCode(place: ErrorPlace, rows: number): Code {
  const { outputs, deltas, outputRow, target, targetRow, targets } = place;
  const rowCode = (row: number) =>
    Array.from({ length: targets }, (_, i) => {
      const at = (first: number) => ({ local: OUTPUT, offset: first + row * outputRow + 16 * i });
      const wanted = { local: TARGET, offset: target + row * targetRow + 16 * i };
      return store(at(deltas), multiply(subtract(load(at(outputs)), load(wanted)), get(SCALE)));
    }).flat();
  const scale = [...splat(2 / (rows * targets)), SET, SCALE];
  if (rows <= MOST_ROWS) return [...scale, ...Array.from({ length: rows }, (_, row) => rowCode(row)).flat()];
  const pointers = [
    { local: OUTPUT, step: outputRow },
    { local: TARGET, step: targetRow },
  ];
  return [...scale, ...repeatCode(rows, TURNS, rowCode(0), pointers)];
}
