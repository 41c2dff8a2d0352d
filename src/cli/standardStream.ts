import { fstatSync } from 'node:fs';
import type { OutputStream } from './io.js';
import { writeText } from './writeText.js';

/** Whether it may be a terminal: asking Node's own stream would load it first. */
function isDevice(file: number): boolean {
  try {
    return fstatSync(file).isCharacterDevice();
  } catch {
    return true;
  }
}

/**
 * stdout (1) or stderr (2), written to directly: loading Node's streams takes longer than a small run. Those are asked only
 * about a terminal.
 */
function standardStream(file: 1 | 2, write: (text: string) => void): OutputStream {
  const device = isDevice(file);
  const node = () => (file === 1 ? process.stdout : process.stderr);
  return {
    write,
    get isTTY() {
      return device && node().isTTY === true;
    },
    get columns() {
      return device ? node().columns : undefined;
    },
  };
}

export const stdout = standardStream(1, (text) => writeText(1, 'stdout', text));

export const stderr = standardStream(2, (text) => {
  try {
    writeText(2, 'stderr', text);
  } catch {
    // There is nobody left to tell.
  }
});
