// The steps of Keras 2.0.3's optimizers (F. Chollet et al., optimizers.py), in its order of operations, as WebAssembly.
import {
  type Address,
  abs,
  add,
  type Code,
  divide,
  get,
  load,
  loadConstant,
  max,
  min,
  multiply,
  negate,
  SET,
  sqrt,
  store,
  subtract,
  whereAtLeast,
} from './wasm.js';

/** Vectors that a step loads, by their position behind the kernel's `constantsAt()`; schedule.ts there sets some of them. */
export const SLOTS = {
  rate: 0,
  epsilon: 1,
  /** β₁, ρ or the momentum; 1 − it; β₂; 1 − it. */
  keep1: 2,
  take1: 3,
  keep2: 4,
  take2: 5,
  clipValue: 6,
  clipNorm: 7,
  norm: 8,
  /** Of Nadam: 1 − Πμ, 1 − Πμ · μ of the step after, 1 − β₂ᵗ, 1 − μ, and μ of the step after. */
  momenta: 9,
  nextMomenta: 10,
  correction2: 11,
  rest: 12,
  next: 13,
} as const;

/** What a step reads and writes: a vector of parameters, its gradient, and two vectors of the optimizer's own. */
interface Step {
  readonly g: Code;
  readonly p: Code;
  constant(slot: keyof typeof SLOTS): Code;
  state(index: 0 | 1): Code;
  /** Computes a value once, for several uses. */
  keep(value: Code): Code;
  setState(index: 0 | 1, value: Code): void;
  setParameter(value: Code): void;
}

/** A moving average: keep · average + take · value */
function average(step: Step, which: 1 | 2, old: Code, value: Code): Code {
  return add(multiply(step.constant(`keep${which}`), old), multiply(step.constant(`take${which}`), value));
}

const square = (a: Code): Code => multiply(a, a);

/** p − rate · value / (√ of squares + ε) */
function scaledStep(step: Step, value: Code, squares: Code): void {
  const move = divide(multiply(step.constant('rate'), value), add(sqrt(squares), step.constant('epsilon')));
  step.setParameter(subtract(step.p, move));
}

const formulas = {
  sgd(step: Step) {
    step.setParameter(subtract(step.p, multiply(step.constant('rate'), step.g)));
  },
  momentum(step: Step) {
    step.setParameter(add(step.p, velocity(step)));
  },
  nesterov(step: Step) {
    const ahead = multiply(step.constant('keep1'), velocity(step));
    step.setParameter(subtract(add(step.p, ahead), multiply(step.constant('rate'), step.g)));
  },
  rmsprop(step: Step) {
    const squares = step.keep(average(step, 1, step.state(0), square(step.g)));
    step.setState(0, squares);
    scaledStep(step, step.g, squares);
  },
  adagrad(step: Step) {
    const squares = step.keep(add(step.state(0), square(step.g)));
    step.setState(0, squares);
    scaledStep(step, step.g, squares);
  },
  adadelta(step: Step) {
    const squares = step.keep(average(step, 1, step.state(0), square(step.g)));
    const epsilon = step.constant('epsilon');
    const moved = multiply(step.g, sqrt(add(step.state(1), epsilon)));
    const update = step.keep(divide(moved, sqrt(add(squares, epsilon))));
    step.setState(0, squares);
    step.setParameter(subtract(step.p, multiply(step.constant('rate'), update)));
    step.setState(1, average(step, 1, step.state(1), square(update)));
  },
  adam(step: Step) {
    const mean = step.keep(average(step, 1, step.state(0), step.g));
    const squares = step.keep(average(step, 2, step.state(1), square(step.g)));
    step.setState(0, mean);
    step.setState(1, squares);
    scaledStep(step, mean, squares);
  },
  adamax(step: Step) {
    const mean = step.keep(average(step, 1, step.state(0), step.g));
    const largest = step.keep(max(multiply(step.constant('keep2'), step.state(1)), abs(step.g)));
    step.setState(0, mean);
    step.setState(1, largest);
    const move = divide(multiply(step.constant('rate'), mean), add(largest, step.constant('epsilon')));
    step.setParameter(subtract(step.p, move));
  },
  nadam(step: Step) {
    const mean = step.keep(average(step, 1, step.state(0), step.g));
    const squares = step.keep(average(step, 2, step.state(1), square(step.g)));
    step.setState(0, mean);
    step.setState(1, squares);
    const now = multiply(step.constant('rest'), divide(step.g, step.constant('momenta')));
    const ahead = multiply(step.constant('next'), divide(mean, step.constant('nextMomenta')));
    scaledStep(step, add(now, ahead), divide(squares, step.constant('correction2')));
  },
};

