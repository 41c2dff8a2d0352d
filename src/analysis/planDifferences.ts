import type { RunPlan } from '../run/record.js';

/** Differences that are told, of very many. */
const MOST_TOLD = 5;

/** Every value that has no parts, by its path. */
function leavesOf(value: unknown, path = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part, path === '' ? key : `${path}.${key}`));
}

/** Parts of an experiment that plans need not agree in: words, and what the plan itself has. */
const SET_ASIDE = new Set(['name', 'description', 'seed', 'repeats']);

/** What two plans have to agree in, by its path. A seed that was drawn is no part of what was planned. */
function comparedOf({ experiment, seed, free, sameSeed, repeats, until }: RunPlan): Map<string, string> {
  const parts = Object.entries(experiment).filter(([key]) => !SET_ASIDE.has(key));
  const seeds = leavesOf(seed, 'seed').filter(
    ([path]) => !free.some((name) => path.endsWith(`.${SEED_KEYS[name] ?? name}`)),
  );
  return new Map([...leavesOf({ ...Object.fromEntries(parts), sameSeed, repeats, until }), ...seeds]);
}

/** NumPy's seed is the root of the frameworks' streams. */
const SEED_KEYS: Readonly<Record<string, string>> = { numpy: 'root' };

/** Names of files that both plans name and that differ. One that only one of them knows may be written by the runs. */
export function changedInputs(now: Pick<RunPlan, 'inputs'>, before: Pick<RunPlan, 'inputs'>): string[] {
  const past = new Map(before.inputs.map((input) => [input.path, JSON.stringify(input)]));
  return now.inputs.flatMap((input) =>
    [undefined, JSON.stringify(input)].includes(past.get(input.path)) ? [] : [input.path],
  );
}

/** What differs between two plans: `epochs is 200, was 100`. */
export function planDifferences(now: RunPlan, before: RunPlan): string[] {
  const [present, past] = [comparedOf(now), comparedOf(before)];
  const paths = [...new Set([...present.keys(), ...past.keys()])].filter(
    (path) => present.get(path) !== past.get(path),
  );
  const text = (values: Map<string, string>, path: string) => values.get(path) ?? 'absent';
  const all = [
    ...changedInputs(now, before).map((path) => `${path} has changed`),
    ...paths.map((path) => `${path} is ${text(present, path)}, was ${text(past, path)}`),
  ];
  return all.length > MOST_TOLD ? [...all.slice(0, MOST_TOLD), `${all.length - MOST_TOLD} more`] : all;
}
