import { describe, expect, test } from 'vitest';
import { normal, randomState, randomStateFrom, snapshot } from '../../src/random/randomState.js';
import { createBaton, drawNext, stop } from '../../src/run/baton.js';

const draw = (baton: SharedArrayBuffer, waits = false) =>
  drawNext(baton, waits, (ordinal, state) => {
    const random = state && randomStateFrom(state);
    return { result: [ordinal, random && normal(random)], state: random && snapshot(random) };
  });

describe('the baton', () => {
  test('hands a sequential stream from draw to draw, the spare normal of a pair with it', () => {
    const baton = createBaton(snapshot(randomState(5)));
    const expected = randomState(5);
    for (let ordinal = 0; ordinal < 700; ordinal++) expect(draw(baton)).toEqual([ordinal, normal(expected)]);
  });

  test('is had by one at a time, and free again when drawing fails', () => {
    const baton = createBaton(snapshot(randomState(5)));
    const failing = () =>
      drawNext(baton, false, () => {
        expect(draw(baton)).toBeUndefined();
        throw new Error('out of memory');
      });
    expect(failing).toThrow('out of memory');
    expect(draw(baton)).toEqual([1, normal(randomState(5))]);
  });

  test('holds no state of a stream that is not sequential, and nobody back', () => {
    const baton = createBaton(undefined);
    const nested = drawNext(baton, false, (outer) => ({ result: [outer, draw(baton)], state: undefined }));
    expect(nested).toEqual([0, [1, undefined]]);
  });

  test('gives no chunk of the run any more once it is stopped', () => {
    const baton = createBaton(undefined);
    stop(baton);
    expect(draw(baton)?.[0]).toBeGreaterThan(2 ** 29);
  });
});
