import { lineStart } from './lineBlocks.js';
import { isJsonObject, jsonNumber, parseMetricJson } from './metricJson.js';
import { lonelyNumeral } from './numeral.js';
import { shownLine } from './shownLine.js';
import type { StdoutReader } from './stdoutReader.js';

/** A name, and what stands behind `:` or `=`. */
const NAMED = /^([^:=]+)[:=]([^:=]*)$/;
/** A digit before any letter of its word: a second number. */
const NUMBER_IN_NAME = /(?:^|\s)[^\p{L}\s]*\d/u;

function scoreOf(object: Readonly<Record<string, unknown>>): number | undefined {
  if (Object.hasOwn(object, 'score')) return jsonNumber(object['score']);
  const numbers = Object.values(object)
    .map(jsonNumber)
    .filter((value) => value !== undefined);
  return numbers.length === 1 ? numbers[0] : undefined;
}

/**
 * The one number that a line says: alone, behind a name (`loss: 0.5`, `loss = 0.5`), or in a JSON object, as its `score` or its only
 * number. Undefined where there is none, or several to guess from.
 */
export function onlyNumber(line: string): number | undefined {
  const text = line.trim();
  const alone = lonelyNumeral(text);
  if (alone !== undefined) return alone;
  if (text.startsWith('{') && text.endsWith('}')) {
    const object = parseMetricJson(text);
    if (isJsonObject(object)) return scoreOf(object);
  }
  const [, name = '', value = ''] = NAMED.exec(text) ?? [];
  return name === '' || NUMBER_IN_NAME.test(name) ? undefined : lonelyNumeral(value.trim());
}

const REMEDY = '--metric NAME names what to read';
const SPACE = 32;
const DELETE = 127;

/** The last byte that is neither a space nor a control character; -1 if there is none. */
function lastInk(bytes: Buffer): number {
  let at = bytes.length - 1;
  while (at >= 0 && ((bytes[at] as number) <= SPACE || bytes[at] === DELETE)) at--;
  return at;
}

/** Reads the last line that is not blank. */
export function lastLineReader(): StdoutReader {
  let last: Buffer | 'too long' | undefined;
  return {
    block({ bytes }) {
      const ink = lastInk(bytes);
      if (ink >= 0) last = Buffer.from(bytes.subarray(lineStart(bytes, ink), ink + 1));
    },
    skipped() {
      last = 'too long';
    },
    reading() {
      if (last === undefined) return { missing: 'stdout has blank lines only' };
      if (last === 'too long') return { missing: `the last line of stdout is longer than 16 MiB; ${REMEDY}` };
      const line = last.toString('utf8');
      const value = onlyNumber(line);
      if (value !== undefined) return { value };
      return { missing: `the last line of stdout, "${shownLine(line, 200)}", is not one number; ${REMEDY}` };
    },
  };
}
