import { ownMark } from './ownMark.js';

/** `20261125-213045-k3f9`. */
const PATTERN = /^\d{8}-\d{6}-[0-9a-z]{4}$/;

/** Digits and letters, in the order in which texts are sorted, two of which count to this. */
const PARTS = 36 * 36;

function twoSigns(number: number): string {
  return number.toString(36).padStart(2, '0');
}

/**
 * A run's identity: date and time of day in UTC, then four of 0-9 and a-z, of which two are the 1296th part of the second, so that
 * runs of one second are sorted as well, and two tell processes apart.
 */
export function newRunId(now: Date): string {
  const [date = '', time = ''] = now.toISOString().split('T');
  const part = Math.floor((now.getUTCMilliseconds() * PARTS) / 1000);
  const signs = twoSigns(part) + twoSigns(Number(ownMark() % BigInt(PARTS)));
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${signs}`;
}

export function isRunId(text: string): boolean {
  return PATTERN.test(text);
}

/** When a run began, to the second, as its identity says; `null` where that is no time. */
export function startOfRun(id: string): Date | null {
  const [, year, month, day, hour, minute, second] = /^(....)(..)(..)-(..)(..)(..)/.exec(id) ?? [];
  const start = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(start.getTime()) ? null : start;
}
