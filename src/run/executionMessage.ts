import { deserialize, serialize } from 'node:v8';
import type { ErrorCode } from '../errors.js';
import type { NamedTensor } from '../network/trainer.js';
import type { RunPlan } from './record.js';
import { decodeRepeat, type SentRepeat } from './sentRepeat.js';

/** What an execution in a process of its own tells beside its repeats: its plan, and how it ended or why it cannot. */
export type ExecutionNews =
  | { readonly kind: 'plan'; readonly plan: RunPlan }
  | ExecutionEnd
  | { readonly kind: 'error'; readonly message: string; readonly hint: string | undefined; readonly code: ErrorCode };

export interface ExecutionEnd {
  readonly kind: 'end';
  readonly digest: string;
  readonly tensors: readonly NamedTensor[];
  /** Wall-clock seconds. */
  readonly elapsed: number;
  /** Threads that trained. */
  readonly threads: number;
}

export type ExecutionMessage = ExecutionNews | { readonly kind: 'repeat'; readonly repeat: SentRepeat };

/** A message is a head, how many bytes follow and of which kind, and these. */
const HEAD = 5;
const NEWS = 0;
const REPEAT = 1;

function message(kind: number, content: Uint8Array): Buffer {
  const bytes = Buffer.alloc(HEAD + content.length);
  bytes.writeUInt32LE(content.length);
  bytes[HEAD - 1] = kind;
  bytes.set(content, HEAD);
  return bytes;
}

export function encodeNews(news: ExecutionNews): Buffer {
  return message(NEWS, serialize(news));
}

/** @param repeat as `encodeRepeat` gives it */
export function encodeRepeatMessage(repeat: Uint8Array): Buffer {
  return message(REPEAT, repeat);
}

function decode(kind: number | undefined, content: Buffer): ExecutionMessage {
  return kind === REPEAT ? { kind: 'repeat', repeat: decodeRepeat(content) } : (deserialize(content) as ExecutionNews);
}

/** The messages in a stream of bytes, however it is cut; what is incomplete at its end is left out. */
export async function* decodeMessages(pieces: AsyncIterable<Buffer>): AsyncGenerator<ExecutionMessage> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let needed = HEAD;
  for await (const piece of pieces) {
    waiting.push(piece);
    bytes += piece.length;
    if (bytes < needed) continue;
    let rest = Buffer.concat(waiting);
    while (rest.length >= needed) {
      const end = HEAD + rest.readUInt32LE();
      if (rest.length >= end) {
        yield decode(rest[HEAD - 1], rest.subarray(HEAD, end));
        rest = rest.subarray(end);
        needed = HEAD;
      } else needed = end;
    }
    waiting = [rest];
    bytes = rest.length;
  }
}
