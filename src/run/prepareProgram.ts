import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { isReproError, ReproError } from '../errors.js';
import type { CommandExperiment, ModuleExperiment, ProgramExperiment } from '../experiment/experiment.js';
import { problem } from '../experiment/fit.js';
import { checkModule } from '../module/checkModule.js';
import { printable } from '../text/printable.js';
import type { Place } from './prepareNetwork.js';

/** A program that can be started. */
interface PreparedCommand {
  readonly kind: 'command';
  /** Where it runs, absolute. */
  readonly cwd: string;
}

/** A module that is there. */
interface PreparedModule {
  readonly kind: 'module';
  /** Absolute. */
  readonly path: string;
}

export type PreparedProgram = PreparedCommand | PreparedModule;

/**
 * Looks for what can be known to be wrong before anything is started.
 *
 * @throws ReproError
 */
export async function prepareProgram(experiment: ProgramExperiment, place: Place): Promise<PreparedProgram> {
  return experiment.kind === 'module' ? prepareModule(experiment, place) : prepareCommand(experiment, place);
}

function prepareModule({ module }: ModuleExperiment, { folder }: Place): PreparedModule {
  const path = resolve(folder, module);
  checkModule(path);
  return { kind: 'module', path };
}

async function prepareCommand(experiment: CommandExperiment, { folder, tell }: Place): Promise<PreparedCommand> {
  const cwd = resolve(folder, experiment.cwd);
  const wrong = (path: Parameters<typeof problem>[0], message: string) => new ReproError(tell(problem(path, message)));
  if (!isFolder(cwd)) throw wrong(['cwd'], `is no folder: ${printable(cwd)}`);
  const path = experiment.env['PATH'] ?? process.env['PATH'] ?? '';
  for (const key of ['setup', 'command', 'cleanup'] as const) {
    const [program] = experiment[key] ?? [];
    if (program === undefined || program.includes('{')) continue;
    const trouble = startTrouble(program, cwd, path);
    // The sentence stands for itself: behind -- it has no name before it.
    if (trouble !== undefined) throw new ReproError(tell({ path: [key, 0], message: trouble, key: true }));
  }
  for (const [i, metric] of experiment.metrics.entries()) {
    if (metric.from !== 'regex') continue;
    const { compileRegularExpression } = await import('../metric/regularExpression.js');
    try {
      compileRegularExpression(metric.pattern);
    } catch (error) {
      if (isReproError(error)) throw new ReproError(tell(problem(['metrics', i, 'pattern'], error.message)), error);
      throw error;
    }
  }
  return { kind: 'command', cwd };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Why a program cannot be started, as far as can be seen. */
function startTrouble(program: string, cwd: string, path: string): string | undefined {
  // Windows has endings and rules of its own.
  if (process.platform === 'win32') return undefined;
  const shown = printable(program);
  if (program === '') return 'there is no program: the first word is empty';
  if (program.includes('/')) {
    const file = resolve(cwd, program);
    if (isProgram(file)) return undefined;
    return statSync(file, { throwIfNoEntry: false }) ? `${shown} is not executable: chmod +x` : `${shown} is not there`;
  }
  const found = path.split(delimiter).some((folder) => isProgram(join(resolve(cwd, folder), program)));
  return found ? undefined : `there is no program "${shown}" in PATH`;
}
