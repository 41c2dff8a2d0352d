import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { repro, root } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'repro-network-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HOUSES =
  'rooms,area,town,dear,price\n2,51,Basel,0,1.52\n3,72,Bern,0,2.40\n5,90,Basel,1,2.87\n6,132,Bern,1,4.32\n';
const EXPERIMENT = `data: { kind: csv, path: houses.csv, targets: [price], features: [rooms, area] }
layers:
  - { type: dense, units: 3, activation: relu }
  - { type: dense, units: 1 }
epochs: 2
repeats: 2
seed: 1
`;
writeFileSync(join(folder, 'houses.csv'), HOUSES);
writeFileSync(join(folder, 'houses.yaml'), EXPERIMENT);
mkdirSync(join(folder, 'folder.csv'));
const table = (name: string, text: string | Uint8Array) => writeFileSync(join(folder, name), text);
table('nan.csv', HOUSES.replace('5,90', '5,NaN'));
table('text.csv', HOUSES.replace('3,72', 'three,72'));
table('short.csv', HOUSES.replace('3,72,Bern', '3,72'));
table('empty.csv', '');
table('header.csv', 'rooms,area,price\n');
table('semicolons.csv', HOUSES.replaceAll(',', ';'));
table('bytes.csv', Uint8Array.of(0xff, 0xfe, 0x00, 0x41));
table('broken.jsonl', '{"rooms": 1, "area": 2, "price": 3}\n{"rooms": 1\n');

const houses = (...overrides: string[]) => repro(['run', 'houses.yaml', ...overrides], { cwd: folder });

test('a network of one’s own trains on a table of one’s own', () => {
  const { status, stdout, stderr } = houses();
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('houses · theano · seed 1 · 2 repeats');
});

describe('a mistake in a network or its data: one line, exit code 2', () => {
  const cases: [string, string[], RegExp][] = [
    [
      'an unknown layer',
      ['layers.0.type=lstm'],
      /layers\[0\]\.type must be dense, embedding, flatten, activation, dropout or gaussian_noise, got "lstm"$/,
    ],
    ['an unknown optimizer', ['optimizer=adm'], /optimizer must be .*, got "adm"; did you mean "adam"\?$/],
    ['an unknown initializer', ['layers.0.kernelInitializer=glorot'], /kernelInitializer must be .*, got "glorot"/],
    [
      'a wrong shape',
      ['layers.1.units=2'],
      /layers\.1\.units=2: layers\[1\]\.units of the last dense layer must be 1, one for each target, got 2$/,
    ],
    [
      'more targets than outputs',
      ['data.targets=[price, dear]'],
      /houses\.yaml:4:27 layers\[1\]\.units of the last dense layer must be 2, one for each target, got 1$/,
    ],
    [
      'a rate of 1',
      ['layers.0={ type: dropout, rate: 1 }'],
      /layers\[0\]\.rate must be a number from 0 to below 1, got 1$/,
    ],
    [
      'NaN in a cell',
      ['data.path=nan.csv'],
      /^repro: nan\.csv:4:2 is "NaN" where a number is needed \(column "area"\); remove the row or fill it in$/,
    ],
    [
      'a text in a cell',
      ['data.path=text.csv'],
      /^repro: text\.csv:3:1 must be a number, got "three" \(column "rooms"\); list it under data\.categorical to encode it$/,
    ],
    [
      'a row that is too short',
      ['data.path=short.csv'],
      /^repro: short\.csv:3 has 4 fields where line 1 names 5 columns/,
    ],
    [
      'labels out of range',
      ['loss=hinge', 'data.targets=[dear]'],
      /^repro: houses\.csv:2 column "dear" must be -1 or 1, for hinge, got 0$/,
    ],
    [
      'crossentropy of a price',
      ['loss=binary_crossentropy', 'layers.1.activation=sigmoid'],
      /^repro: houses\.csv:2 column "price" must be a probability from 0 to 1, for binary_crossentropy, got 1\.52$/,
    ],
    ['an empty table', ['data.path=empty.csv'], /^repro: empty\.csv is empty; its first line must name the columns$/],
    ['a header alone', ['data.path=header.csv'], /^repro: header\.csv has no rows below its header; add some$/],
    [
      'another delimiter',
      ['data.path=semicolons.csv'],
      /^repro: semicolons\.csv:1 names one column, .*; if ";" separates them, set data\.delimiter$/,
    ],
    ['bytes that are no text', ['data.path=bytes.csv'], /^repro: bytes\.csv/],
    ['a missing table', ['data.path=no.csv'], /^repro: cannot read no\.csv: no such file$/],
    ['a folder for a table', ['data.path=folder.csv'], /^repro: cannot read folder\.csv: it is a folder$/],
    [
      'a column that there is not',
      ['data.targets=[prize]'],
      /^repro: houses\.csv:1 has no column "prize", did you mean "price"\?$/,
    ],
    [
      'a line of JSON that is none',
      ['data={ kind: jsonl, path: broken.jsonl, targets: [price] }'],
      /^repro: broken\.jsonl:2 is not valid JSON; write one object a line$/,
    ],
    ['a split that leaves nothing', ['validationSplit=0.9'], /validationSplit leaves none of 4 rows to train on$/],
    [
      'a score on what is not held out',
      ['score={ on: test }'],
      /score\.on is test, but testSplit is 0: nothing is held out$/,
    ],
    [
      'a network that no memory holds',
      ['layers.0.units=65536', 'layers.1={ type: dense, units: 65536 }', 'layers.2={ type: dense, units: 1 }'],
      /layers and the batches need 272\.1 GiB, more than the 3\.5 there are: make them smaller$/,
    ],
    [
      'data that no memory holds',
      ['data={ kind: sequence, length: 100000000000 }'],
      /data and the batches need .* GiB, more than the 3\.5 there are: make them smaller$/,
    ],
    [
      'seeds of sources on Theano',
      ['seed.shuffle=null'],
      /seed must be a number or a map with numpy and tensorflow for the theano backend, got a map$/,
    ],
  ];

  test.each(cases)('%s', (_, overrides, message) => {
    const { status, stdout, stderr } = houses(...overrides);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')).toHaveLength(2);
    expect(stderr.trimEnd()).toMatch(message);
  });
});

