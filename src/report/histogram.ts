/** Different scores that a histogram is worth drawing for. */
const FEWEST = 5;
const MOST_BINS = 16;

/**
 * Counts of the positive finite scores on a logarithmic axis, two bins a decade or, where those are too many, as few as it takes;
 * the lowest first.
 *
 * @returns each bin's lower edge and count; none where fewer than five scores differ
 */
export function histogram(scores: readonly number[]): [edge: string, count: number][] {
  if (!hasDifferent(scores, FEWEST)) return [];
  const logs = scores.filter((score) => Number.isFinite(score) && score > 0).map((score) => Math.log10(score));
  let low = Infinity;
  let high = -Infinity;
  for (const log of logs) {
    low = Math.min(low, log);
    high = Math.max(high, log);
  }
  const step =
    [0.5, 1, 2, 5, 10, 50].find((size) => Math.floor(high / size) - Math.floor(low / size) < MOST_BINS) ?? 100;
  const first = Math.floor(low / step);
  const counts = new Array<number>(Math.floor(high / step) - first + 1).fill(0);
  for (const log of logs) {
    const bin = Math.floor(log / step) - first;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts.map((count, bin) => [edge((first + bin) * step), count]);
}

/** Whether so many different positive finite scores are among these; a million need not all be looked at. */
function hasDifferent(scores: readonly number[], many: number): boolean {
  const seen = new Set<number>();
  for (const score of scores) {
    if (Number.isFinite(score) && score > 0) seen.add(score);
    if (seen.size >= many) return true;
  }
  return false;
}

function edge(log: number): string {
  const [mantissa, power] = (10 ** log).toExponential(0).split('e');
  const exponent = Number(power);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
