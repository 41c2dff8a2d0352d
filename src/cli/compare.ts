import { availableParallelism } from 'node:os';
import type { ComparisonOptions, LabelledRun } from '../analysis/compareRuns.js';
import { ReproError } from '../errors.js';
import { shownPath } from '../experiment/find.js';
import { comparisonFormats, renderComparison, type Told } from '../report/comparisonFormats.js';
import { executeInterleaved, type PreparedPlan } from '../run/executeInterleaved.js';
import { planRun } from '../run/plan.js';
import { prepare } from '../run/prepare.js';
import type { Repeat, RunPlan } from '../run/record.js';
import { repeatsOf } from '../run/repeats.js';
import { experimentOf, type PlacedExperiment } from './experiment.js';
import type { CompareFlags } from './flags.js';
import { addToStepSummary } from './github.js';
import type { Io } from './io.js';
import { type Operand, parseOperands } from './operands.js';
import { type Output, openOutputs } from './outputs.js';
import { progressBar } from './progress.js';
import { spareInputs } from './spareInputs.js';

/** Repeats and seed of a demonstration that is not told others: the article's. */
const REPEATS = 10;
const SEED = 1;

/** A run to be executed, as it will be named. */
interface Planned extends PreparedPlan {
  readonly label: string;
}

async function planned(label: string, placed: PlacedExperiment, plan: RunPlan, io: Io): Promise<Planned> {
  const prepared = await prepare(plan, { ...placed, show: (path) => shownPath(path, io.cwd()) });
  return { label, plan, prepared };
}

/** Executes runs side by side. */
async function executeRuns(runs: readonly Planned[], io: Io, flags: CompareFlags): Promise<LabelledRun[]> {
  const progress = progressBar(
    io,
    runs.reduce((sum, { plan }) => sum + plan.repeats, 0),
    flags.quiet ?? false,
  );
  // This thread works for all of them, and the others are shared out.
  const jobs = 1 + Math.ceil(((flags.jobs ?? availableParallelism()) - 1) / Math.max(1, runs.length));
  const repeats = runs.map((): Repeat[] => []);
  let done = 0;
  try {
    const executed = await executeInterleaved(runs, { jobs }, (chunk, position) => {
      for (const repeat of repeatsOf(chunk)) repeats[position]?.push(repeat);
      done += chunk.scores.length;
      progress.update(done);
    });
    return runs.map(({ label, plan }, i) => {
      return { label, plan, repeats: repeats[i] ?? [], digest: executed[i]?.digest ?? '' };
    });
  } finally {
    progress.clear();
  }
}

/** Plans the article's demonstration: twice without a seed, and twice with one. */
async function planDemonstration(args: readonly string[], io: Io, flags: CompareFlags): Promise<Planned[]> {
  const counted = flags.repeats !== undefined || args.some((arg) => /^\s*repeats\s*=/.test(arg));
  const placed = await experimentOf(args, io.cwd(), counted ? flags : { ...flags, repeats: REPEATS });
  const { experiment } = placed;
  const seed = experiment.seed ?? SEED;
  const label = typeof seed === 'object' ? 'seeded' : `seed ${seed}`;
  const both = [
    ['unseeded', null],
    ['unseeded again', null],
    [label, seed],
    [`${label} again`, seed],
  ] as const;
  return Promise.all(both.map(([name, each]) => planned(name, placed, planRun({ ...experiment, seed: each }), io)));
}

async function demonstrationOf(args: readonly string[], io: Io, flags: CompareFlags): Promise<() => Promise<Told>> {
  const plans = await planDemonstration(args, io, flags);
  return async () => {
    const [a, b, c, d] = (await executeRuns(plans, io, flags)) as [LabelledRun, LabelledRun, LabelledRun, LabelledRun];
    const { demonstrate } = await import('../analysis/demonstrate.js');
    return { kind: 'demonstration', demonstration: demonstrate([a, b], [c, d]) };
  };
}

/** The design that the flags ask for, if they ask for one. */
function optionsOf({ paired, unpaired, alpha, margin, direction }: CompareFlags): ComparisonOptions {
  if (paired && unpaired) throw new ReproError('--paired and --unpaired contradict each other');
  return { paired: unpaired ? false : paired, alpha, margin, ...(direction ? { direction } : {}) };
}

async function comparisonOf(operands: readonly Operand[], io: Io, flags: CompareFlags): Promise<() => Promise<Told>> {
  const sides = await Promise.all(
    operands.map(async (operand): Promise<Planned | LabelledRun> => {
      if (operand.kind === 'saved') return { label: operand.label, ...operand.run };
      const placed = await experimentOf(operand.args, io.cwd(), flags);
      return planned(operand.label, placed, planRun(placed.experiment), io);
    }),
  );
  const options = optionsOf(flags);
  const { checkRuns, compareRuns } = await import('../analysis/compareRuns.js');
  checkRuns(sides, options);
  return async () => {
    const executed = await executeRuns(
      sides.filter((side) => 'prepared' in side),
      io,
      flags,
    );
    const runs = sides.map((side) => ('prepared' in side ? (executed.shift() as LabelledRun) : side));
    return { kind: 'comparison', comparison: compareRuns(runs, options), runs };
  };
}

function verdictOf(told: Told): string {
  return told.kind === 'comparison' ? told.comparison.verdict : told.demonstration.verdict;
}

/** One line for those whose result went to files. */
function note(told: Told, outputs: readonly Output<string>[]): string {
  return `repro: wrote ${outputs.map(({ path }) => path).join(', ')}: ${verdictOf(told)}\n`;
}

/** `repro compare [experiment…] [key=value…] [FILE…]` */
export async function compareCommand(io: Io, args: readonly string[], flags: CompareFlags): Promise<void> {
  const operands = parseOperands(args, flags, io.cwd());
  const saved = operands.flatMap((operand) => (operand.kind === 'saved' ? [operand.path] : []));
  spareInputs(saved, 'a run that is compared', flags, io.cwd());
  const [only] = operands;
  const demonstrates = operands.length === 1 && only?.kind === 'experiment' && flags.vary === undefined;
  // Mistakes in what is named are told before a file is opened, and whether that can be written before anything is executed.
  const execute = demonstrates ? await demonstrationOf(only.args, io, flags) : await comparisonOf(operands, io, flags);
  const outputs = openOutputs(flags, comparisonFormats, io);
  try {
    const told = await execute();
    for (const { format, style, write } of outputs) write(await renderComparison(told, format, style));
    if (!flags.quiet && !outputs.some(({ path }) => path === undefined)) io.stderr.write(note(told, outputs));
    await addToStepSummary(io, (style) => renderComparison(told, 'markdown', style));
  } finally {
    for (const { close } of outputs) close();
  }
}
