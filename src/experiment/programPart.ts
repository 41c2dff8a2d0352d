import type { MetricSource } from '../metric/metricSource.js';
import { nameOfSource, type UnnamedSource } from '../metric/nameOfSource.js';
import {
  checked,
  chosen,
  isMap,
  list,
  made,
  map,
  nullable,
  oneOf,
  optional,
  orNothing,
  type Part,
  such,
  tagged,
  text,
} from './part.js';

/** Anything that YAML holds. */
export const anything: Part<unknown> = such('a value', () => true);

/** `{seed}` without quotes is a map with a key and nothing else to YAML: `{ seed: null }`. */
function placeholderIn(value: unknown): string | undefined {
  const [key, ...others] = isMap(value) ? Object.keys(value) : [];
  const isOne = (key === 'seed' || key === 'repeat') && others.length === 0 && isMap(value) && value[key] === null;
  return isOne ? key : undefined;
}

/** What a word must be. */
function aText(value: unknown): string {
  const name = placeholderIn(value);
  return name === undefined ? 'a text' : `a text: write "{${name}}" in quotes, as {${name}} alone is a map in YAML`;
}

/** What is told of a text that the operating system cannot take: to it, a null character is the end. */
export const NULL_CHARACTER = 'holds a null character';

export function hasNull(text: string): boolean {
  return text.includes('\0');
}

/** A part that is handed to the operating system. */
function withoutNull(part: Part<string>): Part<string> {
  return checked(part, (value) => !hasNull(value), NULL_CHARACTER);
}

/** A number or a truth becomes a text, as a shell would have it. */
const word: Part<string> = withoutNull(
  made(
    such<string | number | boolean>(aText, (value) => ['string', 'number', 'boolean'].includes(typeof value)),
    String,
  ),
);

/** A variable of an environment: null takes it away. */
export const variable: Part<string | null> = nullable(word);

/** A program and its arguments; YAML's numbers are words too. */
export const words: Part<readonly string[]> = list(
  word,
  'a list of words: the program and its arguments',
  'must name a program',
);

/** A folder, from another. */
export const folder: Part<string> = withoutNull(text);

/** A file, from a folder. */
export const file: Part<string> = checked(folder, (path) => path !== '', 'is empty');

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };
/** Seconds that a timer can wait for. */
const LONGEST = 2_000_000;

/** Seconds of `1.5`, `90s`, `10m`, `500ms`; NaN for what is no duration. */
function secondsOf(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return Number.NaN;
  const [, number, unit = 's'] = /^(\d+\.?\d*|\.\d+)(ms|s|m|h)?$/.exec(value) ?? [];
  return Number(number) * (UNITS[unit] as number);
}

/** A time, in seconds unless it has a unit. */
export const duration: Part<number> = made(
  such<number | string>(`seconds above 0 and at most ${LONGEST}, or a text like 500ms, 90s, 10m or 2h`, (value) => {
    const seconds = secondsOf(value);
    return seconds > 0 && seconds <= LONGEST;
  }),
  secondsOf,
);

const some = such<string>('a text that is not empty', (value) => typeof value === 'string' && value !== '');
const from = <Name extends string>(name: Name) => oneOf([name]) as Part<Name>;
const name = orNothing(text);

const kinds: Readonly<Record<string, Part<UnnamedSource>>> = {
  'last-line': map('a map', { from: from('last-line'), name }),
  stdout: map('a map', { from: from('stdout'), key: some, name }),
  regex: map('a map', {
    from: from('regex'),
    pattern: some,
    name,
  }),
  file: map('a map', { from: from('file'), file, path: optional(text, ''), name }),
  time: map('a map', { from: from('time'), name }),
  'exit-code': map('a map', { from: from('exit-code'), name }),
} as Record<string, Part<UnnamedSource>>;

const source = tagged<UnnamedSource>('from', "a metric's name, or a map that says where it is from", kinds);
const named = made(some, (key): UnnamedSource => ({ from: 'stdout', key }));

/** Where a number is read; a text is a key on stdout. */
export const metric: Part<MetricSource> = made(
  chosen((value) => (typeof value === 'string' ? named : source)),
  (each) => ({ ...each, name: nameOfSource(each) }) as MetricSource,
);
