import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, join, relative, resolve } from 'node:path';
import { type Document, isMap, isNode, isPair, isSeq, LineCounter, type Pair, parseDocument } from 'yaml';
import { ReproError } from '../errors.js';
import { ENDINGS } from './endings.js';
import type { Experiment } from './experiment.js';
import { listExperiments } from './list.js';
import { applyOverride, type Override, parseOverride } from './overrides.js';
import { nearestName } from './schema.js';
import { type Problem, validate } from './validate.js';

/** Where to look, and what to change. */
export interface LoadOptions {
  readonly cwd: string;
  /** The folder of the experiments that come with the package. */
  readonly shippedFolder: string;
  /** Parts to change, also as they are written: `key=value`. */
  readonly overrides: readonly (Override | string)[];
}

/** A value of a resolved experiment, and where it comes from: `file:line`, a label of an override, or `default`. */
interface Origin {
  readonly path: string;
  readonly value: unknown;
  readonly origin: string;
}

export interface ResolvedExperiment {
  readonly experiment: Experiment;
  /** The file, as it is shown. */
  readonly file: string;
  readonly origins: readonly Origin[];
}

type Path = readonly (string | number)[];

/** The file that a name or a path stands for. */
function locate(name: string, { cwd, shippedFolder }: LoadOptions): string {
  if (name.includes('/') || ENDINGS.includes(extname(name))) return resolve(cwd, name);
  for (const folder of [join(cwd, 'experiments'), shippedFolder]) {
    const found = ENDINGS.map((ending) => join(folder, name + ending)).find((path) => existsSync(path));
    if (found) return found;
  }
  const near = nearestName(
    name,
    listExperiments({ cwd, shippedFolder }).map((each) => each.name),
  );
  throw new ReproError(`no experiment "${name}"${near === undefined ? '' : `, did you mean "${near}"?`}`, {
    hint: 'repro list names them all; a path ends in .yaml, .yml or .json',
  });
}

/** A path as it is shown: from the current folder where it is inside. */
function shownPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path === '' || path.startsWith('..') ? file : path;
}

const REASONS: Record<string, string> = {
  ENOENT: 'no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  ENOTDIR: 'a part of its path is not a folder',
};

function readText(file: string, shown: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = (code !== undefined && REASONS[code]) || 'it is not UTF-8 text';
    throw new ReproError(`cannot read ${shown}: ${reason}`, { cause: error });
  }
}

/** `layers[0].units` */
function dotted(path: Path): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}

/** A parsed file that knows where everything stands. */
interface Source {
  readonly data: Record<string, unknown>;
  /** `line:column` of a value, of its key, or of what should hold it. */
  place(path: Path, key?: boolean): string;
}

function parseSource(text: string, shown: string): Source {
  const lines = new LineCounter();
  const document: Document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  if (document.errors.length > 0) {
    const all = document.errors.map(({ pos, message }) => `${shown}:${at(pos[0])} ${message.split('\n')[0]}`);
    throw new ReproError(all.join('\n'));
  }
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new ReproError(`${shown}:1:1 ${(error as Error).message.split('\n')[0]}`, { cause: error });
  }
  if (!isMap(document.contents)) throw new ReproError(`${shown}:1:1 must be a map of an experiment's parts`);
  return {
    data: data as Record<string, unknown>,
    place(path, key = false) {
      let node: unknown = document.contents;
      let offset = 0;
      for (const [depth, part] of path.entries()) {
        const pair = isMap(node) ? pairOf(node.items, part) : undefined;
        const next: unknown = pair ? pair.value : isSeq(node) ? node.items[part as number] : undefined;
        const wantsKey = key && depth === path.length - 1;
        const target = wantsKey || !isNode(next) ? (pair?.key ?? next) : next;
        if (!isNode(target) || !target.range) break;
        offset = target.range[0];
        node = next;
      }
      return at(offset);
    },
  };
}

function pairOf(items: readonly unknown[], key: string | number): Pair | undefined {
  return items.find((item): item is Pair => isPair(item) && String(item.key) === String(key));
}

/** The last override that reaches a path, or lies within it. */
function overrideOf(path: Path, overrides: readonly Override[]): Override | undefined {
  const leads = (shorter: Path, longer: Path) => shorter.every((key, i) => String(key) === String(longer[i]));
  return overrides.findLast(
    (override) => leads(override.path, path) || (path.length > 0 && leads(path, override.path)),
  );
}

function problemLine(
  { path, message, key }: Problem,
  source: Source,
  shown: string,
  overrides: readonly Override[],
): string {
  const override = overrideOf(path, overrides);
  const place = override ? `${override.label}:` : `${shown}:${source.place(path, key)}`;
  return key || path.length === 0 ? `${place} ${message}` : `${place} ${dotted(path)} ${message}`;
}

/** Every value of an experiment that has no parts, with its path. */
function leaves(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, part]) => leaves(part, [...path, key]));
}

function hasPath(data: unknown, path: Path): boolean {
  let value = data;
  for (const key of path) {
    // `optimizer: adam` stands for its name.
    if (typeof value === 'string') return key === 'name';
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string | number, unknown>)[key];
  }
  return true;
}

/**
 * Reads an experiment by name or path.
 *
 * @throws ReproError with a line for every problem: `experiments/wide.yaml:7:14 layers[1].units must be …`
 */
export function loadExperiment(nameOrPath: string, options: LoadOptions): ResolvedExperiment {
  const file = locate(nameOrPath, options);
  const shown = shownPath(file, options.cwd);
  const source = parseSource(readText(file, shown), shown);
  const overrides = options.overrides.map((each) => (typeof each === 'string' ? parseOverride(each) : each));
  for (const override of overrides) applyOverride(source.data, override);
  const validation = validate(source.data, basename(file, extname(file)));
  if (!validation.ok) {
    throw new ReproError(validation.problems.map((each) => problemLine(each, source, shown, overrides)).join('\n'));
  }
  const { experiment } = validation;
  const origins = leaves(experiment).map(({ path, value }) => {
    const override = overrides.findLast((each) => overrideOf(path, [each]));
    const line = source.place(path).split(':')[0];
    const given = hasPath(source.data, path) ? `${shown}:${line}` : 'default';
    return { path: dotted(path), value, origin: override?.label ?? given };
  });
  return { experiment, file: shown, origins };
}
