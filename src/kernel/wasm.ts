// As much of WebAssembly's binary format as written functions need.

/** The first local behind the two parameters of a function. */
export const FIRST_LOCAL = 2;

/** Instructions, and what stands in them, byte by byte. */
export type Code = number[];

const LOOP = 0x03;
const END = 0x0b;
const BRANCH_IF = 0x0d;
const CALL = 0x10;
export const GET = 0x20;
export const SET = 0x21;
const TEE = 0x22;
const CONSTANT = 0x41;
const MINUS_ONE = 0x7f;
const ADD = 0x6a;
export const I32 = 0x7f;
export const V128 = 0x7b;
const NOTHING = 0x40;
const FUNCTION = 0x60;
const VECTOR = 0xfd;
const ALIGNED_16 = 4;

/** Instructions of four float32: the second byte is in LEB128. */
const VECTOR_LOAD = 0x00;
const VECTOR_STORE = 0x0b;
const FLOATS = { abs: 0xe0, sqrt: 0xe3, add: 0xe4, subtract: 0xe5, multiply: 0xe6, divide: 0xe7, min: 0xe8, max: 0xe9 };
const NEGATE = 0xe1;
const GREATER_OR_EQUAL = 0x46;
const BIT_SELECT = 0x52;
const SPLAT = 0x13;
const FLOAT_CONSTANT = 0x43;

/** LEB128, appended to `code`. */
function unsigned(value: number, code: Code = []): Code {
  let left = value;
  for (; left > 127; left >>>= 7) code.push((left & 127) | 128);
  code.push(left);
  return code;
}

/** Signed LEB128, appended to `code`. */
function signed(value: number, code: Code): void {
  let left = value;
  for (; left < -64 || left > 63; left >>= 7) code.push((left & 127) | 128);
  code.push(left & 127);
}

/** An address: a local, and an offset of at least 0. */
export interface Address {
  readonly local: number;
  readonly offset: number;
}

/** Appends what gives the local. */
export function get(local: number): Code {
  return [GET, local];
}

/** The vector at an address. */
export function load({ local, offset }: Address): Code {
  return unsigned(offset, [GET, local, VECTOR, VECTOR_LOAD, ALIGNED_16]);
}

/** The vector at a constant address. */
export function loadConstant(address: number): Code {
  return unsigned(address, [CONSTANT, 0, VECTOR, VECTOR_LOAD, ALIGNED_16]);
}

/** Writes a vector. */
export function store({ local, offset }: Address, value: Code): Code {
  return unsigned(offset, [GET, local, ...value, VECTOR, VECTOR_STORE, ALIGNED_16]);
}

function floats(instruction: number, ...operands: readonly Code[]): Code {
  return [...operands.flat(), VECTOR, instruction, 1];
}

export const abs = (a: Code): Code => floats(FLOATS.abs, a);
export const negate = (a: Code): Code => floats(NEGATE, a);
export const sqrt = (a: Code): Code => floats(FLOATS.sqrt, a);
export const add = (a: Code, b: Code): Code => floats(FLOATS.add, a, b);
export const subtract = (a: Code, b: Code): Code => floats(FLOATS.subtract, a, b);
export const multiply = (a: Code, b: Code): Code => floats(FLOATS.multiply, a, b);
export const divide = (a: Code, b: Code): Code => floats(FLOATS.divide, a, b);
export const min = (a: Code, b: Code): Code => floats(FLOATS.min, a, b);
export const max = (a: Code, b: Code): Code => floats(FLOATS.max, a, b);

/** `a` in the lanes where x ≥ y, `b` elsewhere. */
export function whereAtLeast(x: Code, y: Code, a: Code, b: Code): Code {
  return [...a, ...b, ...x, ...y, VECTOR, GREATER_OR_EQUAL, VECTOR, BIT_SELECT];
}

function section(id: number, items: readonly Code[]): Code {
  const content = listOf(items);
  return [id].concat(unsigned(content.length), content);
}

function listOf(items: readonly Code[]): Code {
  return unsigned(items.length).concat(...items);
}

/** Four times a number, rounded to float32. */
export function splat(value: number): Code {
  return [FLOAT_CONSTANT, ...new Uint8Array(Float32Array.of(value).buffer), VECTOR, SPLAT];
}

/** Code that is run `times` ≥ 1 times, pointers that start at 0 moved on each time; they are 0 again behind it. */
export function repeatCode(
  times: number,
  turns: number,
  code: Code,
  pointers: readonly { readonly local: number; readonly step: number }[],
): Code {
  const moves = pointers.flatMap(({ local, step }) => moveLocal(local, step));
  return [
    ...loopCode(times, turns, [...code, ...moves]),
    ...pointers.flatMap(({ local }) => [CONSTANT, 0, SET, local]),
  ];
}

/** Code that is run `times` ≥ 1 times, counted in a local. */
export function loopCode(times: number, turns: number, code: Code): Code {
  const start: Code = [CONSTANT];
  signed(times, start);
  start.push(SET, turns, LOOP, NOTHING);
  return [...start, ...code, GET, turns, CONSTANT, MINUS_ONE, ADD, TEE, turns, BRANCH_IF, 0, END];
}

/** Adds to a local. */
export function moveLocal(local: number, step: number): Code {
  const code: Code = [GET, local, CONSTANT];
  signed(step, code);
  return [...code, ADD, SET, local];
}

/** A call of the imported function with four numbers: two constants, and two locals. */
export function callImport(first: number, second: number, third: number, fourth: number): Code {
  const code: Code = [CONSTANT];
  signed(first, code);
  code.push(CONSTANT);
  signed(second, code);
  return [...code, GET, third, GET, fourth, CALL, 0];
}

/** A function's locals behind its parameters, as how many of which type, and its instructions. */
export function body(locals: readonly (readonly [count: number, type: number])[], code: Code): Code {
  return listOf(locals.map(([count, type]) => unsigned(count).concat(type))).concat(code, END);
}

/**
 * A module that imports `kernel.memory` and `kernel.operate`, a function of four i32, and exports functions of two i32, named
 * by their index.
 */
export function moduleOf(bodies: readonly Code[]): Uint8Array<ArrayBuffer> {
  const name = (text: string) => listOf([...text].map((letter) => [letter.charCodeAt(0)]));
  const typeOf = (parameters: number) => [FUNCTION, ...listOf(Array(parameters).fill([I32])), 0];
  const imported = (text: string, what: Code) => name('kernel').concat(name(text), what);
  // The imported function is number 0.
  const names = bodies.map((_, index) => name(String(index)).concat(0, unsigned(index + 1)));
  const functions = bodies.map((code) => unsigned(code.length).concat(code));
  return new Uint8Array(
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0].concat(
      section(1, [typeOf(4), typeOf(2)]),
      section(2, [imported('operate', [0, 0]), imported('memory', [2, 0, 0])]),
      section(
        3,
        bodies.map(() => [1]),
      ),
      section(7, names),
      section(10, functions),
    ),
  );
}
