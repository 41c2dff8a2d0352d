import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeMessages,
  type ExecutionMessage,
  encodeNews,
  encodeRepeatMessage,
} from '../../src/run/executionMessage.js';
import { encodeRepeat } from '../../src/run/sentRepeat.js';

const news = fc.record({
  kind: fc.constant('error' as const),
  message: fc.string(),
  hint: fc.option(fc.string(), { nil: undefined }),
  code: fc.constantFrom('usage' as const, 'failed' as const),
});
const repeat = fc.record({
  index: fc.nat(),
  score: fc.double(),
  hash: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map((hash) => hash.toString(16).padStart(16, '0')),
  trace: fc.record({
    epochs: fc.nat(),
    hashed: fc.uint32Array(),
    hashes: fc.bigUint64Array(),
    kept: fc.uint32Array(),
    weights: fc.float32Array(),
  }),
});
const message = fc.oneof(
  news.map((told) => ({ told, bytes: encodeNews(told) })),
  repeat.map((told) => ({ told, bytes: encodeRepeatMessage(encodeRepeat(told)) })),
);

/** What was told, as it was before it was encoded. */
function toldOf(received: ExecutionMessage) {
  if (received.kind !== 'repeat') return received;
  const { index, score, hash, trace } = received.repeat;
  return { index, score, hash, trace };
}

async function decode(bytes: Buffer, cuts: readonly number[]) {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const pieces = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
  const told: ReturnType<typeof toldOf>[] = [];
  for await (const each of decodeMessages(Readable.from(pieces))) told.push(toldOf(each));
  return told;
}

test('messages come through a pipe as they were sent, however it cuts them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 5 }), fc.array(fc.nat(), { maxLength: 30 }), async (sent, cuts) => {
      const whole = Buffer.concat(sent.map(({ bytes }) => bytes));
      expect(await decode(whole, cuts)).toEqual(sent.map(({ told }) => told));
    }),
    { numRuns: 50 },
  );
});

test('of a pipe that ends early the whole messages are left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 4 }), fc.nat(), async (sent, cut) => {
      const whole = Buffer.concat(sent.map(({ bytes }) => bytes));
      const missing = 1 + (cut % (sent.at(-1)?.bytes.length ?? 1));
      expect(await decode(whole.subarray(0, whole.length - missing), [])).toEqual(
        sent.slice(0, -1).map(({ told }) => told),
      );
    }),
    { numRuns: 50 },
  );
});

test('a repeat is sent as the same bytes if and only if it is the same, NaN in whatever form', () => {
  const quiet = new Float64Array(new BigUint64Array([0x7ff8000000000001n]).buffer)[0] as number;
  fc.assert(
    fc.property(repeat, repeat, (one, other) => {
      const again = { ...one, trace: { ...one.trace, weights: one.trace.weights.slice() } };
      expect(encodeRepeat(again).equals(encodeRepeat(one))).toBe(true);
      expect(encodeRepeat(one).equals(encodeRepeat(other))).toBe(isDeepStrictEqual(one, other));
      const diverged = { ...one, score: Number.NaN };
      expect(encodeRepeat({ ...one, score: quiet }).equals(encodeRepeat(diverged))).toBe(true);
    }),
  );
});
