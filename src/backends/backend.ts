import type { Kernel } from '../kernel/kernel.js';
import type { RandomState, RandomStateSnapshot } from '../random/randomState.js';
import type { WordGenerator } from '../random/wordGenerator.js';

/** Causes of randomness that a seed of their own may be given for. */
export const sourceNames = ['data', 'split', 'initialization', 'shuffle', 'dropout', 'noise'] as const;
export type SourceName = (typeof sourceNames)[number];

/** A float32 tensor, drawn as one random operation. */
interface TensorDraw {
  /** Position of its layer among those with parameters, from 0. */
  readonly index: number;
  readonly isBias: boolean;
  /** Number of its values. */
  readonly count: number;
}

/** Whatever a network draws once for every repeat, in the order of its layers. */
export type Draw =
  | (TensorDraw & { readonly kind: 'uniform'; readonly low: number; readonly high: number })
  | (TensorDraw & { readonly kind: 'normal' | 'truncatedNormal'; readonly mean: number; readonly deviation: number })
  /** Float64 standard normals, rows × columns. */
  | (TensorDraw & { readonly kind: 'matrix' })
  /** The seed of a layer that draws for every batch; its position among those of its kind, from 0. */
  | { readonly kind: 'dropout' | 'noise'; readonly index: number };

/** A draw that is a float32 tensor. */
export type FloatDraw = Extract<Draw, { kind: 'uniform' | 'normal' | 'truncatedNormal' }>;

/** Six words from which a kernel's lane draws its noise: see noise.ts there. */
export type NoiseSeed = readonly [number, number, number, number, number, number];

/** What one repeat has drawn, as far as that must be drawn in order. */
export interface DrawnRepeat {
  readonly index: number;
  /** What the network draws. */
  readonly draws: readonly Draw[];
  /** Of each draw in a sequential stream, its child seed or its matrix. */
  readonly results: readonly (number | Float64Array)[];
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
  /** What data is made or split with, before the first repeat. */
  random(source: 'data' | 'split'): RandomState;
  /** Makes the draws of repeat `index` of a network. */
  repeat(index: number, draws: readonly Draw[]): DrawnRepeat;
  /** Writes a float32 tensor, the repeat's draw of that position, to a byte address in a kernel. */
  write(repeat: DrawnRepeat, position: number, kernel: Kernel, at: number): void;
  matrix(repeat: DrawnRepeat, position: number): Float64Array;
  noise(repeat: DrawnRepeat, position: number): NoiseSeed;
  /** Where a sequential stream stands. */
  state(): RandomStateSnapshot | undefined;
}

/** How a root seed becomes random numbers. */
export interface Backend {
  /** Whose relu and noise the kernel takes: as in noise.ts there. */
  readonly framework: number;
  /** The stream of a seed, from its start or from a state. */
  open(seed: RootSeed, state?: RandomStateSnapshot): RunStream;
}

/** The root seed, TensorFlow's graph seed, and seeds of single sources. */
export interface RootSeed {
  readonly root: number | string;
  readonly tensorflow?: number;
  readonly sources?: Readonly<Partial<Record<SourceName, number | string>>>;
}

/** The stream in which every repeat starts from the seed itself, or from where the data left it. */
export function sameSeedStream(backend: Backend, seed: RootSeed, state?: RandomStateSnapshot): RunStream {
  return {
    ...backend.open(seed, state),
    sequential: false,
    repeat: (_, draws) => backend.open(seed, state).repeat(0, draws),
    state: () => undefined,
  };
}
