import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeMessages, type ExecutionMessage, encodeMessage } from '../../src/run/executionMessage.js';

const message = fc.oneof(
  fc.record({
    kind: fc.constant('error' as const),
    message: fc.string(),
    hint: fc.option(fc.string(), { nil: undefined }),
    code: fc.constantFrom('usage' as const, 'failed' as const),
  }),
  fc.record({
    kind: fc.constant('repeats' as const),
    repeats: fc.array(
      fc.record({
        index: fc.nat(),
        score: fc.double(),
        weights: fc.string(),
        trace: fc.record({
          epochs: fc.nat(),
          hashed: fc.uint32Array(),
          hashes: fc.bigUint64Array(),
          kept: fc.uint32Array(),
          weights: fc.float32Array(),
        }),
      }),
      { maxLength: 3 },
    ),
  }),
);

async function decode(bytes: Buffer, cuts: readonly number[]): Promise<ExecutionMessage[]> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const pieces = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
  const messages: ExecutionMessage[] = [];
  for await (const each of decodeMessages(Readable.from(pieces))) messages.push(each);
  return messages;
}

test('messages come through a pipe as they were sent, however it cuts them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 5 }), fc.array(fc.nat(), { maxLength: 30 }), async (sent, cuts) => {
      expect(await decode(Buffer.concat(sent.map(encodeMessage)), cuts)).toEqual(sent);
    }),
    { numRuns: 50 },
  );
});

test('of a pipe that ends early the whole messages are left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 4 }), fc.nat(), async (sent, cut) => {
      const bytes = sent.map(encodeMessage);
      const last = bytes.at(-1)?.length ?? 0;
      const whole = Buffer.concat(bytes);
      const rest = whole.subarray(0, whole.length - 1 - (cut % last));
      expect(await decode(rest, [])).toEqual(sent.slice(0, -1));
    }),
    { numRuns: 50 },
  );
});
