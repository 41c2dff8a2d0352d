import * as v from 'valibot';
import type { Experiment } from './experiment.js';
import { experimentSchema, keysAt, suggestion, UNKNOWN_KEY } from './schema.js';

/** What is wrong with a part of an experiment. */
export interface Problem {
  readonly path: readonly (string | number)[];
  /** What stands behind the path in the message. */
  readonly message: string;
  /** Whether it is the key itself that is wrong. */
  readonly key: boolean;
}

export type Validation =
  | { readonly ok: true; readonly experiment: Experiment }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const problem = (path: readonly (string | number)[], message: string): Problem => ({ path, message, key: false });

/** Plain data as an experiment, or everything that is wrong with it. */
export function validate(document: unknown, name: string): Validation {
  const result = v.safeParse(experimentSchema, document);
  if (!result.success) {
    return { ok: false, problems: result.issues.map((issue) => fromIssue(issue, document)) };
  }
  const experiment = { name, ...result.output } as Experiment;
  const problems = [...dataProblems(experiment), ...seedProblems(experiment)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, experiment };
}

function fromIssue(issue: v.BaseIssue<unknown>, document: unknown): Problem {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  if (issue.message !== UNKNOWN_KEY) return problem(path, issue.message);
  const name = String(path.at(-1));
  const keys = keysAt(path.slice(0, -1), document);
  return { path, message: `unknown key "${name}"${suggestion(name, keys)}`, key: true };
}

function dataProblems({ data, layers }: Experiment): Problem[] {
  const problems: Problem[] = [];
  let targets = 1;
  if (data.kind === 'sequence') {
    if (data.lag >= data.length)
      problems.push(problem(['data', 'lag'], `must be below length ${data.length}, got ${data.lag}`));
  } else {
    targets = data.targets[0]?.length ?? 0;
    if (data.inputs.length !== data.targets.length) {
      const { length } = data.inputs;
      problems.push(
        problem(['data', 'targets'], `must have as many rows as inputs, ${length}, got ${data.targets.length}`),
      );
    }
    for (const part of ['inputs', 'targets'] as const) {
      const width = data[part][0]?.length;
      const row = data[part].findIndex(({ length }) => length !== width);
      if (row >= 0) {
        const message = `must have ${width} numbers as the first row, got ${data[part][row]?.length}`;
        problems.push(problem(['data', part, row], message));
      }
    }
  }
  const units = layers.at(-1)?.units;
  if (units !== targets) {
    const path = ['layers', layers.length - 1, 'units'];
    problems.push(problem(path, `of the last layer must be ${targets}, one for each target, got ${units}`));
  }
  return problems;
}

function seedProblems({ seed, backend }: Experiment): Problem[] {
  if (seed === null) return [];
  if (backend === 'seedrandom') {
    return typeof seed === 'object'
      ? [problem(['seed'], 'must be one number or string for the seedrandom backend')]
      : [];
  }
  if (typeof seed === 'object') return [];
  const fits = typeof seed === 'number' && Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff;
  const message = `must be an integer from 0 to 4294967295 for the ${backend} backend, got ${JSON.stringify(seed)}`;
  return fits ? [] : [problem(['seed'], message)];
}
