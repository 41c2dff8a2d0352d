import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import v8 from 'node:v8';
import { describe, expect, test } from 'vitest';
import { openRandom } from '../../src/module/random.js';
import { type ModuleOutcome, type ModuleRequest, runModule } from '../../src/module/runModule.js';
import { moduleFile } from './folder.js';

interface Heard {
  readonly outcome: ModuleOutcome;
  readonly stdout: string;
  readonly stderr: string;
}

async function runFile(path: string, request: Partial<ModuleRequest> = {}): Promise<Heard> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  const outcome = await runModule({
    path,
    seed: 7,
    repeat: 1,
    backend: 'theano',
    parameters: {},
    timeout: 30,
    signal: undefined,
    onStdout: (bytes) => stdout.push(bytes),
    onStderr: (bytes) => stderr.push(bytes),
    ...request,
  });
  return { outcome, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}

const runText = (text: string, request: Partial<ModuleRequest> = {}) => runFile(moduleFile(text), request);

async function metricsOf(text: string, request?: Partial<ModuleRequest>): Promise<[string, number][]> {
  const { outcome } = await runText(text, request);
  if (outcome.ending !== 'returned') throw new Error(outcome.reason);
  return [...outcome.metrics];
}

async function reasonOf(text: string, ending: ModuleOutcome['ending'], request?: Partial<ModuleRequest>) {
  const { outcome } = await runText(text, request);
  expect(outcome.ending).toBe(ending);
  return outcome.ending === 'returned' ? '' : outcome.reason;
}

describe('an experiment', () => {
  test.each([
    'export default () => 4',
    'export default async () => 4',
    'export const run = async () => 4',
    'export default { weights: 3 }; export const run = () => 4',
    'export default () => ({ score: 4 })',
    'await null; export default () => 4',
  ])('gives its score: %s', async (text) => {
    expect(await metricsOf(text)).toEqual([['score', 4]]);
  });

  test.each([
    'module.exports = () => 4',
    'exports.run = () => 4',
    'exports.__esModule = true; exports.default = () => 4',
  ])('may be CommonJS: %s', async (text) => {
    const { outcome } = await runFile(moduleFile(text, 'train.cjs'));
    expect(outcome).toMatchObject({ ending: 'returned', metrics: new Map([['score', 4]]) });
  });

  test('gives further metrics, behind the score', async () => {
    expect(await metricsOf('export default () => ({ acc: 1, loss: 2, score: 3 })')).toEqual([
      ['score', 3],
      ['acc', 1],
      ['loss', 2],
    ]);
  });

  test.each(['NaN', 'Infinity', '-Infinity', '-0'])('may give %s', async (text) => {
    expect(await metricsOf(`export default () => (${text})`)).toEqual([['score', Number(text)]]);
    expect(await metricsOf(`export default () => ({ score: ${text} })`)).toEqual([['score', Number(text)]]);
  });

  test('is handed seed, repeat, parameters and the generator of its seed', async () => {
    const text = `export default ({ random, seed, repeat, parameters: { rates } }) =>
      ({ score: random.normal(), seed, repeat, rate: rates[1] })`;
    for (const backend of ['theano', 'tensorflow', 'seedrandom'] as const) {
      expect(await metricsOf(text, { seed: 123, repeat: 5, backend, parameters: { rates: [1, 0.5] } })).toEqual([
        ['score', openRandom(backend, 123).normal()],
        ['seed', 123],
        ['repeat', 5],
        ['rate', 0.5],
      ]);
    }
  });

  test('leaves nothing behind for the next repeat', async () => {
    const text = `globalThis.count = (globalThis.count ?? 0) + 1;
      process.env.REPRO_COUNT = (process.env.REPRO_COUNT ?? '') + 'x';
      Math.floor.count = (Math.floor.count ?? 0) + 1;
      export default () => ({ score: globalThis.count, env: process.env.REPRO_COUNT.length, builtIn: Math.floor.count })`;
    for (const _ of [1, 2]) expect((await metricsOf(text)).map(([, count]) => count)).toEqual([1, 1, 1]);
    expect(process.env['REPRO_COUNT']).toBeUndefined();
  });

  test.each(['with space.mjs', `it's "quoted".mjs`, 'number #1?.mjs', '100%41.mjs', 'naïve 数.mjs', 'new\nline.mjs'])(
    'may be called %j',
    async (name) => {
      const path = moduleFile('export default () => 4', name);
      expect((await runFile(path)).outcome.ending).toBe('returned');
      const broken = moduleFile('export default () => {\n  throw new Error("no") }', name);
      const { outcome } = await runFile(broken);
      expect(outcome).toMatchObject({ ending: 'threw', reason: expect.stringMatching(/js:2:9 Error: no$/) });
    },
  );

  test('with a backslash in its name, which Node imports nowhere, is told', async () => {
    const { outcome } = await runFile(moduleFile('export default () => 4', 'back\\slash.mjs'));
    expect(outcome).toMatchObject({ ending: 'threw', reason: expect.stringContaining('must not include encoded') });
  });

  test('may send messages of its own, which are nothing to us', async () => {
    const text = `import { parentPort } from 'node:worker_threads';
      export default () => { for (const each of [null, 3, { kind: 'returned' }, { repro: null }]) parentPort.postMessage(each); return 4 }`;
    expect(await metricsOf(text)).toEqual([['score', 4]]);
  });

  test('has ended with its result, whatever it left running', async () => {
    const text = 'setInterval(() => {}, 1000); export default () => 4';
    const { outcome } = await runText(text, { timeout: undefined });
    expect(outcome.ending).toBe('returned');
    expect(outcome.elapsed).toBeGreaterThan(0);
    expect(outcome.elapsed).toBeLessThan(20);
  });
});

