import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { living, marked, run, sh } from './run.js';

/** Seconds that stand for hanging: the programs below take 100. */
const HANGING = 30;

test('a program that takes longer than its timeout is ended', async () => {
  const { mark, env } = marked();
  const { elapsed, ...outcome } = await sh('echo begun; sleep 100', { env, timeout: 0.3 });
  expect(outcome).toMatchObject({ ending: 'timeout', exitCode: null, signal: null, leftBehind: false });
  expect(outcome.stdout.toString()).toBe('begun\n');
  expect(elapsed).toBeGreaterThan(0.29);
  expect(elapsed).toBeLessThan(HANGING);
  expect(living(mark)).toEqual([]);
});

test('a program that ends within its timeout is none that was ended', async () => {
  expect(await sh('exit 4', { timeout: 50 })).toMatchObject({ ending: 'exited', exitCode: 4 });
});

test('a timeout of more than a timer can wait for is none that has passed', async () => {
  expect(await sh('sleep 0.1; exit 4', { timeout: 1e9 })).toMatchObject({ ending: 'exited', exitCode: 4 });
});

test('a program may end in order when it is asked to, and is heard', async () => {
  const program = 'trap "echo saved; exit 0" TERM; echo begun; sleep 100 & wait';
  const { ending, stdout } = await sh(program, { timeout: 0.5 });
  expect(ending).toBe('timeout');
  expect(stdout.toString()).toBe('begun\nsaved\n');
});

test('a program that ignores TERM is killed', async () => {
  const { mark, env } = marked();
  const { ending, elapsed } = await sh('trap "" TERM; while :; do sleep 1; done', { env, timeout: 0.3 });
  expect(ending).toBe('timeout');
  expect(elapsed).toBeGreaterThan(2);
  expect(elapsed).toBeLessThan(HANGING);
  expect(living(mark)).toEqual([]);
});

test('a program that ignores TERM and forgets its environment is killed', async () => {
  const program = 'trap "" TERM; echo $$; while :; do sleep 1; done';
  const { ending, stdout } = await run(['env', '-i', 'sh', '-c', program], { timeout: 0.3 });
  expect(ending).toBe('timeout');
  expect(() => process.kill(Number(stdout.toString()), 0)).toThrow('ESRCH');
});

test('a timeout ends grandchildren, also those that ignore TERM when the program does not', async () => {
  const { mark, env } = marked();
  const program = 'sh -c \'trap "" TERM; sleep 100; sleep 100\' & sh -c "sleep 100 & wait" & echo begun; wait';
  const { ending, stdout } = await sh(program, { env, timeout: 0.5 });
  expect([ending, stdout.toString()]).toEqual(['timeout', 'begun\n']);
  expect(living(mark)).toEqual([]);
});

test('a timeout ends what has left the group', async () => {
  const { mark, env } = marked();
  const { ending, leftBehind } = await sh('setsid sleep 100 & setsid setsid sleep 100 & sleep 100', {
    env,
    timeout: 0.5,
  });
  expect([ending, leftBehind]).toEqual(['timeout', true]);
  expect(living(mark)).toEqual([]);
});

test('a background child that holds stdout delays nothing and is ended', async () => {
  const { mark, env } = marked();
  const outcome = await sh('sleep 100 & echo done; exit 5', { env });
  expect(outcome).toMatchObject({ ending: 'exited', exitCode: 5, leftBehind: true });
  expect(outcome.stdout.toString()).toBe('done\n');
  expect(outcome.elapsed).toBeLessThan(HANGING);
  expect(living(mark)).toEqual([]);
});

test('a background child that never stops writing delays nothing and is ended', async () => {
  const { mark, env } = marked();
  expect(await sh('yes & exit 5', { env, onStdout() {} })).toMatchObject({ exitCode: 5, leftBehind: true });
  expect(living(mark)).toEqual([]);
});

test('a background child that holds no pipe is ended', async () => {
  const { mark, env } = marked();
  const outcome = await sh('sleep 100 >/dev/null 2>&1 & exit 0', { env });
  expect(outcome).toMatchObject({ ending: 'exited', leftBehind: true });
  expect(living(mark)).toEqual([]);
});

test('a background child that is about to end may', async () => {
  const outcome = await sh('(sleep 0.02; echo late) & exit 0');
  expect(outcome.stdout.toString()).toBe('late\n');
  expect(outcome.leftBehind).toBe(false);
});

test('a grandchild in a session of its own that holds stdout is ended', async () => {
  const { mark, env } = marked();
  expect(await sh('setsid sleep 100 & sleep 0.2', { env })).toMatchObject({ ending: 'exited', leftBehind: true });
  expect(living(mark)).toEqual([]);
});

test('a grandchild in a session of its own that holds no pipe is ended, after a short and a long program', async () => {
  const daemon = 'setsid sleep 100 >/dev/null 2>&1 &';
  for (const rest of ['sleep 0.2', 'sleep 1.2']) {
    const { mark, env } = marked();
    expect(await sh(`${daemon} ${rest}`, { env })).toMatchObject({ ending: 'exited', leftBehind: true });
    expect(living(mark)).toEqual([]);
  }
});

test('programs side by side end nothing of one another', async () => {
  const short = Array.from({ length: 10 }, () => sh('setsid sleep 100 & sleep 100 & sleep 0.1'));
  const [long, ...rest] = await Promise.all([sh('setsid -w sleep 2; echo $?'), ...short]);
  expect(rest.every(({ leftBehind }) => leftBehind)).toBe(true);
  expect(long).toMatchObject({ ending: 'exited', stdout: Buffer.from('0\n'), leftBehind: false });
});

test('an abort ends a program as a timeout does', async () => {
  const { mark, env } = marked();
  const controller = new AbortController();
  const outcome = sh('echo begun; sleep 100 & wait', { env, signal: controller.signal });
  await sleep(300);
  expect(living(mark).length).toBe(2);
  controller.abort();
  expect(await outcome).toMatchObject({ ending: 'aborted', exitCode: null, signal: null });
  expect(living(mark)).toEqual([]);
});

test('what is aborted before it begins is not started', async () => {
  const outcome = await run(['echo', 'begun'], { signal: AbortSignal.abort() });
  expect(outcome).toMatchObject({ ending: 'aborted', elapsed: 0 });
  expect(outcome.stdout.length).toBe(0);
});
