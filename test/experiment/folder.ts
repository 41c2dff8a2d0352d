import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { ReproError } from '../../src/errors.js';
import type { NetworkExperiment } from '../../src/experiment/experiment.js';
import { type LoadOptions, loadExperiment, type ResolvedExperiment } from '../../src/experiment/load.js';
import { shippedFolder } from '../../src/experiment/shipped.js';

/** An empty folder, removed when the file's tests are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'repro-experiment-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The smallest experiment: what has no default. */
export const SMALLEST = `data: { kind: sequence, length: 10 }
layers:
  - { type: dense, units: 10 }
  - { type: dense, units: 1 }
epochs: 100
`;

/** A network, as it was resolved. */
export interface ResolvedNetwork extends ResolvedExperiment {
  readonly experiment: NetworkExperiment;
}

/** An experiment that is a network. */
export function asNetwork({ experiment, ...rest }: ResolvedExperiment): ResolvedNetwork {
  if (experiment.kind !== 'network') throw new Error(`a ${experiment.kind}`);
  return { ...rest, experiment };
}

/** Writes `experiments/wide.yaml` in a folder, or another file, and loads the network that it is. */
export function loader(cwd: string) {
  const load = anyLoader(cwd);
  return (...args: Parameters<typeof load>): ResolvedNetwork => asNetwork(load(...args));
}

/** The same of an experiment of any kind. */
export function anyLoader(cwd: string) {
  return (
    content: string | Uint8Array,
    overrides: LoadOptions['overrides'] = [],
    file = 'experiments/wide.yaml',
  ): ResolvedExperiment => {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), content);
    return loadExperiment(file, { cwd, shippedFolder: shippedFolder(), overrides });
  };
}

/** The lines of the ReproError that an action throws. */
export function problemsOf(action: () => unknown): string[] {
  try {
    action();
  } catch (error) {
    if (error instanceof ReproError) return error.message.split('\n');
    throw error;
  }
  throw new Error('it threw nothing');
}
