import { isJsonObject } from './metricJson.js';

/** What a path leads to in a JSON value, or how far it leads. */
export type PathEnd =
  | { readonly found: unknown }
  /** The last value on the way, and the part of the path that leads to it. */
  | { readonly stuck: unknown; readonly at: string };

/** A key up to a dot or bracket, or an index in brackets. */
const STEP = /\[(\d+)\]|[^.[]*/y;

/**
 * Follows a path of keys and indices: `val.loss`, `[0].loss`, `results[2]`. Where an object has all that is left of the path as
 * one key, this is taken first: `{"val.loss": 1}` has val.loss as well.
 */
export function followPath(root: unknown, path: string): PathEnd {
  let value = root;
  let at = 0;
  while (at < path.length || at === 0) {
    const rest = path.slice(at);
    if (isJsonObject(value) && Object.hasOwn(value, rest)) return { found: value[rest] };
    STEP.lastIndex = at;
    const step = STEP.exec(path);
    const key = step?.[1] ?? step?.[0] ?? '';
    const holder = step?.[1] === undefined ? isJsonObject(value) : Array.isArray(value);
    if (!holder || !Object.hasOwn(value as object, key)) {
      return { stuck: value, at: path.slice(0, at).replace(/\.$/, '') };
    }
    value = (value as Readonly<Record<string, unknown>>)[key];
    at += step?.[0].length ?? 0;
    if (at === path.length) return { found: value };
    if (path[at] === '.' && at + 1 < path.length) at++;
    else if (path[at] !== '[') return { stuck: value, at: path.slice(0, at) };
  }
  return { found: value };
}
