import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outputTail } from '../../src/process/outputTail.js';

describe('the tail of an output', () => {
  test('is the end of all that was added, however it was cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), fc.nat({ max: 50 }), (pieces, limit) => {
        const output = outputTail(limit);
        for (const piece of pieces) output.add(piece);
        const all = Buffer.concat(pieces);
        expect(output.tail()).toEqual(all.subarray(Math.max(0, all.length - limit)));
        expect(output.bytes()).toBe(all.length);
        expect(output.sha256()).toBe(createHash('sha256').update(all).digest('hex'));
      }),
    );
  });

  test('can be asked for in between, and stays what it was then', () => {
    const output = outputTail(3);
    output.add(Buffer.from('abcd'));
    const tail = output.tail();
    // printf abcd | sha256sum, GNU coreutils 9.1
    expect(output.sha256()).toBe('88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589');
    output.add(Buffer.from('ef'));
    expect([tail.toString(), output.tail().toString(), output.bytes()]).toEqual(['bcd', 'def', 6]);
  });
});
