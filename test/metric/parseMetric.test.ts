import { describe, expect, test } from 'vitest';
import { ReproError } from '../../src/errors.js';
import { type MetricOption, parseMetric } from '../../src/metric/parseMetric.js';

async function mistake(option: MetricOption, text: string): Promise<string> {
  const error = await parseMetric(option, text).catch((cause: unknown) => cause);
  if (!(error instanceof ReproError)) throw new Error(`no ReproError for ${text}`);
  expect(error.message).not.toContain('\n');
  return error.message;
}

describe('an option of the command line', () => {
  test('names a key on stdout', async () => {
    expect(await parseMetric('metric', 'val.loss')).toEqual({ from: 'stdout', key: 'val.loss', name: 'val.loss' });
  });

  test.each([
    ['loss=(\\S+)', 'match'],
    ['loss=(?P<loss>\\S+)', 'loss'],
    ['loss=(?<loss>\\S+)', 'loss'],
    ['(?<b>x)(?<a>y)', 'b'],
  ])('gives a regular expression: /%s/ is called %s', async (pattern, name) => {
    expect(await parseMetric('metric-regex', pattern)).toEqual({ from: 'regex', pattern, name });
  });

  test.each([
    ['result.json:val.loss', 'result.json', 'val.loss', 'loss'],
    ['out/a:b.json:loss', 'out/a:b.json', 'loss', 'loss'],
    ['result.json:results[2]', 'result.json', 'results[2]', 'results'],
    ['out/result.json:[0]', 'out/result.json', '[0]', 'result.json'],
    ['out/score.txt', 'out/score.txt', '', 'score.txt'],
    ['score:', 'score:', '', 'score:'],
  ])('gives a file: %s', async (text, file, path, name) => {
    expect(await parseMetric('metric-file', text)).toEqual({ from: 'file', file, path, name });
  });

  test('is a mistake if it is empty', async () => {
    expect(await mistake('metric', ' ')).toBe('--metric needs a NAME, such as loss');
    expect(await mistake('metric-regex', '')).toBe('--metric-regex needs a regular expression, such as loss=(\\S+)');
    expect(await mistake('metric-file', '')).toBe('--metric-file needs FILE:PATH, such as result.json:val.loss');
    expect(await mistake('metric-file', ':loss')).toBe('--metric-file needs FILE:PATH, such as result.json:val.loss');
  });

  test.each([
    ['a(?=b)', ' at character 2, "(?=": look-ahead and look-behind are not supported'],
    ['a(?<!b)c', ' at character 2, "(?<!b)c": look-ahead and look-behind are not supported'],
    ['(a)\\1', ' at character 4, "\\1": back-references are not supported'],
    ['(?P<n>a)(?P=n)', ' at character 9, "(?P": back-references are not supported'],
    ['(?<n>a)\\k<n>', ' at character 8, "\\k": back-references are not supported'],
    ['x[z-a]', ' at character 3, "z-a": invalid character class range'],
    ['x(a', ': missing closing )'],
    ['a**', ' at character 2, "**": invalid nested repetition operator'],
    ['a\\', ': trailing backslash at end of expression'],
    ['(?P<é>x)', ' at character 1, "(?P<é>": invalid named capture'],
  ])('says what is wrong in /%s/, and where', async (pattern, clause) => {
    expect(await mistake('metric-regex', pattern)).toBe(`the regular expression "${pattern}" is wrong${clause}`);
  });
});
