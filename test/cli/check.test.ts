import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { binary, repro } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'repro-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

const NO_CI = { CI: '', GITHUB_ACTIONS: '', GITHUB_STEP_SUMMARY: '' };
const check = (args: readonly string[], env: Record<string, string> = {}) =>
  repro(['check', ...args], { cwd: folder, env: { ...NO_CI, ...env } });
const ARTICLE = ['--seed', '1', '--repeats', '10'];
const path = (name: string) => join(folder, name);
const json = (text: string) => JSON.parse(text);

describe('executed twice', () => {
  test('a seeded run is reproducible: exit code 0, the digest, on different numbers of threads', () => {
    const { status, stdout, stderr } = check(ARTICLE);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`article · theano · seed 1 · 10 repeats
reproducible: the same bits in 10 repeats: scores, and weights after every epoch
digest  659a1a5dece486c5 on 1 thread and on 2 threads
`);
  });

  test.each([
    [['article-tensorflow', '-r', '2']],
    [['dropout', '--seed', '3', '-r', '3']],
    [['embedding', '--seed', '3', '-r', '2', '--backend', 'seedrandom']],
    [['minibatch', '--seed', '3', '-r', '9', '--backend', 'tensorflow']],
    [['initialization', '--seed', '3', '-r', '5', '--same-seed']],
    [['iris', '--seed', '3', '-r', '2', 'epochs=20']],
    [['--seed', '1', '-r', '3', 'earlyStopping={monitor: loss, patience: 1}']],
    [['--seed', '1', '-r', '1', '-j', '1']],
  ])('%j is reproducible', (args) => {
    const { status, stdout } = check(args);
    expect(stdout).toContain('\nreproducible: ');
    expect(status).toBe(0);
  });

  test('a change that is longer than any name of a file is none', () => {
    const layers = `layers=[${'{type: dense, units: 3}, '.repeat(40)}{type: dense, units: 1}]`;
    expect(check(['--seed', '1', '-r', '2', layers]).stdout).toContain('\nreproducible: ');
  });

  test('an unseeded run diverges as initialized: exit code 1, and the remedy', () => {
    const { status, stdout } = check(['-r', '3']);
    expect(status).toBe(1);
    expect(stdout).toContain('\ndivergent: the same bits in 0 of 3 repeats\n');
    expect(stdout).toMatch(/\nremedy +give the run a seed: --seed 1, or seed: 1 in the experiment\n/);
    expect(stdout).toMatch(/\nfirst difference +repeat 1, as initialized, layers\[0\]\.kernel\[0, 0\]\n/);
  });

  test('of a source that is free the first thing that it decides differs', () => {
    const args = ['dropout', '--backend', 'seedrandom', '--seed', '1', '-r', '2'];
    const { status, stdout } = check([...args, 'seed.dropout=null', '--format', 'json']);
    const { verification, judgements } = json(stdout);
    expect(status).toBe(1);
    expect(judgements[0].causes).toEqual([{ cause: 'dropout has no seed', remedy: 'give it a seed: seed.dropout=1' }]);
    expect(verification.divergence).toMatchObject({ repeat: 1, epoch: 1, agreedUntil: 0 });
  });

  test.each([
    ['unordered sums', 'reduction=unordered', 'reduction=ordered'],
    ["Adam's race", 'optimizer.iterations=racy', 'optimizer.iterations=before, or after'],
  ])('%s diverge: exit code 1, with the first difference and the remedy', (_, override, remedy) => {
    const { status, stdout } = check([...ARTICLE, override, '--format', 'json']);
    expect(status).toBe(1);
    const { verdict, verification, judgements, sides } = json(stdout);
    expect([verdict, judgements[0].verdict, judgements[0].causes[0].remedy]).toEqual(['failed', 'divergent', remedy]);
    const { divergence } = verification;
    // All weights are traced: the epoch before the difference is known to agree, and all that follow are told of.
    expect(divergence.epoch).toBe(divergence.agreedUntil + 1);
    expect(divergence.weight).toMatchObject({ epoch: divergence.epoch, tensor: divergence.tensor });
    expect(divergence.weight.values[0]).not.toBe(divergence.weight.values[1]);
    expect(divergence.growth[0].epoch).toBe(divergence.epoch);
    expect(divergence.growth.at(-1)).toMatchObject({ epoch: 100, weights: 31 });
    expect(sides[0].digest).not.toBe(sides[1].digest);
  });

  test('scores that differ may be within a tolerance: exit code 0, and what differs is still told', () => {
    const { status, stdout } = check([...ARTICLE, 'reduction=unordered', '--tolerance', 'abs=1e-5']);
    expect(status).toBe(0);
    expect(stdout).toContain('\nwithin tolerance: all scores agree; the same bits in 0 of 10 repeats\n');
    expect(stdout).toContain('first difference');
    expect(check([...ARTICLE, 'reduction=unordered', '--tolerance', 'ulp=2']).status).toBe(1);
  });

  test('the digest is that of a run, however many threads there are', () => {
    const args = ['--seed', '1', '-r', '40'];
    const digest = repro(['run', ...args, '--format', 'digest'], { cwd: folder }).stdout.trim();
    for (const jobs of ['1', '3', '8']) {
      expect(check([...args, '--jobs', jobs]).stdout).toContain(`digest  ${digest} `);
    }
  });
});

