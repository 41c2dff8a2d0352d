import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { describeSource } from '../../src/metric/describeSource.js';
import type { MetricSource, Reading } from '../../src/metric/metricSource.js';
import { createScanner } from '../../src/metric/scanner.js';
import { ended, keyOf, lastLine, patternOf, readingOf } from './scan.js';

const REMEDY = '--metric NAME names what to read';

describe('the last line of stdout', () => {
  test.each([
    ['a number alone', 'epoch 1\n0.25\n', 0.25],
    ['without a line end', 'x\n0.25', 0.25],
    ['before blank lines', '0.25\r\n \t\n\n', 0.25],
    ['before lines of escape sequences only', '0.25\n\x1b[0m\n\x1b[?25h', 0.25],
    ['in colour', '\x1b[1;32m0.25\x1b[0m\n', 0.25],
    ['a name and a number', 'val loss: 0.25\n', 0.25],
    ['a name that has a digit', 'top5_acc = 93.1%\n', 93.1],
    ['JSON with a score', '{"loss": 1, "score": 0.25}\n', 0.25],
    ['JSON with one number', '{"name": "x", "loss": 0.25, "tags": [1]}\n', 0.25],
    ['NaN as Python writes it', '{"loss": NaN}\n', Number.NaN],
    ['a progress bar that has ended', '10%\r50%\r0.25\r\n', 0.25],
  ])('is read: %s', async (_, text, value) => {
    expect(await readingOf(lastLine, text)).toEqual({ value });
  });

  test.each([
    ['two numbers', '0.5 0.25'],
    ['two names', 'loss: 0.5 - acc: 0.25'],
    ['a number in the name', 'epoch 3 loss: 0.5'],
    ['a time before the name', '[12:30:11] loss: 0.5'],
    ['JSON with two numbers', '{"loss": 0.5, "acc": 0.25}'],
    ['JSON whose score is no number', '{"loss": 0.5, "score": "high"}'],
    ['JSON with none', '{}'],
    ['an array', '[0.5]'],
    ['words', 'done'],
    ['a number of another country', '0,5'],
  ])('is missing, not guessed: %s', async (_, text) => {
    const missing = `the last line of stdout, "${text}", is not one number; ${REMEDY}`;
    expect(await readingOf(lastLine, `0.1\n${text}\n`)).toEqual({ missing });
  });

  test('is shown in one printable line of 200 characters', async () => {
    const reading = await readingOf(lastLine, `\x07${'é'.repeat(300)}\n`);
    expect(reading).toEqual({
      missing: `the last line of stdout, "\\u{7}${'é'.repeat(199)}…", is not one number; ${REMEDY}`,
    });
  });

  test('is missing where stdout is empty, blank or ends in a line too long to be read', async () => {
    expect(await readingOf(lastLine)).toEqual({ missing: 'stdout is empty' });
    expect(await readingOf(lastLine, '\n \n')).toEqual({ missing: 'stdout has blank lines only' });
    expect(await readingOf(lastLine, '0.5\n', Buffer.alloc((1 << 24) + 1, 'x'))).toEqual({
      missing: `the last line of stdout is longer than 16 MiB; ${REMEDY}`,
    });
  });
});

