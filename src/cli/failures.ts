import { hasFailed, type Repeat } from '../run/record.js';
import { printable } from '../text/printable.js';
import type { Io } from './io.js';

/** Failures that are told with their output; of more only the number is told, at the end. */
const TOLD = 3;
/** Lines of output that are shown, and signs of each. */
const LINES = 8;
const SIGNS = 200;

/** The last lines of what a program wrote, each in one line of the terminal. */
function lastLines(text: string): string[] {
  const lines = text.split(/\r?\n|\r/).filter((line) => line.trim() !== '');
  return lines.slice(-LINES).map((line) => printable([...line].slice(0, SIGNS).join('')));
}

function failureText({ index, program }: Repeat): string {
  const { failure, output } = program ?? {};
  const lines = [...lastLines(output?.stdout ?? ''), ...lastLines(output?.stderr ?? '')];
  const shown = lines.map((line) => `  | ${line}\n`).join('');
  return `repro: repeat ${index + 1} failed: ${printable(failure ?? '')}\n${shown}`;
}

/**
 * Tells of the first repeats that fail, as they do.
 *
 * @param hint a line behind the first of them
 */
export function tellFailures(io: Io, quiet: boolean, hint?: string): { tell(repeats: readonly Repeat[]): void } {
  let told = 0;
  return {
    tell(repeats) {
      if (quiet || told === TOLD) return;
      const failed = repeats.filter(hasFailed).slice(0, TOLD - told);
      for (const repeat of failed) {
        io.stderr.write(failureText(repeat));
        if (told === 0 && hint !== undefined) io.stderr.write(`  ${hint}\n`);
        told += 1;
      }
    },
  };
}
