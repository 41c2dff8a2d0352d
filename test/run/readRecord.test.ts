import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summarize } from '../../src/analysis/summarize.js';
import { ReproError } from '../../src/errors.js';
import { baselineJson, json } from '../../src/report/json.js';
import { circumstances, surroundings } from '../../src/run/circumstances.js';
import { executePlan } from '../../src/run/executePlan.js';
import { planRun } from '../../src/run/plan.js';
import { prepareNetwork } from '../../src/run/prepareNetwork.js';
import { isSavedRun, parseRecord } from '../../src/run/readRecord.js';
import type { RunRecord, TracedRepeat } from '../../src/run/record.js';
import { repeatsOf } from '../../src/run/repeats.js';
import { decodeTrace, encodeTrace, shortTrace } from '../../src/run/savedTrace.js';
import { anywhere, articleWith } from '../experiments.js';

async function execute(parts = {}): Promise<Omit<RunRecord, 'repeats'> & { repeats: TracedRepeat[] }> {
  const plan = planRun(articleWith({ repeats: 3, epochs: 4, ...parts }));
  const around = surroundings(plan.experiment, '/', { OMP_NUM_THREADS: '1' });
  const repeats: TracedRepeat[] = [];
  const { digest, threads } = await executePlan(
    plan,
    await prepareNetwork(plan, anywhere),
    { traced: 'hashes' },
    (chunk) => {
      repeats.push(...repeatsOf(chunk).map((repeat, i) => ({ ...repeat, trace: chunk.traces?.[i] })));
    },
  );
  return { plan, status: 'finished', repeats, digest, circumstances: await circumstances(around, threads) };
}

const summaryOf = (repeats: readonly TracedRepeat[]) => summarize(repeats.map(({ score }) => score));
const style = { color: false, width: 80, ascii: false };
const record = await execute();
const saved = json.kind === 'whole' ? json.render(record, summaryOf(record.repeats), style) : '';

describe('a saved run', () => {
  test('is read as it was', async () => {
    const untraced = record.repeats.map((repeat) => ({ ...repeat, trace: undefined }));
    expect(parseRecord(saved, 'run.json')).toEqual({ ...record, repeats: untraced });
    for (const parts of [{ backend: 'tensorflow', seed: { numpy: 1, tensorflow: 2 } }, { seed: null }]) {
      const { plan, repeats, digest } = await execute(parts);
      const text = baselineJson({ ...record, plan, repeats, digest }, summaryOf(repeats));
      expect(parseRecord(text, 'run.json')).toMatchObject({ plan, digest });
    }
  });

  test('with traces keeps of them what fits: hashes of every epoch, and the final weights', () => {
    const { repeats } = parseRecord(baselineJson(record, summaryOf(record.repeats)), 'base.json');
    expect(repeats).toEqual(
      record.repeats.map((repeat) => ({ ...repeat, trace: repeat.trace && shortTrace(repeat.trace) })),
    );
    expect(repeats[0]?.trace?.epochs).toBe(4);
  });

  test('is known by its beginning', () => {
    expect(isSavedRun(saved)).toBe(true);
    expect(isSavedRun('{"data": {}, "format": "repro-run"}')).toBe(false);
    expect(isSavedRun('format: repro-run')).toBe(false);
  });
});

describe('a file that is no saved run: one line with its name', () => {
  const changed = (change: (document: Record<string, never>) => void) => {
    const document = JSON.parse(saved);
    change(document);
    return JSON.stringify(document);
  };
  test.each<[string, string, RegExp]>([
    ['empty', '', /^x\.json is not valid JSON, or is cut short$/],
    ['cut short', saved.slice(0, -20), /^x\.json is not valid JSON, or is cut short$/],
    ['a list', '[]', /^x\.json is not a saved run: its format is not "repro-run"$/],
    ['null', 'null', /is not a saved run/],
    ['another format', '{"format":"x"}', /is not a saved run/],
    [
      'of another version',
      saved.replace('"version": 1', '"version": 2'),
      /^x\.json has version 2 of the format, this repro reads 1$/,
    ],
    ['without repeats', changed((d) => Object.assign(d, { repeats: [] })), /^x\.json has no repeats$/],
    [
      'with a score changed',
      saved.replace(/"bits": "(.)/, '"bits": "4'),
      /^x\.json has repeats of digest [0-9a-f]{16}, not of its own: it was changed$/,
    ],
    [
      'with bits that are none',
      saved.replace(/"bits": "./, '"bits": "x'),
      /^x\.json repeats\[0\]\.bits must be 16 hexadecimal digits, got "x/,
    ],
    [
      'with a repeat left out',
      changed((d) => (d['repeats'] as unknown as unknown[]).splice(1, 1)),
      /^x\.json has repeats of digest [0-9a-f]{16}, not of its own: it was changed$/,
    ],
    [
      'with repeats in another order',
      changed((d) => (d['repeats'] as unknown as unknown[]).reverse()),
      /^x\.json repeats\[1\]\.repeat must be above the one before it$/,
    ],
    [
      'with a repeat that is there twice',
      changed((d) => (d['repeats'] as unknown as unknown[]).splice(1, 0, d['repeats']?.[0])),
      /^x\.json repeats\[1\]\.repeat must be above the one before it$/,
    ],
    [
      'with a status that is none',
      changed((d) => Object.assign(d, { status: 'done' })),
      /^x\.json has status "done", which is none$/,
    ],
    ['without a plan', changed((d) => delete d['plan']), /^x\.json has no plan\.experiment$/],
    ['without an environment', changed((d) => delete d['environment']), /^x\.json has no environment$/],
  ])('%s', (_, text, message) => {
    expect(() => parseRecord(text, 'x.json')).toThrow(message);
    expect(() => parseRecord(text, 'x.json')).toThrow(ReproError);
  });

  test('any JSON is read or refused, never a crash', () => {
    const keys = [
      'format',
      'version',
      'plan',
      'repeats',
      'digest',
      'environment',
      'experiment',
      'seed',
      'trace',
      'bits',
    ];
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>('repro-run', 1, null, true, '', '0'.repeat(16)),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(fc.constantFrom(...keys), tree, (key, value) => {
        const text = changed((document) => Object.assign(document, { [key]: value }));
        try {
          parseRecord(text, 'x.json');
        } catch (error) {
          expect(error).toBeInstanceOf(ReproError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('a trace that was tampered with is refused', () => {
  const trace = record.repeats[0]?.trace;
  if (!trace) throw new Error('no trace');
  const encoded = encodeTrace(trace);
  expect(decodeTrace(encoded)).toEqual(shortTrace(trace));
  for (const wrong of [
    null,
    3,
    {},
    { ...encoded, epochs: -1 },
    { ...encoded, epochs: 6 },
    { ...encoded, weights: 'A' },
  ]) {
    expect(decodeTrace(wrong)).toBe(null);
  }
});