describe('a key on stdout', () => {
  test.each([
    ['name and colon', 'loss: 0.25', 0.25],
    ['name and equals sign', 'loss = 0.25', 0.25],
    ['no spaces', 'loss=0.25', 0.25],
    ['the last line that has it', 'loss: 1\nloss: 0.25\nbye', 0.25],
    ['the last one in a line', 'loss: 1 - acc: 2 - loss: 0.25 - lr: 3', 0.25],
    ['Keras', '32/32 [====] - 0s 2ms/step - loss: 0.25 - acc: 0.98', 0.25],
    ['carriage returns', 'loss: 1\rloss: 0.25\r', 0.25],
    ['colours around it', '\x1b[1mloss\x1b[0m: \x1b[32m0.25\x1b[0m', 0.25],
    ['pretty-printed JSON', '{\n  "loss": 0.25,\n  "acc": 1\n}', 0.25],
    ['a dictionary of Python', "{'loss': 0.25, 'epoch': 1.0}", 0.25],
    ['a JSON line', '{"epoch": 1, "loss": 0.25}', 0.25],
    ['JSON that has it inside, too', '{"val": {"loss": 1}, "loss": 0.25}', 0.25],
    ['JSON in a text', 'result: {"loss": 0.25}', 0.25],
    ['bare NaN in JSON', '{"a": "NaN", "loss": NaN}', Number.NaN],
    ['bare infinity in JSON', '{"a\\"": "Infinity", "loss": -Infinity}', Number.NEGATIVE_INFINITY],
    ['infinity in text', 'loss: -inf', Number.NEGATIVE_INFINITY],
    ['a line after one that is JSON', '{"loss": 1}\nloss: 0.25', 0.25],
    ['a JSON line after a line', 'loss: 1\n{"loss": 0.25}', 0.25],
    ['behind bytes that are no UTF-8', Buffer.from('ff80206c6f73733a20302e3235', 'hex'), 0.25],
  ])('is read: %s', async (_, text, value) => {
    expect(await readingOf(keyOf('loss'), text)).toEqual({ value });
  });

  test.each([
    ['val_loss: 1'],
    ['val/loss: 1'],
    ['val.loss: 1'],
    ['val-loss: 1'],
    ['éloss: 1'],
    ['losses: 1'],
    ['loss 1'],
    ['{"val": {"loss": 1}}'],
    ['{"val_loss": 1, "text": "loss: 2"}'],
  ])('is not in %s', async (text) => {
    expect(await readingOf(keyOf('loss'), text)).toEqual({
      missing: 'no line "loss: value" and no JSON key "loss" in 1 line of stdout',
    });
  });

  test('is told with the line where there is no number in its place, the last one', async () => {
    expect(await readingOf(keyOf('loss'), 'loss: high\nx\n loss: 1,234\r\nx\n')).toEqual({
      missing: 'line 3 of stdout, "loss: 1,234", has no number for "loss"',
    });
    expect(await readingOf(keyOf('loss'), '{"loss": null}')).toEqual({
      missing: 'line 1 of stdout, "{"loss": null}", has no number for "loss"',
    });
  });

  test.each([
    ['loss: n/a'],
    ['{"loss": null}'],
    ['{"loss": "0.25"}'],
    ['loss: 1,234.5'],
    ['loss: 0.25 loss: high'],
    ['loss:'],
  ])('has no number where the last match is none, whatever came before: %s', async (line) => {
    const missing = `line 2 of stdout, "${line}", has no number for "loss"`;
    expect(await readingOf(keyOf('loss'), `loss: 0.5\n${line}\nbye\n`)).toEqual({ missing });
    expect(await readingOf(keyOf('loss'), 'loss: 0.5\n', 'x\n', `${line}\n`)).toEqual({
      missing: missing.replace('line 2', 'line 3'),
    });
    expect(await readingOf(keyOf('loss'), `${line}\nloss: 0.25\n`)).toEqual({ value: 0.25 });
  });

  test('may be a path of keys and indices, and a key with dots in it comes first', async () => {
    expect(await readingOf(keyOf('val.loss'), '{"val": {"loss": 0.25}}')).toEqual({ value: 0.25 });
    expect(await readingOf(keyOf('val.loss'), '{"val": {"loss": 1}, "val.loss": 0.25}')).toEqual({ value: 0.25 });
    expect(await readingOf(keyOf('val.loss'), 'val.loss: 0.25')).toEqual({ value: 0.25 });
    expect(await readingOf(keyOf('folds[1].loss'), '{"folds": [{"loss": 1}, {"loss": 0.25}]}')).toEqual({
      value: 0.25,
    });
    expect(await readingOf(keyOf('a.constructor'), '{"a": {"b": 1}}')).toHaveProperty('missing');
  });

  test('may have any signs, as JSON escapes them too', async () => {
    for (const text of [
      '{"pr\\u00e9cision": 0.25}',
      '{\n"pr\\u00e9cision": 0.25\n}',
      '{"précision": 0.25}',
      'précision=0.25',
    ]) {
      expect(await readingOf(keyOf('précision'), text)).toEqual({ value: 0.25 });
    }
    expect(await readingOf(keyOf('損失'), '{"\\u640d\\u5931": 0.25}')).toEqual({ value: 0.25 });
    expect(await readingOf(keyOf('P(A|B) [%]'), 'P(A|B) [%]: 93.1%')).toEqual({ value: 93.1 });
  });

  test('comes back from JSON and from a line with the same bits, whatever it is called', async () => {
    const name = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((text) => text.trim() === text && !/[\p{Cc}\u2028\u2029]/u.test(text));
    await fc.assert(
      fc.asyncProperty(name, fc.double({ noNaN: true, noDefaultInfinity: true }), async (key, number) => {
        const value = number === 0 ? 0 : number;
        expect(await readingOf(keyOf(key), JSON.stringify({ a: 1, [key]: value }))).toEqual({ value });
        expect(await readingOf(keyOf(key), JSON.stringify({ [key]: value }, null, 1))).toEqual({ value });
        expect(await readingOf(keyOf(key), `x ${key}: ${value}\n`)).toEqual({ value });
        expect(await readingOf(keyOf(key), `${key} = ${value}\nx`)).toEqual({ value });
      }),
    );
  });

  test('is found in a line of 16 MiB, and a longer line is skipped, which is told', async () => {
    const long = Buffer.alloc(1 << 24, 'x');
    long.write(' loss=0.25 ', 1 << 23);
    expect(await readingOf(keyOf('loss'), long, '\n')).toEqual({ value: 0.25 });
    expect(await readingOf(keyOf('loss'), 'a\n', long, 'x\nb')).toEqual({
      missing: 'no line "loss: value" and no JSON key "loss" in 3 lines of stdout; 1 line was too long and skipped',
    });
    expect(await readingOf(keyOf('loss'), long, 'x\nloss=1')).toEqual({ value: 1 });
  });
});

