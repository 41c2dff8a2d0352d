import { expect, test } from 'vitest';
import { csv } from '../../src/report/csv.js';
import { digest } from '../../src/report/digest.js';
import type { StreamedFormat } from '../../src/report/format.js';
import { plain } from '../../src/report/plain.js';
import { recordWith } from './record.js';

const { plan, repeats } = recordWith([0.1, 2.75750621228e-5, 1 / 3, Infinity, -Infinity, Number.NaN]);

function streamed(format: StreamedFormat, precision?: number): string {
  return format.header(plan) + format.rows(repeats, { precision }, plan) + format.footer();
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
  const parts = repeats.map((repeat) => format.rows([repeat], {}, plan)).join('');
  expect(parts).toBe(format.rows(repeats, {}, plan));
  expect(format.rows([], {}, plan)).toBe('');
});

test('digest is the digest and a newline', () => {
  expect(digest.render('0123456789abcdef')).toBe('0123456789abcdef\n');
});
