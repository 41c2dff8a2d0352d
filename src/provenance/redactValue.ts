import { namesSecret, REDACTED } from './secretNames.js';
import { redact } from './secrets.js';

/**
 * Plain data whose secrets are replaced by `[redacted]`: texts and numbers under a name that says so, and what is found in texts and keys.
 *
 * @param name the key that it stands under
 * @returns the value itself where nothing had to be changed
 */
export function redactValue<Value>(value: Value, name = ''): Value {
  return redactedOf(value, name) as Value;
}

function redactedOf(value: unknown, name: string): unknown {
  if (typeof value === 'string') return namesSecret(name, value) ? REDACTED : redact(value);
  if (typeof value === 'number') return namesSecret(name, String(value)) ? REDACTED : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => redactedOf(item, name));
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  // What is in a map of secrets is one, whatever its name.
  const under = name !== '' && namesSecret(name, '?') ? `${name}.` : '';
  const parts = Object.entries(value).map(
    ([key, part]) => [key, redact(key), part, redactedOf(part, under + key)] as const,
  );
  if (parts.every(([key, told, part, redacted]) => key === told && part === redacted)) return value;
  return Object.fromEntries(parts.map(([, told, , redacted]) => [told, redacted]));
}
