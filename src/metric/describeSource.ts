import { printable } from '../text/printable.js';
import type { MetricSource } from './metricSource.js';

/** Where a metric comes from, as a header says it: a few words in one line. */
export function describeSource(source: MetricSource): string {
  switch (source.from) {
    case 'last-line':
      return 'last line of stdout';
    case 'stdout':
      return `${printable(source.key)} on stdout`;
    case 'regex':
      return `/${printable(source.pattern)}/ on stdout`;
    case 'file':
      return printable(source.path === '' ? source.file : `${source.file}: ${source.path}`);
    case 'time':
      return 'wall-clock time';
    case 'exit-code':
      return 'exit code';
  }
}
