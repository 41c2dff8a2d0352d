import { spawn } from 'node:child_process';
import { GRACE } from './processGroup.js';
import { ownTokens, TOKEN_NAME } from './processToken.js';

/** Ends process groups if this process is killed before it could. */
export interface Guardian {
  /** Watches over the group that a process leads. */
  add(pid: number): void;
  remove(pid: number): void;
  /** Lets the guardian go; it ends nothing. */
  close(): void;
}

/**
 * What the guardian does, for a POSIX shell: $1 is what the environment of every process to end holds, $2 the grace in seconds.
 * It reads `add`, `remove` and `close`, and ends what is left if its stdin ends without a farewell. Written so that dash, bash and
 * BusyBox, whose grep ends a line at a zero byte, understand it alike.
 */
const SCRIPT = `
trap '' INT TERM HUP
groups=' '
while read -r word group; do
  case $word in
    add) groups="$groups$group " ;;
    remove) groups="\${groups%% $group *} \${groups#* $group }" ;;
    close) exit ;;
  esac
done
alive() {
  for group in $groups; do kill -0 "-$group" && return; done
  return 1
}
for group in $groups; do kill -TERM "-$group"; done
waited=0
while [ "$waited" -lt "$2" ] && alive; do
  sleep 1
  waited=$((waited + 1))
done
for group in $groups; do kill -KILL "-$group"; done
found=yes
for round in 1 2 3 4 5; do
  [ "$found" ] || break
  found=
  for file in /proc/[0-9]*/environ; do
    if tr '\\0' '\\n' <"$file" | grep -q -F -e "$1"; then
      pid=\${file#/proc/}
      kill -KILL "\${pid%/environ}" && found=yes
    fi
  done
done
`;

/**
 * Milliseconds from which on a group is watched over by its number. Until then, on Linux, the token of its processes is enough, and
 * the shell is not woken for every short program: that took a tenth of the time of one.
 */
const SOON = 100;

const NONE: Guardian = { add() {}, remove() {}, close() {} };

/**
 * Starts a shell that outlives this process for as long as it takes to end the groups it watches over (TERM, after the grace KILL)
 * and, on Linux, every other process that programs of ours started. It hears of our end by its stdin, so by any end, KILL
 * included. It does not keep this process from ending. Where there is no POSIX shell the guardian does nothing.
 */
export function startGuardian(): Guardian {
  if (process.platform === 'win32') return NONE;
  const args = ['-c', SCRIPT, 'repro-guardian', `${TOKEN_NAME}=${ownTokens}`, String(GRACE)];
  const shell = spawn('/bin/sh', args, {
    cwd: '/',
    // Not ours: it must not hold the token of a program that we may be.
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const { stdin } = shell;
  // A guardian that could not be started or was killed guards nothing, which is no reason not to go on.
  shell.on('error', () => {});
  stdin.on('error', () => {});
  shell.unref();
  // Bun's has no such method, and keeps no process from ending (1.4).
  (stdin as typeof stdin & { unref?(): void }).unref?.();
  const tell = (line: string) => {
    if (stdin.writable) stdin.write(`${line}\n`);
  };
  const soon = new Map<number, NodeJS.Timeout>();
  const add = (pid: number) => {
    soon.delete(pid);
    tell(`add ${pid}`);
  };
  return {
    add(pid) {
      if (process.platform === 'linux') soon.set(pid, setTimeout(add, SOON, pid).unref());
      else add(pid);
    },
    remove(pid) {
      const timer = soon.get(pid);
      if (!timer) tell(`remove ${pid}`);
      clearTimeout(timer);
      soon.delete(pid);
    },
    close() {
      if (stdin.writable) stdin.end('close\n');
    },
  };
}
