import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../src/analysis/check.js';
import type { Divergence } from '../../src/analysis/divergence.js';
import { type checkFormatNames, loadCheckFormat } from '../../src/report/checkFormats.js';
import { placeOf } from '../../src/report/checkReport.js';
import type { Style } from '../../src/report/format.js';
import { recordWith } from './record.js';

const { plan, digest, circumstances } = recordWith([1, 2]);
const distance = { absolute: 2 ** -24, relative: 2 ** -23, ulps: 1 };
const far = { absolute: Infinity, relative: Infinity, ulps: Infinity };

const divergence: Divergence = {
  repeat: 1,
  scores: [0.1, Number.NaN],
  distance: far,
  epoch: 3,
  agreedUntil: 2,
  tensor: 'layers[0].kernel',
  weight: { epoch: 3, tensor: 'layers[0].kernel', row: 0, column: 4, values: [0.5, 0.50000006], distance },
  growth: [
    { epoch: 3, differing: 1, weights: 31, largest: distance },
    { epoch: 9, differing: 31, weights: 31, largest: far },
  ],
  epochs: null,
  parts: [],
  line: null,
};

const failed: CheckResult = {
  sides: [
    { label: 'on 1 thread', plan, digest, circumstances },
    { label: 'on 2 threads', plan, digest: 'f'.repeat(16), circumstances },
  ],
  verification: {
    repeats: 2,
    identical: 1,
    identicalScores: 1,
    within: null,
    epochs: 'every',
    divergence,
    farthest: null,
    stdout: null,
  },
  judgements: [
    {
      ...{ name: 'reproduction', outcome: 'failed', verdict: 'divergent' },
      ...{
        message: 'the same bits in 1 of 2 repeats',
        causes: [{ cause: 'a <cause> & "more"', remedy: 'a\u0007remedy' }],
      },
    },
    { name: 'mean<=1', outcome: 'passed', verdict: 'met', message: 'mean<=1: mean is 1', causes: [] },
    { name: 'x', outcome: 'incomparable', verdict: 'not comparable', message: 'another plan', causes: [] },
  ],
  summary: null,
  notes: ['a note'],
};

async function rendered(name: (typeof checkFormatNames)[number], style: Partial<Style> = {}): Promise<string> {
  return (await loadCheckFormat(name))(failed, { color: false, width: 80, ascii: false, ...style });
}

test('the terminal has every judgement with its remedy, where executions part, and how far', async () => {
  expect(await rendered('table')).toBe(
    `article · theano · seed 1 · 2 repeats
divergent: the same bits in 1 of 2 repeats
cause   a <cause> & "more"
remedy  a\u0007remedy
met: mean<=1: mean is 1
not comparable: another plan
first difference  repeat 2, after epoch 3, layers[0].kernel[0, 4]
weights           0.5 and 0.50000006, 1 unit in the last place apart, 1.19e-05%
MSE               0.10000000000000001 and nan
┌─────────────┬────────────────┬────────────┬─────────┐
│ after epoch │ weights differ │ by at most │ in ulps │
├─────────────┼────────────────┼────────────┼─────────┤
│           3 │        1 of 31 │   5.96e-08 │       1 │
│           9 │       31 of 31 │        inf │     inf │
└─────────────┴────────────────┴────────────┴─────────┘
digest on 1 thread   0123456789abcdef
digest on 2 threads  ffffffffffffffff

note: a note
`,
  );
});

test.each([40, 60, 120])('a terminal of %i columns is not overrun by text', async (width) => {
  const lines = (await rendered('table', { width })).split('\n').filter((line) => !/[│┌├└]/.test(line));
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
});

test('in ASCII nothing else is written', async () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
  expect(await rendered('table', { ascii: true })).toMatch(/^[\x00-\x7f]*$/);
});

test('JSON counts repeats from 1, and has a text for what is not finite', async () => {
  const document = JSON.parse(await rendered('json'));
  expect(document).toMatchObject({ format: 'repro-check', version: 1, verdict: 'failed', notes: ['a note'] });
  expect(document.verification.divergence).toMatchObject({
    repeat: 2,
    scores: [0.1, 'NaN'],
    distance: { ulps: 'Infinity' },
    weight: { values: [0.5, 0.50000006], row: 0, column: 4 },
  });
  expect(document.sides.map((side: { digest: string }) => side.digest)).toEqual([digest, 'f'.repeat(16)]);
});

test('JUnit has a case for each judgement, failures apart from errors, and only what XML can hold', async () => {
  const text = await rendered('junit');
  expect(text).toContain(' tests="3" failures="1" errors="1" time="0.25" timestamp="2026-01-02T03:04:05.678Z">');
  expect(text).toMatch(
    /name="reproduction">\n {4}<failure type="divergent" message="divergent: the same bits in 1 of 2/,
  );
  expect(text).toContain(
    'cause: a &lt;cause&gt; &amp; &quot;more&quot;; remedy: a\ufffdremedy&#10;first difference: repeat 2',
  );
  expect(text).toContain('name="mean&lt;=1"/>');
  expect(text).toMatch(/name="x">\n {4}<error type="not comparable"/);
});

test('Markdown has the same, with text that stays text', async () => {
  const text = await rendered('markdown');
  expect(text).toContain('\n\ndivergent: the same bits in 1 of 2 repeats\n\n');
  expect(text).toContain('| cause | a \\<cause\\> & "more" |');
  expect(text).toContain('| 9 | 31 of 31 | inf | inf |');
  expect(text).toMatch(/\n\nNote: a note\.\n$/);
});

describe('the place of a difference', () => {
  test.each<[Partial<Divergence>, string]>([
    [{}, 'repeat 2, after epoch 3, layers[0].kernel[0, 4]'],
    [{ epoch: 0, weight: null }, 'repeat 2, as initialized, layers[0].kernel'],
    [{ epoch: 2 }, 'repeat 2, after epoch 2, layers[0].kernel'],
    [{ epoch: null, tensor: null, weight: null }, 'repeat 2, the score'],
    [{ tensor: null, weight: null, epochs: [3, 4] }, 'repeat 2, after epoch 3, the number of epochs'],
  ])('%j', (parts, place) => {
    expect(placeOf({ ...divergence, ...parts })).toBe(place);
  });
});
