// Parts of a schema: how a value is checked, and which of its keys nobody knows. valibot passes over unknown keys, and
// `__proto__` and its like; they are looked for apart, so that both kinds of problems are told at once.
import * as v from 'valibot';
import { suggestion } from '../text/nearest.js';
import { shownValue } from '../text/printable.js';

export type Path = readonly (string | number)[];

/** A key that an experiment does not know, and those that it knows there. */
export interface UnknownKey {
  readonly path: Path;
  readonly known: readonly string[];
}

export interface Part<Value> {
  readonly schema: v.GenericSchema<unknown, Value>;
  unknownIn(value: unknown, path: Path): UnknownKey[];
}

/** The parts of a map; one that may be absent is marked by `orNothing`. */
export type Parts<Value> = { readonly [Key in keyof Value]-?: Part<Value[Key]> };

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `must be …, got …`, or that it is missing. */
export function must(what: string | ((input: unknown) => string)): (issue: { readonly input: unknown }) => string {
  return ({ input }) => {
    if (input === undefined) return 'is missing';
    return `must be ${typeof what === 'string' ? what : what(input)}, got ${shownValue(input)}`;
  };
}

/** `a`, `a or b`, `a, b or c` */
function listed(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function leaf<Value>(schema: v.GenericSchema<unknown, Value>): Part<Value> {
  return { schema, unknownIn: () => [] };
}

/** What fits a test. */
export function such<Value>(what: Parameters<typeof must>[0], fits: (value: unknown) => boolean): Part<Value> {
  return leaf(v.custom<Value>(fits, must(what)));
}

export const text: Part<string> = such('a text', (value) => typeof value === 'string');
export const yesOrNo: Part<boolean> = such('true or false', (value) => typeof value === 'boolean');

export function integer(low: number, high: number = Number.MAX_SAFE_INTEGER): Part<number> {
  const kind =
    low === 1 ? 'a positive integer' : `an integer ${low === 0 ? `from 0 to ${high}` : `of at least ${low}`}`;
  return such(
    (input) => (Number.isInteger(input) && (input as number) > high && low > 0 ? `at most ${high}` : kind),
    (value) => Number.isInteger(value) && (value as number) >= low && (value as number) <= high,
  );
}

export function real(what: string, fits: (value: number) => boolean = () => true): Part<number> {
  return such(what, (value) => typeof value === 'number' && Number.isFinite(value) && fits(value));
}

export function oneOf<const Names extends readonly string[]>(names: Names): Part<Names[number]> {
  return leaf(
    v.picklist(names, (issue) => {
      const near = typeof issue.input === 'string' ? suggestion(';', issue.input, names) : '';
      return must(listed(names))(issue) + near;
    }),
  );
}

/** A part with a default, which is written as the file would. */
export function optional<Value>(part: Part<Value>, otherwise: unknown): Part<Value> {
  return { ...part, schema: v.optional(part.schema, otherwise as never) as v.GenericSchema<unknown, Value> };
}

/** A part that may be absent. */
export function orNothing<Value>(part: Part<Value>): Part<Value | undefined> {
  return { ...part, schema: v.exactOptional(part.schema) as unknown as v.GenericSchema<unknown, Value | undefined> };
}

/** A part that may be null. */
export function nullable<Value>(part: Part<Value>): Part<Value | null> {
  return { ...part, schema: v.nullable(part.schema) };
}

/** A part that may be null, or is null by default. */
export function orNull<Value>(part: Part<Value>): Part<Value | null> {
  return optional(nullable(part), null);
}

/** A part that depends on the value. */
export function chosen<Value>(partOf: (value: unknown) => Part<Value>): Part<Value> {
  return {
    schema: v.lazy((value): v.GenericSchema<unknown, Value> => partOf(value).schema),
    unknownIn: (value, path) => partOf(value).unknownIn(value, path),
  };
}

/** @param empty what an empty list is told; undefined where it may be */
export function list<Value>(part: Part<Value>, what: string, empty?: string): Part<readonly Value[]> {
  const schema = v.array(part.schema, must(what));
  return {
    schema: empty === undefined ? schema : v.pipe(schema, v.minLength(1, empty)),
    unknownIn: (value, path) =>
      Array.isArray(value) ? value.flatMap((each, i) => part.unknownIn(each, [...path, i])) : [],
  };
}

export function map<Value extends object>(what: string, parts: Parts<Value>): Part<Value> {
  const known = Object.keys(parts);
  const entries = Object.fromEntries(
    Object.entries<Part<unknown>>(parts as never).map(([key, { schema }]) => [key, schema]),
  );
  return {
    schema: v.pipe(
      v.custom<Record<string, unknown>>(isMap, must(what)),
      v.object(entries, () => 'is missing'),
    ) as unknown as v.GenericSchema<unknown, Value>,
    unknownIn: (value, path) =>
      isMap(value)
        ? Object.keys(value).flatMap((key) =>
            Object.hasOwn(parts, key)
              ? (parts[key as keyof Value] as Part<unknown>).unknownIn(value[key], [...path, key])
              : [{ path: [...path, key], known }],
          )
        : [],
  };
}

/** Keys that valibot leaves out of a record. */
const LEFT_OUT: readonly string[] = ['__proto__', 'prototype', 'constructor'];

/** A map whose keys are the user's own, but for the few that objects have themselves. */
export function mapOf<Value>(part: Part<Value>, what: string): Part<Readonly<Record<string, Value>>> {
  return {
    schema: v.pipe(
      v.custom<Record<string, unknown>>(isMap, must(what)),
      v.record(v.string(), part.schema),
    ) as unknown as v.GenericSchema<unknown, Readonly<Record<string, Value>>>,
    unknownIn: (value, path) =>
      isMap(value)
        ? Object.entries(value).flatMap(([key, each]) =>
            LEFT_OUT.includes(key) ? [{ path: [...path, key], known: [] }] : part.unknownIn(each, [...path, key]),
          )
        : [],
  };
}

/** A part that something else must hold for as well. */
export function checked<Value>(part: Part<Value>, fits: (value: Value) => boolean, message: string): Part<Value> {
  return { ...part, schema: v.pipe(part.schema, v.check(fits, message)) as v.GenericSchema<unknown, Value> };
}

/** A part that is made of what the file has. */
export function made<Given, Value>(part: Part<Given>, make: (given: Given) => Value): Part<Value> {
  return { ...part, schema: v.pipe(part.schema, v.transform(make)) as v.GenericSchema<unknown, Value> };
}

/** Maps of several kinds, told apart by one key; by its name alone where `nameable`: `adam` is `{ name: adam }`. */
export function tagged<Value extends object>(
  key: string,
  what: string,
  kinds: Readonly<Record<string, Part<Value>>>,
  { nameable = false, otherwise }: { nameable?: boolean; otherwise?: string } = {},
): Part<Value> {
  const names = Object.keys(kinds);
  const kindOf = (value: unknown) => {
    const kind = isMap(value) ? (value[key] ?? otherwise) : undefined;
    return typeof kind === 'string' && Object.hasOwn(kinds, kind) ? (kinds[kind] as Part<Value>) : undefined;
  };
  const kind = otherwise === undefined ? oneOf(names) : optional(oneOf(names), otherwise);
  // Of no use but its messages: what is of no kind never passes.
  const none = map(what, { [key]: kind } as never).schema as unknown as v.GenericSchema<unknown, Value>;
  const ofKind = v.lazy((value): v.GenericSchema<unknown, Value> => kindOf(value)?.schema ?? none);
  const named = v.pipe(
    oneOf(names).schema,
    v.transform((name): unknown => ({ [key]: name })),
    ofKind,
  );
  return {
    schema: nameable ? v.lazy((value) => (isMap(value) ? ofKind : named)) : ofKind,
    unknownIn: (value, path) => {
      const part = kindOf(value);
      if (part) return part.unknownIn(value, path);
      const known = Object.values(kinds).map((each) => each.unknownIn(value, path));
      // Of no kind: a key is unknown where every kind finds it so.
      const keys = new Map(known.flat().map((each) => [each.path.join('\0'), each]));
      return [...keys.values()].filter(({ path: at }) =>
        known.every((some) => some.some((each) => each.path.join('\0') === at.join('\0'))),
      );
    },
  };
}
