import { ReproError } from '../errors.js';
import type { ExecutionEnd } from '../run/executionMessage.js';
import type { RunPlan } from '../run/record.js';
import type { SentRepeat } from '../run/sentRepeat.js';
import { executeApart } from './executeApart.js';
import type { ExecutionRequest } from './execution.js';

/** As many of something as there are requests. */
type Each<Requests extends readonly ExecutionRequest[], T> = { readonly [K in keyof Requests]: T };

/** An execution that has ended, without its repeats. */
export interface Ended extends ExecutionEnd {
  readonly plan: RunPlan;
}

/** Hears of executions as they go on. */
interface Follower<Requests extends readonly ExecutionRequest[]> {
  /** Before any repeat, with how many there will be. */
  onStart(repeats: number): void;
  /** The same repeat of each. */
  onRepeats(repeats: Each<Requests, SentRepeat>): void;
}

/** Signals that ask a process to end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Lets `clean` be called before a signal ends this process; returns what takes that back. */
function onSignals(clean: () => void): () => void {
  const release = () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals) => {
    clean();
    release();
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return release;
}

/**
 * Executes requests side by side, each in a fresh process, and takes their repeats in step.
 *
 * @throws ReproError for whatever is wrong with a request, or an execution that ends early
 */
export async function follow<Requests extends readonly ExecutionRequest[]>(
  requests: Requests,
  { onStart, onRepeats }: Follower<Requests>,
): Promise<Each<Requests, Ended>> {
  const executions = requests.map(executeApart);
  const kill = () => {
    for (const execution of executions) execution.kill();
  };
  const release = onSignals(kill);
  try {
    const plans = await Promise.all(executions.map(({ plan }) => plan));
    onStart(Math.max(...plans.map(({ repeats }) => repeats)));
    for (;;) {
      const steps = await Promise.all(executions.map(({ repeats }) => repeats.next()));
      const values = steps.map(({ value }) => value);
      const ended = steps.filter(({ done }) => done).length;
      if (ended === steps.length) {
        return values.map((end, i) => ({ ...(end as ExecutionEnd), plan: plans[i] })) as Each<Requests, Ended>;
      }
      if (ended > 0) throw new ReproError('the executions differ in repeats: did the experiment change meanwhile?');
      onRepeats(values as Each<Requests, SentRepeat>);
    }
  } finally {
    release();
    kill();
  }
}
