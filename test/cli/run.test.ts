import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { reference } from '../reference.js';
import { binary, repro, root } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'repro-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file of the test's own. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const article = ['run', '--seed', '1', '--repeats', '10'];
const golden = JSON.parse(readFileSync(join(root, 'test/golden/digests.json'), 'utf8')) as Record<string, string>;

describe('repro run', () => {
  test("prints the article's list, one score a line", () => {
    const { stdout, stderr, status } = repro([...article, '--format', 'plain']);
    expect([status, stderr]).toEqual([0, '']);
    const published = reference<{ theano: { scores: number[] } }>('published.json').theano.scores;
    const scores = stdout.trim().split('\n').map(Number);
    expect(scores).toHaveLength(10);
    scores.forEach((score, i) => {
      const wanted = published[i] as number;
      expect(Math.abs(score - wanted) / wanted).toBeLessThanOrEqual(wanted > 1e-3 ? 2e-6 : 5e-4);
    });
  });

  test.each(Object.entries(golden))('%s has its golden digest', (command, digest) => {
    expect(repro(['run', ...command.split(' '), '--format', 'digest']).stdout).toBe(`${digest}\n`);
  });

  test('the table shows every score, the summary and the digest', () => {
    const { stdout } = repro(article);
    for (const text of [
      'seed 1',
      '0.16932653',
      'mean',
      'standard deviation (sample)',
      'median',
      'lower quartile',
      'digest',
    ]) {
      expect(stdout).toContain(text);
    }
    expect(stdout).not.toContain('\x1b[');
    expect(repro([...article, '--color']).stdout).toContain('\x1b[');
    expect(repro(article, { env: { FORCE_COLOR: '1' } }).stdout).toContain('\x1b[');
    expect(repro([...article, '--no-color'], { env: { FORCE_COLOR: '1' } }).stdout).not.toContain('\x1b[');
  });

  test('an unseeded run names the seed it drew, and that seed replays it', () => {
    const first = JSON.parse(repro(['run', '-r', '3', '-f', 'json']).stdout);
    expect(first.plan.seed.drawn).toBe(true);
    const again = JSON.parse(repro(['run', '-r', '3', '-f', 'json', '--seed', String(first.plan.seed.root)]).stdout);
    expect(again.plan.seed.drawn).toBe(false);
    expect(again.digest).toBe(first.digest);
    expect(repro(['run', '-r', '3']).stdout).toMatch(/unseeded \(drew seed (\d+); --seed \1 replays it\)/);
  });

  test('--unseeded drops the seed of an experiment, --seed replaces both of them', () => {
    const seed = (...flags: string[]) =>
      JSON.parse(repro(['run', 'article-tensorflow', '-r', '1', '-f', 'json', ...flags]).stdout).plan.seed;
    expect(seed()).toEqual({ root: 1, tensorflow: 2, drawn: false });
    expect(seed('--seed', '5')).toEqual({ root: 5, tensorflow: 5, drawn: false });
    expect(seed('--unseeded').drawn).toBe(true);
    expect(seed('--seed', '5', 'seed.tensorflow=7')).toEqual({ root: 5, tensorflow: 7, drawn: false });
  });

  test('JSON holds the bits of every score', () => {
    const { repeats, summary, environment } = JSON.parse(repro([...article, '-f', 'json']).stdout);
    for (const { score, bits } of repeats) {
      expect(new DataView(Uint8Array.from(Buffer.from(bits, 'hex')).buffer).getFloat64(0)).toBe(score);
    }
    expect(summary.count).toBe(10);
    expect(environment.engine).toContain(process.versions.node);
  });

  test('writes as many files as asked for, each in the format of its ending, and says so', () => {
    const paths = ['a.json', 'b.csv', 'c.md', 'd.txt', 'e.digest'].map((name) => join(folder, name));
    const { stdout, stderr, status } = repro([...article, ...paths.flatMap((path) => ['--output', path])]);
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/wrote .*: 10 repeats, mean .* digest [0-9a-f]{16}\n$/);
    const [json = '', csv = '', md = '', txt = '', digest = ''] = paths.map((path) => readFileSync(path, 'utf8'));
    expect(JSON.parse(json).digest).toBe(digest.trim());
    expect(csv.split('\n')).toHaveLength(12);
    expect(md).toContain('| repeat | MSE |');
    expect(txt).toBe(repro([...article, '-f', 'plain']).stdout);
    expect(repro([...article, '--output', paths[0] as string, '--output', '-', '-q', '-f', 'digest']).stdout).toBe(
      digest,
    );
  });

  test('a closed pipe ends it quietly', () => {
    const script = `'${process.execPath}' '${binary}' run --seed 1 --repeats 200000 --format csv | head -1`;
    const { stdout, stderr, status } = spawnSync('sh', ['-c', script], { encoding: 'utf8', cwd: root });
    expect([stdout, stderr, status]).toEqual(['repeat,score,bits,weights\n', '', 0]);
  });

  test('training that diverges is a result, marked', () => {
    const diverging = ['run', '--seed', '1', '-r', '3', 'optimizer.learningRate=1e30'];
    const table = repro(diverging);
    expect(table.status).toBe(0);
    expect(table.stdout).toContain('diverged');
    const { repeats } = JSON.parse(repro([...diverging, '-f', 'json']).stdout);
    expect(repeats[0]).toMatchObject({ status: 'diverged', score: null });
  });

  test('an experiment of the current folder hides the shipped one of its name', () => {
    mkdirSync(join(folder, 'experiments'), { recursive: true });
    writeFileSync(
      join(folder, 'experiments', 'article.yaml'),
      readFileSync(join(root, 'experiments/article.yaml'), 'utf8').replace('epochs: 100', 'epochs: 1'),
    );
    const [own, shipped] = [folder, root].map((cwd) => repro([...article, '-f', 'digest'], { cwd }).stdout);
    expect(own).not.toBe(shipped);
    expect(repro(['list'], { cwd: folder }).stdout).toMatch(/article +yours/);
    rmSync(join(folder, 'experiments'), { recursive: true });
  });
});

