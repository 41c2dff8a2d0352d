import type { Kernel } from '../kernel/kernel.js';
import { SLOTS, type StepRule } from '../kernel/optimizers.js';
import type { Optimizer } from './network.js';

const SCHEDULES = { plain: 0, adam: 1, adamax: 2, nadam: 3 } as const; // as in the kernel's schedule.ts
const RACES = { before: 0, after: 1, racy: 2 } as const;

/** What a network's steps are computed with. */
export function stepRuleOf(optimizer: Optimizer): StepRule {
  return {
    formula: optimizer.name === 'sgd' ? sgdFormula(optimizer) : optimizer.name,
    clipsNorm: optimizer.clipNorm !== undefined,
    clipsValue: optimizer.clipValue !== undefined,
  };
}

function sgdFormula({ momentum, nesterov }: Extract<Optimizer, { name: 'sgd' }>): 'sgd' | 'momentum' | 'nesterov' {
  if (nesterov) return 'nesterov';
  return momentum === 0 ? 'sgd' : 'momentum';
}

/** Sets an optimizer's constants and its schedule in a kernel. */
export function setOptimizer(kernel: Kernel, optimizer: Optimizer): void {
  const { exports } = kernel;
  const set = (slot: keyof typeof SLOTS, value: number) => {
    kernel.floats(exports.constantsAt() + 16 * SLOTS[slot], 4).fill(value);
  };
  const keep = (which: 1 | 2, share: number) => {
    set(`keep${which}`, share);
    set(`take${which}`, 1 - Math.fround(share)); // a subtraction of float32 values, rounded to float32
  };
  const beta1 = 'beta1' in optimizer ? optimizer.beta1 : 0;
  const beta2 = 'beta2' in optimizer ? optimizer.beta2 : 0;
  keep(1, optimizer.name === 'sgd' ? optimizer.momentum : 'rho' in optimizer ? optimizer.rho : beta1);
  keep(2, beta2);
  if ('epsilon' in optimizer) set('epsilon', optimizer.epsilon);
  if (optimizer.clipValue !== undefined) set('clipValue', optimizer.clipValue);
  if (optimizer.clipNorm !== undefined) set('clipNorm', optimizer.clipNorm);
  exports.setSchedule(
    optimizer.name in SCHEDULES ? SCHEDULES[optimizer.name as keyof typeof SCHEDULES] : SCHEDULES.plain,
    optimizer.name === 'adam' ? RACES[optimizer.iterations] : RACES.before,
    optimizer.learningRate,
    'decay' in optimizer ? optimizer.decay : 0,
    beta1,
    beta2,
    'scheduleDecay' in optimizer ? optimizer.scheduleDecay : 0,
  );
}
