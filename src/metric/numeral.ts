const DECIMAL = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy;
const WORD = /([+-]?)(?:(nan)|inf(?:inity)?)(?![\p{L}\p{N}_])/iuy;
/**
 * What makes something else of the digits before it: `1,234` and `0,5`, `1.2.3`, 2024-01-02, 12:30, 3/10, 1_000, 1'000, 5*10, a
 * number grouped by narrow or unbreakable spaces; `3f9a` and `0x1f`; an exponent that is cut off.
 */
const GOES_ON = /[,.:/'’+*^×·\u00a0\u2009\u202f-]\d|[\p{L}_]+\d|e[+-]/iuy;
const HEXADECIMAL = /[+-]?0x/iy;

export interface Numeral {
  readonly value: number;
  /** Where the text goes on after it. */
  readonly end: number;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * The number that begins at a place in a text, rounded as `Number` rounds: decimal digits with sign and exponent, `.5`, `5.`, and
 * nan, inf and infinity in any case. A percent sign, a unit or a comma ends it: `93.1%` is 93.1. What may be one number in
 * one country and two in another, such as `1,234` and `0,5`, is none, and nor is any other digit joined to it by a sign.
 *
 * @returns undefined if there is none
 */
export function numeralAt(text: string, at: number): Numeral | undefined {
  const word = matchAt(WORD, text, at);
  if (word) {
    const value = word[2] ? Number.NaN : word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return { value, end: at + word[0].length };
  }
  const digits = matchAt(DECIMAL, text, at)?.[0];
  if (digits === undefined || matchAt(HEXADECIMAL, text, at)) return undefined;
  const end = at + digits.length;
  return matchAt(GOES_ON, text, end) ? undefined : { value: Number(digits), end };
}

/** What may stand behind a number that is alone: a percent sign or a short unit, and a mark. */
const UNIT = /^(?: ?%|[\p{L}µ°]{0,3})[.,;]?$/u;

/** The number that is all of a text but for a unit; undefined if it is not. */
export function lonelyNumeral(text: string): number | undefined {
  const numeral = numeralAt(text, 0);
  return numeral && UNIT.test(text.slice(numeral.end, numeral.end + 8)) ? numeral.value : undefined;
}
