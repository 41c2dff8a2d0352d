import { resolve } from 'node:path';
import type { Experiment } from '../experiment/experiment.js';
import { filesAmong, type NamedFile } from '../provenance/namedFile.js';
import { namedFiles } from '../provenance/namedFiles.js';
import type { RunPlan } from './record.js';

/**
 * The files that an experiment names, with their hashes: its data, its module, what is in its commands.
 *
 * @param folder where paths start, absolute
 */
export function inputsOf(experiment: Experiment, folder: string): NamedFile[] {
  switch (experiment.kind) {
    case 'network':
      return 'path' in experiment.data ? filesAmong([experiment.data.path], folder) : [];
    case 'module':
      return filesAmong([experiment.module], folder);
    case 'command': {
      const cwd = resolve(folder, experiment.cwd);
      const { setup, command, cleanup, artifacts, metrics } = experiment;
      const written = new Set([...artifacts, ...metrics.flatMap((metric) => ('file' in metric ? [metric.file] : []))]);
      const files = [setup, command, cleanup].flatMap((words) => namedFiles(words ?? [], cwd));
      // What a repeat writes is no input, though its name is in the command.
      return files.filter(({ path }, i) => !written.has(path) && files.findIndex((each) => each.path === path) === i);
    }
  }
}

/** A plan without some of its inputs, by their names: they were none. */
export function withoutInputs(plan: RunPlan, names: readonly string[]): RunPlan {
  return names.length === 0 ? plan : { ...plan, inputs: plan.inputs.filter(({ path }) => !names.includes(path)) };
}