describe('a mistake of the user', () => {
  const cases: [string, string[], RegExp][] = [
    [
      'an unknown experiment',
      ['run', 'artcle'],
      /^repro: no experiment "artcle", did you mean "article"\?\n {2}repro list/,
    ],
    ['a missing file', ['run', 'no/such.yaml'], /^repro: cannot read no\/such\.yaml: no such file\n$/],
    ['a folder', ['run', './test/'], /^repro: cannot read test: it is a folder\n$/],
    ['an unknown flag', ['run', '--sed', '1'], /^repro: unknown option '--sed' \(Did you mean --seed\?\)\n$/],
    ['an unknown command', ['runn'], /^repro: unknown command 'runn' \(Did you mean one of run, runs\?\)\n$/],
    [
      'a negative repeat count',
      ['run', '--repeats', '-3'],
      /^repro: --repeats -3: repeats must be a positive integer, got -3\n$/,
    ],
    [
      'a fractional repeat count',
      ['run', '-r', '2.5'],
      /^repro: --repeats 2\.5: repeats must be a positive integer, got 2\.5\n$/,
    ],
    ['a repeat count of zero', ['run', '-r', '0'], /repeats must be a positive integer/],
    ['a repeat count that is text', ['run', '-r', 'ten'], /repeats must be a positive integer, got "ten"\n$/],
    ['a missing repeat count', ['run', '--repeats'], /^repro: option '-r, --repeats <n>' argument missing\n$/],
    [
      'a seed out of range',
      ['run', '--seed', '4294967296'],
      /^repro: --seed 4294967296: seed must be an integer from 0 to 4294967295 for the theano backend, got 4294967296\n$/,
    ],
    ['a negative seed', ['run', '--seed', '-1'], /seed must be an integer from 0 to 4294967295/],
    [
      'a word as a seed of Theano',
      ['run', '--seed', 'cat'],
      /seed must be an integer .* for the theano backend, got "cat"\n$/,
    ],
    [
      'an unknown backend',
      ['run', '-b', 'theno'],
      /backend must be theano, tensorflow or seedrandom, got "theno"; did you mean "theano"\?\n$/,
    ],
    ['an unknown key', ['run', 'epoch=3'], /^repro: epoch=3: unknown key "epoch", did you mean "epochs"\?\n$/],
    [
      'a wrong type',
      ['run', 'layers.0.units=eight'],
      /^repro: layers\.0\.units=eight: layers\[0\]\.units must be a positive integer, got "eight"\n$/,
    ],
    [
      'a position past the end',
      ['run', 'layers.5.units=8'],
      /^repro: layers\.5\.units=8: the list has 2 parts, counted from 0\n$/,
    ],
    [
      'a layer too narrow for the targets',
      ['run', 'layers.1.units=2'],
      /layers\[1\]\.units of the last dense layer must be 1, one for each target, got 2\n$/,
    ],
    ['two outputs to stdout', ['run', '-o', '-', '-o', '-'], /^repro: two outputs to stdout; give --output - once\n$/],
    [
      'an unwritable output',
      ['run', '-o', '/no/such/folder/x.json'],
      /^repro: cannot write \/no\/such\/folder\/x\.json: no such folder\n$/,
    ],
    [
      'an output without a format',
      ['run', '-o', 'x.dat'],
      /^repro: no format is known by the ending of x\.dat\n {2}end it in/,
    ],
    ['a seed given and dropped', ['run', '--seed', '1', '--unseeded'], /contradict/],
    ['two experiments', ['run', 'article', 'other'], /^repro: one experiment at a time/],
    ['no jobs', ['run', '--jobs', '0'], /^repro: --jobs must be a whole number from 1 to 1024, got "0"\n$/],
    ['no digits', ['run', '--precision', '99'], /--precision must be a whole number from 1 to 17/],
    ['an unknown format', ['run', '-f', 'xml'], /Allowed choices are table, plain/],
  ];

  test.each(cases)('%s: one line, exit code 2', (_, args, message) => {
    const { status, stdout, stderr } = repro(args);
    expect(stderr).toMatch(message);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('problems in a file are all told, each with its place', () => {
    const path = file(
      'bad.yaml',
      'data: { kind: sequence, length: 1 }\nlayers:\n  - { type: dense, units: "8" }\n  - { typ: dense, units: 1 }\nepochs: -5\nbatch_size: 3\n',
    );
    const { status, stderr } = repro(['run', path]);
    expect(status).toBe(2);
    const lines = stderr.trim().split('\n');
    for (const wanted of [
      /bad\.yaml:1:33 data\.length must be an integer of at least 2/,
      /bad\.yaml:3:27 layers\[0\]\.units must be a positive integer, got "8"/,
      /bad\.yaml:4:5 layers\[1\]\.type is missing$/,
      /bad\.yaml:4:7 unknown key "typ", did you mean "type"\?/,
      /bad\.yaml:5:9 epochs must be a positive integer, got -5/,
      /bad\.yaml:6:1 unknown key "batch_size", did you mean "batchSize"\?/,
    ]) {
      expect(lines.filter((line) => wanted.test(line))).toHaveLength(1);
    }
  });

  test('a syntax error has its line and column', () => {
    const { status, stderr } = repro(['run', file('syntax.yaml', 'epochs: 3\nlayers: [1, 2\n')]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^repro: .*syntax\.yaml:\d+:\d+ .*\n$/);
  });

  test('an output that fails is met before anything is executed, and what it held is kept', () => {
    const path = file('kept.json', 'precious');
    expect(repro(['run', '-o', path, 'epoch=1']).status).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe('precious');
    if (existsSync('/dev/full')) {
      const { status, stderr } = repro([...article, '-o', '/dev/full', '-f', 'json']);
      expect([status, stderr]).toEqual([2, 'repro: cannot write /dev/full: no space left on the device\n']);
    }
    const locked = join(folder, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    // The superuser may write anywhere.
    if (process.getuid?.() !== 0) expect(repro([...article, '-o', join(locked, 'x.json')]).status).toBe(2);
    chmodSync(locked, 0o700);
  });
});

test('repro show names where each value comes from', () => {
  const { stdout } = repro(['show', 'article', 'epochs=7']);
  expect(stdout).toMatch(/epochs = 7 +# command line\n/);
  expect(stdout).toMatch(/layers\[0\]\.units = 10 +# experiments\/article\.yaml:8\n/);
  expect(stdout).toMatch(/optimizer\.beta1 = 0\.9 +# default\n/);
});

test('--help and --version go to stdout', () => {
  expect(repro(['--help']).stdout).toContain('Usage: repro');
  expect(repro(['run', '--help']).stdout).toContain('--same-seed');
  expect(repro(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
