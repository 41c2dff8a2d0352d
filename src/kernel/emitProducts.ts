// Matrix products as WebAssembly, written when a network's shapes are known: addresses and strides become constants,
// short sums lose their loops, and what is being summed stays in registers. Every sum runs in the order of its index,
// one product and one addition at a time, so that no choice made here changes a bit.

import { STEP_LOCALS } from './optimizers.js';
import {
  type Address,
  add,
  type Code,
  FIRST_LOCAL,
  get,
  I32,
  load,
  loopCode,
  moveLocal,
  multiply,
  SET,
  store,
  V128,
} from './wasm.js';

/**
 * A · B = C, (m × k) · (k × n) → (m × n), over matrices of 16-byte vectors: their addresses, and the bytes from one row
 * and from one column to the next. The fields and their order are those of assembly/product.ts.
 */
export interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: number;
  readonly aRow: number;
  readonly aColumn: number;
  readonly b: number;
  readonly bRow: number;
  readonly bColumn: number;
  readonly c: number;
  readonly cRow: number;
  readonly cColumn: number;
  /** Where A holds nothing but ones, which need no multiplication. */
  readonly ones: number;
  /** Whether C is a gradient that is not to be written: its address is that of the parameters, whose step is taken. */
  readonly stepped: boolean;
}
/** Words of a product's record. */
export const PRODUCT_FIELDS = 14;
const ONES_IN_LAST_ROW = 1;
const ONES_IN_LAST_COLUMN = 2;

/** Vector registers that an engine has left on x64, where it keeps one of sixteen to itself; assembly/network.ts knows it. */
const REGISTERS = 15;
/** Steps of the sums in one turn of their loop, at most. */
const TURN = 2;
/** Multiplications of a product whose tiles are written out one by one, instead of in loops. */
const MOST_IN_TEXT = 512;
/** Instructions that a turn costs by itself, and that an addition's latency leaves room for. */
const TURN_COST = 5;
const LATENCY = 20;

// Locals: the ways gone in A, B, C and a panel, which are 0 before and after; each loop's turns left; a tile's operands and sums.
const A = FIRST_LOCAL;
const B = FIRST_LOCAL + 1;
const C = FIRST_LOCAL + 2;
const PANEL = FIRST_LOCAL + 3;
const COLUMN_LOOP = FIRST_LOCAL + 4;
const ROW_LOOP = FIRST_LOCAL + 5;
const SUM_LOOP = FIRST_LOCAL + 6;
const VECTORS = FIRST_LOCAL + 7;

/** Where among them others may count, and keep vectors, between two products. */
export const FREE_COUNTER = SUM_LOOP;
export const FREE_VECTORS = VECTORS;

/** What a product needs of locals, from FIRST_LOCAL on. */
export const PRODUCT_LOCALS = [
  [7, I32],
  [REGISTERS + STEP_LOCALS, V128],
] as const;

/** How a product's record in the kernel's memory is read. */
export function readProduct(fields: Uint32Array): Product {
  const [m = 0, n = 0, k = 0, a = 0, aRow = 0, aColumn = 0, b = 0, bRow = 0, bColumn = 0] = fields;
  const [c = 0, cRow = 0, cColumn = 0, ones = 0, stepped = 0] = fields.subarray(9);
  return { m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, ones, stepped: stepped !== 0 };
}

/**
 * Steps of a tile's sums that fit into registers beside a product, 0 if none does: an engine may load all operands of a turn
 * before it multiplies the first two. A sum that is kept in memory instead makes every step wait for the one before.
 */
function stepsAtOnce(rows: number, columns: number): number {
  return Math.min(TURN, Math.trunc((REGISTERS - 1 - rows * columns) / (rows + columns)));
}

/** Instructions of a step of a tile's sums; of an empty tile's none. */
function stepCost(rows: number, columns: number, k: number): number {
  if (rows === 0 || columns === 0) return 0;
  const turn = stepsAtOnce(rows, columns) < k ? TURN_COST / stepsAtOnce(rows, columns) : 0;
  return Math.max(2 * rows * columns + rows + columns + turn, k > 16 ? LATENCY : 0);
}

/** Whether sums are so short that a tile's are not carried from step to step, but stored as they are made. */
function isShort({ k, ones, stepped }: Product): boolean {
  return k <= TURN && ones !== ONES_IN_LAST_ROW && !stepped;
}

/** Terms of a sum that are multiplied. */
function factors({ k, ones }: Product): number {
  return ones === ONES_IN_LAST_COLUMN ? k - 1 : k;
}