describe('what it writes', () => {
  test('comes as it was written, in order and apart', async () => {
    const { stdout, stderr } = await runText(`import { stdout } from 'node:process';
      export default ({ log }) => {
        console.log('a %d', 1); process.stdout.write(new Uint8Array([98, 10])); stdout.write('c\\n'); process.stdout.write('ZA==', 'base64');
        console.error('e'); log('f', { g: 1 }); process.stderr.write('h');
        return 1;
      }`);
    expect(stdout).toBe('a 1\nb\nc\nd');
    expect(stderr).toBe('e\nf { g: 1 }\nh');
  });

  test('is not lost where it exits, throws or never lets go', async () => {
    for (const end of ['process.exit(3)', 'throw 1', 'for(;;);']) {
      const { stdout } = await runText(`export default () => { console.log('last words'); ${end} }`, { timeout: 1 });
      expect(stdout).toBe('last words\n');
    }
  });

  test('ends with its result', async () => {
    const { stdout } = await runText(`export default () => {
      const go = () => { console.log('after'); setImmediate(go); };
      setImmediate(go);
      console.log('before');
      return 1;
    }`);
    expect(stdout).toBe('before\n');
  });

  test('a stream can be piped to, and calls back', async () => {
    const { stdout } =
      await runText(`import { Readable } from 'node:stream'; import { pipeline } from 'node:stream/promises';
      export default async () => {
        await pipeline(Readable.from(['x', 'y']), process.stdout, { end: false });
        await new Promise((done) => process.stdout.write('z', done));
        return 1;
      }`);
    expect(stdout).toBe('xyz');
  });

  test('is held back where it comes faster than it is taken, so that memory is bounded', async () => {
    const idle = new Int32Array(new SharedArrayBuffer(4));
    const written = new Int32Array(new SharedArrayBuffer(4));
    const text = `export default ({ parameters: { written, lines, length } }) => {
      const line = 'x'.repeat(length - 1);
      for (let i = 0; i < lines; i++) { console.log(line); Atomics.add(written, 0, length); }
      return 1;
    }`;
    for (const [lines, length] of [
      [20, 1 << 20],
      [20_000, 8],
    ] as const) {
      written[0] = 0;
      let taken = 0;
      let furthest = 0;
      let calls = 0;
      const onStdout = (bytes: Buffer) => {
        if (calls++ < 20) Atomics.wait(idle, 0, 0, 10); // A slow reader, and then a fast one.
        furthest = Math.max(furthest, Atomics.load(written, 0) - taken);
        taken += bytes.length;
      };
      const { outcome } = await runText(text, { parameters: { written, lines, length }, onStdout });
      expect(outcome.ending).toBe('returned');
      expect(taken).toBe(lines * length);
      expect(furthest).toBeLessThan(length === 8 ? 1 << 16 : 3 << 20);
    }
  });
});