describe('a baseline', () => {
  const base = (name: string) => [...ARTICLE, '--baseline', name];

  test('is recorded where there is none, after it has proved to be reproducible, and holds from then on', () => {
    const first = check(base('new.json'));
    expect([first.status, first.stderr]).toEqual([0, 'repro: recorded new.json, digest 659a1a5dece486c5\n']);
    const second = check(base('new.json'), { CI: 'true' });
    expect([second.status, second.stderr]).toEqual([0, '']);
    expect(second.stdout).toContain('\ndigest  659a1a5dece486c5 now and in new.json\n');
    expect(json(readFileSync(path('new.json'), 'utf8'))).toMatchObject({
      format: 'repro-run',
      digest: '659a1a5dece486c5',
    });
  });

  test('is what repro run saved, as well', () => {
    expect(repro(['run', ...ARTICLE, '-o', 'run.json', '-q'], { cwd: folder }).status).toBe(0);
    expect(check(base('run.json')).status).toBe(0);
  });

  test('is not recorded in CI: exit code 2, and nothing is written', () => {
    for (const CI of ['true', '1']) {
      const { status, stdout, stderr } = check(base('none.json'), { CI });
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^repro: there is no baseline none\.json, and in CI none is recorded\n {2}/);
    }
    expect(existsSync(path('none.json'))).toBe(false);
  });

  test('is not recorded of what does not reproduce', () => {
    const { status, stderr } = check(['-r', '2', '--baseline', 'unseeded.json']);
    expect([status, stderr]).toEqual([1, '']);
    expect(existsSync(path('unseeded.json'))).toBe(false);
  });

  test('of another plan is not comparable: exit code 2, and what differs; -u records it anew', () => {
    check(base('plan.json'));
    const other = check([...base('plan.json'), 'epochs=50', '-r', '9']);
    expect(other.status).toBe(2);
    expect(other.stdout).toContain('not comparable: the plan differs: epochs is 50, was 100; repeats is 9, was 10');
    expect(check([...base('plan.json'), 'epochs=50', '-u']).status).toBe(0);
    expect(check([...base('plan.json'), 'epochs=50']).status).toBe(0);
    expect(check(base('plan.json')).status).toBe(2);
  });

  test('of a version or an engine with other bits is named as such, not as a failure: exit code 2', () => {
    check([...ARTICLE, 'epochs=50', '--baseline', 'bits.json']);
    const document = readFileSync(path('bits.json'), 'utf8').replace('"epochs": 50', '"epochs": 100');
    writeFileSync(path('bits.json'), document);
    const here = check(base('bits.json'));
    expect(here.status).toBe(1);
    expect(here.stdout).toContain('divergent: the same bits in 0 of 10 repeats');
    expect(here.stdout).toContain('nothing in the experiment is left to chance');
    writeFileSync(path('bits.json'), document.replace(/"engine": "[^"]+"/, '"engine": "node 18.0.0"'));
    const elsewhere = check(base('bits.json'));
    expect(elsewhere.status).toBe(2);
    expect(elsewhere.stdout.replace(/\s+/g, ' ')).toMatch(
      /not comparable: bits\.json comes from elsewhere, and its bits differ: engine is \w+ [\d.]+, was node 18\.0\.0/,
    );
  });

  test('tells at which epoch another execution parts from it, and how far it ends', () => {
    const table = (last: string) => writeFileSync(path('t.csv'), `x,y\n0,0\n0.1,0.2\n0.2,0.4\n0.3,${last}\n`);
    writeFileSync(
      path('t.yaml'),
      'data: { kind: csv, path: t.csv, targets: [y] }\nlayers: [{ type: dense, units: 3 }, { type: dense, units: 1 }]\nepochs: 9\n',
    );
    table('0.6');
    const args = ['t.yaml', '--seed', '1', '-r', '2', '--baseline', 't.json'];
    expect(check(args).status).toBe(0);
    table('0.7');
    const other = check(args);
    expect([other.status, other.stdout.includes('the plan differs: t.csv has changed')]).toEqual([2, true]);
    // A baseline of before there were hashes of inputs.
    const baseline = json(readFileSync(path('t.json'), 'utf8'));
    delete baseline.plan.inputs;
    writeFileSync(path('t.json'), JSON.stringify(baseline));
    const { status, stdout } = check([...args, '--format', 'json']);
    expect(status).toBe(1);
    expect(json(stdout).verification.divergence).toMatchObject({
      ...{ repeat: 1, epoch: 1, agreedUntil: 0, tensor: 'layers[0].kernel' },
      weight: { epoch: 9, tensor: 'layers[0].kernel', row: 0, column: 0 },
    });
  });

  test('from repro run has no traces, and no more is claimed than was compared', () => {
    repro(['run', ...ARTICLE, '-o', 'plain.json', '-q'], { cwd: folder });
    expect(check(base('plain.json')).stdout).toContain('the same bits in 10 repeats: scores and final weights\n');
  });

  test('behind a link is replaced there, with the rights that it had', () => {
    mkdirSync(path('real'), { recursive: true });
    check([...ARTICLE, '--baseline', 'real/base.json']);
    chmodSync(path('real/base.json'), 0o640);
    symlinkSync(path('real/base.json'), path('link.json'));
    expect(check([...ARTICLE, 'epochs=20', '--baseline', 'link.json', '-u']).status).toBe(0);
    expect(lstatSync(path('link.json')).isSymbolicLink()).toBe(true);
    expect(statSync(path('real/base.json')).mode & 0o777).toBe(0o640);
    expect(json(readFileSync(path('real/base.json'), 'utf8')).plan.experiment.epochs).toBe(20);
  });

  test('is recorded without traces where these do not fit, and in bounded memory', () => {
    const args = ['--seed', '1', '-r', '3', 'epochs=60000', '--baseline', 'long.json'];
    expect(check(args).status).toBe(0);
    expect(json(readFileSync(path('long.json'), 'utf8')).repeats[0].trace).toBe(undefined);
    expect(check(args).stdout).toContain('scores and final weights');
  });

  test('that is damaged is told in one line, and stays as it is', () => {
    check(base('cut.json'));
    const cut = readFileSync(path('cut.json'), 'utf8').slice(0, 2000);
    writeFileSync(path('cut.json'), cut);
    const { status, stdout, stderr } = check(base('cut.json'));
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^repro: cut\.json is not valid JSON, or is cut short\n/);
    expect(readFileSync(path('cut.json'), 'utf8')).toBe(cut);
  });

  test('that cannot be written leaves the one before and nothing else', () => {
    mkdirSync(path('locked'));
    check([...ARTICLE, '--baseline', 'locked/base.json']);
    const before = readFileSync(path('locked/base.json'), 'utf8');
    chmodSync(path('locked'), 0o500);
    const { status, stderr } = check([...ARTICLE, 'epochs=9', '--baseline', 'locked/base.json', '-u']);
    chmodSync(path('locked'), 0o700);
    // Root may write anywhere.
    if (process.getuid?.() !== 0) {
      expect([status, stderr]).toEqual([2, 'repro: cannot write locked/base.json: permission denied\n']);
      expect(readFileSync(path('locked/base.json'), 'utf8')).toBe(before);
    }
    expect(readdirSync(path('locked'))).toEqual(['base.json']);
    expect(check([...ARTICLE, '--baseline', 'nowhere/base.json']).stderr).toBe(
      'repro: cannot write nowhere/base.json: no such folder\n',
    );
  });
});

