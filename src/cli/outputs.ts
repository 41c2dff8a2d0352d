import { ReproError } from '../errors.js';
import { type FormatName, formatOfFile } from '../report/formats.js';
import type { RunFlags } from './flags.js';

/** Where a result goes, and in which format. */
export interface OutputTarget {
  /** A file, or `-` for stdout. */
  readonly path: string;
  readonly format: FormatName;
}

/** The outputs that the flags ask for; without any, stdout. */
export function outputTargets(flags: RunFlags): OutputTarget[] {
  const paths = flags.output.length > 0 ? flags.output : ['-'];
  if (paths.filter((path) => path === '-').length > 1) {
    throw new ReproError('two outputs to stdout; give --output - once');
  }
  return paths.map((path) => {
    const format = path === '-' ? (flags.format ?? 'table') : (formatOfFile(path) ?? flags.format);
    if (format !== undefined) return { path, format };
    throw new ReproError(`no format is known by the ending of ${path}`, {
      hint: 'end it in .json, .csv, .md, .txt or .digest, or give --format',
    });
  });
}