describe('a result that is none', () => {
  test.each([
    ['undefined', 'returned undefined: an experiment returns a number or { score, …metrics }'],
    ['null', 'returned null: '],
    ['"0.5"', 'returned the text "0.5": '],
    ['5n', 'returned the BigInt 5: '],
    ['true', 'returned true: '],
    ['[1]', 'returned a list: '],
    ['() => 1', 'returned a function: '],
    ['Symbol("s")', 'returned a symbol: '],
    ['({})', 'returned a map without a score, which has nothing: '],
    ['({ loss: 1, accuracy: 2 })', 'returned a map without a score, which has "loss", "accuracy": '],
    ['({ score: "1" })', 'returned the text "1" as "score": metrics are numbers'],
    ['({ score: 1, loss: 2n })', 'returned the BigInt 2 as "loss": metrics are numbers'],
    ['({ score: 1, loss: undefined })', 'returned undefined as "loss": metrics are numbers'],
    ['({ score: 1, loss: 2, 10: 3 })', 'returned a metric called "10", a number: give it a name'],
    ['({ score: null })', 'returned null as "score": metrics are numbers'],
  ])('%s is named', async (value, reason) => {
    expect(await reasonOf(`export default () => (${value})`, 'invalid')).toContain(reason);
  });

  test('no function is named, with what there is', async () => {
    const reason = 'exports no function by default or as run, but ';
    expect(await reasonOf('export const train = 1, test = 2', 'invalid')).toBe(`${reason}test, train`);
    expect(await reasonOf('', 'invalid')).toBe(`${reason}nothing`);
  });
});

