import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { startGuardian } from '../../src/process/guardian.js';
import { ownTokens } from '../../src/process/processToken.js';
import { living, marked, untilLiving } from './run.js';

const bundle = join(mkdtempSync(join(tmpdir(), 'repro-guardian-')), 'program.cjs');

/** Runs its argument, a program of the shell's, under a guardian, and prints what it prints and how it ended. */
const PROGRAM = `
import { startGuardian } from './src/process/guardian.js';
import { runProcess } from './src/process/runProcess.js';
const guardian = startGuardian();
const onStdout = (bytes) => process.stdout.write(bytes);
runProcess({
  command: ['sh', '-c', process.argv[2]], cwd: '/', env: process.env, timeout: undefined, signal: undefined,
  onStdout, onStderr: onStdout, guardian,
}).then(({ ending }) => console.log(ending));
`;

beforeAll(async () => {
  await build({
    stdin: { contents: PROGRAM, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: bundle,
  });
});

const start = (program: string, env: NodeJS.ProcessEnv): ChildProcess & { readonly stdout: NodeJS.ReadableStream } =>
  spawn(process.execPath, [bundle, program], { env, stdio: ['ignore', 'pipe', 'inherit'] }) as never;

/** The guardians whose command line holds a text, as that of one process holds what its tokens begin with. */
function guardians(tokens: string): number[] {
  const guards = (id: number) => {
    try {
      const line = readFileSync(`/proc/${id}/cmdline`, 'latin1');
      return line.includes('repro-guardian') && line.includes(tokens);
    } catch {
      return false;
    }
  };
  return readdirSync('/proc').map(Number).filter(guards);
}

/** Waits until there is no guardian left, at most ten seconds, and returns those that are. */
async function untilUnguarded(tokens: string): Promise<number[]> {
  for (let waited = 0; guardians(tokens).length > 0 && waited < 10_000; waited += 50) await sleep(50);
  return guardians(tokens);
}

const tokensOf = (printed: string) => /^[0-9a-f]{32}/.exec(printed)?.[0] as string;

test('nothing that a killed process ran is left: neither what ignores TERM nor what left its group, nor the guardian', async () => {
  const { mark, env } = marked();
  const program =
    'echo $REPRO_PROCESS; setsid sleep 100 & sh -c \'trap "" TERM; sleep 100; sleep 100\' & sleep 100; true';
  const ours = start(program, env);
  // Itself, the shell, three that sleep and one that traps.
  expect(await untilLiving(mark, 6)).toBe(6);
  ours.kill('SIGKILL');
  const tokens = tokensOf(await text(ours.stdout));
  expect(await untilLiving(mark, 0)).toBe(0);
  expect(await untilUnguarded(tokens)).toEqual([]);
});

test('a program of a killed process that ran for a while is asked to end before it is made to', async () => {
  const { mark, env } = marked();
  const saved = `${bundle}.saved`;
  const ours = start(`trap 'echo saved >${saved}; exit' TERM; sleep 100 & wait`, env);
  expect(await untilLiving(mark, 3)).toBe(3);
  await sleep(500);
  ours.kill('SIGKILL');
  expect(await untilLiving(mark, 0)).toBe(0);
  expect(readFileSync(saved, 'utf8')).toBe('saved\n');
});

test('signals that ask to end do not end a guardian', async () => {
  const { mark, env } = marked();
  const ours = start('echo $REPRO_PROCESS; sleep 100; true', env);
  const [printed] = (await once(ours.stdout, 'data')) as [Buffer];
  const [guardian] = guardians(tokensOf(printed.toString()));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(guardian as number, signal);
  ours.kill('SIGKILL');
  expect(await untilLiving(mark, 0)).toBe(0);
});

test('a guardian that is not closed keeps no process from ending, and ends with it', async () => {
  const ours = start('echo $REPRO_PROCESS', process.env);
  const printed = await text(ours.stdout);
  expect(printed).toMatch(/\nexited\n$/);
  expect(await untilUnguarded(tokensOf(printed))).toEqual([]);
});

test('a guardian that is closed ends, and nothing else', async () => {
  const { mark, env } = marked();
  const guardian = startGuardian();
  const { pid } = spawn('sleep', ['100'], { detached: true, env, stdio: 'ignore' });
  guardian.add(pid as number);
  expect(guardians(ownTokens).length).toBe(1);
  guardian.close();
  expect(await untilUnguarded(ownTokens)).toEqual([]);
  expect(living(mark)).toEqual([pid]);
  process.kill(pid as number);
});
