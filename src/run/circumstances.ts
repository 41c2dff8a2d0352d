import type { Experiment } from '../experiment/experiment.js';
import { shippedFolder } from '../experiment/shipped.js';
import { packageVersion } from '../packageRoot.js';
import { chosenEnvironment } from '../provenance/chosenEnvironment.js';
import { machine } from '../provenance/machine.js';
import type { Circumstances } from './record.js';

/** What explains a run, before it has ended. */
export type Surroundings = Omit<Circumstances, 'elapsed' | 'threads'>;

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
export function surroundings(
  experiment: Experiment,
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Observation {
  const { platform, release, arch, processor, cores, memory } = machine();
  const now: Surroundings = {
    tool: `repro ${packageVersion()}`,
    engine: process.versions['bun'] ? `bun ${process.versions['bun']}` : `node ${process.versions.node}`,
    platform: `${platform} ${release} ${arch}`,
    ...{ processor, cores, memory, git: null, interpreter: null, libraries: [] },
    variables: chosenEnvironment(env),
    startedAt: new Date().toISOString(),
  };
  // Of what the package brings, and needs nothing else, there is nothing to be asked.
  const isOurs = folder === shippedFolder() && experiment.kind === 'network';
  const answers = isOurs
    ? undefined
    : import('./askAround.js').then(({ askAround }) => askAround(experiment, folder, env));
  return { now, settled: Promise.resolve(answers).then((found) => ({ ...now, ...found })) };
}

/** All that explains a run that ends now. */
export async function circumstances({ now, settled }: Observation, threads: number): Promise<Circumstances> {
  const elapsed = (Date.now() - Date.parse(now.startedAt)) / 1000;
  return { ...(await settled), elapsed, threads };
}
