/** Bytes that a thread may have sent and the main thread not yet taken, before the thread waits. */
const MOST_PENDING = 1 << 20;
const PIECE = 1 << 16;
/** What a message weighs beside its bytes, so that many short lines are bounded too. */
const MESSAGE = 256;
/** Milliseconds after which a thread that waits looks again: an engine may end one between two waits alone. */
const PATIENCE = 100;

export type OutputName = 'stdout' | 'stderr';

/** A piece of what an experiment writes. */
export interface OutputMessage {
  readonly kind: 'output';
  readonly name: OutputName;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Shared by both threads: how much is pending. */
export function createPending(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4));
}

/**
 * In the thread: sends bytes at once, so that nothing is lost where the thread is ended, not even one that never lets go; and waits
 * while too much is pending, so that memory is bounded whatever it prints.
 */
export function sendOutput(
  post: (message: OutputMessage, transfer: ArrayBuffer[]) => void,
  pending: Int32Array,
  name: OutputName,
  bytes: Uint8Array,
): void {
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = new Uint8Array(bytes.subarray(at, at + PIECE));
    Atomics.add(pending, 0, piece.length + MESSAGE);
    post({ kind: 'output', name, bytes: piece }, [piece.buffer]);
    for (let now = Atomics.load(pending, 0); now > MOST_PENDING; now = Atomics.load(pending, 0)) {
      Atomics.wait(pending, 0, now, PATIENCE);
    }
  }
}

/** In the main thread: tells the thread that a piece was taken. */
export function takeOutput(pending: Int32Array, { bytes }: OutputMessage): void {
  Atomics.sub(pending, 0, bytes.length + MESSAGE);
  Atomics.notify(pending, 0);
}
