import { printable } from '../text/printable.js';
import type { LineMatcher } from './lineMatcher.js';
import { isJsonObject, jsonNumber, parseMetricJson } from './metricJson.js';
import { numeralAt } from './numeral.js';
import { followPath } from './valuePath.js';

/**
 * Something of a key that stands as it is in every line that has it, however it is written: no index, no dot, since each key of a
 * path may stand alone, and no sign that JSON may escape. The longest such piece; empty if there is none.
 */
function needleOf(key: string): string {
  const pieces = key.replace(/\[\d+\]/g, '.').split(/[^\w -]+/);
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** A key as text has it, or as JSON may write it, in quotes. */
function namePattern(key: string): RegExp {
  const json = JSON.stringify(key).slice(1, -1);
  const ascii = json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const [bare, ...quoted] = [key, ...new Set([key, json, ascii])].map(escapeForPattern);
  const names = quoted.map((name) => `"${name}"|'${name}'`).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}_./-])(?:${names}|${bare})[ \\t]*[:=][ \\t]*`, 'gu');
}

/**
 * Finds the values of a key. In a line that is a JSON object, these are the number that the key, or the path of keys, leads to. In any
 * other line, they are the numbers behind the key and `:` or `=`; the key may be in quotes, and is not the end of a longer name:
 * `val_loss: 1` and `val/loss: 1` have no loss.
 */
export function keyMatcher(key: string): LineMatcher {
  const needle = Buffer.from(needleOf(key));
  const name = namePattern(key);

  /** Undefined if the text is no JSON object. */
  const inObject = (text: string): (number | null)[] | undefined => {
    if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
    const object = parseMetricJson(text);
    if (!isJsonObject(object)) return undefined;
    const end = followPath(object, key);
    return 'found' in end ? [jsonNumber(end.found) ?? null] : [];
  };
  const inText = (text: string): (number | null)[] => {
    const values: (number | null)[] = [];
    for (const match of text.matchAll(name)) {
      values.push(numeralAt(text, match.index + match[0].length)?.value ?? null);
    }
    return values;
  };

  const shown = printable(key);
  return {
    wanted: `line "${shown}: value" and no JSON key "${shown}"`,
    label: `"${shown}"`,
    mayMatch: (lines) => needle.length === 0 || lines.includes(needle),
    lastPlace: (lines, before) => {
      if (needle.length === 0) return before - 1;
      return before < needle.length ? -1 : lines.lastIndexOf(needle, before - needle.length);
    },
    valuesIn: (line) => {
      const text = line.trim();
      return inObject(text) ?? inText(text);
    },
    trouble: () => undefined,
  };
}
