import { statSync } from 'node:fs';
import { extname } from 'node:path';
import { ReproError } from '../errors.js';
import { printable } from '../text/printable.js';
import { unreadable } from '../text/unreadable.js';

const TYPED = ['.ts', '.mts', '.cts'];

/** Whether this engine runs TypeScript. */
function stripsTypes(): boolean {
  const { typescript } = process.features as { typescript?: string | false };
  return Boolean(typescript) || 'bun' in process.versions;
}

/**
 * Looks before anything runs at whether an experiment's file is there, and whether this engine runs it.
 *
 * @throws ReproError
 */
export function checkModule(path: string): void {
  const shown = printable(path);
  try {
    if (!statSync(path).isFile()) throw new ReproError(`cannot run ${shown}: it is no file`);
  } catch (cause) {
    throw cause instanceof ReproError ? cause : unreadable(shown, cause);
  }
  if (!TYPED.includes(extname(path)) || stripsTypes()) return;
  const [major, minor] = process.versions.node.split('.');
  throw new ReproError(
    `Node ${major}.${minor} does not strip types: TypeScript modules need Node 22.18 or later, or Bun`,
  );
}
