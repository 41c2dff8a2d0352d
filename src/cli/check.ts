import { availableParallelism } from 'node:os';
import { type CheckResult, exitCodeOf, judgeCondition, judgeReproduction, type Side } from '../analysis/check.js';
import { judgeBaseline, planDifferences } from '../analysis/judgeBaseline.js';
import { judgeDrift } from '../analysis/judgeDrift.js';
import { createVerifier } from '../analysis/verify.js';
import { checkFormats, loadCheckFormat } from '../report/checkFormats.js';
import type { ExecutionEnd } from '../run/executionMessage.js';
import { readRecord } from '../run/readRecord.js';
import type { RunPlan, TracedRepeat } from '../run/record.js';
import { shortTrace } from '../run/savedTrace.js';
import { type BaselineFile, type CheckSettings, checkSettings } from './checkSettings.js';
import type { ExecutionRequest } from './execution.js';
import type { CheckFlags } from './flags.js';
import { follow } from './follow.js';
import { addToStepSummary, annotate } from './github.js';
import type { Io } from './io.js';
import { openOutputs } from './outputs.js';
import { type Progress, progressBar } from './progress.js';
import { writeBaseline } from './writeBaseline.js';

/** What was executed, and what came of comparing it. */
interface Checked extends Omit<CheckResult, 'summary'> {
  /** Of the execution that conditions are held against, and that a baseline is made of: the first side. */
  readonly repeats: readonly TracedRepeat[];
}

/** Shows how far executions are. */
interface Watch {
  start(plan: RunPlan): void;
  step(): void;
  clear(): void;
}

function createWatch(io: Io, quiet: boolean): Watch {
  let progress: Progress | undefined;
  let done = 0;
  return {
    start({ repeats }) {
      progress = progressBar(io, repeats, quiet);
    },
    step() {
      done += 1;
      progress?.update(done);
    },
    clear: () => progress?.clear(),
  };
}

/** Two ways to execute the same, of which no bit may depend: the second on more threads, in other lanes. */
function requestsOf(args: readonly string[], flags: CheckFlags, cwd: string): [ExecutionRequest, ExecutionRequest] {
  const { seed, unseeded, repeats, backend, sameSeed, jobs } = flags;
  // As JSON they lose what is undefined.
  const base = { args, flags: { seed, unseeded, repeats, backend, sameSeed } as ExecutionRequest['flags'], cwd };
  const threads = Math.max(1, Math.floor((jobs ?? availableParallelism()) / 2));
  return [
    { ...base, jobs: threads, scattered: false },
    { ...base, jobs: jobs === 1 ? 1 : threads + 1, scattered: true },
  ];
}

function sideOf(label: string, plan: RunPlan, { digest, circumstances }: ExecutionEnd): Side {
  return { label, plan, digest, circumstances };
}

/** What tells two executions apart. */
function labelsOf(ends: readonly ExecutionEnd[]): string[] {
  const threads = ends.map(({ circumstances }) => circumstances.threads);
  if (new Set(threads).size < ends.length) return ['the first time', 'the second time'];
  return threads.map((count) => (count === 1 ? 'on 1 thread' : `on ${count} threads`));
}

/** A repeat as a baseline keeps it. */
function shortened(repeat: TracedRepeat): TracedRepeat {
  return { ...repeat, trace: repeat.trace && shortTrace(repeat.trace) };
}

async function checkTwice(
  requests: readonly [ExecutionRequest, ExecutionRequest],
  { tolerance, records }: CheckSettings,
  watch: Watch,
): Promise<Checked> {
  const verifier = createVerifier(tolerance);
  const repeats: TracedRepeat[] = [];
  let plans: readonly [RunPlan, RunPlan] | undefined;
  const ends = await follow(requests, {
    onPlans(both) {
      plans = both;
      watch.start(both[0]);
    },
    onRepeats([repeat, again]) {
      verifier.add(repeat, again);
      repeats.push(records ? shortened(repeat) : { ...repeat, trace: undefined });
      watch.step();
    },
  });
  if (!plans) throw new Error('there were no plans');
  const labels = labelsOf(ends);
  const sides = plans.map((plan, i) => sideOf(labels[i] as string, plan, ends[i] as ExecutionEnd));
  const verification = verifier.result(ends[0].tensors);
  return { sides, repeats, verification, judgements: [judgeReproduction(plans[0], verification)], notes: [] };
}

