/** Stands for NaN, which JSON cannot write. */
const NOT_A_NUMBER = '\u0000NaN';

/** Calls back for every piece of JSON text that stands outside strings. */
function replaceOutsideStrings(text: string, replace: (piece: string) => string): string {
  const pieces: string[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf('"', at);
    pieces.push(replace(text.slice(at, open < 0 ? undefined : open)));
    if (open < 0) return pieces.join('');
    let close = open + 1;
    while (close < text.length && text[close] !== '"') close += text[close] === '\\' ? 2 : 1;
    pieces.push(text.slice(open, close + 1));
    at = close + 1;
  }
}

/**
 * The value that JSON text means, in which NaN, Infinity and -Infinity may stand bare, as Python writes them.
 *
 * @returns undefined if it is no JSON
 */
export function parseMetricJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (!text.includes('NaN') && !text.includes('Infinity')) return undefined;
  }
  const strict = replaceOutsideStrings(text, (piece) =>
    piece.replace(/\bNaN\b/g, JSON.stringify(NOT_A_NUMBER)).replace(/\bInfinity\b/g, '1e999'),
  );
  try {
    return JSON.parse(strict);
  } catch {
    return undefined;
  }
}

/** The number that a JSON value is; undefined if it is none. */
export function jsonNumber(value: unknown): number | undefined {
  if (value === NOT_A_NUMBER) return Number.NaN;
  return typeof value === 'number' ? value : undefined;
}

export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
