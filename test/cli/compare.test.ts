import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repro } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'repro-compare-'));
afterAll(() => rmSync(folder, { recursive: true }));

const compare = (...args: string[]) => repro(['compare', ...args], { cwd: folder });
const document = (...args: string[]) => JSON.parse(compare(...args, '--format', 'json').stdout);

interface ArmDocument {
  readonly label: string;
  readonly digest: string;
  readonly repeats: readonly { readonly bits: string }[];
  readonly plan: { readonly seed: { readonly root: number } };
}

describe('repro compare without operands', () => {
  const shown = document();
  const [unseeded, unseededAgain, seeded, seededAgain] = shown.arms as ArmDocument[];

  test('shows that of 10 unseeded repeats none is the same twice, and of 10 seeded all are', () => {
    expect(shown.twins).toEqual([
      { labels: ['unseeded', 'unseeded again'], identical: 0, repeats: 10, sameDigest: false },
      { labels: ['seed 1', 'seed 1 again'], identical: 10, repeats: 10, sameDigest: true },
    ]);
    expect(seededAgain?.repeats).toEqual(seeded?.repeats);
    expect(unseededAgain?.plan.seed.root).not.toBe(unseeded?.plan.seed.root);
  });

  test('executes what repro run executes', () => {
    expect(seeded?.digest).toBe(repro(['run', '--seed', '1', '-r', '10', '-f', 'digest']).stdout.trim());
    const root = String(unseeded?.plan.seed.root);
    expect(repro(['run', '--seed', root, '-r', '10', '-f', 'digest']).stdout.trim()).toBe(unseeded?.digest);
  });

  test('lays the four runs side by side in 80 columns, with digests and a verdict', () => {
    const { stdout, stderr, status } = compare();
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('│ repeat │ unseeded');
    expect(stdout).toMatch(/│ +1 │ [\d.e-]+ +│ [\d.e-]+ +│ 0\.16932653 +│ 0\.16932653 +│/);
    expect(stdout).toContain('│ 0 of 10, other digest │');
    expect(stdout).toContain('│ 659a1a5dece486c5 │ 10 of 10, same digest │');
    expect(stdout).toContain('Unseeded, 0 of 10 repeats came out the same twice; with the seed all 10 do');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('takes an experiment, changes of it, another seed and a number of repeats', () => {
    const other = document('epochs=3', '--seed', '5', '--repeats', '4');
    expect(other.arms.map(({ label }: ArmDocument) => label)).toEqual([
      'unseeded',
      'unseeded again',
      'seed 5',
      'seed 5 again',
    ]);
    expect(other.twins[1]).toMatchObject({ identical: 4, repeats: 4 });
    expect(document('repeats=3').twins[1]).toMatchObject({ repeats: 3 });
    // The seeds of the shipped experiment.
    expect(document('article-tensorflow').arms[2]).toMatchObject({ label: 'seeded', plan: { seed: { root: 1 } } });
  });

  test('says where a seed is not enough, and where there is nothing to seed', () => {
    expect(compare('reduction=unordered', 'batchSize=all').stdout).toMatch(
      /Seeded, \d of 10 repeats came out the same/,
    );
    const certain = ['layers.0.kernelInitializer=zeros', 'layers.1.kernelInitializer=zeros', 'shuffle=false'];
    expect(compare(...certain).stdout).toContain('nothing in this experiment is random');
  });

  test('says how many repeats diverged, and of which runs', () => {
    const { stdout } = compare('optimizer={ name: sgd, learningRate: 1e30 }', '-r', '3', '-f', 'markdown');
    expect(stdout).not.toContain('nothing in this experiment is random');
    expect(stdout).toContain('but 3 of them diverged');
    expect(stdout).toContain('unseeded, unseeded again, seed 1, seed 1 again: 3 of 3 repeats diverged');
  });

  test.each([
    [['article', 'backend=tensorflow', 'seed.tensorflow=1'], 'numpy has no seed', 'seed.numpy=1'],
    [['article', 'backend=seedrandom', 'seed.shuffle=1'], 'the run has no seed', '--seed 1'],
  ])('%s: says what has no seed, and what gives it one', (args, cause, remedy) => {
    const { verdict } = document(...args, '-r', '3');
    expect(verdict).toContain(`Seeded, 0 of 3 repeats came out the same twice, for ${cause}`);
    expect(compare(...args, '-r', '3', '-f', 'markdown').stdout).toContain(remedy);
  });
});

describe('repro compare of experiments', () => {
  test('varies a part of one, an arm a value, paired by the seed that they share', () => {
    const { arms, paired, pairs, verdict } = document('--vary', 'epochs=20,200', '--seed', '1', 'layers.0.units=4');
    expect(paired).toBe(true);
    expect(arms.map(({ label }: ArmDocument) => label)).toEqual(['epochs=20', 'epochs=200']);
    expect(pairs[0].test).toMatchObject({ name: 'Wilcoxon', method: 'exact' });
    expect(verdict).toMatch(/^epochs=200 is better than epochs=20: it scores better in /);
    expect(arms[0].digest).toBe(
      repro(['run', '--seed', '1', 'layers.0.units=4', 'epochs=20', '-f', 'digest']).stdout.trim(),
    );
  });

  test('unseeded arms draw a seed each, and are not paired', () => {
    const { arms, paired, pairs } = document('article', 'article', '-r', '8', 'epochs=5');
    expect(arms.map(({ label }: ArmDocument) => label)).toEqual(['article', 'article epochs=5']);
    expect(arms[0].plan.seed.root).not.toBe(arms[1].plan.seed.root);
    expect([paired, pairs[0].test.name]).toEqual([false, 'Mann-Whitney']);
  });

  test('assignments before a name are for all, behind one for that alone', () => {
    const { arms } = document('epochs=2', 'article', 'article', 'epochs=3', 'layers.0.units=4', '-r', '2');
    const epochs = arms.map(({ plan }: { plan: { experiment: { epochs: number } } }) => plan.experiment.epochs);
    expect(epochs).toEqual([2, 3]);
    expect(arms[1].label).toBe('article epochs=3 units=4');
  });

  test('more than two arms are compared pair by pair, with raw and adjusted p, in 80 columns', () => {
    const { stdout, status } = compare(
      '--vary',
      'optimizer=sgd,adam,{name: adam, learningRate: 0.01}',
      '-s',
      '1',
      '-r',
      '8',
    );
    expect(status).toBe(0);
    expect(stdout).toContain('Friedman');
    expect(stdout).toContain('p (Holm)');
    const narrow = compare('--vary', 'epochs=50,100,200', '-s', '1').stdout;
    expect(Math.max(...narrow.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('--unpaired, --direction, --alpha and --margin are heard', () => {
    const args = ['--vary', 'epochs=99,100', '-s', '1', '-r', '10'];
    const { paired, direction, alpha, margin, pairs } = document(
      ...[...args, '--unpaired', '--direction', 'higher', '--alpha', '0.01', '--margin', '1'],
    );
    expect({ paired, direction, alpha, margin }).toEqual({
      paired: false,
      direction: 'higher',
      alpha: 0.01,
      margin: 1,
    });
    expect(pairs[0]).toMatchObject({ conclusion: 'equivalent', test: { name: 'Mann-Whitney' } });
    expect(compare(...args, '--margin', '1').stdout).toContain('are practically equivalent');
  });

  test('writes files in the formats of their endings, and says so on stderr', () => {
    const { stdout, stderr } = compare(
      'article',
      'article',
      '-r',
      '3',
      '-s',
      '1',
      '-o',
      'c.json',
      '-o',
      'c.md',
      '-o',
      'c.txt',
    );
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'repro: wrote c.json, c.md, c.txt: The scores of article and article (2) are identical, bit by bit.\n',
    );
    expect(JSON.parse(readFileSync(join(folder, 'c.json'), 'utf8'))).toMatchObject({
      format: 'repro-comparison',
      version: 1,
    });
    expect(readFileSync(join(folder, 'c.md'), 'utf8')).toContain('| arm | repeats |');
    expect(readFileSync(join(folder, 'c.txt'), 'utf8')).toContain('│ arm ');
  });
});

describe('repro compare of saved runs', () => {
  beforeAll(() => {
    repro(['run', '--seed', '1', '-r', '10', '-q', '-o', 'one.json'], { cwd: folder });
    repro(['run', '--seed', '2', '-r', '12', '-q', '-o', 'two.json'], { cwd: folder });
    const text = readFileSync(join(folder, 'one.json'), 'utf8');
    writeFileSync(join(folder, 'cut.json'), text.slice(0, 900));
    writeFileSync(join(folder, 'later.json'), text.replace('"version": 1', '"version": 2'));
    writeFileSync(join(folder, 'changed.json'), text.replace(/"bits": "3f/, '"bits": "4f'));
    writeFileSync(join(folder, 'other.json'), '{ "format": "other" }');
    writeFileSync(join(folder, 'list.json'), '[1, 2]');
  });

  test('takes them by file or label=file, beside experiments', () => {
    const { arms, paired } = document('one.json', 'old=two.json', 'article', '-r', '3', '--seed', '9');
    expect(arms.map(({ label }: ArmDocument) => label)).toEqual(['one', 'old', 'article']);
    expect(paired).toBe(false);
    expect(arms[0].repeats).toEqual(JSON.parse(readFileSync(join(folder, 'one.json'), 'utf8')).repeats);
  });

  test('pairs one with the same seed executed now, and finds it identical', () => {
    const { paired, verdict } = document('old=one.json', 'article', '-r', '10', '--seed', '1');
    expect([paired, verdict]).toEqual([true, 'The scores of old and article are identical, bit by bit.']);
  });

  test.each([
    ['old=cut.json', 'cut.json is not valid JSON, or is cut short'],
    ['cut.json', 'cut.json is not valid JSON, or is cut short'],
    ['old=later.json', 'later.json has version 2 of the format, this repro reads 1'],
    ['old=other.json', 'other.json is not a saved run: its format is not "repro-run"'],
    ['old=list.json', 'list.json is not a saved run: its format is not "repro-run"'],
    ['old=missing.json', 'cannot read missing.json: no such file'],
    ['old=changed.json', 'changed.json has repeats of digest'],
  ])('%s is refused in a line that names the file', (operand, message) => {
    const { status, stdout, stderr } = compare(operand, 'article', '-r', '2');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`repro: ${message}`);
    expect(stderr.split('\n').filter((line) => line.startsWith('repro:'))).toHaveLength(1);
  });

  test('a label may have a dot where its file is a saved run', () => {
    const { arms } = document('v1.0=one.json', 'v1.1=two.json');
    expect(arms.map(({ label }: ArmDocument) => label)).toEqual(['v1.0', 'v1.1']);
  });

  test.each([
    [['nosuch=1', 'one.json', 'two.json'], 'nosuch=1'],
    [['one.json', 'epochs=4', 'two.json'], 'epochs=4'],
    [['one.json', 'two.json', 'c=two.jsno'], 'c=two.jsno'],
    [['one.json', 'two.json', '--repeats', '5'], '--repeats 5'],
    [['one.json', 'two.json', '--seed', '5'], '--seed 5'],
    [['one.json', 'two.json', '--unseeded'], '--unseeded'],
    [['one.json', 'two.json', '--backend', 'theano'], '--backend theano'],
  ])('%s is refused, for nothing is executed', (args, change) => {
    const { status, stdout, stderr } = compare(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe(`repro: ${change} changes an experiment, but only saved runs are named\n`);
  });

  test.each(['one.json', './one.json', 'link.json'])('--output %s does not overwrite a compared run', (output) => {
    symlinkSync(join(folder, 'one.json'), join(folder, 'link.json'));
    const before = readFileSync(join(folder, 'one.json'), 'utf8');
    const { status, stderr } = compare('one.json', 'two.json', '-o', 'new.json', '-o', output);
    rmSync(join(folder, 'link.json'));
    expect([status, stderr]).toEqual([2, `repro: --output ${output} would overwrite a run that is compared\n`]);
    expect(readFileSync(join(folder, 'one.json'), 'utf8')).toBe(before);
    expect(existsSync(join(folder, 'new.json'))).toBe(false);
  });

  test('a terminal obeys nothing in the name of a saved experiment', () => {
    const text = readFileSync(join(folder, 'one.json'), 'utf8');
    writeFileSync(join(folder, 'named.json'), text.replace('"name": "article"', '"name": "a\\u001b[2Jb"'));
    const { stdout, status } = compare('named.json', 'two.json');
    expect(status).toBe(0);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('a\\u{1b}[2Jb');
  });

  test.each(['two-runs.json', 'both=two-runs.json'])('%s, a comparison, is no saved run', (operand) => {
    compare('one.json', 'two.json', '-q', '-o', 'two-runs.json');
    const { status, stderr } = compare(operand, 'one.json');
    expect(status).toBe(2);
    expect(stderr).toContain('repro: two-runs.json is not a saved run: its format is not "repro-run"');
  });
});

test.each([
  [['article', 'iris'], 'scores of different metrics cannot be compared: article by mse, iris by accuracy'],
  [['--vary', 'epochs=1'], 'a comparison needs 2 arms, got 1'],
  [['--vary', 'epochs'], '--vary must be key=value,value…, got "epochs"'],
  [['--vary', 'epoch=1,2'], 'epoch=1: unknown key "epoch", did you mean "epochs"?'],
  [['article', 'iris', '--vary', 'epochs=1,2'], '--vary varies one experiment, got "article" and "iris"'],
  [['--vary', 'epochs=1,2', '--vary', 'seed=1,2'], '--vary can be given once'],
  [['article', 'article', '--paired', '--unpaired'], '--paired and --unpaired contradict each other'],
  [['--vary', 'repeats=2,3', '--paired'], 'paired arms must have as many repeats as each other, got 2 and 3'],
  [['article', 'article', '--alpha', '1'], 'alpha must be between 0 and 1, got 1'],
  [['article', 'article', '--alpha', '1e-17'], 'alpha must be so large that 1 - alpha is not rounded to 1, got 1e-17'],
  [['article', 'article', '--margin', '0'], 'the margin must be a number above 0, got 0'],
  [['article', 'article', '--margin', 'x'], '--margin must be a number, got "x"'],
  [['article', 'nothing'], 'no experiment "nothing"'],
])('%s is refused', (args, message) => {
  const { status, stdout, stderr } = compare(...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`repro: ${message}`);
});
