import { resolve } from 'node:path';
import type { Experiment } from '../experiment/experiment.js';
import { gitState } from '../provenance/gitState.js';
import { interpreterVersion } from '../provenance/interpreterVersion.js';
import { lockFiles } from '../provenance/lockFiles.js';
import type { Circumstances } from './record.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What only programs have: an interpreter, and libraries beside them. */
async function programSurroundings(
  experiment: Experiment,
  folder: string,
  env: Environment,
): Promise<Pick<Circumstances, 'interpreter' | 'libraries'>> {
  if (experiment.kind === 'network') return { interpreter: null, libraries: [] };
  if (experiment.kind === 'module') return { interpreter: null, libraries: lockFiles(folder) };
  const cwd = resolve(folder, experiment.cwd);
  const [program = ''] = experiment.command;
  return { interpreter: await interpreterVersion(program, cwd, env), libraries: lockFiles(cwd) };
}

/** What other programs know of an experiment's surroundings: git, and its interpreter. */
export async function askAround(
  experiment: Experiment,
  folder: string,
  env: Environment,
): Promise<Pick<Circumstances, 'git' | 'interpreter' | 'libraries'>> {
  const [git, program] = await Promise.all([gitState(folder, env), programSurroundings(experiment, folder, env)]);
  return { git, ...program };
}
