// Steps of an optimizer: the network asks for them here, and installBatches.ts writes them as WebAssembly over this module's memory.
import { allocate } from './memory';

/** The parameters of a layer whose step is taken apart from its gradient, as installBatches.ts reads it. */
@unmanaged
class Step {
  parameters: usize;
  count: u32;
}

let steps: usize = 0;
let count: u32 = 0;

export function stepsAt(): usize {
  return steps;
}

export function stepCount(): u32 {
  return count;
}

export function reserveSteps(limit: u32): void {
  steps = allocate(<usize>limit * offsetof<Step>());
}

/** Asks for a step of so many parameters; returns its number. */
export function addStep(parameters: usize, parameterCount: u32): u32 {
  const step = changetype<Step>(steps + <usize>count * offsetof<Step>());
  step.parameters = parameters;
  step.count = parameterCount;
  return count++;
}
