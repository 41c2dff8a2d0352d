/** The longest that a timer of Node's can wait, in milliseconds: 24.8 days. */
const LONGEST = 2_147_483_647;

/** What ends a program from outside. */
export type Interruption = 'timeout' | 'aborted';

/**
 * Waits for a time to pass or a signal to abort, whichever comes first.
 *
 * @param timeout in seconds; one that no timer can wait for never passes
 * @returns a promise of it, and what stops waiting
 */
export function interruption(
  timeout: number | undefined,
  signal: AbortSignal | undefined,
): { readonly promise: Promise<Interruption>; release(): void } {
  let release = () => {};
  const promise = new Promise<Interruption>((resolve) => {
    const milliseconds = 1000 * (timeout ?? Number.POSITIVE_INFINITY);
    // If this thread was busy, the exit of a program that ended in time is heard of in the turn of the timer, and counts.
    const pass = () => setImmediate(resolve, 'timeout');
    const abort = () => resolve('aborted');
    const timer = milliseconds <= LONGEST ? setTimeout(pass, milliseconds) : undefined;
    signal?.addEventListener('abort', abort, { once: true });
    release = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
  });
  return { promise, release };
}
