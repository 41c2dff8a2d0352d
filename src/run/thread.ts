import { workerData } from 'node:worker_threads';
import workerpool from 'workerpool';
import type { Chunk } from '../network/trainer.js';
import { type Baton, passBaton, takeBaton } from './baton.js';
import type { RunPlan } from './record.js';
import { openSession } from './session.js';

/** A chunk of repeats, as it is sent to a thread. */
export interface ChunkTask {
  /** Which chunk it is, from 0: a sequential stream is drawn from in this order. */
  readonly ordinal: number;
  readonly first: number;
  readonly count: number;
  readonly baton: Baton | undefined;
}

const opening = openSession(workerData as RunPlan);

async function trainChunk({ ordinal, first, count, baton }: ChunkTask) {
  const session = await opening;
  const stream = session.open(baton && takeBaton(baton, ordinal));
  const planned = session.trainer.plan(stream, first, count);
  const state = stream.state();
  if (baton && state) passBaton(baton, ordinal + 1, state);
  const chunk: Chunk = planned.train();
  return new workerpool.Transfer(chunk, [chunk.scores.buffer, chunk.weights.buffer]);
}

workerpool.worker({ trainChunk });
