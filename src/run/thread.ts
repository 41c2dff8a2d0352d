import { workerData } from 'node:worker_threads';
import workerpool from 'workerpool';
import { waitUntilTaken } from './baton.js';
import { openSession } from './session.js';
import { type SharedTask, shareOf } from './share.js';
import type { ThreadData } from './threads.js';

const { plan, prepared, traced } = workerData as ThreadData;
const opening = openSession(plan, prepared, traced);

/** Trains chunk after chunk, for as long as there are any, and sends each. */
async function trainChunks(task: SharedTask): Promise<void> {
  const trainNext = shareOf(await opening, task);
  for (let trained = trainNext(); trained; trained = trainNext()) {
    const { scores, weights, traces = [] } = trained.chunk;
    const traced = traces.flatMap((trace) => [trace.hashes.buffer, trace.weights.buffer]);
    workerpool.workerEmit(new workerpool.Transfer(trained, [scores.buffer, weights.buffer, ...traced]));
    waitUntilTaken(task.baton, trained.ordinal + 1 - task.lead);
  }
}

workerpool.worker({ trainChunks });
