import type { Network, Optimizer } from '../../src/network/network.js';
import { forward64, gradient64 } from './forward64.js';

/** A mistake that an implementation might make, for tests to show that they would see it. */
export type Flaw =
  | 'a step late'
  | 'decay a step early'
  | 'epsilon under the root'
  | 'no epsilon'
  | 'other momentum'
  | 'rate outside of velocity'
  | 'no correction'
  | 'new average of updates'
  | 'no schedule'
  | 'norm of each parameter'
  | 'value before norm';

/** Which count of steps a step of Adam reads: 0 before its increment, 1 behind it. */
export type Reads = (step: number) => 0 | 1;

/** F. Chollet et al., Keras 2.0.3, optimizers.py, written out in float64: gradients come in, moves go out. */
function stepper(optimizer: Optimizer, count: number, flaw: Flaw | undefined, reads: Reads) {
  const zeros = () => new Float64Array(count);
  const [m, v] = [zeros(), zeros()];
  let schedule = 1;
  const epsilon = 'epsilon' in optimizer && flaw !== 'no epsilon' ? optimizer.epsilon : 0;
  const root = (square: number) =>
    flaw === 'epsilon under the root' ? Math.sqrt(square + epsilon) : Math.sqrt(square) + epsilon;

  return (step: number, gradient: Float64Array): Float64Array => {
    const late = flaw === 'a step late' ? 1 : 0;
    const seen = step + (optimizer.name === 'adam' ? reads(step) : 0);
    const t = seen + 1 + late;
    const decay = 'decay' in optimizer ? optimizer.decay : 0;
    const rate = optimizer.learningRate / (1 + decay * (seen + (flaw === 'decay a step early' ? 1 : 0)));
    const average = (old: Float64Array, i: number, share: number, value: number) => {
      old[i] = share * old[i]! + (1 - share) * value;
      return old[i]!;
    };
    switch (optimizer.name) {
      case 'sgd': {
        const { momentum, nesterov } = optimizer;
        return gradient.map((g, i) => {
          if (flaw === 'rate outside of velocity') {
            v[i] = momentum * v[i]! - g;
            return rate * (nesterov ? momentum * v[i]! - g : v[i]!);
          }
          v[i] = momentum * v[i]! - rate * g;
          return nesterov !== (flaw === 'other momentum') ? momentum * v[i]! - rate * g : v[i]!;
        });
      }
      case 'rmsprop':
        return gradient.map((g, i) => (-rate * g) / root(average(v, i, optimizer.rho, g * g)));
      case 'adagrad':
        return gradient.map((g, i) => {
          v[i]! += g * g;
          return (-rate * g) / root(v[i]!);
        });
      case 'adadelta':
        return gradient.map((g, i) => {
          const { rho } = optimizer;
          const squares = average(v, i, rho, g * g);
          const old = m[i]!;
          const update = (g * Math.sqrt(old + epsilon)) / Math.sqrt(squares + epsilon);
          average(m, i, rho, update * update);
          if (flaw !== 'new average of updates') return -rate * update;
          return (-rate * g * Math.sqrt(m[i]! + epsilon)) / Math.sqrt(squares + epsilon);
        });
      case 'adam': {
        const { beta1, beta2 } = optimizer;
        const corrected = flaw === 'no correction' ? rate : (rate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
        return gradient.map((g, i) => {
          const mean = average(m, i, beta1, g);
          return (-corrected * mean) / root(average(v, i, beta2, g * g));
        });
      }
      case 'adamax': {
        const { beta1, beta2 } = optimizer;
        const corrected = flaw === 'no correction' ? rate : rate / (1 - beta1 ** t);
        return gradient.map((g, i) => {
          v[i] = Math.max(beta2 * v[i]!, Math.abs(g));
          return (-corrected * average(m, i, beta1, g)) / (v[i]! + epsilon);
        });
      }
      case 'nadam': {
        const { beta1, beta2, scheduleDecay } = optimizer;
        const momentum = (at: number) => beta1 * (flaw === 'no schedule' ? 1 : 1 - 0.5 * 0.96 ** (at * scheduleDecay));
        const [now, next] = [momentum(t), momentum(t + 1)];
        schedule *= now;
        return gradient.map((g, i) => {
          const mean = average(m, i, beta1, g) / (1 - schedule * next);
          const squares = average(v, i, beta2, g * g) / (1 - beta2 ** t);
          return (-rate * (((1 - now) * g) / (1 - schedule) + next * mean)) / root(squares);
        });
      }
    }
  };
}

/** One norm over all gradients, then a bound for each. */
function clip({ clipNorm, clipValue }: Optimizer, gradient: Float64Array, flaw: Flaw | undefined): Float64Array {
  const byNorm = (all: Float64Array) => {
    if (clipNorm === undefined) return all;
    const norm = Math.sqrt(all.reduce((sum, g) => sum + g * g, 0));
    return all.map((g) => {
      const own = flaw === 'norm of each parameter' ? Math.abs(g) : norm;
      return own >= clipNorm ? (g * clipNorm) / own : g;
    });
  };
  const byValue = (all: Float64Array) =>
    clipValue === undefined ? all : all.map((g) => Math.max(-clipValue, Math.min(clipValue, g)));
  return flaw === 'value before norm' ? byNorm(byValue(gradient)) : byValue(byNorm(gradient));
}

/**
 * Trains a network without noise and shuffling in float64, independently of the kernel, by central differences.
 *
 * @returns the final parameters, and the clearance of the step that came nearest to a corner
 */
export function train64(
  network: Network,
  initial: ArrayLike<number>,
  { flaw, reads = () => 0 }: { flaw?: Flaw; reads?: Reads } = {},
): { parameters: Float64Array; clearance: number } {
  const { optimizer, epochs, trainingRows, batchRows } = network;
  const parameters = Float64Array.from(initial);
  const take = stepper(optimizer, parameters.length, flaw, reads);
  let clearance = Infinity;
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let first = 0; first < trainingRows; first += batchRows, step++) {
      const count = Math.min(batchRows, trainingRows - first);
      const rows = Array.from({ length: count }, (_, i) => first + i);
      clearance = Math.min(clearance, forward64(network, parameters, rows).clearance);
      const gradient = clip(optimizer, gradient64(network, parameters, rows), flaw);
      take(step, gradient).forEach((move, i) => {
        parameters[i]! += move;
      });
    }
  }
  return { parameters, clearance };
}
