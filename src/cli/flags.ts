import { ReproError } from '../errors.js';
import type { Override } from '../experiment/overrides.js';

/** Text of a number as a number; anything else stays text, for the schema to judge. */
export function numberOrText(text: string): number | string {
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}

/** A whole number from `low` to `high`. */
export function wholeNumber(flag: string, low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= low && value <= high) return value;
    throw new ReproError(`${flag} must be a whole number from ${low} to ${high}, got "${text}"`);
  };
}

/** Any number. */
export function anyNumber(flag: string): (text: string) => number {
  return (text) => {
    const value = numberOrText(text);
    if (typeof value === 'number') return value;
    throw new ReproError(`${flag} must be a number, got "${text}"`);
  };
}

/** What stands for parts of an experiment, and how many threads execute it. */
export interface ExperimentFlags {
  seed?: number | string;
  unseeded?: boolean;
  repeats?: number | string;
  backend?: string;
  jobs?: number;
}

/** Where and how a result is printed. */
export interface OutputFlags {
  format?: string;
  output?: string[];
  quiet?: boolean;
  precision?: number;
  color?: boolean;
}

/** What `check` takes. */
export interface CheckFlags extends ExperimentFlags, OutputFlags {
  sameSeed?: boolean;
  baseline?: string;
  update?: boolean;
  tolerance?: string;
  require?: string[];
  statistical?: boolean;
  alpha?: number;
  minEffect?: number;
}

/** What `compare` takes. */
export interface CompareFlags extends ExperimentFlags, OutputFlags {
  vary?: string;
  paired?: boolean;
  unpaired?: boolean;
  alpha?: number;
  margin?: number;
  direction?: 'lower' | 'higher';
}

/** What `run` takes. */
export interface RunFlags extends ExperimentFlags, OutputFlags {
  sameSeed?: boolean;
}

/** The flags that are short for parts of the experiment, as overrides. */
export function flagOverrides(flags: ExperimentFlags): Override[] {
  if (flags.unseeded && flags.seed !== undefined) throw new ReproError('--seed and --unseeded contradict each other');
  const given: [string, keyof ExperimentFlags][] = [
    ['seed', 'seed'],
    ['repeats', 'repeats'],
    ['backend', 'backend'],
  ];
  const overrides = given
    .filter(([, flag]) => flags[flag] !== undefined)
    .map(([key, flag]): Override => ({ path: [key], value: flags[flag], label: `--${flag} ${flags[flag]}` }));
  if (flags.unseeded) overrides.push({ path: ['seed'], value: null, label: '--unseeded' });
  return overrides;
}

/** Splits what stands behind a command into the experiment, if one is named, and its overrides. */
export function splitArguments(args: readonly string[]): { experiment: string; assignments: string[] } {
  const names = args.filter((arg) => !arg.includes('='));
  if (names.length > 1) {
    throw new ReproError(`one experiment at a time, got ${names.map((name) => `"${name}"`).join(' and ')}`);
  }
  return { experiment: names[0] ?? 'article', assignments: args.filter((arg) => arg.includes('=')) };
}

/** The value of a flag that is given once at most. */
export function once(flag: string): (value: string, before: string | undefined) => string {
  return (value, before) => {
    if (before === undefined) return value;
    throw new ReproError(`${flag} can be given once`);
  };
}

/** Adds a flag's value to a list. */
export function collect(value: string, values: readonly string[] = []): string[] {
  return [...values, value];
}
