import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReproError } from '../../src/errors.js';
import type { CommandExperiment, ModuleExperiment } from '../../src/experiment/experiment.js';
import { decodePlan, decodeRepeat } from '../../src/run/decodeDocument.js';
import { planRun } from '../../src/run/plan.js';
import type { ProgramRepeat, Repeat, RunPlan } from '../../src/run/record.js';
import { planDocument, repeatDocument } from '../../src/run/recordDocument.js';
import { float64Bits } from '../../src/text/float64Bits.js';
import { articleWith, commandWith, moduleWith } from '../experiments.js';

const wrong = (what: string) => new ReproError(`x ${what}`);
/** A document as it comes back from a file. */
const written = (document: object) => JSON.parse(JSON.stringify(document));
const readRepeat = (document: unknown) => decodeRepeat(document, 'repeat', wrong);

const hex = (digits: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: digits, maxLength: digits })
    .map((signs) => signs.join(''));
const score = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 5e-324, Number.MAX_VALUE),
);
const name = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('__proto__', 'loss', 'constructor'));
const metricValue = fc.oneof(
  fc.double().filter((value) => !Object.is(value, -0)),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);
const program: fc.Arbitrary<ProgramRepeat> = fc.record({
  seed: fc.oneof(fc.nat({ max: 2 ** 31 - 1 }), fc.string()),
  failure: fc.option(fc.string()),
  metrics: fc.dictionary(name, metricValue),
  artifacts: fc.dictionary(name, fc.option(hex(64))),
  output: fc.record({ bytes: fc.nat(), sha256: hex(64), stdout: fc.string(), stderr: fc.string() }),
  exitCode: fc.option(fc.nat({ max: 255 })),
  elapsed: fc.double({ min: 0, max: 1e6, noNaN: true }).map(Math.abs),
  attempts: fc.integer({ min: 1, max: 1001 }),
});
const ofNetwork: fc.Arbitrary<Repeat> = fc.record({ index: fc.nat({ max: 2 ** 32 - 2 }), score, hash: hex(16) });
const ofProgram: fc.Arbitrary<Repeat> = fc
  .record({ index: fc.nat({ max: 2 ** 32 - 2 }), score, hash: hex(16), program })
  .map((repeat) => (repeat.program.failure === null ? repeat : { ...repeat, score: Number.NaN }));

