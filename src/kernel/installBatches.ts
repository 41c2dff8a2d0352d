import { ERROR_FIELDS, readErrorPlace, squaredErrorCode } from './emitErrors.js';
import {
  FREE_COUNTER,
  FREE_VECTORS,
  PRODUCT_FIELDS,
  PRODUCT_LOCALS,
  type Product,
  productCode,
  readProduct,
} from './emitProducts.js';
import { type StepMemory, type StepRule, stepsCode } from './optimizers.js';
import { body, type Code, callImport, FIRST_LOCAL, GET, load, moduleOf, repeatCode, SET } from './wasm.js';

/** What `installBatches` needs of the kernel's exports. */
export interface BatchKernel {
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  productsAt(): number;
  productCount(): number;
  stepsAt(): number;
  stepCount(): number;
  panelAt(): number;
  errorsAt(): number;
  operationsAt(list: number): number;
  operationCount(list: number): number;
  operate(operation: number, index: number, count: number, mode: number): void;
  useFunctions(first: number): void;
  constantsAt(): number;
  areaBytes(): number;
}

// As assembly/operation.ts and step.ts have them.
const LISTS = 3;
const OPERATION_FIELDS = 2;
const PRODUCT = 0;
const STEP = 1;
const SQUARED_ERROR = 2;
const STEP_FIELDS = 2;

// A function's parameters, and the locals of a step, which are those of a product.
const COUNT = 0;
const MODE = 1;
const POINTER = FIRST_LOCAL;

/** Writes what a batch goes through, as the closed network lists it, and puts it into the kernel's table. */
export function installBatches(kernel: BatchKernel, rule: StepRule): void {
  const products = recordsOf(kernel, kernel.productsAt(), kernel.productCount(), PRODUCT_FIELDS).map(readProduct);
  const steps = recordsOf(kernel, kernel.stepsAt(), kernel.stepCount(), STEP_FIELDS);
  const errors = readErrorPlace(new Uint32Array(kernel.memory.buffer, kernel.errorsAt(), ERROR_FIELDS));
  const memory: StepMemory = { constants: kernel.constantsAt(), area: kernel.areaBytes() };
  const bodies = Array.from({ length: LISTS }, (_, list) => {
    const at = kernel.operationsAt(list);
    const operations = recordsOf(kernel, at, kernel.operationCount(list), OPERATION_FIELDS);
    const code = operations.flatMap(([operation = 0, index = 0]) => {
      if (operation === PRODUCT) return productWithSteps(products[index] as Product, kernel.panelAt(), rule, memory);
      if (operation === STEP) return stepLoop(steps[index] as Uint32Array, rule, memory);
      if (operation === SQUARED_ERROR) return squaredErrorCode(errors, index);
      return callImport(operation, index, COUNT, MODE);
    });
    return body(PRODUCT_LOCALS, code);
  });
  const module = new WebAssembly.Module(moduleOf(bodies));
  const { exports } = new WebAssembly.Instance(module, { kernel: { memory: kernel.memory, operate: kernel.operate } });
  const first = kernel.table.grow(bodies.length);
  for (let index = 0; index < bodies.length; index++) kernel.table.set(first + index, exports[index]);
  kernel.useFunctions(first);
}

function recordsOf(kernel: BatchKernel, at: number, count: number, fields: number): Uint32Array[] {
  return Array.from({ length: count }, (_, i) => {
    return new Uint32Array(kernel.memory.buffer, at + 4 * fields * i, fields);
  });
}

function productWithSteps(product: Product, panel: number, rule: StepRule, memory: StepMemory): Code {
  return productCode(product, panel, (vectors, local) => {
    const { loads, steps } = stepsCode(rule, memory, vectors, local);
    return [...loads, ...steps];
  });
}

/** The steps of a layer's parameters, by gradients that have been written. */
function stepLoop([parameters = 0, count = 0]: Uint32Array, rule: StepRule, memory: StepMemory): Code {
  const at = { local: POINTER, offset: parameters };
  const gradient = load({ local: POINTER, offset: parameters + memory.area });
  const { loads, steps } = stepsCode(rule, memory, [[at, [GET, FREE_VECTORS]]], FREE_VECTORS + 1);
  const code = [...gradient, SET, FREE_VECTORS, ...steps];
  return [...loads, ...repeatCode(count, FREE_COUNTER, code, [{ local: POINTER, step: 16 }])];
}
