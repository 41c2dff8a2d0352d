import { describe, expect, test } from 'vitest';
import { mt19937, mt19937From } from '../../src/random/mt19937.js';
import { createBaton, drawNext, stop } from '../../src/run/baton.js';

const word = (baton: SharedArrayBuffer, waits = false) =>
  drawNext(baton, waits, (ordinal, state) => {
    const generator = state && mt19937From(state);
    return { result: [ordinal, generator?.next()], state: generator?.state() };
  });

describe('the baton', () => {
  test('hands a sequential stream from draw to draw', () => {
    const baton = createBaton(mt19937(5).state());
    const expected = mt19937(5);
    for (let ordinal = 0; ordinal < 700; ordinal++) expect(word(baton)).toEqual([ordinal, expected.next()]);
  });

  test('is had by one at a time, and free again when drawing fails', () => {
    const baton = createBaton(mt19937(5).state());
    const failing = () =>
      drawNext(baton, false, () => {
        expect(word(baton)).toBeUndefined();
        throw new Error('out of memory');
      });
    expect(failing).toThrow('out of memory');
    expect(word(baton)).toEqual([1, mt19937(5).next()]);
  });

  test('holds no state of a stream that is not sequential, and nobody back', () => {
    const baton = createBaton(undefined);
    const nested = drawNext(baton, false, (outer) => ({ result: [outer, word(baton)], state: undefined }));
    expect(nested).toEqual([0, [1, undefined]]);
  });

  test('gives no chunk of the run any more once it is stopped', () => {
    const baton = createBaton(undefined);
    stop(baton);
    expect(word(baton)?.[0]).toBeGreaterThan(2 ** 29);
  });
});
