import { printable, shownValue } from '../text/printable.js';
import { isJsonObject, jsonNumber, parseMetricJson } from './metricJson.js';
import type { MetricSource, Reading } from './metricSource.js';
import { lonelyNumeral } from './numeral.js';
import { shownLine } from './shownLine.js';
import { followPath } from './valuePath.js';

const KEYS_SHOWN = 8;

/** What a value has instead of what was looked for. */
function contents(value: unknown): string {
  if (Array.isArray(value)) return `has ${value.length} ${value.length === 1 ? 'item' : 'items'}`;
  if (!isJsonObject(value)) return `is ${shownJson(value)}`;
  const keys = Object.keys(value);
  if (keys.length === 0) return 'is empty';
  const names = keys.slice(0, KEYS_SHOWN).map((key) => shownLine(key, 40));
  return `has ${names.join(', ')}${keys.length > KEYS_SHOWN ? ' …' : ''}`;
}

function shownJson(value: unknown): string {
  const number = jsonNumber(value);
  return number === undefined ? shownValue(value) : String(number);
}

/**
 * The number in the text of a JSON file, at a path.
 *
 * @param read the file's text, or what is wrong with it, as `is not there`
 */
export function fileReading(
  source: Extract<MetricSource, { from: 'file' }>,
  read: string | { readonly missing: string },
): Reading {
  const file = printable(source.file);
  const path = printable(source.path);
  if (typeof read !== 'string') return { missing: `${file} ${read.missing}` };
  const text = read.replace(/^\ufeff/, '').trim();
  if (text === '') return { missing: `${file} is empty` };
  if (source.path === '') {
    const value = lonelyNumeral(text);
    return value === undefined ? { missing: `${file} is "${shownLine(text, 80)}", not a number` } : { value };
  }
  const root = parseMetricJson(text);
  if (root === undefined) return { missing: `${file} is not JSON` };
  const end = followPath(root, source.path);
  if ('stuck' in end) {
    const holder = end.at === '' ? 'it' : printable(end.at);
    return { missing: `${file} has no ${path}; ${holder} ${contents(end.stuck)}` };
  }
  const value = jsonNumber(end.found);
  return value === undefined ? { missing: `${file}: ${path} is ${shownJson(end.found)}, not a number` } : { value };
}
