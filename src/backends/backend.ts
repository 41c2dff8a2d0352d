import type { Kernel } from '../kernel/kernel.js';
import type { GeneratorState, WordGenerator } from '../random/wordGenerator.js';

/** A tensor to be drawn uniformly from [low, high), in float32. */
export interface UniformTensor {
  /** Position among the random tensors of the network, from 0. */
  readonly index: number;
  /** Number of its values. */
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

/** What one repeat draws. */
export interface RepeatDraws {
  /** Writes an initial weight tensor to a byte address in a kernel. */
  uniform(tensor: UniformTensor, kernel: Kernel, at: number): void;
  /**
   * The generator that shuffles the rows. In a sequential stream it is the one that all repeats share: what this repeat
   * shuffles must be drawn before the next repeat is asked for.
   */
  readonly shuffler: WordGenerator;
}

/** The randomness of a run. */
export interface RunStream {
  /** Whether a repeat's draws depend on those before it, so that repeats must be asked for in order. */
  readonly sequential: boolean;
  /** The draws of repeat `index` of a network with `tensors` random tensors. */
  repeat(index: number, tensors: number): RepeatDraws;
  /** Where a sequential stream stands. */
  state(): GeneratorState | undefined;
}

/** How a root seed becomes random numbers. */
export interface Backend {
  /** Slope of relu at exactly 0. */
  readonly reluSlopeAtZero: number;
  /** The stream of a seed, from its start or from a state. */
  open(seed: RootSeed, state?: GeneratorState): RunStream;
}

/** The root seed, and TensorFlow's graph seed. */
export interface RootSeed {
  readonly root: number | string;
  readonly tensorflow?: number;
}

/** The stream in which every repeat starts from the seed itself. */
export function sameSeedStream(backend: Backend, seed: RootSeed): RunStream {
  return {
    sequential: false,
    repeat: (_, tensors) => backend.open(seed).repeat(0, tensors),
    state: () => undefined,
  };
}
