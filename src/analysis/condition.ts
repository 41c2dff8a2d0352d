import { ReproError } from '../errors.js';
import { suggestion } from '../text/nearest.js';
import type { Summary } from './summarize.js';

const OPERATORS = {
  '<=': (a: number, b: number) => a <= b,
  '>=': (a: number, b: number) => a >= b,
  '==': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
  '<': (a: number, b: number) => a < b,
  '>': (a: number, b: number) => a > b,
} as const;
type Operator = keyof typeof OPERATORS;

/** The operators as a shell leaves them alone. */
const WORDS: Readonly<Record<string, Operator>> = { le: '<=', ge: '>=', eq: '==', ne: '!=', lt: '<', gt: '>' };

/** Whatever a condition can be about. */
const FIGURES: Readonly<Record<string, (summary: Summary) => number | null>> = {
  mean: ({ mean }) => mean,
  sd: ({ standardDeviation }) => standardDeviation,
  se: ({ standardError }) => standardError,
  median: ({ median }) => median,
  q1: ({ lowerQuartile }) => lowerQuartile,
  q3: ({ upperQuartile }) => upperQuartile,
  iqm: ({ interquartileMean }) => interquartileMean,
  min: ({ min }) => min,
  max: ({ max }) => max,
  decades: ({ decades }) => decades,
  skewness: ({ skewness }) => skewness,
  'mean.low': ({ intervals }) => intervals.mean?.low ?? null,
  'mean.high': ({ intervals }) => intervals.mean?.high ?? null,
  'median.low': ({ intervals }) => intervals.median?.low ?? null,
  'median.high': ({ intervals }) => intervals.median?.high ?? null,
  'iqm.low': ({ intervals }) => intervals.interquartileMean?.low ?? null,
  'iqm.high': ({ intervals }) => intervals.interquartileMean?.high ?? null,
  repeats: ({ count }) => count,
  diverged: ({ count, finite }) => count - finite,
};

/** What a figure of the summary has to be: `mean<=0.05`. */
export interface Condition {
  /** As it was written. */
  readonly text: string;
  /** A figure's name. */
  readonly figure: string;
  readonly operator: Operator;
  readonly bound: number;
}

/**
 * Reads `FIGURE<=NUMBER`, with any of < <= > >= == !=, or `FIGURE:le:NUMBER`, with lt le gt ge eq ne, which no shell changes.
 *
 * @throws ReproError for what is neither, and for a figure that no summary has
 */
export function parseCondition(text: string): Condition {
  const match =
    /^([A-Za-z0-9.]+)\s*(<=|>=|==|!=|<|>)\s*(\S+)$/.exec(text) ??
    /^([A-Za-z0-9.]+):(le|ge|eq|ne|lt|gt):(\S+)$/.exec(text);
  const [, name = '', sign = '', number = ''] = match ?? [];
  const bound = Number(number);
  if (!match || number === '' || Number.isNaN(bound)) {
    throw new ReproError(`--require must be like 'mean<=0.05' or mean:le:0.05, got "${text}"`);
  }
  if (!Object.hasOwn(FIGURES, name)) {
    const names = Object.keys(FIGURES);
    const near = suggestion(',', name, names);
    throw new ReproError(`--require ${text}: there is no figure "${name}"${near}`, {
      hint: `a condition is on ${names.join(', ')}`,
    });
  }
  return { text, figure: name, operator: WORDS[sign] ?? (sign as Operator), bound };
}

/** A condition, held against a summary. */
export interface Finding {
  readonly met: boolean;
  /** `null` where there are too few scores for it, which meets no condition. */
  readonly value: number | null;
}

export function holdAgainst({ figure, operator, bound }: Condition, summary: Summary): Finding {
  const value = FIGURES[figure]?.(summary) ?? null;
  return { met: value !== null && OPERATORS[operator](value, bound), value };
}
