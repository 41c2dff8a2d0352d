import type { Experiment } from '../experiment/experiment.js';
import { shippedFolder } from '../experiment/shipped.js';
import { packageVersion } from '../packageRoot.js';
import { chosenEnvironment } from '../provenance/chosenEnvironment.js';
import { machine } from '../provenance/machine.js';
import { redactValue } from '../provenance/redactValue.js';
import type { Circumstances } from './record.js';

/** What explains a run, before it has ended. */
export type Surroundings = Omit<Circumstances, 'elapsed' | 'threads'>;

type Environment = Readonly<Record<string, string | undefined>>;

/** What is known of a run's surroundings at once, and what there is when all have answered. */
export interface Observation {
  /** Without what only git and an interpreter know; looked at when it is asked for first. */
  now(): Surroundings;
  /** With it; they are asked at the first call. */
  settled(): Promise<Surroundings>;
  /** Wall-clock seconds since the run began, by a clock that nobody sets. */
  elapsed(): number;
}

function surroundingsNow(env: Environment): Omit<Surroundings, 'startedAt'> {
  const { platform, release, arch, processor, cores, memory } = machine();
  return {
    tool: `repro ${packageVersion()}`,
    engine: process.versions['bun'] ? `bun ${process.versions['bun']}` : `node ${process.versions.node}`,
    platform: `${platform} ${release} ${arch}`,
    ...{ processor, cores, memory, git: null, interpreter: null, libraries: [] },
    variables: chosenEnvironment(env),
  };
}

/**
 * Looks around at the start of a run.
 *
 * @param folder where the experiment is, absolute; what git says of that is recorded, unless the experiment is a shipped one
 */
export function surroundings(experiment: Experiment, folder: string, env: Environment): Observation {
  const startedAt = new Date().toISOString();
  const began = process.hrtime.bigint();
  let known: Surroundings | undefined;
  const look = () => {
    known ??= { ...surroundingsNow(env), startedAt };
    return known;
  };
  const ask = async () => {
    // Of what the package brings, and needs nothing else, there is nothing to be asked.
    if (folder === shippedFolder() && experiment.kind === 'network') return look();
    const { askAround } = await import('./askAround.js');
    return { ...look(), ...redactValue(await askAround(experiment, folder, env)) };
  };
  let asked: Promise<Surroundings> | undefined;
  return {
    now: look,
    settled() {
      asked ??= ask();
      return asked;
    },
    elapsed: () => Number((process.hrtime.bigint() - began) / 1_000_000n) / 1000,
  };
}

/** All that explains a run that ends now. */
export async function circumstances(around: Observation, threads: number): Promise<Circumstances> {
  const elapsed = around.elapsed();
  return { ...(await around.settled()), elapsed, threads };
}
