import type { Kernel } from '../kernel/kernel.js';
import { LANES } from './lanes.js';
import type { Program } from './program.js';

/** What the weights of a repeat were on their way: after epoch 0, which is as initialized, and after those that follow. */
export interface Trace {
  /** Epochs trained: fewer than asked for where the repeat stopped early. */
  readonly epochs: number;
  /** After which epochs the weights were hashed: all, or of very many every so many and the last. */
  readonly hashed: Uint32Array;
  /** XXH64 of each tensor: hashed epochs × tensors. */
  readonly hashes: BigUint64Array;
  /**
   * After which of these epochs the weights are kept: the last alone or, where asked for, all, as far as they fit; none of a very
   * large network.
   */
  readonly kept: Uint32Array;
  /** kept epochs × parameters, NaN in its one canonical form. */
  readonly weights: Float32Array;
}

/** What a trace keeps: hashes after every epoch and the final weights, or the weights after every epoch as well. */
export type Tracing = 'hashes' | 'weights';

/** Bytes of hashes, and of weights, that the trace of one repeat may keep. */
const MOST_BYTES = 1 << 24;

/** Traces the four repeats that are trained together. */
export interface Tracer {
  /** Forgets the traces before, and begins new ones with the weights as initialized. */
  start(lanes: number): void;
  /** Takes note of the weights of a lane after its next epoch. */
  record(lane: number): void;
  /** The trace of a lane whose training is over. */
  take(lane: number): Trace;
}

/** Every how many epochs something of so many bytes is noted, of 0 … `epochs`: 1 where all fit, infinite where not even a few do. */
function strideOf(bytes: number, epochs: number): number {
  const fitting = Math.floor(MOST_BYTES / bytes);
  if (fitting > epochs) return 1;
  return fitting < 3 ? Number.POSITIVE_INFINITY : Math.ceil((epochs + 1) / (fitting - 1));
}

/** The most epochs that a stride has: its multiples and the last, or where it is infinite the last alone. */
function mostNoted(stride: number, epochs: number): number {
  return Number.isFinite(stride) ? Math.floor(epochs / stride) + 2 : 1;
}

/**
 * @param epochs that are trained at most
 * @param parametersAt where a lane's parameters may be gathered
 */
export function createTracer(
  kernel: Kernel,
  { tensors }: Program,
  epochs: number,
  parametersAt: number,
  tracing: Tracing,
): Tracer {
  const { exports } = kernel;
  const sizesAt = exports.allocate(4 * tensors.length);
  kernel.words(sizesAt, tensors.length).set(tensors.map(({ shape }) => shape.rows * shape.columns));
  const hashesAt = exports.allocate(8 * tensors.length);
  const parameters = exports.parameterTotal();
  const hashStride = strideOf(8 * tensors.length, epochs);
  const rowBytes = 4 * parameters;
  const keepStride =
    tracing === 'hashes' ? Number.POSITIVE_INFINITY : hashStride * strideOf(rowBytes, Math.ceil(epochs / hashStride));
  const mostHashed = mostNoted(hashStride, epochs);
  const mostKept = rowBytes > MOST_BYTES ? 0 : mostNoted(keepStride, epochs);
  const lanes = Array.from({ length: LANES }, () => ({
    epochs: 0,
    hashedCount: 0,
    hashed: new Uint32Array(mostHashed),
    hashes: new BigUint64Array(mostHashed * tensors.length),
    keptCount: 0,
    kept: new Uint32Array(mostKept),
    weights: new Float32Array(mostKept * parameters),
  }));
  type Growing = (typeof lanes)[number];

  /** Taken anew with every four repeats: memory may have grown. */
  let found = new BigUint64Array(0);
  let gathered: Float32Array = new Float32Array(0);

  function hash(lane: number, trace: Growing): void {
    exports.hashTensors(lane, sizesAt, tensors.length, hashesAt, parametersAt);
    trace.hashes.set(found, trace.hashedCount * tensors.length);
    trace.hashed[trace.hashedCount++] = trace.epochs;
  }

  /** Keeps the weights that were hashed last, or gathered. */
  function keep(trace: Growing): void {
    trace.weights.set(gathered, trace.keptCount * parameters);
    trace.kept[trace.keptCount++] = trace.epochs;
  }

  return {
    start(count) {
      found = new BigUint64Array(exports.memory.buffer, hashesAt, tensors.length);
      gathered = kernel.floats(parametersAt, parameters);
      lanes.forEach((trace, lane) => {
        Object.assign(trace, { epochs: 0, hashedCount: 0, keptCount: 0 });
        if (lane >= count) return;
        hash(lane, trace);
        if (mostKept > 1) keep(trace);
      });
    },
    record(lane) {
      const trace = lanes[lane] as Growing;
      trace.epochs += 1;
      if (trace.epochs % hashStride === 0) hash(lane, trace);
      // A multiple of the other stride.
      if (trace.epochs % keepStride === 0) keep(trace);
    },
    take(lane) {
      const trace = lanes[lane] as Growing;
      if (trace.epochs % hashStride !== 0) hash(lane, trace);
      if (mostKept > 0 && trace.epochs % keepStride !== 0) {
        exports.gatherLane(lane, parametersAt);
        keep(trace);
      }
      const { hashedCount, hashed, hashes, keptCount, kept, weights } = trace;
      return {
        epochs: trace.epochs,
        hashed: hashed.slice(0, hashedCount),
        hashes: hashes.slice(0, hashedCount * tensors.length),
        kept: kept.slice(0, keptCount),
        weights: weights.slice(0, keptCount * parameters),
      };
    },
  };
}