/** The rows and columns of C whose operands are loaded together where sums are short: those with the fewest loads. */
function chooseShortTile(product: Product): [rows: number, columns: number] {
  const { m, n, k } = product;
  let best: [number, number] = [1, 1];
  let least = Number.POSITIVE_INFINITY;
  for (let rows = 1; rows <= Math.min(m, REGISTERS); rows++) {
    for (let columns = 1; columns <= Math.min(n, REGISTERS); columns++) {
      const operands = rows * factors(product) + columns * k;
      const loads = Math.ceil(m / rows) * Math.ceil(n / columns) * (operands + TURN_COST);
      if (operands > REGISTERS - 2 || loads >= least) continue;
      least = loads;
      best = [rows, columns];
    }
  }
  return best;
}

/** The rows and columns of C that are summed side by side: those with the fewest instructions. */
function chooseTile({ m, n, k }: Product): [rows: number, columns: number] {
  let best: [number, number] = [1, 1];
  let least = Number.POSITIVE_INFINITY;
  for (let rows = 1; rows <= m && stepsAtOnce(rows, 1) > 0; rows++) {
    for (let columns = 1; columns <= n && stepsAtOnce(rows, columns) > 0; columns++) {
      const right = Math.trunc(n / columns);
      const whole = right * stepCost(rows, columns, k) + stepCost(rows, n % columns, k);
      const last = right * stepCost(m % rows, columns, k) + stepCost(m % rows, n % columns, k);
      const cost = Math.trunc(m / rows) * whole + last;
      if (cost < least) {
        least = cost;
        best = [rows, columns];
      }
    }
  }
  return best;
}

/** Bytes by which to move on in A, B, C and the panel. */
type Steps = readonly [a: number, b: number, c: number, panel: number];

/**
 * Whether columns of B are copied before they are multiplied by many rows of A: rows of B that are a multiple of this apart share
 * few places in a cache, and would drive each other out.
 */
function isPacked({ m, k, bRow, bColumn }: Product): boolean {
  return bColumn === 16 && bRow % 256 === 0 && m >= 12 && k >= 12;
}

/** Writes the steps of parameters at addresses by their gradients, with locals of its own from `local` on. */
export type EmitSteps = (vectors: readonly (readonly [at: Address, gradient: Code])[], local: number) => Code;

/**
 * A product: columns of tiles, tiles, steps of their sums.
 *
 * @param panel address with room for k × REGISTERS vectors
 */