/** v = momentum · v − rate · g */
function velocity(step: Step): Code {
  const moved = multiply(step.constant('keep1'), step.state(0));
  const value = step.keep(subtract(moved, multiply(step.constant('rate'), step.g)));
  step.setState(0, value);
  return value;
}

/** What a network's optimizer is, as far as its steps' code goes. */
export interface StepRule {
  readonly formula: keyof typeof formulas;
  readonly clipsNorm: boolean;
  readonly clipsValue: boolean;
}

/** Where the optimizer's vectors are. */
export interface StepMemory {
  /** Address of the constants. */
  readonly constants: number;
  /** Bytes from the parameters to their gradients, from these to the first and from that to the second vectors of state. */
  readonly area: number;
}

/** Locals that a step needs for itself, and for what it multiplies by and adds. */
const OWN_LOCALS = 3;
const MOST_CONSTANTS = Object.keys(SLOTS).length;
export const STEP_LOCALS = OWN_LOCALS + MOST_CONSTANTS;

/**
 * The steps of some vectors of parameters, one after the other, and what loads ahead of them what they multiply by and add.
 *
 * @param vectors where each is, and what gives its gradient, more than once
 * @param local the first of STEP_LOCALS vector locals
 */
export function stepsCode(
  rule: StepRule,
  memory: StepMemory,
  vectors: readonly (readonly [at: Address, gradient: Code])[],
  local: number,
): { loads: Code; steps: Code } {
  const slots = new Map<number, number>();
  const constant = (slot: keyof typeof SLOTS) => {
    const number = SLOTS[slot];
    if (!slots.has(number)) slots.set(number, local + OWN_LOCALS + slots.size);
    return get(slots.get(number) as number);
  };
  const steps = vectors.map(([at, gradient]) => stepCode(rule, memory.area, constant, at, gradient, local));
  const loads = [...slots].map(([slot, to]) => [...loadConstant(memory.constants + 16 * slot), SET, to]);
  return { loads: loads.flat(), steps: steps.flat() };
}

type Constant = (slot: keyof typeof SLOTS) => Code;

/** The step of one vector of parameters. */
function stepCode(rule: StepRule, area: number, constant: Constant, at: Address, gradient: Code, local: number): Code {
  const code: Code = [];
  let free = local;
  const state = (index: number) => ({ local: at.local, offset: at.offset + (2 + index) * area });
  const keep = (value: Code) => {
    code.push(...value, SET, free);
    return get(free++);
  };
  const clipped = clip(rule, constant, gradient);
  formulas[rule.formula]({
    g: clipped === gradient ? gradient : keep(clipped),
    p: load(at),
    constant,
    state: (index) => load(state(index)),
    keep,
    setState: (index, value) => code.push(...store(state(index), value)),
    setParameter: (value) => code.push(...store(at, value)),
  });
  return code;
}

/** g · most / norm where the norm reaches the most, then cut to ± a value. */
function clip(rule: StepRule, constant: Constant, gradient: Code): Code {
  let g = gradient;
  if (rule.clipsNorm) {
    const [most, norm] = [constant('clipNorm'), constant('norm')];
    g = whereAtLeast(norm, most, divide(multiply(g, most), norm), g);
  }
  if (!rule.clipsValue) return g;
  const most = constant('clipValue');
  return max(min(g, most), negate(most));
}
