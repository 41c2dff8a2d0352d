import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { ReproError } from '../../src/errors.js';
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

/** Writes `experiments/wide.yaml` in a folder, or another file, and loads it. */
export function loader(cwd: string) {
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