describe('a regular expression', () => {
  test.each([
    ['the first group', 'loss=(\\S+) acc=(\\S+)', 'loss=0.25 acc=1', 0.25],
    ['a named group, as in JavaScript', '(\\w+)=(?<value>\\S+)', 'loss=0.25', 0.25],
    ['a named group, as in Python', '(\\w+)=(?P<value>\\S+)', 'loss=0.25', 0.25],
    ['the whole match', '0\\.\\d+', 'loss=0.25', 0.25],
    ['the named group that takes part', 'a=(?<a>\\d+)|(b)=(?<b>\\d+)', 'b=7', 7],
    ['the last match of the last line', 'loss=([\\d.]+)', 'loss=1 loss=2\nloss=3 loss=0.25\nx', 0.25],
    ['the ends of a line', '^(\\d+)$', 'x 1\n2\n3 x', 2],
    ['the ends of a text, which every line is', '\\A(\\d+)\\z', 'x 1\n2\r3 x', 2],
    ['a flag taken back', '(?-m)^(\\d+)$', 'x 1\n2\n3 x', 2],
    ['letters in any case', '(?i)LOSS=(.*)', 'loss=0.25', 0.25],
    ['a number with a comma behind it', 'loss=(\\S+)', 'loss=0.25, acc=1', 0.25],
    ['text in colour', '^loss=(\\S+)$', '\x1b[1mloss\x1b[0m=0.25', 0.25],
    ['no match over two lines', 'a\\s*(\\d+)', 'a 1\na\n2', 1],
  ])('reads %s', async (_, pattern, text, value) => {
    expect(await readingOf(patternOf(pattern), text)).toEqual({ value });
  });

  test('says what it did not find', async () => {
    expect(await readingOf(patternOf('loss=(\\d+)'), 'a\nb\n')).toEqual({
      missing: 'no match of /loss=(\\d+)/ in 2 lines of stdout',
    });
    expect(await readingOf(patternOf('loss=(.*)'), 'a\nloss=high\n')).toEqual({
      missing: 'line 2 of stdout, "loss=high", has no number for /loss=(.*)/',
    });
  });

  test.each([
    ['another text', 'loss=(\\S+)', 'loss=n/a'],
    ['a group that is empty', 'loss=(\\S*)', 'loss= 7'],
    ['a group that takes no part', 'loss=(\\d+)?', 'loss=high'],
    ['a second match in the line', 'loss=(\\S+)', 'loss=0.25 loss=high'],
  ])('has no number where the last match is none, whatever came before: %s', async (_, pattern, line) => {
    expect(await readingOf(patternOf(pattern), `loss=0.5\n${line}\nbye\n`)).toEqual({
      missing: `line 2 of stdout, "${line}", has no number for /${pattern}/`,
    });
  });

  test('takes a match of nothing for none', async () => {
    expect(await readingOf(patternOf('\\d*'), 'loss 25 x\nbye\n')).toEqual({ value: 25 });
  });

  test.each([
    ['(a+)+$'],
    ['(a|aa)+$'],
    ['(.*)*=(\\d+)'],
    ['(x+x+)+y'],
    ['^(([a-z])+.)+[A-Z]([a-z])+$'],
    ['(?:a?){15}a{15}!'],
  ])('/%s/, which takes others for ever, does not on a megabyte', async (pattern) => {
    const line = `${'a'.repeat(1 << 20)}!`;
    expect(await readingOf(patternOf(pattern), line)).toHaveProperty('missing');
    expect(await readingOf(patternOf(pattern), line.slice(0, -1))).toHaveProperty('missing');
  });

  test('is given up where all matches of a line take the square of its length', async () => {
    let time = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      time += 100;
      return time;
    });
    try {
      // Every search looks through all that is left and takes one letter.
      expect(await readingOf(patternOf('a[ab]*c|a'), 'a'.repeat(10_000))).toEqual({
        missing: '/a[ab]*c|a/ takes too long to match; make it simpler, or have it match once in a line',
      });
    } finally {
      clock.mockRestore();
    }
  });

  test('skips a line whose length times the size of the pattern is beyond reason', async () => {
    const reading = await readingOf(patternOf('[xy]{900}(z?)'), 'x'.repeat(1 << 21));
    expect(reading).toEqual({
      missing: 'no match of /[xy]{900}(z?)/ in 1 line of stdout; 1 line was too long and skipped',
    });
  });
});

