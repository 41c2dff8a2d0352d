import { resolve } from 'node:path';
import { type CheckResult, judgeReproduction, type Side } from '../analysis/check.js';
import { judgeBaseline } from '../analysis/judgeBaseline.js';
import { planDifferences } from '../analysis/planDifferences.js';
import { createVerifier } from '../analysis/verify.js';
import { ReproError } from '../errors.js';
import { type Surroundings, surroundings } from '../run/circumstances.js';
import { readRecord } from '../run/readRecord.js';
import type { Repeat, TracedRepeat } from '../run/record.js';
import { fits, shortTrace } from '../run/savedTrace.js';
import { withoutSecrets } from '../run/withoutSecrets.js';
import {
  type CheckExecutor,
  type CheckedRepeat,
  networkExecutor,
  programExecutor,
  type Watch,
} from './checkExecutor.js';
import type { BaselineFile, CheckSettings } from './checkSettings.js';
import { experimentOf } from './experiment.js';
import type { CheckFlags } from './flags.js';
import type { Ended } from './follow.js';
import type { Io } from './io.js';
import { statOf } from './statOf.js';

/** What was executed, and what came of comparing it. */
export interface Checked extends Omit<CheckResult, 'summary'> {
  /** Of the execution that conditions are held against, and that a baseline is made of: the first side. */
  readonly repeats: readonly TracedRepeat[];
}

/** Makes a side, without secrets, of an execution that has ended. */
type Sides = (label: string, ended: Ended) => Side;

function sidesOf(around: Surroundings): Sides {
  return (label, { plan, digest, elapsed, threads }) => {
    return { label, plan: withoutSecrets(plan), digest, circumstances: { ...around, elapsed, threads } };
  };
}

/** What tells two executions apart. */
function labelsOf(executions: readonly [Ended, Ended]): readonly [string, string] {
  const [one, other] = executions.map(({ threads }) => threads);
  if (one === other) return ['the first time', 'the second time'];
  return [one, other].map((threads) => (threads === 1 ? 'on 1 thread' : `on ${threads} threads`)) as [string, string];
}

/** What is kept of a repeat: with as much of its trace as a baseline keeps, or with none. */
function kept({ index, score, hash, program, trace }: CheckedRepeat, traced: boolean): TracedRepeat {
  const short = traced && trace ? shortTrace(trace) : undefined;
  return { index, score, hash, ...(program ? { program } : {}), trace: short };
}

async function executeTwice(
  executor: CheckExecutor,
  sideOf: Sides,
  settings: CheckSettings,
  watch: Watch,
): Promise<Checked> {
  const verifier = createVerifier(settings.tolerance);
  const repeats: TracedRepeat[] = [];
  let total = 0;
  const counting: Watch = {
    ...watch,
    onStart(count) {
      total = count;
      watch.onStart(count);
    },
  };
  const [one, other] = await executor.twice(counting, ([repeat, again]) => {
    verifier.add(repeat, again, again.bytes && repeat.bytes?.equals(again.bytes));
    const { trace } = settings.records ? repeat : {};
    repeats.push(kept(repeat, trace !== undefined && fits(trace, total)));
  });
  const labels = labelsOf([one, other]);
  const sides = [sideOf(labels[0], one), sideOf(labels[1], other)] as const;
  const changes = planDifferences(sides[1].plan, sides[0].plan);
  if (changes.length > 0) throw new ReproError(`the experiment changed while it was checked: ${changes.join('; ')}`);
  const verification = verifier.result(one.tensors);
  return {
    ...{ sides, repeats, verification, notes: [] },
    judgements: [judgeReproduction(one.plan, verification)],
  };
}

function scoresOf(repeats: readonly Repeat[]): number[] {
  return repeats.map(({ score }) => score);
}

/** Executes once, and compares with a baseline: by bits, or by statistics. */
async function holdAgainst(
  { path, shown }: BaselineFile,
  executor: CheckExecutor,
  sideOf: Sides,
  { tolerance, drift }: CheckSettings,
  watch: Watch,
): Promise<Checked> {
  const read = readRecord(path, shown);
  const baseline = { ...read, plan: withoutSecrets(read.plan) };
  const verifier = createVerifier(tolerance);
  const repeats: TracedRepeat[] = [];
  const recorded = new Map(baseline.repeats.map((repeat) => [repeat.index, repeat]));
  const execution = await executor.once(watch, (repeat) => {
    const before = recorded.get(repeat.index);
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
async function executeForDrift(executor: CheckExecutor, sideOf: Sides, shown: string, watch: Watch): Promise<Checked> {
  const repeats: TracedRepeat[] = [];
  const now = sideOf('now', await executor.once(watch, (repeat) => repeats.push(kept(repeat, true))));
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

/** Executes what is to be checked, and compares as the settings ask for. */
export async function executeCheck(
  args: readonly string[],
  flags: CheckFlags,
  io: Io,
  settings: CheckSettings,
  watch: Watch,
): Promise<Checked> {
  const { file, records, drift } = settings;
  const cwd = io.cwd();
  refusePipes(args, cwd);
  const placed = await experimentOf(args, cwd, flags);
  const isNetwork = placed.experiment.kind === 'network';
  const executor = isNetwork ? networkExecutor(args, flags, cwd) : programExecutor(placed, flags, io);
  const sideOf = sidesOf(await surroundings(placed.experiment, placed.folder, io.env).settled());
  if (file && !records) return holdAgainst(file, executor, sideOf, settings, watch);
  return file && drift
    ? executeForDrift(executor, sideOf, file.shown, watch)
    : executeTwice(executor, sideOf, settings, watch);
}
