import { namesSecret, REDACTED } from './secretNames.js';
import { redact } from './secrets.js';

/**
 * Environment variables whose secrets are replaced by `[redacted]`: by their name, or by what is found in their value.
 *
 * @returns the variables, and whether any of them had to be changed
 */
export function redactEnvironment(env: Readonly<Record<string, string>>): {
  env: Record<string, string>;
  redacted: boolean;
} {
  const entries = Object.entries(env).map(
    ([name, value]) => [name, namesSecret(name, value) ? REDACTED : redact(value)] as const,
  );
  return { env: Object.fromEntries(entries), redacted: entries.some(([name, value]) => value !== env[name]) };
}