export function productCode(product: Product, panel: number, emitSteps: EmitSteps): Code {
  const { m, n, k, aRow, aColumn, bRow, bColumn, cRow, cColumn, ones } = product;
  const code: Code = [];
  // A pointer is a local, moved by loops, and a constant, which takes in the moves known here.
  const constants = new Map([
    [A, product.a],
    [B, product.b],
    [C, product.c],
    [PANEL, panel],
  ]);
  const short = isShort(product);
  const [tileRows, tileColumns] = short ? chooseShortTile(product) : chooseTile(product);
  const inText = m * n * k <= MOST_IN_TEXT;
  const packed = !short && isPacked(product);

  function address(pointer: number, offset: number): Address {
    return { local: pointer, offset: (constants.get(pointer) ?? 0) + offset };
  }

  function read(local: number, pointer: number, offset: number): void {
    code.push(...load(address(pointer, offset)), SET, local);
  }

  /** Moves the pointers on, in this text or when it runs. */
  function move(steps: Steps, times: number, inText: boolean): void {
    for (let pointer = A; pointer <= PANEL; pointer++) {
      const bytes = times * (steps[pointer - A] ?? 0);
      if (inText) {
        constants.set(pointer, (constants.get(pointer) ?? 0) + bytes);
      } else if (bytes !== 0) {
        code.push(...moveLocal(pointer, bytes));
      }
    }
  }

  /** `body` so many times, each a step further, then the rest; leaves the pointers where they were. */
  function repeat(times: number, loop: number | undefined, steps: Steps, body: () => void, rest: () => void): void {
    if (times < 2 || loop === undefined) {
      for (let time = 0; time < times; time++) {
        body();
        move(steps, 1, true);
      }
      rest();
      move(steps, -times, true);
      return;
    }
    const start = code.length;
    body();
    move(steps, 1, false);
    code.push(...loopCode(times, loop, code.splice(start)));
    rest();
    move(steps, -times, false);
  }

  /** Adds term `index`, `ahead` steps from the pointers, to the sums of a tile, or starts them with it. */
  function step(rows: number, columns: number, isLast: boolean, index: number, ahead: number): void {
    const fromB = VECTORS + rows;
    const sums = fromB + columns;
    const isOne = (row: number) =>
      ones === ONES_IN_LAST_ROW ? isLast && row === rows - 1 : ones === ONES_IN_LAST_COLUMN && index === k - 1;
    for (let row = 0; row < rows; row++) if (!isOne(row)) read(VECTORS + row, A, row * aRow + ahead * aColumn);
    const { pointer, row: rightRow, column: rightColumn } = right(columns);
    for (let column = 0; column < columns; column++) {
      read(fromB + column, pointer, column * rightColumn + ahead * rightRow);
    }
    for (let row = 0, sum = sums; row < rows; row++) {
      for (let column = 0; column < columns; column++, sum++) {
        const term = isOne(row) ? get(fromB + column) : multiply(get(fromB + column), get(VECTORS + row));
        code.push(...(index > 0 ? add(get(sum), term) : term), SET, sum);
      }
    }
  }

  function shortTile(rows: number, columns: number): void {
    const multiplied = factors(product);
    const fromA = (row: number, index: number) => VECTORS + row * multiplied + index;
    const fromB = (column: number, index: number) => VECTORS + rows * multiplied + column * k + index;
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < multiplied; i++) read(fromA(row, i), A, row * aRow + i * aColumn);
    }
    for (let column = 0; column < columns; column++) {
      for (let i = 0; i < k; i++) read(fromB(column, i), B, column * bColumn + i * bRow);
    }
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const terms = Array.from({ length: k }, (_, i) => {
          const factor = get(fromB(column, i));
          return i < multiplied ? multiply(factor, get(fromA(row, i))) : factor;
        });
        code.push(...store(address(C, row * cRow + column * cColumn), terms.reduce(add)));
      }
    }
  }

  function tile(rows: number, columns: number, isLast: boolean): void {
    if (short) {
      shortTile(rows, columns);
      return;
    }
    const turn = stepsAtOnce(rows, columns);
    const turns = k <= turn ? 0 : Math.trunc((k - 1 - (ones === ONES_IN_LAST_COLUMN ? 1 : 0)) / turn);
    step(rows, columns, isLast, 0, 0);
    repeat(
      turns,
      SUM_LOOP,
      packed ? [turn * aColumn, 0, 0, turn * right(columns).row] : [turn * aColumn, turn * right(columns).row, 0, 0],
      () => {
        for (let ahead = 1; ahead <= turn; ahead++) step(rows, columns, isLast, ahead, ahead);
      },
      () => {
        for (let index = turns * turn + 1; index < k; index++) step(rows, columns, isLast, index, index - turns * turn);
      },
    );
    const results: (readonly [Address, Code])[] = [];
    for (let row = 0, sum = VECTORS + rows + columns; row < rows; row++) {
      for (let column = 0; column < columns; column++, sum++) {
        results.push([address(C, row * cRow + column * cColumn), get(sum)]);
      }
    }
    if (product.stepped) code.push(...emitSteps(results, VECTORS + REGISTERS));
    else for (const [at, value] of results) code.push(...store(at, value));
  }

  /** Where a tile finds so many columns of B. */
  function right(columns: number): { pointer: number; row: number; column: number } {
    return packed ? { pointer: PANEL, row: 16 * columns, column: 16 } : { pointer: B, row: bRow, column: bColumn };
  }

  /** Copies columns of B, row behind row. */
  function pack(columns: number): void {
    const copy = () => {
      for (let column = 0; column < columns; column++) {
        code.push(...store(address(PANEL, 16 * column), load(address(B, column * bColumn))));
      }
    };
    repeat(k, SUM_LOOP, [0, bRow, 0, 16 * columns], copy, () => {});
  }

  function tilesOfColumns(columns: number): void {
    if (packed) pack(columns);
    // A last row of ones stays out of the loop.
    const times = Math.trunc((m - (ones === ONES_IN_LAST_ROW ? 1 : 0)) / tileRows);
    const rest = m - times * tileRows;
    repeat(
      times,
      inText ? undefined : ROW_LOOP,
      [tileRows * aRow, 0, tileRows * cRow, 0],
      () => tile(tileRows, columns, false),
      () => rest > 0 && tile(rest, columns, true),
    );
  }

  repeat(
    Math.trunc(n / tileColumns),
    inText ? undefined : COLUMN_LOOP,
    [0, tileColumns * bColumn, tileColumns * cColumn, 0],
    () => tilesOfColumns(tileColumns),
    () => n % tileColumns > 0 && tilesOfColumns(n % tileColumns),
  );
  return code;
}
