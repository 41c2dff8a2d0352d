import type { RootSeed } from '../backends/backend.js';
import type { Experiment } from '../experiment/experiment.js';
import type { Trace } from '../network/tracer.js';

/** One execution of the experiment. */
export interface Repeat {
  /** From 0. */
  readonly index: number;
  /** The experiment's metric, float64; may be infinite or NaN. */
  readonly score: number;
  /** XXH64 of the final weights, 16 hexadecimal digits. */
  readonly weights: string;
}

/** A repeat whose weights were traced on their way; undefined where that is not known. */
export interface TracedRepeat extends Repeat {
  readonly trace: Trace | undefined;
}

/** The seed of a run as it was spent: the root, and what was seeded apart from it. */
export type SpentSeed = RootSeed;

/** What must agree before two runs can be compared. */
export interface RunPlan {
  readonly experiment: Experiment;
  readonly seed: SpentSeed;
  /** What the user left unseeded, so that its seed was drawn from the operating system's entropy; empty where nothing was. */
  readonly free: readonly string[];
  /** Whether every repeat starts from the seed itself. */
  readonly sameSeed: boolean;
  readonly repeats: number;
}

/** What explains a run and is never compared. */
export interface Circumstances {
  readonly tool: string;
  readonly engine: string;
  readonly platform: string;
  readonly processor: string;
  readonly startedAt: string;
  /** Wall-clock seconds. */
  readonly elapsed: number;
  /** Threads that trained. */
  readonly threads: number;
}

/** One invocation: N repeats in order, under one root seed. */
export interface RunRecord {
  readonly plan: RunPlan;
  readonly repeats: readonly Repeat[];
  /** 16 hexadecimal digits over the bits of every score and the final weights. */
  readonly digest: string;
  readonly circumstances: Circumstances;
}
