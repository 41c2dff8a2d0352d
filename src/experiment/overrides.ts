import { isCollection, isNode, parseDocument, visit } from 'yaml';
import { ReproError } from '../errors.js';
import { printable } from '../text/printable.js';
import { asWritten, isNestedTooDeeply, WORD_KEYS, YAML_OPTIONS } from './source.js';

type Path = readonly (string | number)[];

/** A part of an experiment, given beside its file. */
export interface Override {
  /** Where: keys, and positions in lists. */
  readonly path: Path;
  readonly value: unknown;
  /** What is shown as the place of a problem with it. */
  readonly label: string;
  /** Which experiments have such a part, for those that have none: `is for commands`. */
  readonly whose?: string;
}

/** A path, or undefined for what is none. */
function pathOf(text: string): (string | number)[] | undefined {
  if (!/^[^.[\]]+(\.[^.[\]]+|\[\d+\])*$/.test(text)) return undefined;
  const keys = text.replace(/\[(\d+)\]/g, '.$1').split('.');
  return keys.map((key) => (/^(0|[1-9]\d*)$/.test(key) ? Number(key) : key));
}

/**
 * A path as it is written: `layers.0.units`, `layers[0].units`.
 *
 * @throws ReproError for what is none
 */
export function parsePath(text: string): (string | number)[] {
  const path = pathOf(text);
  if (!path) throw new ReproError(`${printable(text)}: must be a key like epochs or layers.0.units`);
  return path;
}

/**
 * YAML of a value: a scalar, or a list or a map in flow style; what would be a map in block style is text, `a: b`.
 *
 * @param isOfWords whether a program gets it as it is written
 */
function parseValue(text: string, isOfWords: boolean): unknown {
  if (isNestedTooDeeply(text)) throw new Error('is nested too deeply');
  const document = parseDocument(text, YAML_OPTIONS);
  const { contents } = document;
  if (isCollection(contents) && !contents.flow) return text;
  const [error] = [...document.errors, ...document.warnings];
  if (error) throw error;
  visit(document, {
    Alias(_, alias, around) {
      if (around.some((node) => isNode(node) && node === alias.resolve(document)))
        throw new Error(`&${alias.source} holds itself`);
    },
  });
  if (isOfWords) asWritten(contents);
  return document.toJS({ maxAliasCount: 100 });
}

/** Whether a part is a variable of an environment, whose value a shell takes as it is written: `#fff`, `{seed}`, nothing at all. */
function isVariable(path: Path): boolean {
  return path[0] === 'env' && path.length === 2;
}

/**
 * `key=value`; the value is read as YAML: a number, true, null, text, a list or a map in flow style. A variable's, `env.NAME=value`, is
 * text, whatever it is.
 *
 * @throws ReproError for what is no `key=value`
 */
export function parseOverride(argument: string): Override {
  const label = printable(argument);
  const at = argument.indexOf('=');
  if (at < 0) throw new ReproError(`${label}: must be key=value`);
  const path = pathOf(argument.slice(0, at).trim());
  if (!path) throw new ReproError(`${label}: must be key=value, with a key like epochs or layers.0.units`);
  const written = argument.slice(at + 1);
  if (isVariable(path)) return { path, value: written, label };
  try {
    return { path, value: parseValue(written, WORD_KEYS.includes(String(path[0]))), label };
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('\n');
    throw new ReproError(`${label}: ${printable(reason)}`, { cause: error });
  }
}

/** Plain data with some of it changed, and where: the part itself, and what was made to hold it. */
export interface Overridden {
  readonly document: Record<string, unknown>;
  readonly changed: readonly Path[];
}

/**
 * A name may stand for its map, as `optimizer: adam` does, and one seed for all: their parts can be set as well.
 *
 * @param next the part that will be set
 */
function expanded(value: unknown, path: Path, next: Path[number] | undefined): unknown {
  const key = path.at(-1);
  if (next === undefined) return value;
  const nameable = typeof key === 'string' && /^(optimizer|activation|.+Initializer)$/.test(key);
  if (nameable && typeof value === 'string') return { name: value };
  const scalar = typeof value === 'number' || typeof value === 'string';
  if (!(path.length === 1 && key === 'seed' && scalar)) return value;
  return next === 'numpy' || next === 'tensorflow' ? { numpy: value } : { root: value };
}

/**
 * Parsed data with a part changed; the data itself stays, since aliases of YAML share their values.
 *
 * @throws ReproError where the path leads through what has no parts, or beyond the end of a list
 */
export function applyOverride(document: Record<string, unknown>, { path, value, label }: Override): Overridden {
  const changed: Path[] = [];
  const changedIn = (container: unknown, depth: number): unknown => {
    const here = path.slice(0, depth);
    const key = path[depth];
    if (key === undefined) return value;
    let copy: Record<string | number, unknown>;
    if (Array.isArray(container)) {
      if (typeof key !== 'number' || key > container.length) throw outside(container.length, label);
      copy = [...container] as never;
    } else if (typeof container === 'object' && container !== null) {
      copy = { ...container };
    } else if (container === undefined || container === null) {
      changed.push(here);
      if (typeof key === 'number' && key > 0) throw outside(0, label);
      copy = key === 0 ? ([] as never) : {};
    } else {
      throw new ReproError(`${label}: ${here.join('.')} has no parts`);
    }
    const inside = Object.hasOwn(copy, key) ? copy[key] : undefined;
    const next = changedIn(expanded(inside, path.slice(0, depth + 1), path[depth + 1]), depth + 1);
    // Defined, not assigned: `__proto__` is a key like any other, and unknown.
    Object.defineProperty(copy, key, { value: next, writable: true, enumerable: true, configurable: true });
    return copy;
  };
  const result = changedIn(document, 0) as Record<string, unknown>;
  return { document: result, changed: [...changed, path] };
}

function outside(length: number, label: string): ReproError {
  return new ReproError(`${label}: the list has ${length} ${length === 1 ? 'part' : 'parts'}, counted from 0`);
}
