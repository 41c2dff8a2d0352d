import * as v from 'valibot';
import { suggestion } from '../text/nearest.js';
import { printable, shownValue } from '../text/printable.js';
import type { Experiment } from './experiment.js';
import { experimentSchema, isMap, LARGEST_SEED, unknownKeys } from './schema.js';

type Path = readonly (string | number)[];

/** What is wrong with a part of an experiment. */
export interface Problem {
  readonly path: Path;
  /** What stands behind the path in the message. */
  readonly message: string;
  /** Whether it is the key itself that is wrong. */
  readonly key: boolean;
}

export type Validation =
  | { readonly ok: true; readonly experiment: Experiment }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Plain data as an experiment, called `name` unless it names itself, or everything that is wrong with it. */
export function validate(document: unknown, name: string): Validation {
  const result = v.safeParse(experimentSchema, document);
  const invalid = (result.issues ?? []).map((issue) => ({
    path: (issue.path ?? []).map(({ key }) => key as string | number),
    message: issue.message,
    key: false,
  }));
  const unknown = unknownKeys(document).map(({ path, known }) => {
    const key = String(path.at(-1));
    return { path, message: `unknown key "${printable(key)}"${suggestion(',', key, known)}`, key: true };
  });
  const parts = validParts(result.output, invalid);
  const layers = isMap(document) && Array.isArray(document['layers']) ? document['layers'].length : 0;
  const problems = [...invalid, ...unknown, ...dataProblems(parts, layers), ...seedProblems(parts)];
  if (!result.success || problems.length > 0) return { ok: false, problems };
  const { name: own = name, ...rest } = result.output;
  return { ok: true, experiment: { name: own, ...rest } };
}

/** The value at a path, unless something is wrong at, above or within it. */
type Part = <T>(...path: Path) => T | undefined;

function validParts(output: unknown, invalid: readonly Problem[]): Part {
  const meets = (a: Path, b: Path) => a.slice(0, b.length).every((key, i) => key === b[i]);
  return <T>(...path: Path) => {
    if (invalid.some((problem) => meets(problem.path, path))) return undefined;
    let value = output;
    for (const key of path) value = isMap(value) || Array.isArray(value) ? (value as never)[key] : undefined;
    return value as T | undefined;
  };
}

function problem(path: Path, message: string): Problem {
  return { path, message, key: false };
}

/** Rows that go together, and a last layer that fits them. */
function dataProblems(part: Part, layers: number): Problem[] {
  const problems: Problem[] = [];
  const kind = part<string>('data', 'kind');
  const [length, lag] = [part<number>('data', 'length'), part<number>('data', 'lag')];
  if (length !== undefined && lag !== undefined && lag >= length) {
    problems.push(problem(['data', 'lag'], `must be below data.length, ${length}, got ${lag}`));
  }
  const inputs = part<number[][]>('data', 'inputs');
  const targets = part<number[][]>('data', 'targets');
  if (inputs && targets && inputs.length !== targets.length) {
    const message = `must have as many rows as data.inputs, ${inputs.length}, got ${targets.length}`;
    problems.push(problem(['data', 'targets'], message));
  }
  for (const [name, rows] of Object.entries({ inputs, targets })) {
    const width = rows?.[0]?.length;
    rows?.forEach((row, i) => {
      if (row.length === width) return;
      problems.push(
        problem(['data', name, i], `must have as many numbers as the first row, ${width}, got ${row.length}`),
      );
    });
  }
  const outputs = kind === 'sequence' ? 1 : targets?.[0]?.length;
  const last = layers - 1;
  const units = part<number>('layers', last, 'units');
  if (outputs !== undefined && units !== undefined && units !== outputs) {
    const message = `of the last layer must be ${outputs}, one for each target, got ${units}`;
    problems.push(problem(['layers', last, 'units'], message));
  }
  return problems;
}

/** A seed that the backend can take. */
function seedProblems(part: Part): Problem[] {
  const seed = part<Experiment['seed']>('seed');
  const backend = part<Experiment['backend']>('backend');
  if (seed === undefined || seed === null || backend === undefined) return [];
  const must = (what: string) => [
    problem(['seed'], `must be ${what} for the ${backend} backend, got ${shownValue(seed)}`),
  ];
  if (backend === 'seedrandom') return typeof seed === 'object' ? must('a number or a string') : [];
  if (typeof seed === 'object') return [];
  const fits = typeof seed === 'number' && Number.isInteger(seed) && seed >= 0 && seed <= LARGEST_SEED;
  return fits ? [] : must(`an integer from 0 to ${LARGEST_SEED}`);
}
