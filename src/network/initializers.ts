import type { Draw } from '../backends/backend.js';
import { type Initializer, varianceScalings } from './network.js';

/** A tensor of parameters: rows × columns of a kernel or a table; a bias is one row. */
export interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly isBias: boolean;
}

/** √ of the count for a bias, as Keras 2.0.3 has it, for want of a better idea. */
function fans({ rows, columns, isBias }: Shape): { fanIn: number; fanOut: number } {
  const root = Math.trunc(Math.sqrt(columns));
  return isBias ? { fanIn: root, fanOut: root } : { fanIn: rows, fanOut: columns };
}

/** Variance scaling: X. Glorot & Y. Bengio, AISTATS 2010; K. He et al., ICCV 2015; in Keras 2.0.3's order of operations. */
function scaledVariance(
  initializer: (typeof varianceScalings)['glorot_uniform'] | VarianceScaling,
  shape: Shape,
): number {
  const { fanIn, fanOut } = fans(shape);
  const fan = { fan_in: fanIn, fan_out: fanOut, fan_avg: (fanIn + fanOut) / 2 }[initializer.mode];
  return initializer.scale / Math.max(1, fan);
}

type VarianceScaling = Omit<Extract<Initializer, { name: 'variance_scaling' }>, 'name'>;

/**
 * What is drawn for a tensor; undefined where nothing is.
 *
 * @param index position of its layer among those with parameters
 */
export function drawOf(initializer: Initializer, shape: Shape, index: number): Draw | undefined {
  const tensor = { index, isBias: shape.isBias, count: shape.rows * shape.columns };
  switch (initializer.name) {
    case 'zeros':
    case 'ones':
    case 'constant':
    case 'identity':
      return undefined;
    case 'random_uniform':
      return { ...tensor, kind: 'uniform', low: initializer.minval, high: initializer.maxval };
    case 'random_normal':
      return { ...tensor, kind: 'normal', mean: initializer.mean, deviation: initializer.stddev };
    case 'truncated_normal':
      return { ...tensor, kind: 'truncatedNormal', mean: initializer.mean, deviation: initializer.stddev };
    case 'orthogonal':
      return { ...tensor, kind: 'matrix' };
    default: {
      const scaling = initializer.name === 'variance_scaling' ? initializer : varianceScalings[initializer.name];
      const variance = scaledVariance(scaling, shape);
      if (scaling.distribution === 'normal') {
        return { ...tensor, kind: 'truncatedNormal', mean: 0, deviation: Math.sqrt(variance) };
      }
      const limit = Math.sqrt(3 * variance);
      return { ...tensor, kind: 'uniform', low: -limit, high: limit };
    }
  }
}

/** The value that every element of an undrawn tensor has; of the identity, those of its diagonal. */
export function constantOf(initializer: Initializer): number {
  if (initializer.name === 'ones') return 1;
  if (initializer.name === 'constant') return initializer.value;
  return initializer.name === 'identity' ? initializer.gain : 0;
}
