import { parse } from 'yaml';
import { ReproError } from '../errors.js';

/** A part of an experiment, given beside its file. */
export interface Override {
  /** Where: keys, and positions in lists. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  /** What is shown as the place of a problem with it. */
  readonly label: string;
}

/** A path as it is written: `layers.0.units`, `layers[0].units`. */
export function parsePath(text: string): (string | number)[] {
  const keys = text.replace(/\[(\d+)\]/g, '.$1').split('.');
  return keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

/** `key=value`; the value is read as YAML: a number, true, null, text, a list or a map in flow style. */
export function parseOverride(argument: string): Override {
  const at = argument.indexOf('=');
  const path = parsePath(argument.slice(0, at).trim());
  if (path.includes('')) throw new ReproError(`${argument}: no key before =`);
  try {
    return { path, value: parse(argument.slice(at + 1)), label: argument };
  } catch (error) {
    throw new ReproError(`${argument}: ${(error as Error).message.split('\n')[0]}`, { cause: error });
  }
}

/** Plain data as a file holds it. */
type Container = Record<string | number, unknown>;

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

/** A name may stand for its object, as `optimizer: adam` does, and a number for all seeds: parts can be set in both. */
function expanded(value: unknown, key: string | number): unknown {
  if (key === 'optimizer' && typeof value === 'string') return { name: value };
  if (key === 'seed' && typeof value === 'number') return { numpy: value };
  return value;
}

/**
 * Changes parsed data in place.
 *
 * @throws ReproError where the path leads through something that has no parts
 */
export function applyOverride(document: Container, { path, value, label }: Override): void {
  let container = document;
  path.slice(0, -1).forEach((key, depth) => {
    let next = Object.hasOwn(container, key) ? expanded(container[key], key) : undefined;
    if (next === undefined || next === null) next = typeof path[depth + 1] === 'number' ? [] : {};
    if (!isContainer(next)) throw new ReproError(`${label}: ${path.slice(0, depth + 1).join('.')} has no parts`);
    define(container, key, next, label);
    container = next as Container;
  });
  define(container, path.at(-1) as string | number, value, label);
}

/** Sets an own property, whatever its name; a list grows by one at most. */
function define(container: Container, key: string | number, value: unknown, label: string): void {
  if (Array.isArray(container) && !(typeof key === 'number' && key <= container.length)) {
    throw new ReproError(`${label}: the list has ${container.length} parts, counted from 0`);
  }
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}
