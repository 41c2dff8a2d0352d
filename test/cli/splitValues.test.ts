import { expect, test } from 'vitest';
import { splitValues } from '../../src/cli/splitValues.js';

test.each([
  ['1', ['1']],
  ['1,2,3', ['1', '2', '3']],
  ['[1,2],[3]', ['[1,2]', '[3]']],
  ['{name: adam, learningRate: 0.1},sgd', ['{name: adam, learningRate: 0.1}', 'sgd']],
  ['[{a: [1,2]}, 3],4', ['[{a: [1,2]}, 3]', '4']],
  [`"a,b",'c,"d'`, ['"a,b"', `'c,"d'`]],
  ['"[",1', ['"["', '1']],
  ['𝔞,b', ['𝔞', 'b']],
  ['a,,b', ['a', '', 'b']],
  ['[1,2', ['[1,2']],
])('%s is values that commas separate outside of brackets and quotes', (text, values) => {
  expect(splitValues(text)).toEqual(values);
});
