import { resolve } from 'node:path';
import type { Experiment } from '../experiment/experiment.js';
import { shippedFolder } from '../experiment/shipped.js';
import { packageVersion } from '../packageRoot.js';
import { chosenEnvironment } from '../provenance/chosenEnvironment.js';
import { gitState } from '../provenance/gitState.js';
import { interpreterVersion } from '../provenance/interpreterVersion.js';
import { lockFiles } from '../provenance/lockFiles.js';
import { machine } from '../provenance/machine.js';
import type { Circumstances } from './record.js';

/** What explains a run, before it has ended. */
export type Surroundings = Omit<Circumstances, 'elapsed' | 'threads'>;

type Environment = Readonly<Record<string, string | undefined>>;

/** What only programs have: an interpreter, and libraries beside them. */
async function programSurroundings(
  experiment: Experiment,
  folder: string,
  env: Environment,
): Promise<Pick<Surroundings, 'interpreter' | 'libraries'>> {
  if (experiment.kind === 'network') return { interpreter: null, libraries: [] };
  if (experiment.kind === 'module') return { interpreter: null, libraries: lockFiles(folder) };
  const cwd = resolve(folder, experiment.cwd);
  const [program = ''] = experiment.command;
  return { interpreter: await interpreterVersion(program, cwd, env), libraries: lockFiles(cwd) };
}

/** What is known of a run's surroundings at once, and what there is when all have answered. */
export interface Observation {
  /** Without what only git and an interpreter know. */
  readonly now: Surroundings;
  readonly settled: Promise<Surroundings>;
}

/**
 * Looks around at the start of a run.
 *
 * @param folder where the experiment is, absolute; what git says of that is recorded, unless the experiment is a shipped one
 */
export function surroundings(experiment: Experiment, folder: string, env: Environment): Observation {
  const { platform, release, arch, processor, cores, memory } = machine();
  const now: Surroundings = {
    tool: `repro ${packageVersion()}`,
    engine: process.versions['bun'] ? `bun ${process.versions['bun']}` : `node ${process.versions.node}`,
    platform: `${platform} ${release} ${arch}`,
    ...{ processor, cores, memory, git: null, interpreter: null, libraries: [] },
    variables: chosenEnvironment(env),
    startedAt: new Date().toISOString(),
  };
  const asked = [
    folder === shippedFolder() ? null : gitState(folder, env),
    programSurroundings(experiment, folder, env),
  ] as const;
  return { now, settled: Promise.all(asked).then(([git, program]) => ({ ...now, git, ...program })) };
}

/** All that explains a run that ends now. */
export async function circumstances({ now, settled }: Observation, threads: number): Promise<Circumstances> {
  const elapsed = (Date.now() - Date.parse(now.startedAt)) / 1000;
  return { ...(await settled), elapsed, threads };
}
