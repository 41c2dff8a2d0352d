import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { ReproError } from '../errors.js';
import { unreadable } from '../text/unreadable.js';
import { MODULE_ENDINGS } from './endings.js';
import type { Experiment } from './experiment.js';
import { type Folders, findExperiment, shownPath } from './find.js';
import type { Problem } from './fit.js';
import { applyOverride, type Override, parseOverride } from './overrides.js';
import { shownCommand } from './shownCommand.js';
import { parseSource, type Source } from './source.js';
import { validate } from './validate.js';

/** Where to look, and what to change. */
export interface LoadOptions extends Folders {
  /** Parts to change, also as they are written: `key=value`. */
  readonly overrides: readonly (Override | string)[];
}

/** A value of a resolved experiment, and where it comes from: `file:line`, `command line` or `default`. */
interface Origin {
  readonly path: string;
  readonly value: unknown;
  readonly origin: string;
}

export interface ResolvedExperiment {
  readonly experiment: Experiment;
  /** Where its file is, absolute: files that it names are looked for from there. */
  readonly folder: string;
  /** The line that tells of a problem with it, with its place. */
  tell(problem: Problem): string;
  /** The file, as it is shown. */
  readonly file: string;
  /** Every value that has no parts: as the file has them, then those that were added to it, then defaults. */
  readonly origins: readonly Origin[];
}

type Path = readonly (string | number)[];

function readBytes(path: string, shown: string): Buffer {
  try {
    const stat = statSync(path);
    if (!stat.isCharacterDevice() && !stat.isBlockDevice()) return readFileSync(path);
  } catch (error) {
    throw unreadable(shown, error);
  }
  throw new ReproError(`cannot read ${shown}: it is a device`);
}

function readText(path: string, shown: string): string {
  const bytes = readBytes(path, shown);
  const lines = isUtf8(bytes) ? [] : bytes.toString('latin1').split('\n');
  const bad = lines.findIndex((line) => !isUtf8(Buffer.from(line, 'latin1')));
  if (bad >= 0) {
    const column =
      Buffer.from(lines[bad] as string, 'latin1')
        .toString()
        .indexOf('\ufffd') + 1;
    throw new ReproError(`${shown}:${bad + 1}:${column} is not UTF-8 text`);
  }
  const text = new TextDecoder().decode(bytes);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x20 || code === 0x09 || code === 0x0a || code === 0x0d) continue;
    const before = text.slice(0, i).split('\n');
    throw new ReproError(`${shown}:${before.length}:${(before.at(-1)?.length ?? 0) + 1} is not text but binary`);
  }
  return text;
}

/** `layers[0].units` */
function dotted(path: Path): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}

/** Whether a path lies at another, or within it. */
function within(path: Path, outer: Path): boolean {
  return outer.length <= path.length && outer.every((key, i) => String(key) === String(path[i]));
}

/** Something that an override changed, and which one it was. */
interface Change extends Pick<Override, 'label' | 'whose'> {
  readonly path: Path;
}

interface Line {
  /** Problems are told in the order of the file, then of the overrides. */
  readonly order: number;
  readonly text: string;
}

function problemLine({ path, message, key }: Problem, source: Source, shown: string, changes: readonly Change[]): Line {
  const what = key || path.length === 0 ? message : `${dotted(path)} ${message}`;
  const change = changes.findLast((each) => within(path, each.path));
  if (change) {
    const { label, whose } = change;
    const isUnknown = key && path.length === change.path.length;
    const text = isUnknown && whose !== undefined ? `${label} ${whose}` : `${label}: ${what}`;
    return { order: Number.MAX_SAFE_INTEGER, text };
  }
  const place = source.place(path, key);
  return { order: place.offset, text: `${shown}:${place.text} ${what}` };
}

/** Every value of an experiment that has no parts, with its path. */
function leaves(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, part]) => leaves(part, [...path, key]));
}

/** Whether data has a value of its own at a path; `optimizer: adam` has a name. */
function hasPath(data: unknown, path: Path): boolean {
  let value = data;
  for (const key of path) {
    if (typeof value === 'string') return key === 'name';
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value !== undefined;
}

function originsOf(
  experiment: Experiment,
  document: unknown,
  source: Source,
  shown: string,
  changes: readonly Change[],
): Origin[] {
  const [COMMAND_LINE, DEFAULT] = [Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER];
  const all = leaves(experiment).map(({ path, value }) => {
    const place = source.place(path);
    if (!hasPath(document, path)) return { order: DEFAULT, path: dotted(path), value, origin: 'default' };
    if (!changes.some((change) => within(path, change.path))) {
      const [line] = place.text.split(':');
      return { order: place.offset, path: dotted(path), value, origin: `${shown}:${line}` };
    }
    const order = place.depth === path.length ? place.offset : COMMAND_LINE;
    return { order, path: dotted(path), value, origin: 'command line' };
  });
  return all.sort((a, b) => a.order - b.order).map(({ path, value, origin }) => ({ path, value, origin }));
}

/**
 * Reads an experiment by name or path; a module is one by itself.
 *
 * @throws ReproError with a line for every problem: `experiments/wide.yaml:7:14 layers[1].units must be …`
 */
export function loadExperiment(nameOrPath: string, options: LoadOptions): ResolvedExperiment {
  const path = findExperiment(nameOrPath, options);
  const shown = shownPath(path, options.cwd);
  const isModule = MODULE_ENDINGS.includes(extname(path));
  const text = isModule ? JSON.stringify({ module: basename(path) }) : readText(path, shown);
  const name = isModule ? basename(path) : basename(path, extname(path));
  return resolveSource(parseSource(text, shown), { name, folder: dirname(path), shown }, options.overrides);
}

/**
 * The experiment that a command is, given word by word.
 *
 * @throws ReproError with a line for every problem
 */
export function loadCommand(
  words: readonly string[],
  options: Pick<LoadOptions, 'cwd' | 'overrides'>,
): ResolvedExperiment {
  const place = { name: shownCommand(words), folder: options.cwd, shown: '--' };
  // There are no lines to a command line.
  const source: Source = { data: { command: words }, place: () => ({ offset: 0, text: '', depth: 0 }) };
  return resolveSource(source, place, options.overrides);
}

/** What an experiment is called, where its file is, and how that is shown. */
interface SourcePlace {
  readonly name: string;
  readonly folder: string;
  readonly shown: string;
}

function resolveSource(
  source: Source,
  { name, folder, shown }: SourcePlace,
  given: LoadOptions['overrides'],
): ResolvedExperiment {
  const overrides = given.map((each) => (typeof each === 'string' ? parseOverride(each) : each));
  let document = source.data;
  const changes: Change[] = [];
  const lines: Line[] = [];
  for (const override of overrides) {
    try {
      const { document: next, changed } = applyOverride(document, override);
      document = next;
      changes.push(...changed.map((each) => ({ ...override, path: each })));
    } catch (error) {
      if (!(error instanceof ReproError)) throw error;
      lines.push({ order: Number.MAX_SAFE_INTEGER, text: error.message });
    }
  }
  const validation = validate(document, name);
  if (!validation.ok) lines.push(...validation.problems.map((each) => problemLine(each, source, shown, changes)));
  if (!validation.ok || lines.length > 0) {
    const texts = lines.sort((a, b) => a.order - b.order).map(({ text }) => text);
    throw new ReproError(texts.join('\n'));
  }
  const { experiment } = validation;
  return {
    experiment,
    folder,
    tell: (problem) => problemLine(problem, source, shown, changes).text,
    file: shown,
    origins: originsOf(experiment, document, source, shown, changes),
  };
}
