import { readFileSync } from 'node:fs';
import { TOKEN_NAME } from './processToken.js';

/** While a round finds some, others may have been started meanwhile. */
const ROUNDS = 20;

function carries(id: number, variable: string): boolean {
  try {
    return readFileSync(`/proc/${id}/environ`).includes(variable);
  } catch {
    // It has ended, or is another user's.
    return false;
  }
}

/** @returns whether there was such a process to end */
function kill(id: number): boolean {
  try {
    process.kill(id, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

/**
 * Kills every process among `candidates` whose environment holds a token, wherever it went: those that left the group of the
 * program that started them. Linux only; elsewhere there are no candidates.
 *
 * @returns whether there were any
 */
export function endStrays(token: string, candidates: () => readonly number[]): boolean {
  const variable = `${TOKEN_NAME}=${token}`;
  let found = false;
  for (let round = 0; round < ROUNDS; round++) {
    const killed = candidates().filter((id) => carries(id, variable) && kill(id));
    if (killed.length === 0) break;
    found = true;
  }
  return found;
}
