import type { Circumstances, RunPlan } from '../run/record.js';
import { type Cause, causesOf, otherCauses } from './causes.js';
import { type Condition, holdAgainst } from './condition.js';
import type { Summary } from './summarize.js';
import type { Verification } from './verify.js';

/** What was asked of a check, and what came of it. */
export interface Judgement {
  /** What was asked for. */
  readonly name: string;
  /** `incomparable`: nothing can be said, which is not the experiment's fault. */
  readonly outcome: 'passed' | 'failed' | 'incomparable';
  /** The outcome in a word or two: `reproducible`, `divergent`, `not met`. */
  readonly verdict: string;
  /** Why, in one sentence without a full stop. */
  readonly message: string;
  /** What the user can do about it. */
  readonly causes: readonly Cause[];
}

/** An execution, or a recorded one, as a check names it. */
export interface Side {
  /** `on 1 thread`, `in baseline.json`. */
  readonly label: string;
  readonly plan: RunPlan;
  readonly digest: string;
  readonly circumstances: Circumstances;
}

/** All there is to a check. */
export interface CheckResult {
  /** What was executed now, first, and what it was held against. */
  readonly sides: readonly Side[];
  /** `null` where bits were not compared. */
  readonly verification: Verification | null;
  readonly judgements: readonly Judgement[];
  /** Of the scores now, where conditions are on them. */
  readonly summary: Summary | null;
  /** What to keep in mind. */
  readonly notes: readonly string[];
}

/** The exit code that a check ends with. */
export function exitCodeOf({ judgements }: CheckResult): 0 | 1 | 2 {
  if (judgements.some(({ outcome }) => outcome === 'failed')) return 1;
  return judgements.some(({ outcome }) => outcome === 'incomparable') ? 2 : 0;
}

/** What of the weights was compared, in words. */
const COMPARED = {
  every: 'scores, and weights after every epoch',
  some: 'scores, and weights after some epochs and the last',
  final: 'scores and final weights',
} as const;

/** What of a run was compared, in words. */
function comparedOf({ experiment }: RunPlan, { epochs }: Verification): string {
  if (experiment.kind === 'network') return COMPARED[epochs];
  const artifacts = experiment.kind === 'command' && experiment.artifacts.length > 0;
  return artifacts ? 'scores, metrics and artifacts' : 'scores and metrics';
}

/** Why files may differ that a program writes, where all its numbers agree; undefined where they do not. */
function artifactCauses({ divergence, repeats, identicalScores }: Verification): Cause[] | undefined {
  const parts = divergence?.parts ?? [];
  if (identicalScores < repeats || parts.length === 0 || parts.some(({ kind }) => kind === 'metric')) return undefined;
  const names = parts.map(({ name }) => name).join(', ');
  const cause = `all numbers agree, and ${names} does not: it may hold a time, a path, or parts in no fixed order`;
  return [{ cause, remedy: `look at what differs in ${names}, and write it without that` }];
}

/** Whether two executions of a plan are the same: by bits, or by scores within a tolerance. */
export function judgeReproduction(plan: RunPlan, verification: Verification): Judgement {
  const { repeats, identical, within } = verification;
  const name = 'reproduction';
  const of = repeats === 1 ? '1 repeat' : `${repeats} repeats`;
  if (identical === repeats) {
    const message = `the same bits in ${of}: ${comparedOf(plan, verification)}`;
    return { name, outcome: 'passed', verdict: 'reproducible', message, causes: [] };
  }
  const bits = `the same bits in ${identical} of ${of}`;
  if (within === repeats) {
    return { name, outcome: 'passed', verdict: 'within tolerance', message: `all scores agree; ${bits}`, causes: [] };
  }
  const what = plan.experiment.kind === 'network' ? 'scores' : 'repeats';
  const message = within === null ? bits : `${within} of ${repeats} ${what} agree within the tolerance; ${bits}`;
  const chance = causesOf(plan);
  const others = () => artifactCauses(verification) ?? otherCauses(plan);
  return {
    ...{ name, outcome: 'failed', verdict: 'divergent', message },
    causes: chance.length > 0 ? chance : others(),
  };
}

/** Whether a summary is as it is required to be. */
export function judgeCondition(condition: Condition, summary: Summary): Judgement {
  const { met, value } = holdAgainst(condition, summary);
  const { text, figure } = condition;
  const message = value === null ? `${text}: there is no ${figure}` : `${text}: ${figure} is ${value}`;
  return { name: text, outcome: met ? 'passed' : 'failed', verdict: met ? 'met' : 'not met', message, causes: [] };
}
