import { expect, test } from 'vitest';
import { summarize } from '../../src/analysis/summarize.js';
import type { WholeFormat } from '../../src/report/format.js';
import { json } from '../../src/report/json.js';
import { markdown } from '../../src/report/markdown.js';
import type { RunRecord } from '../../src/run/record.js';
import { commandWith, moduleWith } from '../experiments.js';
import { recordWith } from './record.js';

function rendered(format: WholeFormat, record: RunRecord, precision?: number): string {
  const summary = summarize(record.repeats.map(({ score }) => score));
  return format.render(record, summary, { precision, color: false, width: 80, ascii: false });
}

test('JSON has the resolved experiment, every repeat in full precision, summary, digest and environment', () => {
  const record = recordWith([1 / 3, Number.NaN, Infinity, -Infinity], { seed: { root: 1, tensorflow: 2 } });
  const text = rendered(json, record, 3);
  expect(text.endsWith('}\n')).toBe(true);
  expect(text).toContain('\n  "format": "repro-run",\n  "version": 1,\n');
  expect(JSON.parse(text)).toEqual({
    format: 'repro-run',
    version: 1,
    plan: {
      experiment: record.plan.experiment,
      seed: { root: 1, tensorflow: 2, drawn: false },
      free: [],
      sameSeed: false,
    },
    repeats: [
      { repeat: 1, score: 1 / 3, status: 'ok', bits: '3fd5555555555555', weights: '0000000000000000' },
      ...[
        ['NaN', '7ff8000000000000'],
        ['Infinity', '7ff0000000000000'],
        ['-Infinity', 'fff0000000000000'],
      ].map(([value, bits], i) => ({
        ...{ repeat: i + 2, score: null, status: 'diverged', value, bits },
        weights: `000000000000000${i + 1}`,
      })),
    ],
    direction: 'lower',
    notes: [],
    summary: summarize([1 / 3, Number.NaN, Infinity, -Infinity]),
    status: 'finished',
    digest: record.digest,
    environment: record.circumstances,
  });
});

test('JSON says that a seed was drawn', () => {
  const text = rendered(json, recordWith([1], { seed: { root: 7 }, free: ['root'] }));
  expect(JSON.parse(text).plan.seed).toEqual({ root: 7, drawn: true });
});

test('Markdown is a table of the figures and a table of the repeats', () => {
  expect(rendered(markdown, recordWith([1, 2, 1 / 3, Number.NaN]), 4)).toBe(
    `**article · theano · seed 1 · 4 repeats**

| figure | value |
| --- | --- |
| mean | 1.111 \\[0.333, 2\\] |
| standard deviation (sample) | 0.8389 |
| standard error | 0.4843 |
| median | 1 |
| lower quartile | 0.6667 |
| upper quartile | 1.5 |
| interquartile mean | 1.111 \\[0.333, 2\\] |
| min | 0.3333 |
| max | 2 |
| decades | 0.778 |
| in brackets | 95% intervals |
| repeats for ±25% / ±10% | 38 / 222 |
| digest | 0123456789abcdef |

| repeat | MSE |
| ---: | --- |
| 1 | 1 |
| 2 | 2 |
| 3 | 0.3333 |
| 4 | nan (diverged) |

Note: 1 of 4 repeats diverged; the figures leave them out.

Note: needs 6 repeats for a 95% interval of the median, got 3.

Note: of so few repeats, the intervals of the means cover far less than 95%.
`,
  );
});

test('Markdown of one repeat has dashes for figures that do not exist', () => {
  const text = rendered(markdown, recordWith([0.5]));
  expect(text).toContain('| standard deviation (sample) | – |');
  expect(text).toContain('**article · theano · seed 1 · 1 repeat**');
});

test("an experiment's name is not read as Markdown", () => {
  const record = recordWith([1]);
  const named = { ...record, plan: { ...record.plan, experiment: { ...record.plan.experiment, name: 'a|b_c' } } };
  expect(rendered(markdown, named)).toContain('**a\\|b\\_c ·');
});

test('a table has the metrics of a module that failed at first, and none is taken for another column', () => {
  const metrics = { score: 1, seed: 2, loss: 3 };
  const program = { seed: 7, failure: null, metrics, artifacts: {}, exitCode: null, elapsed: 0.5, attempts: 1 };
  const output = { bytes: 1, sha256: 'f', stdout: 'x', stderr: '' };
  const record = recordWith([Number.NaN, 1], { experiment: moduleWith() });
  const failed = { ...program, output, failure: 'threw', metrics: { score: Number.NaN } };
  const repeats = record.repeats.map((repeat, i) => ({
    ...repeat,
    program: i === 0 ? failed : { ...program, output },
  }));
  const lines = rendered(markdown, { ...record, repeats }).split('\n');
  expect(lines).toContain('| repeat | seed | score | metric.seed | loss |');
  expect(lines).toContain('| 2 | 7 | 1 | 2 | 3 |');
});

test('the score of a table has its name, unless that is another column', () => {
  const head = (name: string) => {
    const metrics = [{ from: 'stdout', key: name, name }] as const;
    const text = rendered(markdown, recordWith([1], { experiment: commandWith({ metrics }) }));
    return text.split('\n').find((line) => line.startsWith('| repeat'));
  };
  expect(['loss', 'score', 'seed'].map(head)).toEqual([
    ...['| repeat | seed | loss |', '| repeat | seed | score |', '| repeat | seed | metric.seed |'],
  ]);
});