describe('conditions', () => {
  test('that are met or not are told with the figure; one that is not is exit code 1', () => {
    const met = check([...ARTICLE, '--require', 'mean<=0.05', '--require', 'max:lt:1']);
    expect(met.status).toBe(0);
    expect(met.stdout).toMatch(/\nmet: mean<=0\.05: mean is 0\.0393\d+\nmet: max:lt:1: max is 0\.169\d+\n/);
    const missed = check([...ARTICLE, '--require', 'mean:le:0.01']);
    expect(missed.status).toBe(1);
    expect(missed.stdout).toContain('\nnot met: mean:le:0.01: mean is 0.0393');
  });

  test('that are none are told before anything is executed', () => {
    for (const condition of ['meen<1', 'mean', 'mean=1']) {
      const { status, stdout, stderr } = check(['-r', '100000000', '--require', condition]);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`--require`);
    }
  });
});

describe('output', () => {
  test('--quiet says nothing when all is well, and everything when not', () => {
    const well = check([...ARTICLE, '--quiet']);
    expect([well.status, well.stdout, well.stderr]).toEqual([0, '', '']);
    const recorded = check([...ARTICLE, '--quiet', '--baseline', 'quiet.json']);
    expect([recorded.status, recorded.stdout, recorded.stderr]).toEqual([0, '', '']);
    const bad = check(['-r', '2', '--quiet']);
    expect(bad.status).toBe(1);
    expect(bad.stdout).toContain('divergent');
  });

  test('files get the format of their ending', () => {
    const { status, stdout, stderr } = check([...ARTICLE, '-o', 'c.json', '-o', 'c.md', '-o', 'c.xml', '-o', 'c.txt']);
    expect([status, stdout, stderr]).toEqual([0, '', '']);
    expect(json(readFileSync(path('c.json'), 'utf8'))).toMatchObject({
      format: 'repro-check',
      version: 1,
      verdict: 'passed',
    });
    expect(readFileSync(path('c.md'), 'utf8')).toMatch(/^\*\*article · /);
    expect(readFileSync(path('c.xml'), 'utf8')).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuite /);
    expect(readFileSync(path('c.txt'), 'utf8')).toMatch(/^article · theano · seed 1/);
  });

  test('a GitHub workflow gets an annotation of what failed, and a summary of the step', () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: path('summary.md') };
    writeFileSync(path('summary.md'), 'before\n');
    expect(check(ARTICLE, env).stderr).toBe('');
    const { stderr, status } = check(['-r', '2'], env);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^::error title=repro check article::divergent: the same bits in 0 of 2 repeats%0A[^\n]+\n$/,
    );
    const summary = readFileSync(path('summary.md'), 'utf8');
    expect(summary).toMatch(/^before\n\*\*article · theano · seed 1 · 10 repeats\*\*\n\nreproducible: /);
    expect(summary).toContain('divergent: the same bits in 0 of 2 repeats');
    const unwritable = check(ARTICLE, { ...env, GITHUB_STEP_SUMMARY: path('no/summary.md') });
    expect([unwritable.status, unwritable.stderr]).toEqual([
      0,
      'repro: cannot write the step summary: no such folder\n',
    ]);
  });
});

