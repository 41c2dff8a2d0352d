import * as v from 'valibot';
import { suggestion } from '../text/nearest.js';
import { printable, shownValue } from '../text/printable.js';
import type { Direction, Experiment, NetworkExperiment, ProgramExperiment, Score } from './experiment.js';
import { fitProblems, type KnownParts, type Problem, problem, widthsOf } from './fit.js';
import { guessDirection } from './guessDirection.js';
import { metricOf } from './judged.js';
import { isMap, type Path } from './part.js';
import { type ProgramParts, programProblems } from './programProblems.js';
import {
  type CommandFile,
  type ExperimentFile,
  experimentPart,
  LARGEST_SEED,
  type ModuleFile,
  type NetworkFile,
  unknownKeys,
} from './schema.js';

export type Validation =
  | { readonly ok: true; readonly experiment: Experiment }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Plain data as an experiment, called `name` unless it names itself, or everything that is wrong with it. */
export function validate(document: unknown, name: string): Validation {
  const result = v.safeParse(experimentPart.schema, document);
  const invalid = (result.issues ?? []).map((issue) =>
    problem(
      (issue.path ?? []).map(({ key }) => key as string | number),
      issue.message,
    ),
  );
  const unknown = unknownKeys(document).map(({ path, known }) => {
    const key = String(path.at(-1));
    return { path, message: `unknown key "${printable(key)}"${suggestion(',', key, known)}`, key: true };
  });
  const part = validParts(result.output, invalid);
  const isProgram = part('kind') === 'command' || part('kind') === 'module';
  const own = isProgram ? programProblems(programParts(part)) : networkProblems(part);
  const problems = [...invalid, ...unknown, ...own];
  if (!result.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, experiment: completed(result.output, name) };
}

/** What follows from the rest of an experiment where it does not say. */
function completed(file: ExperimentFile, fileName: string): Experiment {
  // First what tells experiments apart, as it is shown.
  const named = { kind: file.kind, name: fileName };
  return file.kind === 'network'
    ? { ...named, ...file, score: wholeScore(file) }
    : withDirection({ ...named, ...file } as Required<CommandFile | ModuleFile>);
}

function withDirection(file: Required<CommandFile | ModuleFile>): ProgramExperiment {
  const known = { ...file, direction: 'lower' as Direction };
  return { ...known, direction: file.direction ?? guessDirection(metricOf(known)) };
}

function programParts(part: Part): ProgramParts {
  const [metrics, artifacts] = [part('metrics'), part('artifacts')];
  return { metrics, artifacts, env: part('env'), seed: part('seed') } as ProgramParts;
}

function networkProblems(part: Part): Problem[] {
  return [...dataProblems(part), ...layerProblems(part), ...splitProblems(part), ...seedProblems(part)];
}

/** What a repeat is judged by where the file does not say: the loss, or accuracy for classes; of what is held out, if anything is. */
function wholeScore({
  score,
  loss,
  testSplit,
  validationSplit,
}: Pick<NetworkFile, 'score' | 'loss' | 'testSplit' | 'validationSplit'>): Score {
  const metric = loss === 'mse' || loss === 'mae' ? loss : 'accuracy';
  const on = testSplit > 0 ? 'test' : validationSplit > 0 ? 'validation' : 'train';
  return { metric, on, ...score };
}

/** The value at a path, unless something is wrong at, above or within it. */
type Part = <T>(...path: Path) => T | undefined;

function validParts(output: unknown, invalid: readonly Problem[]): Part {
  const meets = (a: Path, b: Path) => a.slice(0, b.length).every((key, i) => key === b[i]);
  return <T>(...path: Path) => {
    if (invalid.some((each) => meets(each.path, path))) return undefined;
    let value = output;
    for (const key of path) value = isMap(value) || Array.isArray(value) ? (value as never)[key] : undefined;
    return value as T | undefined;
  };
}

/** Rows that go together. */
function dataProblems(part: Part): Problem[] {
  const problems: Problem[] = [];
  const [length, lag] = [part<number>('data', 'length'), part<number>('data', 'lag')];
  if (length !== undefined && lag !== undefined && lag >= length) {
    problems.push(problem(['data', 'lag'], `must be below data.length, ${length}, got ${lag}`));
  }
  const inputs = part<number[][]>('data', 'inputs');
  // Of a file they are names.
  const targets = part('data', 'kind') === 'inline' ? part<number[][]>('data', 'targets') : undefined;
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
  const categorical = part<string[]>('data', 'categorical');
  const [columns, features] = [part<string[]>('data', 'targets'), part<string[]>('data', 'features')];
  const both = part<string>('data', 'path') !== undefined && features?.find((name) => columns?.includes(name));
  if (both) problems.push(problem(['data', 'features'], `and data.targets must not share "${printable(both)}"`));
  const stray = features && columns && categorical?.find((name) => ![...features, ...columns].includes(name));
  if (stray) {
    problems.push(problem(['data', 'categorical'], `names "${printable(stray)}", which is no feature and no target`));
  }
  return problems;
}

/** Layers that fit the data, where that is known without reading it. */
function layerProblems(part: Part): Problem[] {
  const data = part<NetworkExperiment['data']>('data');
  const widths = data && widthsOf(data);
  if (!widths || widths.features === 0 || widths.targets === 0) return [];
  const known = { layers: part('layers'), loss: part('loss'), score: part('score') };
  return fitProblems(known as KnownParts, widths);
}

/** Splits that leave rows to train on, and to judge by what is asked for. */
function splitProblems(part: Part): Problem[] {
  const problems: Problem[] = [];
  const shares = { test: part<number>('testSplit'), validation: part<number>('validationSplit') };
  const on = part<Score['on']>('score', 'on');
  if ((on === 'test' || on === 'validation') && shares[on] === 0) {
    problems.push(problem(['score', 'on'], `is ${on}, but ${on}Split is 0: nothing is held out`));
  }
  const monitor = part<string>('earlyStopping', 'monitor');
  if (monitor?.startsWith('val_') && shares.validation === 0) {
    problems.push(problem(['earlyStopping', 'monitor'], `is ${monitor}, but validationSplit is 0`));
  }
  return problems;
}

/** A seed that the backend can take. */
function seedProblems(part: Part): Problem[] {
  const seed = part<Experiment['seed']>('seed');
  if (seed === undefined || seed === null) return [];
  const backend = part<NetworkExperiment['backend']>('backend');
  if (backend === undefined) return [];
  const must = (what: string) => [
    problem(['seed'], `must be ${what} for the ${backend} backend, got ${shownValue(seed)}`),
  ];
  const ofFrameworks = typeof seed === 'object' && ('numpy' in seed || 'tensorflow' in seed);
  if (backend === 'seedrandom') {
    return ofFrameworks ? must('a number, a string or a map of root and sources') : [];
  }
  if (typeof seed === 'object') return ofFrameworks ? [] : must('a number or a map with numpy and tensorflow');
  const fits = typeof seed === 'number' && Number.isInteger(seed) && seed >= 0 && seed <= LARGEST_SEED;
  return fits ? [] : must(`an integer from 0 to ${LARGEST_SEED}`);
}
