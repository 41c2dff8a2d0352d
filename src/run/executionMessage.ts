import { deserialize, serialize } from 'node:v8';
import type { ErrorCode } from '../errors.js';
import type { NamedTensor } from '../network/trainer.js';
import type { Circumstances, RunPlan, TracedRepeat } from './record.js';

/** What an execution in a process of its own tells: its plan, its repeats in order, and how it ended, or why it cannot. */
export type ExecutionMessage =
  | { readonly kind: 'plan'; readonly plan: RunPlan }
  | { readonly kind: 'repeats'; readonly repeats: readonly TracedRepeat[] }
  | ExecutionEnd
  | { readonly kind: 'error'; readonly message: string; readonly hint: string | undefined; readonly code: ErrorCode };

export interface ExecutionEnd {
  readonly kind: 'end';
  readonly digest: string;
  readonly tensors: readonly NamedTensor[];
  readonly circumstances: Circumstances;
}

const LENGTH_BYTES = 4;

/** A message as bytes: how many follow, and those of the structured clone algorithm. */
export function encodeMessage(message: ExecutionMessage): Buffer {
  const content = serialize(message);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(content.length);
  return Buffer.concat([length, content]);
}

/** The messages in a stream of bytes, however it is cut; what is incomplete at its end is left out. */
export async function* decodeMessages(pieces: AsyncIterable<Buffer>): AsyncGenerator<ExecutionMessage> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let needed = LENGTH_BYTES;
  for await (const piece of pieces) {
    waiting.push(piece);
    bytes += piece.length;
    if (bytes < needed) continue;
    let rest = Buffer.concat(waiting);
    for (; rest.length >= needed; ) {
      const end = LENGTH_BYTES + rest.readUInt32LE();
      if (rest.length >= end) {
        yield deserialize(rest.subarray(LENGTH_BYTES, end)) as ExecutionMessage;
        rest = rest.subarray(end);
        needed = LENGTH_BYTES;
      } else needed = end;
    }
    waiting = [rest];
    bytes = rest.length;
  }
}