describe('other sources', () => {
  const file = (path: string, name = 'x'): MetricSource => ({ from: 'file', file: 'result.json', path, name });
  const fileReading = async (path: string, content: string) => {
    const scanner = await createScanner([file(path)]);
    return scanner.readings({ ...ended, file: () => content })[0];
  };

  test('are the time and the exit code, in their order', async () => {
    const scanner = await createScanner([
      { from: 'exit-code', name: 'code' },
      { from: 'time', name: 'seconds' },
    ]);
    scanner.add(Buffer.from('x'));
    expect(scanner.readings({ ...ended, exitCode: 3 })).toEqual([{ value: 3 }, { value: 1.5 }]);
    expect(scanner.readings({ ...ended, exitCode: null })[0]).toEqual({
      missing: 'the program did not exit by itself, so it has no exit code',
    });
  });

  test.each([
    ['val.loss', '{"val": {"loss": 0.25}}', 0.25],
    ['val.loss', '{"val": {"loss": 1}, "val.loss": 0.25}', 0.25],
    ['[0].loss', '[{"loss": 0.25}]', 0.25],
    ['results[2]', '{"results": [1, 2, 0.25]}', 0.25],
    ['m[1][0]', '{"m": [[1], [0.25]]}', 0.25],
    ['loss', '\ufeff{"loss": Infinity, "NaN": "Infinity"}', Number.POSITIVE_INFINITY],
    ['__proto__', '{"__proto__": 0.25}', 0.25],
    ['', '0.25\n', 0.25],
    ['', 'nan', Number.NaN],
  ])('may be a file: %j in %s', async (path, content, value) => {
    expect(await fileReading(path, content)).toEqual({ value });
  });

  test.each([
    ['val.loss', '{"val": {"acc": 1, "epoch": 2}}', 'result.json has no val.loss; val has acc, epoch'],
    ['loss', '{"acc": 1}', 'result.json has no loss; it has acc'],
    ['loss', '{}', 'result.json has no loss; it is empty'],
    ['constructor', '{"acc": 1}', 'result.json has no constructor; it has acc'],
    ['length', '[1]', 'result.json has no length; it has 1 item'],
    ['r[2].x', '{"r": [1, 2]}', 'result.json has no r[2].x; r has 2 items'],
    ['a.b.c', '{"a": {"b": 3}}', 'result.json has no a.b.c; a.b is 3'],
    ['val.loss', '{"val": {"loss": "high"}}', 'result.json: val.loss is "high", not a number'],
    ['val', '{"val": [1]}', 'result.json: val is a list, not a number'],
    ['val', '{"val": null}', 'result.json: val is null, not a number'],
    ['loss', '{"loss": ', 'result.json is not JSON'],
    ['loss', ' ', 'result.json is empty'],
    ['', '{"loss": 1}', 'result.json is "{"loss": 1}", not a number'],
    ['', '1,234', 'result.json is "1,234", not a number'],
  ])('say what a file lacks: %j in %s', async (path, content, missing) => {
    expect(await fileReading(path, content)).toEqual({ missing });
  });

  test('pass on why a file cannot be read', async () => {
    expect(await readingOf(file('loss'))).toEqual({ missing: 'result.json is not there' });
  });

  test('describe themselves in a few words', () => {
    const sources = [lastLine, keyOf('loss'), patternOf('loss=(\\S+)'), file('val.loss'), file('')];
    expect(sources.map(describeSource)).toEqual([
      'last line of stdout',
      'loss on stdout',
      '/loss=(\\S+)/ on stdout',
      'result.json: val.loss',
      'result.json',
    ]);
    expect(describeSource({ from: 'time', name: 't' })).toBe('wall-clock time');
    expect(describeSource({ from: 'exit-code', name: 'c' })).toBe('exit code');
  });
});