describe('interrupted', () => {
  /** Processes that execute for a check with these arguments. */
  const executing = () =>
    spawnSync('ps', ['-eo', 'ppid,pid,args'], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter((line) => line.includes('execution.cjs'));

  test('by a signal it leaves no process behind, and one that was killed is exit code 3', async () => {
    const start = () =>
      spawn(process.execPath, [binary, 'check', '--seed', '1', '-r', '4', 'epochs=5000000'], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
    const childrenOf = async (pid: number | undefined) => {
      for (;;) {
        const pids = executing().filter((line) => line.trim().startsWith(`${pid} `));
        if (pids.length === 2) return pids.map((line) => Number(line.trim().split(/\s+/)[1]));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const alive = (pid: number) => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    const ended = start();
    const children = await childrenOf(ended.pid);
    ended.kill('SIGTERM');
    const [, signal] = await once(ended, 'close');
    expect(signal).toBe('SIGTERM');
    await vi.waitFor(() => expect(children.filter(alive)).toEqual([]), 10_000);

    const robbed = start();
    let stderr = '';
    robbed.stderr.on('data', (text) => {
      stderr += text;
    });
    const [first] = await childrenOf(robbed.pid);
    process.kill(first as number, 'SIGKILL');
    const [code] = await once(robbed, 'close');
    expect([code, stderr]).toEqual([3, 'repro: an execution ended early: killed by SIGKILL\n']);
  });
});

describe('a mistake: one line, exit code 2', () => {
  test.each<[string[], RegExp]>([
    [['nix'], /^repro: no experiment "nix"/],
    [['--seed', '-1'], /^repro: --seed -1: seed must be/],
    [['epochs=0'], /^repro: epochs=0: epochs must be/],
    [['--seed', '1', '--unseeded'], /^repro: --seed and --unseeded contradict each other$/],
    [['-u'], /^repro: --update needs a baseline: --baseline FILE$/],
    [['--tolerance', 'abs'], /^repro: --tolerance must be like abs=1e-9,rel=1e-6,ulp=4, got "abs"$/],
    [['-o', 'x.dat'], /^repro: no format is known by the ending of x\.dat\n/],
    [['--baseline', 'folder'], /^repro: cannot read folder: it is a folder$/],
    [['--baseline', '/dev/null', '-u'], /^repro: cannot read \/dev\/null: it is no regular file$/],
    [['--baseline', 'x.json', '-o', './x.json'], /^repro: --output \.\/x\.json would overwrite the baseline$/],
    [
      ['-o', 'quiet.json/x.json', '--baseline', 'y.json'],
      /^repro: cannot write quiet\.json\/x\.json: a part of its path is not a folder$/,
    ],
    [['--baseline', 'a', '--baseline', 'b'], /^repro: --baseline can be given once$/],
    [['/dev/stdin'], /^repro: \/dev\/stdin is read more than once by a check: give it a file$/],
  ])('%j', (args, message) => {
    mkdirSync(path('folder'), { recursive: true });
    const { status, stdout, stderr } = check(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.trimEnd()).toMatch(message);
  });
});
