import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { type CheckResult, judgeReproduction, type Side } from '../analysis/check.js';
import { judgeBaseline } from '../analysis/judgeBaseline.js';
import { planDifferences } from '../analysis/planDifferences.js';
import { createVerifier } from '../analysis/verify.js';
import { ReproError } from '../errors.js';
import { readRecord } from '../run/readRecord.js';
import type { Repeat, TracedRepeat } from '../run/record.js';
import { fits, shortTrace } from '../run/savedTrace.js';
import type { SentRepeat } from '../run/sentRepeat.js';
import type { BaselineFile, CheckSettings } from './checkSettings.js';
import type { ExecutionRequest } from './execution.js';
import type { CheckFlags } from './flags.js';
import { type Ended, follow } from './follow.js';
import { statOf } from './statOf.js';

/** What was executed, and what came of comparing it. */
export interface Checked extends Omit<CheckResult, 'summary'> {
  /** Of the execution that conditions are held against, and that a baseline is made of: the first side. */
  readonly repeats: readonly TracedRepeat[];
}

/** Hears how far executions are. */
export interface Watch {
  onStart(repeats: number): void;
  onRepeat(): void;
}

type Requests = readonly [ExecutionRequest, ExecutionRequest];

/** Two ways to execute the same, of which no bit may depend: the second on more threads, in other lanes. */
function requestsOf(args: readonly string[], flags: CheckFlags, cwd: string): Requests {
  const { seed, unseeded, repeats, backend, sameSeed, jobs } = flags;
  // As JSON they lose what is undefined.
  const base = { args, flags: { seed, unseeded, repeats, backend, sameSeed } as ExecutionRequest['flags'], cwd };
  const threads = Math.max(1, Math.floor((jobs ?? availableParallelism()) / 2));
  return [
    { ...base, jobs: threads, scattered: false },
    { ...base, jobs: jobs === 1 ? 1 : threads + 1, scattered: true },
  ];
}

function sideOf(label: string, { plan, digest, circumstances }: Ended): Side {
  return { label, plan, digest, circumstances };
}

/** What tells two executions apart. */
function labelsOf(executions: readonly [Ended, Ended]): readonly [string, string] {
  const [one, other] = executions.map(({ circumstances: { threads } }) => threads);
  if (one === other) return ['the first time', 'the second time'];
  return [one, other].map((threads) => (threads === 1 ? 'on 1 thread' : `on ${threads} threads`)) as [string, string];
}

/** What is kept of a repeat: with as much of its trace as a baseline keeps, or with none. */
function kept(repeat: SentRepeat, traced: boolean): TracedRepeat {
  const { index, score, weights } = repeat;
  return { index, score, weights, trace: traced ? shortTrace(repeat.trace) : undefined };
}

async function executeTwice(requests: Requests, settings: CheckSettings, watch: Watch): Promise<Checked> {
  const verifier = createVerifier(settings.tolerance);
  const repeats: TracedRepeat[] = [];
  let total = 0;
  const [one, other] = await follow(requests, {
    onStart(count) {
      total = count;
      watch.onStart(count);
    },
    onRepeats([repeat, again]) {
      verifier.add(repeat, again, repeat.bytes.equals(again.bytes));
      repeats.push(kept(repeat, settings.records && fits(repeat.trace, total)));
      watch.onRepeat();
    },
  });
  const changes = planDifferences(other.plan, one.plan);
  if (changes.length > 0) throw new ReproError(`the experiment changed while it was checked: ${changes.join('; ')}`);
  const labels = labelsOf([one, other]);
  const verification = verifier.result(one.tensors);
  return {
    sides: [sideOf(labels[0], one), sideOf(labels[1], other)],
    ...{ repeats, verification, notes: [] },
    judgements: [judgeReproduction(one.plan, verification)],
  };
}

async function executeOnce(
  request: ExecutionRequest,
  watch: Watch,
  onRepeat: (repeat: SentRepeat) => void,
): Promise<Ended> {
  const [execution] = await follow([request] as const, {
    onStart: watch.onStart,
    onRepeats([repeat]) {
      onRepeat(repeat);
      watch.onRepeat();
    },
  });
  return execution;
}

function scoresOf(repeats: readonly Repeat[]): number[] {
  return repeats.map(({ score }) => score);
}

/** Executes once, and compares with a baseline: by bits, or by statistics. */
async function holdAgainst(
  { path, shown }: BaselineFile,
  request: ExecutionRequest,
  { tolerance, drift }: CheckSettings,
  watch: Watch,
): Promise<Checked> {
  const baseline = readRecord(path, shown);
  const verifier = createVerifier(tolerance);
  const repeats: TracedRepeat[] = [];
  const execution = await executeOnce(request, watch, (repeat) => {
    const before = baseline.repeats[repeat.index];
    if (before) verifier.add(kept(repeat, true), before);
    repeats.push(kept(repeat, false));
  });
  const now = sideOf('now', execution);
  const sides = [now, { label: `in ${shown}`, ...baseline }];
  const differences = planDifferences(now.plan, baseline.plan);
  if (drift) {
    // Brings all the statistics of a comparison.
    const { judgeDrift } = await import('../analysis/judgeDrift.js');
    const before = { plan: baseline.plan, scores: scoresOf(baseline.repeats) };
    const judgement = judgeDrift({ plan: now.plan, scores: scoresOf(repeats) }, before, shown, drift);
    return { sides, repeats, verification: null, judgements: [judgement], notes: differences };
  }
  const verification = verifier.result(execution.tensors);
  const judgement = judgeBaseline(now, baseline, shown, differences, verification);
  const compared = differences.length === 0 ? verification : null;
  return { sides, repeats, verification: compared, judgements: [judgement], notes: [] };
}

/** Executes once, for a baseline whose bits are not expected to come again. */
async function executeForDrift(request: ExecutionRequest, shown: string, watch: Watch): Promise<Checked> {
  const repeats: TracedRepeat[] = [];
  const now = sideOf('now', await executeOnce(request, watch, (repeat) => repeats.push(kept(repeat, true))));
  const message = `${repeats.length === 1 ? '1 score is' : `${repeats.length} scores are`} to become ${shown}`;
  const judgement = { name: 'drift', outcome: 'passed', verdict: 'not compared', message, causes: [] } as const;
  return { sides: [now], repeats, verification: null, judgements: [judgement], notes: [] };
}

/** @throws ReproError for an experiment in a pipe, of which a second process finds nothing */
function refusePipes(args: readonly string[], cwd: string): void {
  for (const arg of args) {
    const path = resolve(cwd, arg);
    const stat = statOf(path);
    if (stat && !stat.isFile() && !stat.isDirectory()) {
      throw new ReproError(`${arg} is read more than once by a check: give it a file`);
    }
  }
}

/** Executes what is to be checked, in fresh processes, and compares as the settings ask for. */
export async function executeCheck(
  args: readonly string[],
  flags: CheckFlags,
  cwd: string,
  settings: CheckSettings,
  watch: Watch,
): Promise<Checked> {
  const { file, records, drift } = settings;
  refusePipes(args, cwd);
  const requests = requestsOf(args, flags, cwd);
  if (file && !records) return holdAgainst(file, requests[0], settings, watch);
  return file && drift ? executeForDrift(requests[0], file.shown, watch) : executeTwice(requests, settings, watch);
}
