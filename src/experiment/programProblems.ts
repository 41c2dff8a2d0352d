import { resolve } from 'node:path';
import { printable, shownValue } from '../text/printable.js';
import type { CommandExperiment, Seed } from './experiment.js';
import { type Problem, problem } from './fit.js';
import { hasNull, NULL_CHARACTER } from './programPart.js';

/** Parts of a program's experiment, each undefined where it has none or is wrong by itself. */
export type ProgramParts = Partial<
  Pick<CommandExperiment, 'metrics' | 'artifacts' | 'env'> & { readonly seed: Seed | undefined }
>;

/** Metrics that can be told apart. */
function metricProblems(metrics: CommandExperiment['metrics']): Problem[] {
  const names = metrics.map(({ name }) => name);
  return names.flatMap((name, i) => {
    // Reports would have it before others.
    if (/^\d+$/.test(name)) return [problem(['metrics', i], `is called "${name}", a number: give it a name`)];
    const message = `is called "${printable(name)}" as another one: give it a name of its own`;
    return names.indexOf(name) < i ? [problem(['metrics', i], message)] : [];
  });
}

/** Artifacts that are different files. */
function artifactProblems(artifacts: readonly string[]): Problem[] {
  // Which folder they are in does not matter.
  const files = artifacts.map((name) => resolve(name));
  return files.flatMap((file, i) => {
    const first = files.indexOf(file);
    const message = `is "${printable(artifacts[first] ?? '')}", which is named before: name each file once`;
    return first < i ? [problem(['artifacts', i], message)] : [];
  });
}

/** Names that variables can have. */
function variableProblems(env: CommandExperiment['env']): Problem[] {
  const wrong = (name: string, what: string): Problem => ({
    ...{ path: ['env', name], message: `env has a variable ${shownValue(name)}: its name ${what}`, key: true },
  });
  return Object.keys(env).flatMap((name) => {
    if (name === '') return [wrong(name, 'is empty')];
    if (name.includes('=')) return [wrong(name, 'must have no "=" in it')];
    return hasNull(name) ? [wrong(name, NULL_CHARACTER)] : [];
  });
}

/** A seed that can be handed to every program. */
function seedProblems(seed: Seed): Problem[] {
  if (seed !== null && typeof seed === 'object') {
    return [problem(['seed'], `must be one number or text for a program, got ${shownValue(seed)}`)];
  }
  return typeof seed === 'string' && hasNull(seed) ? [problem(['seed'], NULL_CHARACTER)] : [];
}

/** What is wrong with a program's experiment whose parts are all right by themselves. */
export function programProblems({ metrics = [], artifacts = [], env = {}, seed = null }: ProgramParts): Problem[] {
  return [...metricProblems(metrics), ...artifactProblems(artifacts), ...variableProblems(env), ...seedProblems(seed)];
}