describe('an error', () => {
  test('is told with its place in the file, and its stack goes to stderr', async () => {
    const { outcome, stderr } = await runText('\n\nexport default async () => {\n  await null;\n  null.x;\n}');
    expect(outcome).toMatchObject({
      ending: 'threw',
      reason: expect.stringMatching(/^train\.mjs:5:8 TypeError: Cannot read/),
    });
    expect(stderr).toMatch(/^TypeError: Cannot read[\s\S]*\n +at /);
  });

  test.each([
    [
      'while it is loaded',
      'throw new RangeError("early"); export default () => 1',
      /^train\.mjs:1:7 RangeError: early$/,
    ],
    [
      'that nobody awaits',
      'export default async () => { Promise.reject(new Error("stray")); await new Promise((r) => setTimeout(r, 9e3)); return 1 }',
      /^train\.mjs:1:45 Error: stray$/,
    ],
    [
      'in a timer',
      'export default async () => { setTimeout(() => { throw new Error("late") }); await new Promise((r) => setTimeout(r, 9e3)); return 1 }',
      /^train\.mjs:1:55 Error: late$/,
    ],
    [
      'in a getter of the result',
      'export default () => ({ get score() { throw new Error("got") } })',
      /^train\.mjs:1:45 Error: got$/,
    ],
    ['of syntax', 'export default () => 1;\nconst x = 3 3;', /^train\.mjs:2 SyntaxError: Unexpected number$/],
    ['of an import', 'import "nowhere";\nexport default () => 1', /^train\.mjs Error: Cannot find package 'nowhere'/],
    [
      'of a name that is not exported',
      'import { nothing } from "node:fs";\nexport default () => 1',
      /^train\.mjs:1 SyntaxError: .*nothing/,
    ],
    [
      'of several lines, by the first',
      'export default () => { throw new Error("one\\ntwo") }',
      /^train\.mjs:1:30 Error: one$/,
    ],
    ['that a terminal would obey', 'export default () => { throw new Error("\\u001b[2J") }', /Error: \\u\{1b\}\[2J$/],
    ['that is text', 'export default () => { throw "text" }', /^train\.mjs threw "text"$/],
    ['that is null', 'export default () => Promise.reject(null)', /^train\.mjs threw null$/],
  ])('%s is told', async (_, text, reason) => {
    expect(await reasonOf(text, 'threw')).toMatch(reason);
  });

  test('below the file is told with the place in the file', async () => {
    moduleFile('export const fail = () => { throw new Error("deep") }', 'deep.mjs');
    const text = 'import { fail } from "./deep.mjs";\nexport default () => fail()';
    expect(await reasonOf(text, 'threw')).toBe('train.mjs:2:22 Error: deep');
    const away = 'import { fail } from "./deep.mjs";\nexport default () => new Promise(() => setTimeout(fail))';
    expect(await reasonOf(away, 'threw')).toBe('deep.mjs:1:35 Error: deep');
  });

  test('is found through a symbolic link', async () => {
    const target = moduleFile('export default () => { throw new Error("no") }', 'target.mjs');
    const folder = join(dirname(target), 'linked');
    mkdirSync(folder);
    const link = join(folder, 'link.mjs');
    symlinkSync(target, link);
    expect((await runFile(link)).outcome).toMatchObject({ reason: 'link.mjs:1:30 Error: no' });
  });

  test('of a seed that the backend does not take is told before anything runs', async () => {
    const { outcome, stdout } = await runText('console.log("ran"); export default () => 1', { seed: 'a' });
    expect(outcome).toMatchObject({
      ending: 'invalid',
      reason: 'a seed of the backend theano is an integer, 0 … 4294967295, got "a"',
    });
    expect(stdout).toBe('');
  });

  test('of memory is told as such', async () => {
    v8.setFlagsFromString('--max-old-space-size=48');
    try {
      const text = 'export default () => { const all = []; for (;;) all.push(new Array(1000).fill({})) }';
      expect(await reasonOf(text, 'threw')).toBe('train.mjs ran out of memory');
    } finally {
      v8.setFlagsFromString('--max-old-space-size=4096');
    }
  });
});

describe('an end without a result', () => {
  test('is told of a promise that nothing will settle, and of an exit', async () => {
    const exited = 'before it gave a score';
    expect(await reasonOf('export default () => new Promise(() => {})', 'exited')).toBe(`ended ${exited}`);
    expect(await reasonOf('await new Promise(() => {}); export default () => 1', 'exited')).toBe(`ended ${exited}`);
    expect(await reasonOf('export default () => process.exit(0)', 'exited')).toBe(`ended ${exited}`);
    expect(await reasonOf('export default () => process.exit(3)', 'exited')).toBe(`exited with code 3 ${exited}`);
    expect(await reasonOf('process.exit(3)', 'exited')).toBe(`exited with code 3 ${exited}`);
  });
});

describe('a limit of time', () => {
  const tidy = `export default ({ signal }) => new Promise((done) => {
    const timer = setInterval(() => {}, 1000);
    signal.addEventListener('abort', () => { console.log(signal.reason.message); clearInterval(timer); done(1) });
  })`;

  test('aborts the signal; a score from then on is none', async () => {
    const began = performance.now();
    const { outcome, stdout } = await runText(tidy, { timeout: 0.5 });
    expect(outcome).toMatchObject({ ending: 'timeout', reason: 'timed out after 0.5 s' });
    expect(outcome.elapsed).toBeGreaterThan(0.49);
    expect(stdout).toBe('timed out after 0.5 s\n');
    expect(performance.now() - began).toBeLessThan(2400);
  });

  test.each([
    'export default () => { for(;;); }',
    'for(;;);',
    'export default () => new Promise(() => setInterval(() => {}, 1000))',
  ])('ends what does not listen, two seconds later: %s', async (text) => {
    const began = performance.now();
    expect(await reasonOf(text, 'timeout', { timeout: 0.3 })).toBe('timed out after 0.3 s');
    expect(performance.now() - began).toBeGreaterThan(2200);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test('longer than a timer counts is none', async () => {
    expect(await metricsOf('export default () => new Promise((r) => setTimeout(r, 50, 4))', { timeout: 1e10 })).toEqual(
      [['score', 4]],
    );
  });

  test('of the caller works the same', async () => {
    const controller = new AbortController();
    const heard = runText(tidy, { signal: controller.signal });
    setTimeout(() => controller.abort(), 500);
    const { outcome, stdout } = await heard;
    expect(outcome).toMatchObject({ ending: 'aborted', reason: 'stopped before it gave a score' });
    expect(stdout).toBe('stopped before it gave a score\n');
    expect(await reasonOf('console.log("ran")', 'aborted', { signal: controller.signal })).toBe(
      'stopped before it began',
    );
  });
});
