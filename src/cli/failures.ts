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

function failureText({ index, program }: Repeat, label: string | undefined): string {
  const { failure, output } = program ?? {};
  const lines = [...lastLines(output?.stdout ?? ''), ...lastLines(output?.stderr ?? '')];
  const shown = lines.map((line) => `  | ${line}\n`).join('');
  const of = label === undefined ? '' : `${label}: `;
  return `repro: ${of}repeat ${index + 1} failed: ${printable(failure ?? '')}\n${shown}`;
}

/** What is said beside a failure: whose it is, and a line behind the first. */
interface Telling {
  readonly label?: string;
  readonly hint?: string;
}

/** Tells of the first repeats that fail, as they do. */
export function tellFailures(
  io: Io,
  quiet: boolean,
  { label, hint }: Telling = {},
): { tell(repeats: readonly Repeat[]): void } {
  let told = 0;
  return {
    tell(repeats) {
      if (quiet || told === TOLD) return;
      for (const repeat of repeats.filter(hasFailed).slice(0, TOLD - told)) {
        io.stderr.write(failureText(repeat, label));
        if (told === 0 && hint !== undefined) io.stderr.write(`  ${hint}\n`);
        told += 1;
      }
    },
  };
}
