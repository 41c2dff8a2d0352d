import { workerData } from 'node:worker_threads';
import workerpool from 'workerpool';
import { waitUntilTaken } from './baton.js';
import type { Prepared } from './prepare.js';
import type { RunPlan } from './record.js';
import { openSession } from './session.js';
import { type SharedTask, shareOf } from './share.js';

const { plan, prepared } = workerData as { plan: RunPlan; prepared: Prepared };
const opening = openSession(plan, prepared);

/** Trains chunk after chunk, for as long as there are any, and sends each. */
async function trainChunks(task: SharedTask): Promise<void> {
  const trainNext = shareOf(await opening, plan, task);
  for (let trained = trainNext(); trained; trained = trainNext()) {
    const { scores, weights } = trained.chunk;
    workerpool.workerEmit(new workerpool.Transfer(trained, [scores.buffer, weights.buffer]));
    waitUntilTaken(task.baton, trained.ordinal + 1 - task.lead);
  }
}

workerpool.worker({ trainChunks });
