import { ReproError } from '../errors.js';
import type { ExecutionEnd } from '../run/executionMessage.js';
import type { RunPlan, TracedRepeat } from '../run/record.js';
import { executeApart } from './executeApart.js';
import type { ExecutionRequest } from './execution.js';

/** As many of something as there are requests. */
type Each<Requests extends readonly ExecutionRequest[], T> = { readonly [K in keyof Requests]: T };

/** Hears of executions as they go on. */
interface Follower<Requests extends readonly ExecutionRequest[]> {
  /** Before any repeat. */
  onPlans(plans: Each<Requests, RunPlan>): void;
  /** The same repeat of each. */
  onRepeats(repeats: Each<Requests, TracedRepeat>): void;
}

/**
 * Executes requests side by side, each in a fresh process, and takes their repeats in step.
 *
 * @returns how each ended
 * @throws ReproError for whatever is wrong with a request, or an execution that ends early
 */
export async function follow<Requests extends readonly ExecutionRequest[]>(
  requests: Requests,
  { onPlans, onRepeats }: Follower<Requests>,
): Promise<Each<Requests, ExecutionEnd>> {
  const executions = requests.map(executeApart);
  try {
    onPlans((await Promise.all(executions.map(({ plan }) => plan))) as Each<Requests, RunPlan>);
    for (;;) {
      const steps = await Promise.all(executions.map(({ repeats }) => repeats.next()));
      const ended = steps.filter(({ done }) => done).length;
      if (ended === steps.length) return steps.map(({ value }) => value) as Each<Requests, ExecutionEnd>;
      if (ended > 0)
        throw new ReproError('the executions have not as many repeats: did the experiment change meanwhile?');
      onRepeats(steps.map(({ value }) => value) as Each<Requests, TracedRepeat>);
    }
  } finally {
    for (const { kill } of executions) kill();
  }
}
