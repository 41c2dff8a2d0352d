import { flagTakesSecret, namesSecret, REDACTED, tellsNothing } from './secretNames.js';
import { redact } from './secrets.js';

const PAIR = /^([\w.-]+)=(.*)$/s;

/** What curl and others take a user and a password behind. */
const USER_FLAG = /^-(?:u|-(?:proxy-)?user)$/i;

/** A name and a password; numbers are those of a user and a group. */
const USER_AND_PASSWORD = /^(?!\d+:\d+$)([\w.@+-]+:)([^/\\].*)$/s;

function redactWord(word: string, before: string): string {
  if (flagTakesSecret(before, word)) return REDACTED;
  const [, user, password] = (USER_FLAG.test(before) && USER_AND_PASSWORD.exec(word)) || [];
  if (user !== undefined && password !== undefined && !tellsNothing(password)) return `${user}${REDACTED}`;
  const [, name, value] = PAIR.exec(word) ?? [];
  // The whole value, which may have spaces; `redact` would see where the first of them ends it.
  if (name !== undefined && value !== undefined && namesSecret(name, value)) return `${name}=${REDACTED}`;
  return redact(word);
}

/**
 * A command whose secrets are replaced by `[redacted]`: behind `--token` or `--token=`, and by their shape.
 *
 * @returns the words, and whether any of them had to be changed: such a command cannot be run again from its record
 */
export function redactCommand(words: readonly string[]): { words: string[]; redacted: boolean } {
  const result = words.map((word, i) => redactWord(word, words[i - 1] ?? ''));
  return { words: result, redacted: result.some((word, i) => word !== words[i]) };
}
