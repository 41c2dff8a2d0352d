import type { Io, OutputStream } from './io.js';

/** Whether to colour a stream: the flag decides, then FORCE_COLOR, NO_COLOR, TERM=dumb, then whether it is a terminal. */
export function usesColour(flag: boolean | undefined, env: Io['env'], stream: OutputStream): boolean {
  if (flag !== undefined) return flag;
  const force = env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return env['TERM'] !== 'dumb' && stream.isTTY;
}
