// Matrix products as WebAssembly, written when a network's shapes are known: addresses and strides become constants,
// short sums lose their loops, and what is being summed stays in registers. Every sum runs in the order of its index,
// one product and one addition at a time, so that no choice made here changes a bit.

/** What `installProducts` needs of the kernel's exports. */
export interface ProductKernel {
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  productsAt(): number;
  productCount(): number;
  useProducts(first: number): void;
}

/**
 * A · B = C, (m × k) · (k × n) → (m × n), over matrices of 16-byte vectors: their addresses, and the bytes from one row
 * and from one column to the next. The fields and their order are those of assembly/product.ts.
 */
interface Product {
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
}
const FIELDS = 13;
const ONES_IN_LAST_ROW = 1;
const ONES_IN_LAST_COLUMN = 2;

/** Vector registers that an engine has left on x64, where it keeps one of sixteen to itself. */
const REGISTERS = 15;
/** Steps of the sums in one turn of their loop, at most. */
const TURN = 2;
/** Instructions that a turn costs by itself, and that an addition's latency leaves room for. */
const TURN_COST = 5;
const LATENCY = 20;

// WebAssembly's instructions; those of vectors stand behind a prefix.
const LOOP = 0x03;
const END = 0x0b;
const BRANCH_IF = 0x0d;
const GET = 0x20;
const SET = 0x21;
const TEE = 0x22;
const CONSTANT = 0x41;
const MINUS_ONE = 0x7f;
const ADD = 0x6a;
const VECTOR = 0xfd;
const VECTOR_LOAD = 0x00;
const VECTOR_STORE = 0x0b;
const VECTOR_ADD = 0xe4; // in LEB128: a 1 follows
const VECTOR_MULTIPLY = 0xe6;
const ALIGNED_16 = 4;
const I32 = 0x7f;
const V128 = 0x7b;
const NOTHING = 0x40;

// Locals of a product's function: the ways gone in A, B and C, each loop's turns left, a tile's operands and sums.
const A = 0;
const B = 1;
const C = 2;
const COLUMN_LOOP = 3;
const ROW_LOOP = 4;
const SUM_LOOP = 5;
const VECTORS = 6;

/** Writes the products that the closed network asks for, and puts them into the kernel's table. */
export function installProducts(kernel: ProductKernel): void {
  const count = kernel.productCount();
  const fields = new Uint32Array(kernel.memory.buffer, kernel.productsAt(), count * FIELDS);
  const bodies: number[][] = [];
  for (let at = 0; at < fields.length; at += FIELDS) bodies.push(emitProduct(readProduct(fields.subarray(at))));
  const module = new WebAssembly.Module(emitModule(bodies));
  const { exports } = new WebAssembly.Instance(module, { kernel: { memory: kernel.memory } });
  const first = kernel.table.grow(count);
  for (let index = 0; index < count; index++) kernel.table.set(first + index, exports[index]);
  kernel.useProducts(first);
}

function readProduct(fields: Uint32Array): Product {
  const [m = 0, n = 0, k = 0, a = 0, aRow = 0, aColumn = 0, b = 0, bRow = 0, bColumn = 0] = fields;
  const [c = 0, cRow = 0, cColumn = 0, ones = 0] = fields.subarray(9);
  return { m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, ones };
}

/** A module that imports the kernel's memory and exports functions of no parameters, named by their index. */
function emitModule(bodies: readonly number[][]): Uint8Array<ArrayBuffer> {
  const name = (text: string) => vector([...text].map((letter) => [letter.charCodeAt(0)]));
  const types = bodies.map(() => [0]);
  const names = bodies.map((_, index) => name(String(index)).concat(0, unsigned(index)));
  const functions = bodies.map((body) => unsigned(body.length).concat(body));
  return new Uint8Array(
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0].concat(
      section(1, [[0x60, 0, 0]]),
      section(2, [name('kernel').concat(name('memory'), 2, 0, 0)]),
      section(3, types),
      section(7, names),
      section(10, functions),
    ),
  );
}

function section(id: number, items: readonly number[][]): number[] {
  const content = vector(items);
  return [id].concat(unsigned(content.length), content);
}

function vector(items: readonly number[][]): number[] {
  return unsigned(items.length).concat(...items);
}

/** LEB128, appended to `bytes`. */
function unsigned(value: number, bytes: number[] = []): number[] {
  let left = value;
  for (; left > 127; left >>>= 7) bytes.push((left & 127) | 128);
  bytes.push(left);
  return bytes;
}

function signed(value: number, bytes: number[]): void {
  let left = value;
  for (; left < -64 || left > 63; left >>= 7) bytes.push((left & 127) | 128);
  bytes.push(left & 127);
}

/**
 * Steps of a tile's sums that fit into registers, 0 if none does: an engine may load all operands of a turn before it
 * multiplies the first two.
 */
function stepsAtOnce(rows: number, columns: number): number {
  return Math.min(TURN, Math.trunc((REGISTERS - rows * columns) / (rows + columns)));
}

