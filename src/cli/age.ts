import { ReproError } from '../errors.js';

const SECONDS: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400, w: 604_800 };

/**
 * An age as it is written, `30d`, `12h`, `2w`, in seconds.
 *
 * @throws ReproError for what is none
 */
export function age(flag: string): (text: string) => number {
  return (text) => {
    const [, number, unit = ''] = /^(\d+\.?\d*|\.\d+) ?(s|min|h|d|w)$/.exec(text) ?? [];
    const seconds = Number(number) * (SECONDS[unit] ?? Number.NaN);
    if (Number.isFinite(seconds)) return seconds;
    throw new ReproError(`${flag} must be an age like 30d, 12h, 45min or 2w, got "${text}"`);
  };
}
