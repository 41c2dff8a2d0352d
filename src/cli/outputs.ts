import { extname } from 'node:path';
import { ReproError } from '../errors.js';
import type { Style } from '../report/format.js';
import { usesColour } from './colour.js';
import type { OutputFlags } from './flags.js';
import type { Io } from './io.js';
import { openOutputFile } from './outputFile.js';
import { spareStores } from './spareInputs.js';

/** Columns of a terminal that does not say, and of what is no terminal. */
const WIDTH = 80;

/** The formats of a command: the one that it prints by default, and those that files' endings stand for. */
export interface Formats<Name extends string> {
  readonly standard: Name;
  readonly endings: Readonly<Record<string, Name>>;
}

/** A place that a result is written to, and how. */
export interface Output<Name extends string> {
  readonly format: Name;
  readonly style: Style;
  /** As it is named to the user; undefined for stdout. */
  readonly path: string | undefined;
  write(text: string): void;
  close(): void;
}

/** Where a result goes, and in which format. */
interface Target<Name extends string> {
  /** A file, or `-` for stdout. */
  readonly path: string;
  readonly format: Name;
}

/** The outputs that the flags ask for; without any, stdout. */
function targetsOf<Name extends string>(flags: OutputFlags, { standard, endings }: Formats<Name>): Target<Name>[] {
  const paths = flags.output ?? ['-'];
  if (paths.filter((path) => path === '-').length > 1) {
    throw new ReproError('two outputs to stdout; give --output - once');
  }
  // The parser of the command line has compared it with the names.
  const asked = flags.format as Name | undefined;
  return paths.map((path) => {
    const format = path === '-' ? (asked ?? standard) : (endings[extname(path).toLowerCase()] ?? asked);
    if (format !== undefined) return { path, format };
    const known = Object.keys(endings)
      .join(', ')
      .replace(/, ([^,]*)$/, ' or $1');
    throw new ReproError(`no format is known by the ending of ${path}`, {
      hint: `end it in ${known}, or give --format`,
    });
  });
}

/**
 * Opens what the flags ask for, so that a place that cannot be written to is told of before anything is executed.
 *
 * @throws ReproError for one that cannot be opened, whose format is not known, or that lies in a store
 */
export function openOutputs<Name extends string>(flags: OutputFlags, formats: Formats<Name>, io: Io): Output<Name>[] {
  spareStores(flags, io.cwd());
  return targetsOf(flags, formats).map(({ path, format }) => {
    const plain = { precision: flags.precision, color: false, width: WIDTH, ascii: io.env['TERM'] === 'dumb' };
    if (path !== '-') return { ...openOutputFile(path, io.cwd()), format, style: plain, path };
    const style = { ...plain, color: usesColour(flags.color, io.env, io.stdout), width: io.stdout.columns ?? WIDTH };
    return { format, style, path: undefined, write: io.stdout.write, close() {} };
  });
}
