import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Side } from '../analysis/check.js';
import { summarizeRepeats } from '../analysis/summarizeRepeats.js';
import { baselineJson } from '../report/json.js';
import type { TracedRepeat } from '../run/record.js';
import type { BaselineFile } from './checkSettings.js';
import type { Io } from './io.js';
import { writeText, writing } from './writeText.js';

/** Replaces a file as a whole: whatever goes wrong, the one before stays. */
function replaceFile(path: string, shown: string, text: string): void {
  const fresh = join(dirname(path), `.repro-${process.pid}.tmp`);
  // With the rights of the file before it.
  const file = writing(shown, () => openSync(fresh, 'w', existsSync(path) ? statSync(path).mode : 0o666));
  try {
    try {
      writeText(file, shown, text);
      writing(shown, () => fsyncSync(file));
    } finally {
      closeSync(file);
    }
    writing(shown, () => renameSync(fresh, path));
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** Records an execution as a baseline, and says so. */
export function writeBaseline(
  io: Io,
  { path, shown }: BaselineFile,
  { plan, digest, circumstances }: Side,
  repeats: readonly TracedRepeat[],
  silent: boolean,
): void {
  const summary = summarizeRepeats(repeats);
  replaceFile(path, shown, baselineJson({ plan, status: 'finished', repeats, digest, circumstances }, summary));
  if (!silent) io.stderr.write(`repro: recorded ${shown}, digest ${digest}\n`);
}
