import type { SavedRun } from '../run/readRecord.js';
import type { Circumstances, RunPlan } from '../run/record.js';
import { causesOf } from './causes.js';
import { type Judgement, judgeReproduction, type Side } from './check.js';
import type { Verification } from './verify.js';

/** Differences that are told, of very many. */
const MOST_TOLD = 5;

/** Every value that has no parts, by its path. */
function leavesOf(value: unknown, path = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part, path === '' ? key : `${path}.${key}`));
}

/** Parts of an experiment that plans need not agree in: words, and what the plan itself has. */
const SET_ASIDE = new Set(['name', 'description', 'seed', 'repeats']);

/** What two plans have to agree in, by its path. */
function comparedOf({ experiment, seed, sameSeed, repeats }: RunPlan): Map<string, string> {
  const parts = Object.entries(experiment).filter(([key]) => !SET_ASIDE.has(key));
  return new Map(leavesOf({ ...Object.fromEntries(parts), seed, sameSeed, repeats }));
}

/** What differs between two plans: `epochs is 200, was 100`. */
export function planDifferences(now: RunPlan, before: RunPlan): string[] {
  const [present, past] = [comparedOf(now), comparedOf(before)];
  const paths = [...new Set([...present.keys(), ...past.keys()])].filter(
    (path) => present.get(path) !== past.get(path),
  );
  const text = (values: Map<string, string>, path: string) => values.get(path) ?? 'absent';
  const told = paths.slice(0, MOST_TOLD).map((path) => `${path} is ${text(present, path)}, was ${text(past, path)}`);
  return paths.length > MOST_TOLD ? [...told, `${paths.length - MOST_TOLD} more`] : told;
}

/** Where two runs were made, as far as that differs: `engine is node 22, was node 20`. */
function environmentDifferences(now: Circumstances, before: Circumstances): string[] {
  return (['tool', 'engine', 'platform', 'processor'] as const)
    .filter((key) => now[key] !== before[key])
    .map((key) => `${key} is ${now[key]}, was ${before[key]}`);
}

/**
 * Whether an execution is the one that a baseline recorded. A baseline of another plan cannot be compared, nor one with other
 * bits from another version or environment: neither says anything against the experiment.
 *
 * @param verification `null` where the plans differ, so that nothing was compared
 */
export function judgeBaseline(
  now: Side,
  baseline: SavedRun,
  shown: string,
  verification: Verification | null,
): Judgement {
  const again = { cause: `${shown} is not of this run`, remedy: '-u records a new baseline' };
  const incomparable = (message: string): Judgement => {
    return { name: 'baseline', outcome: 'incomparable', verdict: 'not comparable', message, causes: [again] };
  };
  const causes = causesOf(now.plan);
  if (verification === null && causes.length === 0) {
    return incomparable(`the plan differs: ${planDifferences(now.plan, baseline.plan).join('; ')}`);
  }
  if (verification === null) {
    const message = `each execution is another one than ${shown}`;
    return { name: 'baseline', outcome: 'failed', verdict: 'divergent', message, causes };
  }
  const judgement = { ...judgeReproduction(now.plan, verification), name: 'baseline' };
  const elsewhere = environmentDifferences(now.circumstances, baseline.circumstances);
  if (judgement.outcome === 'failed' && causes.length === 0 && elsewhere.length > 0) {
    return incomparable(`${shown} comes from elsewhere, and its bits differ: ${elsewhere.join('; ')}`);
  }
  return judgement;
}
