import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { childOutput } from '../../src/process/childOutput.js';

/** A pipe of which nothing is ever read but what is written to it here, and what was heard of it. */
function piped() {
  const pipe = new PassThrough();
  const heard: string[] = [];
  const output = childOutput([[pipe, (bytes) => heard.push(bytes.toString())]]);
  return { pipe, heard, output };
}

describe('a pipe of a program that has exited', () => {
  test('is read to its end while something comes', async () => {
    const { pipe, heard, output } = piped();
    const drained = output.drained();
    for (const piece of ['a', 'b', 'c', 'd', 'e']) {
      await sleep(20);
      pipe.write(piece);
    }
    pipe.end('f');
    await drained;
    expect([heard.join(''), output.ended()]).toEqual(['abcdef', true]);
  });

  test('is not waited for when it stays open and silent', async () => {
    const { pipe, heard, output } = piped();
    pipe.write('a');
    await output.drained();
    expect([heard.join(''), output.ended()]).toEqual(['a', false]);
  });

  test('is not waited for when it never falls silent', async () => {
    const { pipe, output } = piped();
    const writing = setInterval(() => pipe.write('a'), 10);
    await output.drained();
    clearInterval(writing);
    expect(output.ended()).toBe(false);
  });

  test('is not taken for silent because this thread was busy', async () => {
    const child = spawn('sh', ['-c', 'sleep 0.1; echo late; exec sleep 100'], { stdio: ['ignore', 'pipe', 'ignore'] });
    let heard = '';
    const output = childOutput([[child.stdout, (bytes) => (heard += bytes.toString())]]);
    // Timers follow this phase of a turn, and pipes are read after them.
    await nextTurn();
    const drained = output.drained();
    for (const end = performance.now() + 1000; performance.now() < end; );
    await drained;
    child.kill();
    expect(heard).toBe('late\n');
  });

  test('has ended if it breaks', async () => {
    const { pipe, output } = piped();
    pipe.destroy(new Error('broken'));
    await output.drained();
    expect(output.ended()).toBe(true);
  });

  test('is not heard of once it is closed', async () => {
    const { pipe, heard, output } = piped();
    output.close();
    pipe.write('a');
    await sleep(20);
    expect(heard).toEqual([]);
  });
});
