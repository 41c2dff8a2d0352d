import type { Readable } from 'node:stream';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds without a byte after which the pipes of a program that has exited are taken for empty. */
const SILENCE = 50;

/** Milliseconds after which a pipe that never falls silent is waited for no longer. */
const LONGEST = 500;

/** What a program writes, on any number of pipes. */
export interface ChildOutput {
  /** Whether all pipes have come to their end. */
  ended(): boolean;
  /** Waits until all pipes have ended, or what holds them open seems to write nothing more. */
  drained(): Promise<void>;
  /** Lets go of the pipes; nothing is heard of them any more. */
  close(): void;
}

/** Hands on the bytes of pipes as they come. */
export function childOutput(pipes: readonly (readonly [Readable, (bytes: Buffer) => void])[]): ChildOutput {
  let pieces = 0;
  let open = pipes.length;
  const ends = pipes.map(([pipe, onBytes]) => {
    pipe.on('data', (bytes: Buffer) => {
      pieces++;
      onBytes(bytes);
    });
    // A pipe that breaks closes as well.
    pipe.on('error', () => {});
    return new Promise<void>((resolve) =>
      pipe.once('close', () => {
        open--;
        resolve();
      }),
    );
  });
  const allEnded = Promise.all(ends);
  const silent = async () => {
    const end = performance.now() + LONGEST;
    for (let before = -1; before !== pieces && open > 0 && performance.now() < end; ) {
      before = pieces;
      await sleep(SILENCE);
      // If this thread was busy, what came meanwhile is read before the next turn.
      await nextTurn();
    }
  };
  return {
    ended: () => open === 0,
    async drained() {
      if (open > 0) await Promise.race([allEnded, silent()]);
    },
    close() {
      for (const [pipe] of pipes) pipe.destroy();
    },
  };
}
