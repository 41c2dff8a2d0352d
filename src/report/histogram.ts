const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/** Different scores that a histogram is worth drawing for. */
const FEWEST = 5;
const MOST_BINS = 16;

/**
 * Bars of the positive finite scores on a logarithmic axis, two bins a decade or, where those are too many, as few as it takes;
 * the lowest first, each with its lower edge and its count.
 *
 * @param width columns of the longest bar
 * @returns lines, or none where fewer than five different scores could be drawn
 */
export function histogram(scores: readonly number[], width: number, ascii: boolean): string[] {
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
  const most = Math.max(...counts);
  const labels = counts.map((_, bin) => edge((first + bin) * step));
  const longest = Math.max(...labels.map((label) => label.length));
  return counts.map((count, bin) => {
    const label = (labels[bin] as string).padStart(longest);
    return count === 0 ? `${label} 0` : `${label} ${bar((count / most) * width, ascii)} ${count}`;
  });
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

/** A count above 0 is never drawn as nothing. */
function bar(length: number, ascii: boolean): string {
  if (ascii) return '#'.repeat(Math.ceil(length));
  const eighths = length > 0 ? Math.max(1, Math.round(length * 8)) : 0;
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}
