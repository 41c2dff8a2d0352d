import { ReproError } from '../errors.js';
import type { MetricSource } from './metricSource.js';
import { nameOfSource, type UnnamedSource } from './nameOfSource.js';

/** The options that name a metric, each with a text behind it. */
export type MetricOption = 'metric' | 'metric-regex' | 'metric-file';

async function parsePattern(pattern: string): Promise<UnnamedSource> {
  const { compileRegularExpression } = await import('./regularExpression.js');
  compileRegularExpression(pattern);
  return { from: 'regex', pattern };
}

function parseFile(text: string): UnnamedSource {
  const colon = text.endsWith(':') ? -1 : text.lastIndexOf(':');
  const file = colon < 0 ? text : text.slice(0, colon);
  const path = colon < 0 ? '' : text.slice(colon + 1);
  if (file.trim() === '') throw new ReproError('--metric-file needs FILE:PATH, such as result.json:val.loss');
  return { from: 'file', file, path };
}

const PARSERS: Readonly<Record<MetricOption, (text: string) => UnnamedSource | Promise<UnnamedSource>>> = {
  metric: (key) => ({ from: 'stdout', key }),
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
  const source = await PARSERS[option](text);
  return { ...source, name: nameOfSource(source) } as MetricSource;
}
