import type { AttemptRequest } from './attempt.js';

/** Text with `{seed}` and `{repeat}` replaced; all else in braces is left as it is. */
export function filled(text: string, { seed, repeat }: Pick<AttemptRequest, 'seed' | 'repeat'>): string {
  return text.replace(/\{(seed|repeat)\}/g, (_, name) => String(name === 'seed' ? seed : repeat));
}
