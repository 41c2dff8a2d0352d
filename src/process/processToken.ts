import { randomBytes } from 'node:crypto';

/** The environment variable by which a program and all that it starts are known, whatever group or session they move to. */
export const TOKEN_NAME = 'REPRO_PROCESS';

/** What the tokens of all programs that this process starts begin with. */
export const ownTokens = randomBytes(16).toString('hex');

/** A token of one start, of fixed length, so that none is the beginning of another. */
export function newToken(): string {
  return `${ownTokens}-${randomBytes(8).toString('hex')}`;
}
