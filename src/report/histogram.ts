const HEIGHTS = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
const FEWEST = 5;

/**
 * Bars of positive finite scores on a logarithmic axis, two bins a decade, the lowest first.
 *
 * @param width columns of the longest bar
 * @returns lines, or none where fewer than five different scores could be drawn
 */
export function histogram(scores: readonly number[], width: number, ascii: boolean): string[] {
  const drawn = scores.filter((score) => Number.isFinite(score) && score > 0);
  if (new Set(drawn).size < FEWEST) return [];
  // Two bins a decade while they fit a screen, else as many decades a bin as it takes.
  const logs = drawn.map((score) => Math.log10(score));
  const [low, high] = logs.reduce(([a, b], log) => [Math.min(a, log), Math.max(b, log)], [Infinity, -Infinity]);
  const step = [0.5, 1, 2, 5, 10, 50].find((size) => (high - low) / size < 16) ?? 100;
  const first = Math.floor(low / step);
  const counts = Array.from({ length: Math.floor(high / step) - first + 1 }, () => 0);
  for (const log of logs) {
    const bin = Math.floor(log / step) - first;
    counts[bin] = (counts[bin] as number) + 1;
  }
  const most = Math.max(...counts);
  return counts.map((count, bin) => {
    const label = (10 ** ((first + bin) * step)).toExponential(0).replace(/e([+-])(\d)$/, 'e$10$2');
    return `${label.padStart(6)} ${bar((count / most) * width, ascii)} ${count}`;
  });
}

function bar(length: number, ascii: boolean): string {
  if (ascii) return '#'.repeat(Math.ceil(length));
  const eighths = Math.round(length * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (eighths % 8 === 0 ? '' : (HEIGHTS[(eighths % 8) - 1] as string));
}
