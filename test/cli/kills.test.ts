import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without types, so that any Node runs it as it is.
import * as untyped from '../kills.mjs';
import { binary } from './command.js';

interface Kind {
  readonly name: string;
  args(token: string): string[];
}
interface Reference {
  readonly digest: string;
  readonly planned: number;
  readonly elapsed: number;
}
interface Given {
  random(): number;
  readonly token: string;
}
interface Run {
  readonly folder: string;
  readonly id: string;
}
interface Ended {
  readonly code: number | null;
  readonly died: string | null;
  readonly stdout: string;
  readonly stderr: string;
}
const kills: {
  readonly kinds: readonly Kind[];
  uniform(seed: number): () => number;
  reference(kind: Kind): Promise<Reference>;
  kill(kind: Kind, reference: Reference, given: Given): Promise<{ outcome: 'resumed' | 'unsaved' | 'ended' }>;
  killedRun(kind: Kind, reference: Reference, given: Given): Promise<Run>;
  damage(kind: Kind, reference: Reference, given: { random(): number; run: Run }): Promise<'resumed' | 'refused'>;
  leftOver(text: string): Promise<string[]>;
  execute(args: readonly string[], cwd: string): Promise<{ code: number | string; stdout: string; stderr: string }>;
  executeAndSignal(
    args: readonly string[],
    options: { cwd: string; after: number; signal: NodeJS.Signals },
  ): Promise<Ended>;
} = untyped;

const TIMES = 3;
// A busy machine takes long for a hundred starts; nothing is timed but what hangs.
const patience = 300_000;

const linux = existsSync('/proc/self/environ');
const tokenOf = (name: string) => `repro-kills-test-${process.pid}-${name.replaceAll(' ', '-')}`;

it.runIf(linux).for(kills.kinds)(
  '$name, killed at any moment and resumed: no repeat is lost, the digest is that of a whole run, nothing is left over',
  { timeout: patience },
  async (kind) => {
    const reference = await kills.reference(kind);
    const given = { random: kills.uniform(2026), token: tokenOf(kind.name) };
    let killed = 0;
    while (killed < TIMES) {
      const { outcome } = await kills.kill(kind, reference, given);
      if (outcome !== 'ended') killed += 1;
    }
    expect(await kills.leftOver(given.token)).toEqual([]);
  },
);

it.runIf(linux).for(kills.kinds.filter(({ name }) => name !== 'network on threads'))(
  '$name, its journal cut or changed at any byte: the damage is named, the rest is kept, resume ends with the whole digest',
  { timeout: patience },
  async (kind) => {
    const reference = await kills.reference(kind);
    const random = kills.uniform(11);
    const run = await kills.killedRun(kind, reference, { random, token: tokenOf(`damaged ${kind.name}`) });
    const outcomes = [];
    for (let i = 0; i < TIMES; i++) outcomes.push(await kills.damage(kind, reference, { random, run }));
    rmSync(run.folder, { recursive: true, force: true });
    expect(outcomes).toContain('resumed');
  },
);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'repro-signals-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A repeat of a tenth of a second, known by an argument. */
const slow = (token: string) => ['--', 'sh', '-c', 'sleep 0.1; echo "score: $1"', token, '{seed}'];
const run = (...args: string[]) => ['run', '--seed', '7', '-r', '20', '-f', 'digest', ...args];
const onlyId = () => readdirSync(join(folder, '.repro', 'runs'))[0]!.replace('.jsonl', '');

it('is interrupted once: what is done is saved, its summary printed, exit 130; resume gives the whole digest', async () => {
  const token = tokenOf('interrupted');
  const whole = await kills.execute([...run('--no-save'), ...slow(token)], folder);
  const args = run().map((arg) => (arg === 'digest' ? 'json' : arg));
  const ended = await kills.executeAndSignal([...args, ...slow(token)], { cwd: folder, after: 500, signal: 'SIGINT' });
  expect(ended.code).toBe(130);
  const { status, repeats } = JSON.parse(ended.stdout);
  expect(status).toBe('interrupted');
  const done = repeats.length;
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(20);
  expect(ended.stderr).toContain(`interrupted after ${done} of 20 repeats: repro resume ${onlyId()} goes on`);
  expect(await kills.leftOver(token)).toEqual([]);
  const resumed = await kills.execute(['resume', '-q', '-f', 'digest'], folder);
  expect(resumed).toEqual({ code: 0, stdout: whole.stdout, stderr: '' });
});

it('is ended by TERM as by an interrupt, with exit 143', async () => {
  const token = tokenOf('terminated');
  const ended = await kills.executeAndSignal([...run(), ...slow(token)], {
    cwd: folder,
    after: 300,
    signal: 'SIGTERM',
  });
  expect(ended.code).toBe(143);
  expect(ended.stdout).toMatch(/^[0-9a-f]{16}\n$/);
  expect(await kills.leftOver(token)).toEqual([]);
});

it('is killed by a second interrupt, though a program ignores TERM; nothing is left over and resume gives the whole digest', {
  timeout: patience,
}, async () => {
  const token = tokenOf('twice');
  const script = join(folder, 'stubborn.sh');
  writeFileSync(
    script,
    'trap "" TERM\necho "score: $1"\nif [ "$2" = 2 ] && [ ! -e second ]; then : >second; sleep 100; fi\n',
  );
  const command = ['-r', '2', '--', 'sh', 'stubborn.sh', '{seed}', '{repeat}', token];
  writeFileSync(join(folder, 'second'), '');
  const whole = await kills.execute([...run('--no-save'), ...command], folder);
  expect(whole.code).toBe(0);
  rmSync(join(folder, 'second'));
  const child = spawn(process.execPath, [binary, ...run(), ...command], { cwd: folder, stdio: 'ignore' });
  const ended = once(child, 'exit');
  while (!existsSync(join(folder, 'second'))) await sleep(10);
  child.kill('SIGINT');
  await sleep(300);
  child.kill('SIGINT');
  expect(await ended).toEqual([null, 'SIGINT']);
  expect(await kills.leftOver(token)).toEqual([]);
  const resumed = await kills.execute(['resume', '-q', '-f', 'digest'], folder);
  expect(resumed).toEqual({ code: 0, stdout: whole.stdout, stderr: '' });
});
