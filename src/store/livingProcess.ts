import { readFileSync } from 'node:fs';

/** What `/proc/<pid>/stat` tells behind the program's name, which may hold anything: its state first, then numbers. */
function procStat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** Field 22, where `procStat` leaves out the first two. */
const START = 22 - 3;

/**
 * When a process began, in clock ticks since the machine did, as Linux tells it (proc(5), starttime): with its number, what tells
 * it from a later one of the same number. Undefined on other systems, and for a process that is gone, or that was killed and is only
 * waited for.
 */
export function startOf(pid: number): string | undefined {
  const fields = procStat(pid);
  return fields === undefined || fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[START];
}

/** Whether a process of this number, whichever it is, can be signalled. */
function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether a process of this machine still lives.
 *
 * @param start what `startOf` gave for it while it did
 */
export function isLiving(pid: number, start: string | undefined): boolean {
  return start === undefined ? answers(pid) : startOf(pid) === start;
}
