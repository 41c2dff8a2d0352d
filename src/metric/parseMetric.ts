import { basename } from 'node:path';
import { ReproError } from '../errors.js';
import type { MetricSource } from './metricSource.js';

/** The options that name a metric, each with a text behind it. */
export type MetricOption = 'metric' | 'metric-regex' | 'metric-file';

function parseName(name: string): MetricSource {
  return { from: 'stdout', key: name, name };
}

async function parsePattern(pattern: string): Promise<MetricSource> {
  const { compileRegularExpression } = await import('./regularExpression.js');
  return { from: 'regex', pattern, name: compileRegularExpression(pattern).names[0] ?? 'match' };
}

/** The last key of a path, without indices. */
function lastKey(path: string): string | undefined {
  return path
    .replace(/\[\d+\]/g, '.')
    .split('.')
    .findLast((key) => key !== '');
}

function parseFile(text: string): MetricSource {
  const colon = text.endsWith(':') ? -1 : text.lastIndexOf(':');
  const file = colon < 0 ? text : text.slice(0, colon);
  const path = colon < 0 ? '' : text.slice(colon + 1);
  if (file.trim() === '') throw new ReproError('--metric-file needs FILE:PATH, such as result.json:val.loss');
  return { from: 'file', file, path, name: lastKey(path) ?? basename(file) };
}

const PARSERS: Readonly<Record<MetricOption, (text: string) => MetricSource | Promise<MetricSource>>> = {
  metric: parseName,
  'metric-regex': parsePattern,
  'metric-file': parseFile,
};

const NEEDED: Readonly<Record<MetricOption, string>> = {
  metric: 'a NAME, such as loss',
  'metric-regex': 'a regular expression, such as loss=(\\S+)',
  'metric-file': 'FILE:PATH, such as result.json:val.loss',
};

/**
 * The source that an option of the command line names: `--metric NAME` a key on stdout, `--metric-regex RE` a match, called as its first
 * named group, else `match`, `--metric-file FILE:PATH` a value in a file, called as the path's last key, else as the file. The last
 * colon with something behind it parts file and path; without one, the whole file is the number.
 *
 * @throws ReproError for an empty text or a wrong pattern
 */
export async function parseMetric(option: MetricOption, text: string): Promise<MetricSource> {
  if (text.trim() === '') throw new ReproError(`--${option} needs ${NEEDED[option]}`);
  return PARSERS[option](text);
}
