import type { RootSeed } from '../backends/backend.js';
import type { Experiment } from '../experiment/experiment.js';
import type { Trace } from '../network/tracer.js';
import type { GitState } from '../provenance/gitState.js';
import type { NamedFile } from '../provenance/namedFile.js';

/** One execution of the experiment. */
export interface Repeat {
  /** From 0. */
  readonly index: number;
  /** The experiment's metric, float64; may be infinite or NaN, and is NaN where a program has failed. */
  readonly score: number;
  /** XXH64, 16 hexadecimal digits: of a network's final weights; of a program's status, further metrics and artifacts. */
  readonly hash: string;
  /** Of a program alone. */
  readonly program?: ProgramRepeat;
}

/** What is known of a repeat of a program, beside its score. */
export interface ProgramRepeat {
  /** The seed that it was given. */
  readonly seed: number | string;
  /** Why there is no score, in one clause; `null` where there is one. */
  readonly failure: string | null;
  /** In the experiment's order, the score first; NaN where a metric has no number. */
  readonly metrics: Readonly<Record<string, number>>;
  /** By the names that the experiment has for them; `null` for those that it did not write. */
  readonly artifacts: Readonly<Record<string, string | null>>;
  /** All that it wrote: of stdout the SHA-256, and of both the last of it as text. */
  readonly output: {
    readonly bytes: number;
    readonly sha256: string;
    readonly stdout: string;
    readonly stderr: string;
  };
  /** `null` where it was killed, or could not be started; of a module always. */
  readonly exitCode: number | null;
  /** Wall-clock seconds of the last attempt. */
  readonly elapsed: number;
  /** From 1. */
  readonly attempts: number;
}

/** Whether a repeat has no score for a reason of its program's. */
export function hasFailed({ program }: Repeat): boolean {
  return program !== undefined && program.failure !== null;
}

/** A repeat whose weights were traced on their way; undefined where that is not known. */
export interface TracedRepeat extends Repeat {
  readonly trace: Trace | undefined;
}

/** The seed of a run as it was spent: the root, and what was seeded apart from it. */
export type SpentSeed = RootSeed;

/** What must agree before two runs can be compared. */
export interface RunPlan<Repeated extends Experiment = Experiment> {
  readonly experiment: Repeated;
  /** Whether what looked like a secret was left out of the experiment when it was recorded, so that it cannot be executed. */
  readonly redacted?: true;
  /** Files that the experiment names: its data, its module, what is in its command. */
  readonly inputs: readonly NamedFile[];
  readonly seed: SpentSeed;
  /** What the user left unseeded, so that its seed was drawn from the operating system's entropy; empty where nothing was. */
  readonly free: readonly string[];
  /** Whether every repeat starts from the seed itself. */
  readonly sameSeed: boolean;
  /** At most, where `until` is not `null`. */
  readonly repeats: number;
  /** The part of the mean that half the width of its interval may be when the run ends; `null`: after all repeats. */
  readonly until: number | null;
}

/** What explains a run and is never compared. */
export interface Circumstances {
  readonly tool: string;
  readonly engine: string;
  readonly platform: string;
  readonly processor: string;
  /** Processors that the machine runs at once, and its memory in bytes; `null` where nobody wrote it down. */
  readonly cores: number | null;
  readonly memory: number | null;
  /** Of the working tree that the experiment is in; `null` where it is in none. */
  readonly git: GitState | null;
  /** What a program's interpreter says of its version: `Python 3.11.2`. */
  readonly interpreter: string | null;
  /** Files beside a program that name the versions of its libraries. */
  readonly libraries: readonly NamedFile[];
  /** Variables of the environment that numbers may depend on. */
  readonly variables: Readonly<Record<string, string>>;
  readonly startedAt: string;
  /** Wall-clock seconds. */
  readonly elapsed: number;
  /** Threads that trained, or programs that ran at once. */
  readonly threads: number;
}

/** How a run ended: with all the repeats that were planned or asked for, by a signal, or at the first failure. */
export type RunStatus = 'finished' | 'interrupted' | 'stopped';

/** One invocation: N repeats in order, under one root seed. */
export interface RunRecord {
  readonly plan: RunPlan;
  readonly status: RunStatus;
  /** By index; fewer than were planned where the run ended before. */
  readonly repeats: readonly Repeat[];
  /** 16 hexadecimal digits over the bits of every score and hash. */
  readonly digest: string;
  readonly circumstances: Circumstances;
}