/** Executes once. */
async function executeOnce(
  request: ExecutionRequest,
  watch: Watch,
  onRepeat: (repeat: TracedRepeat) => void,
): Promise<{ readonly now: Side; readonly end: ExecutionEnd }> {
  let plan: RunPlan | undefined;
  const [end] = await follow([request] as const, {
    onPlans([now]) {
      plan = now;
      watch.start(now);
    },
    onRepeats([repeat]) {
      onRepeat(repeat);
      watch.step();
    },
  });
  if (!plan) throw new Error('there was no plan');
  return { now: sideOf('now', plan, end), end };
}

/** Executes once, and compares with a baseline: by bits, or by statistics. */
async function checkBaseline(
  request: ExecutionRequest,
  { tolerance, drift }: CheckSettings,
  { path, shown }: BaselineFile,
  watch: Watch,
): Promise<Checked> {
  const baseline = readRecord(path, shown);
  const verifier = createVerifier(tolerance);
  const repeats: TracedRepeat[] = [];
  const { now, end } = await executeOnce(request, watch, (repeat) => {
    const before = baseline.repeats[repeat.index];
    if (before) verifier.add(shortened(repeat), before);
    repeats.push({ ...repeat, trace: undefined });
  });
  const sides = [now, { label: `in ${shown}`, ...baseline }];
  const differences = planDifferences(now.plan, baseline.plan);
  if (drift) {
    const [scores, before] = [repeats, baseline.repeats].map((some) => some.map(({ score }) => score)) as [
      number[],
      number[],
    ];
    const judgement = judgeDrift({ ...now, scores }, { ...baseline, scores: before }, shown, drift);
    return { sides, repeats, verification: null, judgements: [judgement], notes: differences };
  }
  const verification = differences.length === 0 ? verifier.result(end.tensors) : null;
  const judgement = judgeBaseline(now, baseline, shown, verification);
  return { sides, repeats, verification, judgements: [judgement], notes: [] };
}

/** Executes once, for a baseline of which bits are not expected to agree. */
async function recordOnce(request: ExecutionRequest, shown: string, watch: Watch): Promise<Checked> {
  const repeats: TracedRepeat[] = [];
  const { now } = await executeOnce(request, watch, (repeat) => repeats.push(shortened(repeat)));
  const message = `${repeats.length} scores for ${shown}, to be compared by statistics`;
  const judgement = { name: 'drift', outcome: 'passed', verdict: 'recorded', message, causes: [] } as const;
  return { sides: [now], repeats, verification: null, judgements: [judgement], notes: [] };
}

function execute(
  [request, other]: readonly [ExecutionRequest, ExecutionRequest],
  settings: CheckSettings,
  watch: Watch,
): Promise<Checked> {
  const { file, records, drift } = settings;
  if (file && !records) return checkBaseline(request, settings, file, watch);
  return file && drift ? recordOnce(request, file.shown, watch) : checkTwice([request, other], settings, watch);
}

/** `repro check [experiment] [key=value…]` → exit code */
export async function checkCommand(io: Io, args: readonly string[], flags: CheckFlags): Promise<number> {
  const settings = checkSettings(flags, io);
  const { file, records, conditions } = settings;
  const outputs = openOutputs(flags, checkFormats, io);
  const watch = createWatch(io, flags.quiet ?? false);
  try {
    const { repeats, ...checked } = await execute(requestsOf(args, flags, io.cwd()), settings, watch);
    watch.clear();
    const { summarize } = await import('../analysis/summarize.js');
    const summary = conditions.length === 0 ? null : summarize(repeats.map(({ score }) => score));
    const judged = summary === null ? [] : conditions.map((condition) => judgeCondition(condition, summary));
    const result: CheckResult = { ...checked, summary, judgements: [...checked.judgements, ...judged] };
    const exitCode = exitCodeOf(result);
    const silent = (flags.quiet ?? false) && exitCode === 0;
    for (const { format, style, path, write } of outputs) {
      if (!silent || path !== undefined) write((await loadCheckFormat(format))(result, style));
    }
    if (file && records && exitCode === 0) writeBaseline(io, file, checked.sides[0] as Side, repeats, silent);
    if (!silent) await tellGitHub(io, result);
    return exitCode;
  } finally {
    watch.clear();
    for (const { close } of outputs) close();
  }
}

/** In a workflow of GitHub: what failed as annotations, everything in the step's summary. */
async function tellGitHub(io: Io, result: CheckResult): Promise<void> {
  for (const { outcome, verdict, message, causes } of result.judgements) {
    const lines = [`${verdict}: ${message}`, ...causes.map(({ cause, remedy }) => `${cause}; remedy: ${remedy}`)];
    if (outcome !== 'passed') annotate(io, `repro check ${result.sides[0]?.plan.experiment.name}`, lines.join('\n'));
  }
  await addToStepSummary(io, async (style) => (await loadCheckFormat('markdown'))(result, style));
}
