import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { summarize } from '../../src/analysis/summarize.js';
import type { Style } from '../../src/report/format.js';
import { table } from '../../src/report/table.js';
import type { RunRecord } from '../../src/run/record.js';
import { reference } from '../reference.js';
import { recordWith } from './record.js';

// The article's list for Theano, as NumPy and SciPy summarized it.
const scores = reference<{ datasets: { theano: { values: number[] } } }>('statistics.json').datasets.theano.values;

function rendered(record: RunRecord, style: Partial<Style> = {}): string {
  const summary = summarize(record.repeats.map(({ score }) => score));
  return table.render(record, summary, { color: false, width: 80, ascii: false, ...style });
}

const lines = (text: string) => text.trimEnd().split('\n');
const widest = (text: string) => Math.max(...lines(text).map((line) => line.length));

const articleTable = `article · theano · seed 1 · 10 repeats
┌────────┬─────────────────────────┐
│ repeat │ MSE                     │
├────────┼─────────────────────────┤
│      1 │ 0.16932653 mild outlier │
│      2 │ 2.7575062e-05           │
│      3 │ 0.018328729             │
│      4 │ 1.9355374e-07           │
│      5 │ 0.054987109             │
│      6 │ 0.090632681             │
│      7 │ 0.0033757511            │
│      8 │ 0.0041485752            │
│      9 │ 8.1458736e-08           │
│     10 │ 0.052292702             │
└────────┴─────────────────────────┘
`;

const articleHistogram = `
repeats by MSE, from each bar's lower edge, logarithmic axis
3e-08 ████████████████ 1
1e-07 ████████████████ 1
3e-07 0
1e-06 0
3e-06 0
1e-05 ████████████████ 1
3e-05 0
1e-04 0
3e-04 0
1e-03 0
3e-03 ████████████████████████████████ 2
1e-02 ████████████████ 1
3e-02 ████████████████████████████████████████████████ 3
1e-01 ████████████████ 1
`;

describe('the table', () => {
  test('in 120 columns has every repeat, the figures with their intervals, a histogram and doubts', () => {
    expect(
      rendered(recordWith(scores), { width: 120 }),
    ).toBe(`${articleTable}mean                         0.039311992 [0.0148, 0.0853]
standard deviation (sample)  0.055331412
standard error               0.017497329
median                       0.011238652 [1.94e-07, 0.0906]
lower quartile               0.00086461908
upper quartile               0.054313507
interquartile mean           0.022193407 [0.00183, 0.0705]
min                          8.1458736e-08
max                          0.16932653
decades                      6.32
in brackets                  95% intervals
repeats for ±25% / ±10%      125 / 764
digest                       0123456789abcdef
${articleHistogram}
note: the scores are skewed: the interval of their mean covers less than 95%
`);
  });

  test('in 40 columns shortens names, puts intervals below, wraps and draws no histogram', () => {
    const text = rendered(recordWith(scores), { width: 40 });
    expect(text).toBe(`${articleTable}mean            0.039311992
                [0.0148, 0.0853]
SD (sample)     0.055331412
standard error  0.017497329
median          0.011238652
                [1.94e-07, 0.0906]
lower quartile  0.00086461908
upper quartile  0.054313507
IQM             0.022193407
                [0.00183, 0.0705]
min             8.1458736e-08
max             0.16932653
decades         6.32
in brackets     95% intervals
N ±25% / ±10%   125 / 764
digest          0123456789abcdef

note: the scores are skewed: the
interval of their mean covers less than
95%
`);
  });

  test('puts a remark below its score where the table would be too wide', () => {
    const text = rendered(recordWith(scores), { width: 34 });
    expect(text).toContain('│      1 │ 0.16932653    │\n│        │ mild outlier  │\n│      2 │ 2.7575062e-05 │\n');
    expect(widest(text)).toBeLessThanOrEqual(34);
  });

  test('of identical scores has no intervals, outliers, repeats to add or doubts', () => {
    const text = rendered(recordWith(new Array(10).fill(0.1)), { width: 120 });
    expect(text.slice(text.indexOf('mean'))).toBe(`mean                         0.1
standard deviation (sample)  0
standard error               0
median                       0.1
lower quartile               0.1
upper quartile               0.1
interquartile mean           0.1
min                          0.1
max                          0.1
digest                       0123456789abcdef
`);
  });

  test('shows as many digits of an interval as tell its ends apart', () => {
    const text = rendered(recordWith(Array.from({ length: 10 }, (_, i) => 1000 + i / 1000)), { width: 120 });
    expect(text).toMatch(/^median +1000\.0045 \[1000\.001, 1000\.008\]$/m);
  });

  test('keeps to 40 columns with a drawn seed, scores that diverged, all digits and very many repeats', () => {
    const many = [...scores, ...Array.from({ length: 1490 }, (_, i) => (i % 7 === 0 ? Number.NaN : 1e-100 / (i + 1)))];
    const record = recordWith(many, { free: ['root'], seed: { root: 2918375 } });
    expect(widest(rendered(record, { width: 40, precision: 17 }))).toBeLessThanOrEqual(40);
  });

  test('marks scores that diverged and counts them in a footnote', () => {
    const text = rendered(recordWith([1, Number.NaN, Infinity, -Infinity, 2]));
    expect(text).toContain('│      2 │ nan diverged  │');
    expect(text).toContain('│      3 │ inf diverged  │');
    expect(text).toContain('│      4 │ -inf diverged │');
    expect(lines(text).at(-3)).toBe('note: 3 of 5 repeats diverged; the figures leave them out');
  });

  test('of one repeat has no standard deviation and says why', () => {
    const text = rendered(recordWith([0.5]));
    expect(text).toContain('article · theano · seed 1 · 1 repeat\n');
    expect(text).toContain('standard deviation (sample)  –\n');
    expect(lines(text).at(-1)).toBe('note: a standard deviation needs 2 finite scores, got 1');
  });

  test('of 1,500 repeats shows ten from either end and says what is left out', () => {
    const text = rendered(recordWith(Array.from({ length: 1500 }, (_, i) => i + 1)));
    const rows = [...text.matchAll(/^│ +(\d+) │/gm)].map((match) => Number(match[1]));
    expect(rows).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ...Array.from({ length: 10 }, (_, i) => 1491 + i)]);
    expect(text).toContain('\n1480 repeats are left out; --format csv lists all\n');
  });

  test('of 1,000 repeats leaves none out', () => {
    const text = rendered(recordWith(Array.from({ length: 1000 }, (_, i) => i)));
    expect(text.match(/^│ +\d+ │/gm)).toHaveLength(1000);
    expect(text).not.toContain('left out; --format csv');
  });

  test('takes a precision', () => {
    expect(rendered(recordWith([1 / 3, 1]), { precision: 3 })).toContain('│      1 │ 0.333 │');
  });
});

