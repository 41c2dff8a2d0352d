import { expect, test } from 'vitest';
import { csv } from '../../src/report/csv.js';
import { digest } from '../../src/report/digest.js';
import type { StreamedFormat } from '../../src/report/format.js';
import { plain } from '../../src/report/plain.js';
import type { Repeat, RunPlan } from '../../src/run/record.js';
import { commandWith, moduleWith } from '../experiments.js';
import { recordWith } from './record.js';

const { plan, repeats } = recordWith([0.1, 2.75750621228e-5, 1 / 3, Infinity, -Infinity, Number.NaN]);

/** The text of some repeats after others. */
function streamedIn(format: StreamedFormat, parts: readonly (readonly Repeat[])[], of: RunPlan = plan): string[] {
  const { header, rows, end } = format.open(of, {});
  return [header, ...parts.map(rows), end()];
}

function streamed(format: StreamedFormat, precision?: number): string {
  const { header, rows, end } = format.open(plan, { precision });
  return header + rows(repeats) + end();
}

test('plain is one score a line, with the 12 digits of Python 2', () => {
  expect(streamed(plain)).toBe('0.1\n2.75750621228e-05\n0.333333333333\ninf\n-inf\nnan\n');
  expect(streamed(plain, 3)).toBe('0.1\n2.76e-05\n0.333\ninf\n-inf\nnan\n');
});

// Bits: struct.pack('>d', score).hex() of Python 3.11.7
test('CSV counts repeats from 1 and gives every digit, the bits and the hash of the weights', () => {
  expect(streamed(csv)).toBe(
    [
      'repeat,score,bits,weights',
      '1,0.1,3fb999999999999a,0000000000000000',
      '2,0.0000275750621228,3efcea1fd70cf5da,0000000000000001',
      '3,0.3333333333333333,3fd5555555555555,0000000000000002',
      '4,inf,7ff0000000000000,0000000000000003',
      '5,-inf,fff0000000000000,0000000000000004',
      '6,nan,7ff8000000000000,0000000000000005',
      '',
    ].join('\n'),
  );
});

test('a precision shortens the scores of CSV and leaves their bits', () => {
  expect(streamed(csv, 3)).toContain('\n3,0.333,3fd5555555555555,');
});

test.each([
  ['plain', plain],
  ['CSV', csv],
])('%s of some repeats after others is that of all', (_, format) => {
  const [header, ...parts] = streamedIn(
    format,
    repeats.map((repeat) => [repeat]),
  );
  expect([header, parts.join('')]).toEqual([header, streamedIn(format, [repeats]).slice(1).join('')]);
  expect(streamedIn(format, [[]])).toEqual([header, '', '']);
});

/** A repeat of a program with these metrics, the score first; without any, one that has failed. */
function repeatWith(index: number, metrics?: Readonly<Record<string, number>>): Repeat {
  const [score = Number.NaN] = Object.values(metrics ?? {});
  const output = { bytes: 1, sha256: 'f', stdout: 'x', stderr: '' };
  const outcome = { failure: metrics ? null : 'it threw, so', metrics: metrics ?? { score: Number.NaN } };
  return {
    ...{ index, score, hash: '0123456789abcdef' },
    program: { ...{ seed: 7, artifacts: {}, output, exitCode: null, elapsed: 0.5, attempts: 1 }, ...outcome },
  };
}

const HEADER = 'repeat,score,loss,seed,status,elapsed,bits,hash\n';
const FAILED = 'nan,nan,7,"it threw, so",0.5,7ff8000000000000,0123456789abcdef\n';
const ONE = '1,2,7,ok,0.5,3ff0000000000000,0123456789abcdef\n';

test('CSV has the metrics of a module, once a repeat has returned them', () => {
  const { plan: ofModule } = recordWith([1], { experiment: moduleWith() });
  const [failed, one, more] = [repeatWith(0), repeatWith(1, { score: 1, loss: 2 }), repeatWith(2)];
  expect(streamedIn(csv, [[failed], [one], [more]], ofModule)).toEqual([
    ...['', '', `${HEADER}1,${FAILED}2,${ONE}`, `3,${FAILED}`, ''],
  ]);
  expect(streamedIn(csv, [[failed, one, more]], ofModule)).toEqual(['', `${HEADER}1,${FAILED}2,${ONE}3,${FAILED}`, '']);
});

test('CSV of a module that has never returned lists its failures', () => {
  const { plan: ofModule } = recordWith([1], { experiment: moduleWith() });
  const [header, row] = [HEADER.replace('loss,', ''), FAILED.replace('nan,', '')];
  expect(streamedIn(csv, [[repeatWith(0)], [repeatWith(1)]], ofModule)).toEqual([
    ...['', '', '', `${header}1,${row}2,${row}`],
  ]);
  expect(streamedIn(csv, [], ofModule)).toEqual(['', header]);
});

test('a metric that is called as another column of CSV is told from it', () => {
  const named = (...names: string[]) => {
    const metrics = names.map((name) => ({ from: 'stdout', key: name, name }) as const);
    return streamedIn(csv, [], recordWith([1], { experiment: commandWith({ metrics }) }).plan)[0];
  };
  const end = 'seed,status,elapsed,bits,hash\n';
  expect(named('seed', 'loss')).toBe(`repeat,score,loss,${end}`);
  expect(named('loss', 'seed', 'score', 'repeat')).toBe(`repeat,score,metric.seed,metric.score,metric.repeat,${end}`);
  expect(named('loss', 'hash', 'metric.hash')).toBe(`repeat,score,metric.hash,metric.metric.hash,${end}`);
});

test('digest is the digest and a newline', () => {
  expect(digest.render('0123456789abcdef')).toBe('0123456789abcdef\n');
});
