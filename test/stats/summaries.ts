import { reference } from '../reference.js';

type Pair = readonly [low: number, high: number];

/** What SciPy 1.17.1 has to say of the values of a data set, and an enumeration of all their resamples. */
export interface Figures {
  readonly values: readonly number[];
  readonly interquartileMean: number;
  readonly skewness: number;
  readonly geometricMean: number | null;
  readonly geometricStandardDeviation: number | null;
  readonly decades: number | null;
  readonly fences: readonly [number, number, number, number];
  readonly outliers: Readonly<Record<'lowSevere' | 'lowMild' | 'highMild' | 'highSevere', number>>;
  readonly t99: Pair;
  readonly median: Readonly<Record<string, readonly [low: number, high: number, coverage: number] | null>>;
  readonly repeats: { readonly within25: number; readonly within10: number } | null;
  readonly acceleration: number;
  readonly exact?: { readonly mean: { readonly bca: Pair }; readonly interquartileMean: { readonly percentile: Pair } };
}

/** The data sets of summaries.json with their names. */
export const summaries = Object.entries(reference<{ datasets: Record<string, Figures> }>('summaries.json').datasets);

/** The article's lists with figures of SciPy 1.10.1, under the names of summaries.json. */
export const articles = Object.entries(
  reference<{ datasets: Record<string, ArticleFigures> }>('statistics.json').datasets,
);

export interface ArticleFigures {
  readonly values: readonly number[];
  readonly bootstrap: {
    readonly mean: {
      readonly exact: { readonly bca95: { readonly acceleration: number; readonly strict: { readonly ci: Pair } } };
    };
    readonly iqm: { readonly exact: { readonly percentile95: Pair } };
  };
}
