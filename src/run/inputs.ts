import { resolve } from 'node:path';
import type { CommandExperiment, Experiment } from '../experiment/experiment.js';
import type { NamedFile } from '../provenance/namedFile.js';
import type { RunPlan } from './record.js';

async function inputsOfCommand(experiment: CommandExperiment, folder: string): Promise<NamedFile[]> {
  const { namedFiles } = await import('../provenance/namedFiles.js');
  const cwd = resolve(folder, experiment.cwd);
  const { setup, command, cleanup, artifacts, metrics } = experiment;
  const written = new Set([...artifacts, ...metrics.flatMap((metric) => ('file' in metric ? [metric.file] : []))]);
  const files = [setup, command, cleanup].flatMap((words) => namedFiles(words ?? [], cwd));
  // What a repeat writes is no input, though its name is in the command.
  return files.filter(({ path }, i) => !written.has(path) && files.findIndex((each) => each.path === path) === i);
}

/**
 * The files that an experiment names, with their hashes: its data, its module, what is in its commands.
 *
 * @param folder where paths start, absolute
 */
export async function inputsOf(experiment: Experiment, folder: string): Promise<readonly NamedFile[]> {
  if (experiment.kind === 'command') return inputsOfCommand(experiment, folder);
  const paths =
    experiment.kind === 'module' ? [experiment.module] : 'path' in experiment.data ? [experiment.data.path] : [];
  if (paths.length === 0) return [];
  const { filesAmong } = await import('../provenance/namedFile.js');
  return filesAmong(paths, folder);
}

/** Where the inputs of a plan are, absolute. */
export function inputPaths({ experiment, inputs }: Pick<RunPlan, 'experiment' | 'inputs'>, folder: string): string[] {
  const cwd = experiment.kind === 'command' ? resolve(folder, experiment.cwd) : folder;
  return inputs.map(({ path }) => resolve(cwd, path));
}

/** A plan without some of its inputs, by their names: they were none. */
export function withoutInputs(plan: RunPlan, names: readonly string[]): RunPlan {
  return names.length === 0 ? plan : { ...plan, inputs: plan.inputs.filter(({ path }) => !names.includes(path)) };
}
