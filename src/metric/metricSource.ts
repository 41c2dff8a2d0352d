/** Where a number is taken from, and what the metric is called. */
export type MetricSource =
  /** The last line of stdout that is not blank. */
  | { readonly from: 'last-line'; readonly name: string }
  /** A key of a JSON object on stdout (`val.loss`: a key of a key), or a name before `:` or `=`; the last one. */
  | { readonly from: 'stdout'; readonly key: string; readonly name: string }
  /** What a regular expression (RE2 syntax) matches within a line of stdout; the last match. */
  | { readonly from: 'regex'; readonly pattern: string; readonly name: string }
  /** A JSON file and a path in it: `val.loss`, `[0].loss`, `results[2]`; with an empty path the whole file is a number. */
  | { readonly from: 'file'; readonly file: string; readonly path: string; readonly name: string }
  /** Wall-clock seconds. */
  | { readonly from: 'time'; readonly name: string }
  | { readonly from: 'exit-code'; readonly name: string };

/** A number, which may be NaN or infinite, or in one clause what was searched and not found. */
export type Reading = { readonly value: number } | { readonly missing: string };
