import { basename } from 'node:path';
import type { MetricSource } from './metricSource.js';

/** A source that may have no name yet. */
export type UnnamedSource<Source extends MetricSource = MetricSource> = Source extends MetricSource
  ? Omit<Source, 'name'> & { readonly name?: string }
  : never;

/** The last key of a path, without indices. */
function lastKey(path: string): string | undefined {
  return path
    .replace(/\[\d+\]/g, '.')
    .split('.')
    .findLast((key) => key !== '');
}

/** What a metric is called: by its name, or by what it is read from. */
export function nameOfSource(source: UnnamedSource): string {
  if (source.name !== undefined) return source.name;
  switch (source.from) {
    case 'last-line':
      return 'score';
    case 'stdout':
      return source.key;
    case 'regex':
      return /\(\?P?<(\w+)>/.exec(source.pattern)?.[1] ?? 'match';
    case 'file':
      return lastKey(source.path) ?? basename(source.file);
    case 'time':
      return 'time';
    case 'exit-code':
      return 'exit code';
  }
}
