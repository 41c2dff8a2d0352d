import type { CheckResult } from '../analysis/check.js';
import { loadCheckFormat } from '../report/checkFormats.js';
import { isClosedPipe } from './io.js';
import type { Output } from './outputs.js';

/** Whoever reads may go; what the check found stays its exit code. */
function writeToReader(write: (text: string) => void, text: string): void {
  try {
    write(text);
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
}

/** Writes what a check found. @param silent whether stdout is to stay empty */
export async function writeCheck(
  outputs: readonly Output<Parameters<typeof loadCheckFormat>[0]>[],
  result: CheckResult,
  silent: boolean,
): Promise<void> {
  for (const { format, style, path, write } of outputs) {
    const text = (await loadCheckFormat(format))(result, style);
    if (!silent || path !== undefined) writeToReader(write, text);
  }
}