/** Instructions of a step of a tile's sums; of an empty tile's none. */
function stepCost(rows: number, columns: number, k: number): number {
  if (rows === 0 || columns === 0) return 0;
  const turn = stepsAtOnce(rows, columns) < k ? TURN_COST / stepsAtOnce(rows, columns) : 0;
  return Math.max(2 * rows * columns + rows + columns + turn, k > 16 ? LATENCY : 0);
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

/** Bytes by which to move on in A, B and C. */
type Steps = readonly [a: number, b: number, c: number];

/** The body of a product's function: columns of tiles, tiles, steps of their sums. */
function emitProduct(product: Product): number[] {
  const { m, n, k, aRow, aColumn, bRow, bColumn, cRow, cColumn, ones } = product;
  const code: number[] = [];
  // A pointer is a local, moved by loops, and a constant, which takes in the moves known here.
  const constants = [product.a, product.b, product.c];
  const [tileRows, tileColumns] = chooseTile(product);

  function access(instruction: number, pointer: number, offset: number): void {
    code.push(VECTOR, instruction, ALIGNED_16);
    unsigned((constants[pointer] ?? 0) + offset, code);
  }

  function load(local: number, pointer: number, offset: number): void {
    code.push(GET, pointer);
    access(VECTOR_LOAD, pointer, offset);
    code.push(SET, local);
  }

  /** Moves the pointers on, in this text or when it runs. */
  function move(steps: Steps, times: number, inText: boolean): void {
    for (let pointer = A; pointer <= C; pointer++) {
      const bytes = times * (steps[pointer] ?? 0);
      if (inText) {
        constants[pointer] = (constants[pointer] ?? 0) + bytes;
      } else if (bytes !== 0) {
        code.push(GET, pointer, CONSTANT);
        signed(bytes, code);
        code.push(ADD, SET, pointer);
      }
    }
  }

  /** `body` so many times, each a step further, then the rest; leaves the pointers where they were. */
  function repeat(times: number, loop: number, steps: Steps, body: () => void, rest: () => void): void {
    if (times > 1) {
      code.push(CONSTANT);
      signed(times, code);
      code.push(SET, loop, LOOP, NOTHING);
    }
    if (times > 0) {
      body();
      move(steps, 1, times === 1);
    }
    if (times > 1) code.push(GET, loop, CONSTANT, MINUS_ONE, ADD, TEE, loop, BRANCH_IF, 0, END);
    rest();
    move(steps, -times, times < 2);
  }

  /** Adds term `index`, `ahead` steps from the pointers, to the sums of a tile, or starts them with it. */
  function step(rows: number, columns: number, isLast: boolean, index: number, ahead: number): void {
    const fromB = VECTORS + rows;
    const sums = fromB + columns;
    const isOne = (row: number) =>
      ones === ONES_IN_LAST_ROW ? isLast && row === rows - 1 : ones === ONES_IN_LAST_COLUMN && index === k - 1;
    for (let row = 0; row < rows; row++) if (!isOne(row)) load(VECTORS + row, A, row * aRow + ahead * aColumn);
    for (let column = 0; column < columns; column++) load(fromB + column, B, column * bColumn + ahead * bRow);
    for (let row = 0, sum = sums; row < rows; row++) {
      for (let column = 0; column < columns; column++, sum++) {
        if (index > 0) code.push(GET, sum);
        code.push(GET, fromB + column);
        if (!isOne(row)) code.push(GET, VECTORS + row, VECTOR, VECTOR_MULTIPLY, 1);
        if (index > 0) code.push(VECTOR, VECTOR_ADD, 1);
        code.push(SET, sum);
      }
    }
  }

  function tile(rows: number, columns: number, isLast: boolean): void {
    const turn = stepsAtOnce(rows, columns);
    const turns = k <= turn ? 0 : Math.trunc((k - 1 - (ones === ONES_IN_LAST_COLUMN ? 1 : 0)) / turn);
    step(rows, columns, isLast, 0, 0);
    repeat(
      turns,
      SUM_LOOP,
      [turn * aColumn, turn * bRow, 0],
      () => {
        for (let ahead = 1; ahead <= turn; ahead++) step(rows, columns, isLast, ahead, ahead);
      },
      () => {
        for (let index = turns * turn + 1; index < k; index++) step(rows, columns, isLast, index, index - turns * turn);
      },
    );
    for (let row = 0, sum = VECTORS + rows + columns; row < rows; row++) {
      for (let column = 0; column < columns; column++, sum++) {
        code.push(GET, C, GET, sum);
        access(VECTOR_STORE, C, row * cRow + column * cColumn);
      }
    }
  }

  function tilesOfColumns(columns: number): void {
    // A last row of ones stays out of the loop.
    const times = Math.trunc((m - (ones === ONES_IN_LAST_ROW ? 1 : 0)) / tileRows);
    const rest = m - times * tileRows;
    repeat(
      times,
      ROW_LOOP,
      [tileRows * aRow, 0, tileRows * cRow],
      () => tile(tileRows, columns, false),
      () => rest > 0 && tile(rest, columns, true),
    );
  }

  repeat(
    Math.trunc(n / tileColumns),
    COLUMN_LOOP,
    [0, tileColumns * bColumn, tileColumns * cColumn],
    () => tilesOfColumns(tileColumns),
    () => n % tileColumns > 0 && tilesOfColumns(n % tileColumns),
  );
  return [2, VECTORS, I32, REGISTERS, V128].concat(code, END);
}
