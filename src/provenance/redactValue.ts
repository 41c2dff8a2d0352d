import { namesSecret, REDACTED } from './secretNames.js';
import { redact } from './secrets.js';

/**
 * Plain data whose secrets are replaced by `[redacted]`: texts under a name that says so, and by what is found in them.
 *
 * @param name the key that it stands under
 * @returns the value itself where nothing had to be changed
 */
export function redactValue(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return namesSecret(name, value) ? REDACTED : redact(value);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value);
  const redacted = parts.map(([key, part]) => [key, redactValue(part, Array.isArray(value) ? name : key)] as const);
  if (redacted.every(([, part], i) => part === parts[i]?.[1])) return value;
  return Array.isArray(value) ? redacted.map(([, part]) => part) : Object.fromEntries(redacted);
}
