import { reference } from '../reference.js';

interface Limits {
  readonly low: number;
  readonly high: number;
}

type Pair = readonly [low: number, high: number];

/** Two samples, and what SciPy, statsmodels and R make of them. */
export interface Sample {
  readonly first: number[];
  readonly second: number[];
  readonly mannWhitney: {
    readonly w: number;
    readonly p: number;
    readonly method: string;
    readonly shiftInterval?: Pair;
  };
  readonly superiority: number;
  readonly superiorityInterval: Pair;
  readonly shift: number;
  readonly welch: Limits & { readonly difference: number; readonly t: number; readonly df: number; readonly p: number };
  readonly hedgesG: number;
  readonly margin: number;
  readonly equivalence: number;
  readonly brownForsythe: { readonly f: number; readonly p: number };
  readonly permutation?: number;
  readonly paired?: {
    readonly wilcoxon: {
      readonly positive: number;
      readonly p: number;
      readonly count: number;
      readonly method: string;
    };
    readonly pairedT: Limits & {
      readonly difference: number;
      readonly t: number;
      readonly df: number;
      readonly p: number;
    };
    readonly dz: number;
    readonly margin: number;
    readonly equivalence: number;
    readonly signFlip?: number;
    readonly superiority: number;
    readonly superiorityInterval: Pair;
  };
}

interface Group {
  readonly groups: number[][];
  readonly kruskalWallis: { readonly chiSquared: number; readonly p: number };
  readonly brownForsythe: { readonly f: number; readonly p: number };
  readonly friedman?: { readonly chiSquared: number; readonly p: number; readonly f: number; readonly fp: number };
}

/** SciPy 1.10.1, statsmodels 0.13.5 and R 4.2.2. */
export const comparing = reference<{
  readonly samples: Readonly<Record<string, Sample>>;
  readonly groups: Readonly<Record<string, Group>>;
  readonly holm: readonly { readonly raw: number[]; readonly adjusted: number[] }[];
}>('comparing.json');

export const samples = Object.entries(comparing.samples);

/** The shared reference figures: SciPy 1.10.1 and statsmodels 0.13.5 on the article's lists. */
// biome-ignore lint/suspicious/noExplicitAny: a tree of figures, each looked at once
export const article = reference<any>('statistics.json');