const sources = [
  lastLine,
  keyOf('loss'),
  keyOf('é.x'),
  keyOf(':'),
  patternOf('loss=(\\S+)'),
  patternOf('^(\\d*)$'),
  patternOf('\\A.*(é)?'),
];
const part = fc.oneof(
  fc.constantFrom(
    'loss',
    ': ',
    '=',
    '0.5',
    '1,234',
    '\n',
    '\r',
    '\r\n',
    '\x1b[1m',
    '\x1b',
    '{"loss":',
    '}',
    '{"é":{"x":1}}',
    'é.x=2',
    ' ',
    'é',
    '"',
  ),
  fc.string(),
  fc.uint8Array({ maxLength: 8 }),
);
const output = fc
  .array(part, { maxLength: 40 })
  .map((parts) => Buffer.concat(parts.map((each) => Buffer.from(each as string))));

const readAll = async (pieces: readonly Buffer[]) => {
  const scanner = await createScanner(sources);
  for (const piece of pieces) scanner.add(piece);
  return scanner.readings(ended);
};

describe('a line of 4 MiB', () => {
  const most = 1 << 22;
  const long = (begin: string, unit: string, end = '') =>
    `${begin}${unit.repeat((most - begin.length - end.length) / unit.length)}${end}`;
  test.each<[shape: string, line: string, last?: number | undefined, loss?: number]>([
    ['letters', long('', 'a')],
    ['digits', long('', '1'), Number.POSITIVE_INFINITY],
    ['digits and a comma', long('loss: ', '1', ',2')],
    ['a number with a unit without end', long('loss: 1', 'a'), undefined, 1],
    ['spaces between two colons', long('loss:', ' ', ':')],
    ['spaces before none', long('loss', ' ', 'x')],
    ['signs', long('', '+')],
    ['keys', long('', 'loss')],
    ['keys without numbers', long('', 'loss: ')],
    ['JSON that is nested without end', long('', '{"loss":', '}')],
    ['JSON with a string and NaN', long('{"x": "', '\\n\\"', '", "loss": NaN}'), Number.NaN, Number.NaN],
    ['JSON with many strings and NaN', long('{"x": [', '"",', '0], "loss": NaN}'), Number.NaN, Number.NaN],
    ['quotes and NaN', long('{', '"', 'NaN}')],
    ['beginnings of escape sequences', long('', '\x1b[')],
    ['titles without end', long('', '\x1b]x')],
  ])('is searched in time proportional to its length: %s', async (_, line, last, loss) => {
    const value = (reading: Reading) => ('value' in reading ? reading.value : undefined);
    expect(value(await readingOf(lastLine, line))).toBe(last);
    expect(value(await readingOf(keyOf('loss'), line))).toBe(loss);
  });
});

/** The number in the last match of a pattern of JavaScript, line by line. */
function lastMatch(pattern: string, text: string): number | undefined {
  const last = text
    .split(/[\r\n]/)
    .flatMap((line) => [...line.matchAll(new RegExp(pattern, 'g'))])
    .findLast((match) => match[0] !== '');
  return last?.[1] === undefined ? undefined : Number(last[1]);
}

test('a regular expression matches as in JavaScript, line by line', async () => {
  const pattern = fc.constantFrom(
    'a(\\d)',
    '(\\d)$',
    '^(\\d)',
    'a\\s*(\\d)',
    '[^a](\\d)',
    '\\b(\\d)',
    'a*(\\d)?',
    '^\\s?(\\d)[^a]*$',
  );
  const text = fc.string({ unit: fc.constantFrom('a', '1', '2', ' ', '\n', '\r', 'é'), maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(pattern, text, async (source, output) => {
      const reading = await readingOf(patternOf(source), output);
      expect('value' in reading ? reading.value : undefined).toBe(lastMatch(source, output));
    }),
    { numRuns: 2000 },
  );
});

describe('any output', () => {
  test('gives the same readings however it is cut, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(output, fc.array(fc.nat(200)), async (bytes, cuts) => {
        const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
        const whole = await readAll([bytes]);
        expect(await readAll(pieces)).toEqual(whole);
        expect(await readAll([...bytes].map((byte) => Buffer.of(byte)))).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
  });

  test('may use its buffers again once they are added', async () => {
    const scanner = await createScanner(sources.slice(0, 2));
    const buffer = Buffer.from('loss: 0.5\nloss: ');
    scanner.add(buffer);
    buffer.fill('7');
    scanner.add(Buffer.from('0.25'));
    expect(scanner.readings(ended)).toEqual([{ value: 0.25 }, { value: 0.25 }]);
  });
});
