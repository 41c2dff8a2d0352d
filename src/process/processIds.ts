import { readdirSync, readFileSync } from 'node:fs';

/** The process identifiers of the machine, as Linux lists them in /proc; none where there is no /proc. */
export function processIds(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** The identifier that Linux gave out last, or 0 where that is not told. */
export function latestId(): number {
  try {
    return Number(readFileSync('/proc/loadavg', 'latin1').trim().split(' ').at(-1)) || 0;
  } catch {
    return 0;
  }
}

/**
 * The processes that were started after another: Linux counts identifiers up and begins again at the highest. That holds while
 * fewer are started than there are identifiers (32,768 or more), so for a short time.
 */
export function processIdsSince(first: number): number[] {
  const latest = latestId();
  if (latest === first) return [];
  if (latest === 0) return processIds();
  return processIds().filter((id) => (latest > first ? id > first && id <= latest : id > first || id <= latest));
}