describe('what is particular about a run', () => {
  const json = (...overrides: string[]) => JSON.parse(houses('-f', 'json', ...overrides).stdout);

  test('JSON says which scores are the better ones, and holds the notes', () => {
    expect(json()).toMatchObject({ direction: 'lower', notes: [] });
    expect(json('score.metric=r2')).toMatchObject({ direction: 'higher', notes: [] });
    const all = json('reduction=unordered', 'optimizer.iterations=racy', 'earlyStopping.monitor=loss');
    expect(all.notes.map((note: string) => note.split(':')[0])).toEqual(['early stopping', 'reduction', 'iterations']);
    expect(json('earlyStopping.monitor=loss', 'backend=seedrandom').notes).toEqual([]);
  });

  test.each([
    ['earlyStopping.monitor=loss', /note: early stopping: how long a repeat trains decides where it leaves theano's/],
    ['reduction=unordered', /note: reduction: unordered sums gradients in an order that no seed decides/],
    ['optimizer.iterations=racy', /note: iterations: racy lets chance decide which count of steps Adam reads/],
  ])('%s is a footnote of the table', (override, note) => {
    const { status, stdout, stderr } = houses(override);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(note);
    expect(houses().stdout.replace(/\s+/g, ' ')).not.toMatch(note);
  });

  test('the metric that is scored heads the column', () => {
    expect(houses('testSplit=0.25', 'score.metric=r2').stdout).toContain('test R²');
    expect(houses('validationSplit=0.25').stdout).toContain('validation MSE');
  });
});

describe('every shipped experiment', () => {
  const names = readdirSync(join(root, 'experiments'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace('.yaml', ''));

  test.each(names)('%s runs, and twice alike', (name) => {
    const digest = () => repro(['run', name, '--seed', '1', '-r', '2', '-f', 'digest'], { cwd: folder });
    const { status, stdout, stderr } = digest();
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^[0-9a-f]{16}\n$/);
    expect(digest().stdout).toBe(stdout);
  });

  test('is listed', () => {
    const { stdout } = repro(['list'], { cwd: folder });
    for (const name of names) expect(stdout).toMatch(new RegExp(`^${name} +shipped +\\S`, 'm'));
  });
});
