// What a batch goes through, operation by operation: lists that installBatches.ts reads and writes as functions over this module's
// memory, with products and steps in them, and calls of `operate` for all else.
import { allocate } from './memory';

/** Functions that are written: prediction of a batch, training on a whole one and on the last rows. */
export const PREDICT: u32 = 0;
export const TRAIN_WHOLE: u32 = 1;
export const TRAIN_REST: u32 = 2;
const LISTS: u32 = 3;

/** The operations; the first three, of the product, the step or the place of that number, are written, the others are operate's. */
export const PRODUCT: u32 = 0;
export const STEP: u32 = 1;
export const SQUARED_ERROR: u32 = 2;
export const FORWARD_ROWS: u32 = 3;
export const LOOK_UP: u32 = 4;
export const WATCH: u32 = 5;
export const LOSS: u32 = 6;
export const BACKWARD_ROWS: u32 = 7;
export const EMBEDDING_GRADIENT: u32 = 8;
export const PENALTIES: u32 = 9;
export const DRAW_ORDER: u32 = 10;
export const COPY_IN_ORDER: u32 = 11;
export const NORM: u32 = 12;

/** Two u32 each: which operation, and of what. */
let operations: usize = 0;
let most: u32 = 0;
/** How many stand in each list. */
const counts = memory.data(12, 4);
/** Where in the function table the first list's function is. */
let first: u32 = 0;

export function reserveOperations(limit: u32): void {
  most = limit;
  operations = allocate((<usize>(limit * LISTS)) << 3);
}

export function operationsAt(list: u32): usize {
  return operations + ((<usize>(list * most)) << 3);
}

export function operationCount(list: u32): u32 {
  return load<u32>(counts + (list << 2));
}

/** Tells where in the function table the lists' functions have been put. */
export function useFunctions(index: u32): void {
  first = index;
}

export function addOperation(list: u32, operation: u32, index: u32): void {
  const count = counts + (list << 2);
  const at = operationsAt(list) + ((<usize>load<u32>(count)) << 3);
  store<u32>(at, operation);
  store<u32>(at, index, 4);
  store<u32>(count, load<u32>(count) + 1);
}

/** Runs a list's function on `count` rows of the gathered batch. */
export function run(list: u32, count: u32, mode: u32): void {
  call_indirect<void>(first + list, count, mode);
}
