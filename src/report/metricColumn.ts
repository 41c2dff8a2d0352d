/** Columns that are none of a metric's, perhaps behind our own mark. */
const TAKEN = /^(?:metric\.)*(?:repeat|score|seed|status|elapsed|bits|hash)$/;

/** The column of a metric in a table of repeats: its name, or, where another column has that, `metric.seed`. */
export function metricColumn(name: string): string {
  return TAKEN.test(name) ? `metric.${name}` : name;
}
