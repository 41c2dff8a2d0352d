import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIds } from './processIds.js';

/** Seconds between asking a group to end and ending it. */
export const GRACE = 2;

/** Milliseconds between two looks at a group. */
const PAUSE = 20;

const grouped = process.platform !== 'win32';

/** @returns whether there is anything to send to */
function send(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(grouped ? -leader : leader, signal);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a process is of a group and has not ended, from /proc/<id>/stat: `id (any name) state parent group …`. */
function livesIn(leader: number, id: number): boolean {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(group) === leader && state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}

/**
 * Whether any process of a group lives. What has ended stays in its group until its parent asks for its exit code, which the
 * first process of a container may never do, so where there is a /proc its word counts.
 */
function groupLives(leader: number): boolean {
  if (!grouped || !send(leader, 0)) return false;
  const ids = processIds();
  return ids.length === 0 || ids.some((id) => livesIn(leader, id));
}

/** Waits until no process of a group lives, at most some seconds; returns whether that is so. */
export async function groupEnds(leader: number, seconds: number): Promise<boolean> {
  const end = performance.now() + 1000 * seconds;
  while (groupLives(leader)) {
    if (performance.now() >= end) return false;
    await sleep(PAUSE);
  }
  return true;
}

/** Asks every process of a group to end (TERM), and ends those that have not after the grace (KILL). */
export async function endGroup(leader: number): Promise<void> {
  send(leader, 'SIGTERM');
  if (await groupEnds(leader, GRACE)) return;
  send(leader, 'SIGKILL');
  await groupEnds(leader, GRACE);
}
