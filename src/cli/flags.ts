import { ReproError } from '../errors.js';
import type { Override } from '../experiment/overrides.js';
import type { MetricOption } from '../metric/parseMetric.js';

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

/** A flag that names where a number is read. */
export interface MetricFlag {
  readonly flag: MetricOption | 'metric-time' | 'metric-exit-code';
  readonly text: string;
}

/** What stands for parts of an experiment, and how many threads execute it. */
export interface ExperimentFlags {
  seed?: number | string;
  unseeded?: boolean;
  repeats?: number | string;
  backend?: string;
  jobs?: number;
  /** In the order in which they are given. */
  metrics?: readonly MetricFlag[];
  direction?: 'lower' | 'higher';
  artifact?: string[];
  timeout?: number | string;
  retry?: number;
  ignoreFailure?: boolean;
  /** What stands behind `--`. */
  command?: readonly string[];
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
  save?: boolean;
  /** What stands behind every `--`. */
  commands?: readonly (readonly string[])[];
  vary?: string;
  paired?: boolean;
  unpaired?: boolean;
  alpha?: number;
  margin?: number;
}

/** What `run` takes. */
export interface RunFlags extends ExperimentFlags, OutputFlags {
  sameSeed?: boolean;
  failFast?: boolean;
  /** The part of the mean that half its interval may be. */
  until?: number;
  save?: boolean;
  showOutput?: boolean;
  tryMetric?: string;
}

/** Flags that are short for parts of the experiment: the part, the flag as it is written, its value. */
function shortFor(flags: ExperimentFlags): readonly (readonly [key: string, flag: string, value: unknown])[] {
  const { seed, repeats, backend, direction, artifact, timeout, retry, ignoreFailure } = flags;
  return [
    ['seed', `--seed ${seed}`, seed],
    ['repeats', `--repeats ${repeats}`, repeats],
    ['backend', `--backend ${backend}`, backend],
    ['direction', `--direction ${direction}`, direction],
    ['artifacts', '--artifact', artifact],
    ['timeout', `--timeout ${timeout}`, timeout],
    ['retries', `--retry ${retry}`, retry],
    ['ignoreFailure', '--ignore-failure', ignoreFailure],
  ] as const;
}

const OF_PROGRAMS = 'is for commands and modules';

/** Whose flags those are that are not for every experiment, by the part that they are short for. */
const WHOSE: Readonly<Record<string, string>> = {
  metrics: 'is for commands: modules return their metrics, and networks have score.metric',
  artifacts: 'is for commands: no other experiment writes files',
  ignoreFailure: 'is for commands: no other experiment has an exit code',
  direction: OF_PROGRAMS,
  timeout: OF_PROGRAMS,
  retries: OF_PROGRAMS,
  backend: 'is for networks and modules: commands draw their own numbers',
};

/** A flag's override of a part. */
function overrideOf(key: string, label: string, value: unknown): Override {
  const whose = WHOSE[key];
  return { path: [key], value, label, ...(whose === undefined ? {} : { whose }) };
}

/** Whether flags change nothing of an experiment but its seed and its repeats. */
export function isPlain(flags: ExperimentFlags): boolean {
  return (
    flags.metrics === undefined &&
    shortFor(flags).every(([key, , value]) => value === undefined || key === 'seed' || key === 'repeats')
  );
}

function sourcesOf(metrics: readonly MetricFlag[]): Promise<object[]> {
  return Promise.all(
    metrics.map(async ({ flag, text }) => {
      if (flag === 'metric-time') return { from: 'time' };
      if (flag === 'metric-exit-code') return { from: 'exit-code' };
      const { parseMetric } = await import('../metric/parseMetric.js');
      return parseMetric(flag, text);
    }),
  );
}

/** The flags that are short for parts of the experiment, as overrides. */
export async function flagOverrides(flags: ExperimentFlags): Promise<Override[]> {
  if (flags.unseeded && flags.seed !== undefined) throw new ReproError('--seed and --unseeded contradict each other');
  const overrides = shortFor(flags).flatMap(([key, label, value]): Override[] =>
    value === undefined ? [] : [overrideOf(key, label, value)],
  );
  if (flags.unseeded) overrides.push({ path: ['seed'], value: null, label: '--unseeded' });
  const { metrics } = flags;
  if (metrics) overrides.push(overrideOf('metrics', `--${metrics[0]?.flag}`, await sourcesOf(metrics)));
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

/** What stands before a command: parts of it to change, and no experiment. */
export function onlyAssignments(args: readonly string[]): readonly string[] {
  const name = args.find((arg) => !arg.includes('='));
  if (name === undefined) return args;
  throw new ReproError(`the command behind -- is the experiment, so that "${name}" is one too many`);
}

/** A part of the mean as it is written, `±10%`, `10%` or `0.1`, as a number. */
export function precision(text: string): number {
  const [, number, percent] = /^(?:±|\+-|\+\/-)?\s*(\d+\.?\d*|\.\d+)\s*(%?)$/.exec(text) ?? [];
  const value = percent === '%' ? Number(number) / 100 : Number(number);
  if (value > 0 && value < 1) return value;
  throw new ReproError(`--until must be a part of the mean above 0% and below 100%, as ±10%, got "${text}"`);
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