describe('its heading', () => {
  const heading = (plan: Partial<RunRecord['plan']>) => lines(rendered(recordWith([1, 2], plan), { width: 120 }))[0];
  const { experiment } = recordWith([1, 2]).plan;
  const onTensorflow = { experiment: { ...experiment, backend: 'tensorflow' as const } };

  test('of an unseeded run says how to replay it', () => {
    expect(heading({ free: ['root'], seed: { root: 2918375 } })).toBe(
      'article · theano · unseeded (drew seed 2918375; --seed 2918375 replays it) · 2 repeats',
    );
  });

  test('says when every repeat starts from the seed', () => {
    expect(heading({ sameSeed: true })).toBe('article · theano · seed 1 · same-seed · 2 repeats');
  });

  test('tells apart what seeds NumPy alone, both frameworks alike, and each on its own', () => {
    expect(heading({ ...onTensorflow, seed: { root: 1 } })).toContain('· NumPy seed 1 ·');
    expect(heading({ ...onTensorflow, seed: { root: 1, tensorflow: 1 } })).toContain('· seed 1 ·');
    expect(heading({ ...onTensorflow, seed: { root: 1, tensorflow: 2 } })).toContain(
      '· NumPy seed 1, TensorFlow seed 2 ·',
    );
  });
});

describe('its histogram', () => {
  const drawn = (values: readonly number[], style: Partial<Style> = {}) =>
    rendered(recordWith(values), style).includes('logarithmic axis');

  test('needs 80 columns and five different positive finite scores', () => {
    expect(drawn([1, 2, 3, 4, 5])).toBe(true);
    expect(drawn([1, 2, 3, 4, 5], { width: 79 })).toBe(false);
    expect(drawn([1, 2, 3, 4, 4, 0, -5, Infinity])).toBe(false);
  });

  test('says how many scores it cannot draw', () => {
    expect(rendered(recordWith([1, 2, 3, 4, 5, 0, Number.NaN]))).toContain('2 that diverged or are not positive');
  });

  test('keeps to few lines over the whole range of float64, and counts every score', () => {
    const wide = [5e-324, 1e-200, 1e-100, 1e-3, 1, 1e100, Number.MAX_VALUE];
    const bars = rendered(recordWith(wide)).split('logarithmic axis\n')[1]?.split('\n\n')[0]?.split('\n');
    expect(bars?.length).toBeLessThanOrEqual(16);
    const counted = bars?.map((bar) => Number(bar.split(' ').at(-1))).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(7);
  });
});

describe('its colours and lines', () => {
  const record = recordWith([...scores, Number.NaN]);

  test('are left away without colour, and change nothing else', () => {
    const [plain, coloured] = [rendered(record), rendered(record, { color: true })];
    expect(plain).toBe(stripVTControlCharacters(plain));
    expect(coloured).not.toBe(plain);
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  test('are ASCII on request', () => {
    const many = recordWith([0.5, ...new Array<number>(1499).fill(Number.NaN)]);
    for (const each of [record, many, recordWith([1])]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
      expect(rendered(each, { ascii: true })).toMatch(/^[\x00-\x7f]*$/);
    }
  });
});