describe('a repeat that is written and read again', () => {
  test.each([
    ['a network', ofNetwork],
    ['a program', ofProgram],
  ])('of %s is what it was, to the bit', (_, repeat) => {
    fc.assert(
      fc.property(repeat, (before) => {
        const { trace, ...after } = readRepeat(written(repeatDocument(before)));
        expect(trace).toBeUndefined();
        expect(float64Bits(after.score)).toBe(float64Bits(before.score));
        expect(after).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  test('counts from 1, and says how it ended', () => {
    const failed: ProgramRepeat = {
      ...{ seed: 7, failure: 'exit code 3', metrics: { loss: Number.NaN }, artifacts: {}, exitCode: 3 },
      ...{ output: { bytes: 0, sha256: '0'.repeat(64), stdout: '', stderr: '' }, elapsed: 1, attempts: 2 },
    };
    const common = { index: 4, hash: 'a'.repeat(16) };
    const document = (repeat: Repeat) => written(repeatDocument(repeat));
    expect(document({ ...common, score: 0.5 })).toEqual({
      ...{ repeat: 5, score: 0.5, status: 'ok', bits: '3fe0000000000000', weights: 'a'.repeat(16) },
    });
    expect(document({ ...common, score: -Infinity })).toMatchObject({
      ...{ score: null, status: 'diverged', value: '-Infinity', bits: 'fff0000000000000' },
    });
    expect(document({ ...common, score: Number.NaN, program: { ...failed, failure: null } })).toMatchObject({
      ...{ score: null, status: 'diverged', value: 'NaN', hash: 'a'.repeat(16), metrics: { loss: 'NaN' } },
    });
    expect(document({ ...common, score: Number.NaN, program: failed })).toMatchObject({
      ...{ score: null, status: 'failed', failure: 'exit code 3', exitCode: 3, seed: 7, attempts: 2 },
    });
  });

  test('is refused where it cannot have been written, with its place', () => {
    const whole = written(
      repeatDocument({
        ...{ index: 0, score: 1, hash: 'b'.repeat(16) },
        program: {
          ...{ seed: 7, failure: null, metrics: { loss: 1 }, artifacts: {}, exitCode: 0, elapsed: 1, attempts: 1 },
          output: { bytes: 0, sha256: '', stdout: '', stderr: '' },
        },
      }),
    );
    expect(readRepeat(whole).program?.metrics).toEqual({ loss: 1 });
    const bad: [object, string][] = [
      [{ repeat: 0 }, 'x repeat.repeat must be a positive integer, got 0'],
      [{ repeat: 1.5 }, 'x repeat.repeat must be a positive integer, got 1.5'],
      [{ bits: '3FF' }, 'x repeat.bits must be 16 hexadecimal digits, got "3FF"'],
      [{ hash: null }, 'x repeat.hash must be 16 hexadecimal digits, got null'],
      [{ hash: undefined, weights: 7 }, 'x repeat.weights must be 16 hexadecimal digits, got 7'],
      [{ trace: {} }, 'x repeat.trace is damaged'],
      ...[{ seed: null }, { failure: 1 }, { metrics: [] }, { metrics: { loss: null } }].map(noProgram),
      ...[{ artifacts: { m: 1 } }, { output: 'x' }, { elapsed: '1' }, { attempts: null }].map(noProgram),
      ...[{ exitCode: '0' }].map(noProgram),
    ];
    for (const [parts, message] of bad) {
      expect(() => readRepeat({ ...whole, ...parts })).toThrow(new ReproError(message));
    }
    for (const other of [null, 3, 'x', []]) expect(() => readRepeat(other)).toThrow(ReproError);
  });
});

function noProgram(parts: object): [object, string] {
  return [parts, 'x repeat is no repeat of a program'];
}

describe('a plan that is written and read again', () => {
  const inputs = [
    { path: 'train.py', sha256: 'c'.repeat(64), bytes: 12 },
    { path: 'large.bin', sha256: null, bytes: 2 ** 33, modified: '2026-01-02T03:04:05.678Z' },
  ];
  const plans: [string, RunPlan][] = [
    ['a network', planRun(articleWith())],
    ['a network with two seeds', planRun(articleWith({ backend: 'tensorflow', seed: { numpy: null, tensorflow: 2 } }))],
    [
      'a network with seeds of sources',
      planRun(articleWith({ backend: 'seedrandom', seed: { root: 'a', shuffle: null } })),
    ],
    ['a command', planRun(commandWith({ env: { LR: '0.10', HOME: null }, artifacts: ['model.bin'] }), { inputs })],
    ['a command without a seed', planRun(commandWith({ seed: null }), { sameSeed: true })],
    ['a module', planRun(moduleWith({ with: { depth: 3, names: ['a', null] } }), { until: 0.1, inputs })],
  ];
  test.each(plans)('of %s is what it was', (_, plan) => {
    const document = written(planDocument(plan));
    expect(decodePlan(document, plan.repeats, wrong)).toEqual(plan);
    expect(document.seed.drawn).toBe(plan.free.length > 0);
    expect(document.redacted).toBeUndefined();
  });

  test('of before there were programs is that of a network', () => {
    const plan = planRun(articleWith());
    const { kind: _, ...experiment } = plan.experiment;
    const { inputs: __, until: ___, ...document } = written(planDocument(plan));
    expect(decodePlan({ ...document, experiment }, 10, wrong)).toEqual(plan);
  });

  test('says which derivation its seeds are of, where there is one', () => {
    expect(written(planDocument(planRun(articleWith()))).derivation).toBeUndefined();
    expect(written(planDocument(planRun(commandWith()))).derivation).toBe('child seeds of 31 bits, version 1');
  });

  test('is refused where it cannot have been written', () => {
    const document = written(planDocument(planRun(commandWith())));
    const { experiment } = document;
    let deep: unknown = [];
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    const bad: [unknown, string][] = [
      [null, 'x has no plan.experiment'],
      [{ ...document, experiment: { ...experiment, name: 1 } }, 'x has no plan.experiment'],
      [{ ...document, experiment: { ...experiment, kind: 'toString' } }, 'x has a plan.experiment of no known kind'],
      [{ ...document, experiment: { ...experiment, command: 'ls' } }, 'x has a plan.experiment that is no command'],
      [{ ...document, experiment: { ...experiment, metrics: [1] } }, 'x has a plan.experiment that is no command'],
      [{ ...document, experiment: { ...experiment, env: [] } }, 'x has a plan.experiment that is no command'],
      [{ ...document, experiment: { ...experiment, kind: 'module' } }, 'x has a plan.experiment that is no module'],
      [{ ...document, experiment: { ...experiment, kind: 'network' } }, 'x has a plan.experiment that is no network'],
      [{ ...document, seed: { root: null } }, 'x has no plan.seed.root'],
      [{ ...document, free: 'root' }, 'x has no plan.free or plan.sameSeed'],
      [{ ...document, sameSeed: 0 }, 'x has no plan.free or plan.sameSeed'],
      [{ ...document, inputs: [null] }, 'x has plan.inputs that are none'],
      [{ ...document, until: '10%' }, 'x has a plan.until that is no number'],
      [{ ...document, inputs: deep }, 'x has a plan that is nested too deeply'],
    ];
    for (const [plan, message] of bad) expect(() => decodePlan(plan, 30, wrong)).toThrow(new ReproError(message));
  });
});

describe('what looks like a secret', () => {
  const SECRET = 'hunter2hunter2hunter2';
  const command = (parts: Partial<CommandExperiment>) => planDocument(planRun(commandWith(parts)));
  const module = (parts: Partial<ModuleExperiment>) => planDocument(planRun(moduleWith(parts)));
  test.each<[string, object]>([
    ['behind a flag', command({ command: ['train', '--password', SECRET] })],
    ['in a flag', command({ command: ['train', `--api-key=${SECRET}`] })],
    ['in the setup', command({ setup: ['login', '--password', SECRET] })],
    ['in the cleanup', command({ cleanup: ['logout', `--token=${SECRET}`] })],
    ['in a variable', command({ env: { API_KEY: SECRET } })],
    ['in the name', command({ name: `train --password ${SECRET}`, command: ['train', '--password', SECRET] })],
    ['in an address', command({ command: ['get', `https://me:${SECRET}@example.com/`] })],
    ["in a module's parameters", module({ with: { apiKey: SECRET } })],
    ["deep in a module's parameters", module({ with: { services: [{ url: `https://me:${SECRET}@example.com/` }] } })],
  ])('%s is not written, and the plan says that something is left out', (_, document) => {
    expect(JSON.stringify(document)).not.toContain(SECRET);
    expect(document).toMatchObject({ redacted: true });
    expect(decodePlan(written(document), 30, wrong).experiment.kind).toMatch(/^(command|module)$/);
  });
});
