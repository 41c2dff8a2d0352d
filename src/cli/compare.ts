import type { ComparisonOptions, LabelledRun } from '../analysis/compareRuns.js';
import { ReproError } from '../errors.js';
import type { Experiment } from '../experiment/experiment.js';
import { shownPath } from '../experiment/find.js';
import { redact } from '../provenance/secrets.js';
import { comparisonFormats, renderComparison, type Told } from '../report/comparisonFormats.js';
import { circumstances, type Observation, surroundings } from '../run/circumstances.js';
import { collectRepeats } from '../run/collect.js';
import { checkApart, executeRuns, type RunToExecute } from '../run/executeRuns.js';
import { inputsOf } from '../run/inputs.js';
import { planRun } from '../run/plan.js';
import { prepare } from '../run/prepare.js';
import { hasFailed, type Repeat } from '../run/record.js';
import { withoutSecrets } from '../run/withoutSecrets.js';
import type { Journal } from '../store/openJournal.js';
import { experimentOf, type PlacedExperiment } from './experiment.js';
import { tellFailures } from './failures.js';
import type { CompareFlags, ExperimentFlags } from './flags.js';
import { addToStepSummary } from './github.js';
import { Interrupted } from './interruption.js';
import type { Io } from './io.js';
import { openJournal } from './openJournal.js';
import { type Operand, parseOperands } from './operands.js';
import { type Output, openOutputs } from './outputs.js';
import { progressBar } from './progress.js';
import { createRunEnding, type RunEnding } from './runEnding.js';
import { closeJournal, saveTo } from './saveTo.js';
import { spareInputs } from './spareInputs.js';

/** Repeats and seed of a demonstration that is not told others: the article's. */
const REPEATS = 10;
const SEED = 1;

/** A run to be executed, as it will be named. */
interface Planned extends RunToExecute {
  readonly label: string;
  /** Where the experiment is, absolute. */
  readonly folder: string;
  readonly around: Observation;
}

async function planned(label: string, { experiment, folder, tell }: PlacedExperiment, io: Io): Promise<Planned> {
  const around = surroundings(experiment, folder, io.env);
  const plan = planRun(experiment, { inputs: await inputsOf(experiment, folder) });
  const prepared = await prepare(plan, { folder, tell, show: (path) => shownPath(path, io.cwd()) });
  return { label, plan, prepared, folder, around };
}

/** Where the repeats of runs are saved. */
function openJournals(runs: readonly Planned[], io: Io): Promise<(Journal | undefined)[]> {
  return Promise.all(runs.map(({ plan, folder, around }) => openJournal(io, plan, folder, around)));
}

/** @throws ReproError for a run without a score, which nothing can be compared with */
function checkScores(runs: readonly LabelledRun[]): void {
  const none = runs.find(({ repeats }) => repeats.every(hasFailed));
  if (none) throw new ReproError(`every repeat of ${none.label} failed`, { code: 'failed' });
}

/** @throws Interrupted where a signal ended the runs, of which it tells how they go on */
function stopIfInterrupted(
  io: Io,
  ending: RunEnding,
  { done, total }: { readonly done: number; readonly total: number },
  journals: readonly (Journal | undefined)[],
): void {
  const exitCode = ending.exitCode();
  if (exitCode === undefined) return;
  const ids = journals.flatMap((journal) => (journal ? [journal.id] : []));
  const goesOn =
    ids.length === 0 ? '' : `: repro resume goes on with each of ${ids.join(', ')}, repro compare with all`;
  io.stderr.write(`repro: interrupted after ${done} of ${total} repeats${goesOn}\n`);
  throw new Interrupted(exitCode);
}

/** Executes runs side by side; each is saved as it would be alone. */
async function executeSideBySide(runs: readonly Planned[], io: Io, flags: CompareFlags): Promise<LabelledRun[]> {
  const total = runs.reduce((sum, { plan }) => sum + plan.repeats, 0);
  const progress = progressBar(io, total, flags.quiet ?? false);
  const failures = runs.map(({ label }) => tellFailures(io, flags.quiet ?? false, { label }));
  const repeats = runs.map((): Repeat[] => []);
  const collectors = runs.map(({ plan }, position) =>
    collectRepeats([], plan.repeats, (some) => {
      for (const repeat of some) repeats[position]?.push(repeat);
    }),
  );
  const journals = flags.save === false ? [] : await openJournals(runs, io);
  const saves = journals.map((journal) => saveTo(io, journal));
  const ending = createRunEnding();
  let done = 0;
  try {
    const options = { jobs: flags.jobs, env: io.env, signal: ending.signal };
    const threads = await executeRuns(runs, options, (some, position) => {
      saves[position]?.(some);
      done += some.length;
      progress.update(done);
      failures[position]?.tell(some);
      collectors[position]?.add(some);
    });
    const executed = await Promise.all(
      runs.map(async ({ label, plan, around }, i) => {
        collectors[i]?.end();
        const digest = collectors[i]?.digest() ?? '';
        const environment = await circumstances(around, threads[i] ?? 1);
        journals[i]?.end({ status: ending.status(), repeats: repeats[i]?.length, digest, environment });
        return { label, plan: withoutSecrets(plan), repeats: repeats[i] ?? [], digest };
      }),
    );
    stopIfInterrupted(io, ending, { done, total }, journals);
    checkScores(executed);
    return executed;
  } finally {
    progress.clear();
    ending.release();
    for (const journal of journals) await closeJournal(io, journal);
  }
}

/** The flags of a comparison for one of its experiments. A direction is the comparison's; of a command it is also told here. */
function flagsOf({ command }: Extract<Operand, { kind: 'experiment' }>, flags: CompareFlags): ExperimentFlags {
  const { direction: _, ...others } = flags;
  return command ? { ...flags, command } : others;
}

/** Plans the article's demonstration: twice without a seed, and twice with one. */
async function planDemonstration(args: readonly string[], io: Io, flags: ExperimentFlags): Promise<Planned[]> {
  const counted = flags.repeats !== undefined || args.some((arg) => /^\s*repeats\s*=/.test(arg));
  const placed = await experimentOf(args, io.cwd(), counted ? flags : { ...flags, repeats: REPEATS });
  const { experiment } = placed;
  const seed = experiment.seed ?? SEED;
  const label = typeof seed === 'object' ? 'seeded' : redact(`seed ${seed}`);
  const both = [
    ['unseeded', null],
    ['unseeded again', null],
    [label, seed],
    [`${label} again`, seed],
  ] as const;
  return Promise.all(
    both.map(([name, each]) =>
      planned(name, { ...placed, experiment: { ...experiment, seed: each } as Experiment }, io),
    ),
  );
}

async function demonstrationOf(
  operand: Extract<Operand, { kind: 'experiment' }>,
  io: Io,
  flags: CompareFlags,
): Promise<() => Promise<Told>> {
  const plans = await planDemonstration(operand.args, io, flagsOf(operand, flags));
  await checkApart(plans, flags);
  return async () => {
    const [a, b, c, d] = (await executeSideBySide(plans, io, flags)) as [
      LabelledRun,
      LabelledRun,
      LabelledRun,
      LabelledRun,
    ];
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
      const placed = await experimentOf(operand.args, io.cwd(), flagsOf(operand, flags));
      return planned(operand.label, placed, io);
    }),
  );
  const options = optionsOf(flags);
  const { checkRuns, compareRuns } = await import('../analysis/compareRuns.js');
  checkRuns(sides, options);
  await checkApart(
    sides.filter((side) => 'prepared' in side),
    flags,
  );
  return async () => {
    const executed = await executeSideBySide(
      sides.filter((side) => 'prepared' in side),
      io,
      flags,
    );
    const runs = sides.map((side) => ('prepared' in side ? (executed.shift() as LabelledRun) : side));
    return { kind: 'comparison', comparison: compareRuns(runs, options), runs };
  };
}

function runsOf(told: Told): readonly LabelledRun[] {
  if (told.kind === 'comparison') return told.runs;
  const { unseeded, seeded } = told.demonstration;
  return [...unseeded.runs, ...seeded.runs];
}

function verdictOf(told: Told): string {
  return told.kind === 'comparison' ? told.comparison.verdict : told.demonstration.verdict;
}

/** One line for those whose result went to files. */
function note(told: Told, outputs: readonly Output<string>[]): string {
  return `repro: wrote ${outputs.map(({ path }) => path).join(', ')}: ${verdictOf(told)}\n`;
}

/** `repro compare [experiment…] [key=value…] [FILE…] [-- command…]…` → exit code */
export async function compareCommand(io: Io, args: readonly string[], flags: CompareFlags): Promise<number> {
  const operands = await parseOperands(args, flags, io.cwd());
  const saved = operands.flatMap((operand) => (operand.kind === 'saved' ? [operand.path] : []));
  const damage = operands.flatMap((operand) => (operand.kind === 'saved' ? (operand.damage ?? []) : []));
  for (const each of new Set(damage)) io.stderr.write(`repro: ${each}\n`);
  spareInputs(saved, 'a run that is compared', flags, io.cwd());
  const [only] = operands;
  const demonstrates = operands.length === 1 && only?.kind === 'experiment' && flags.vary === undefined;
  // Mistakes in what is named are told before a file is opened, and whether that can be written before anything is executed.
  const execute = demonstrates ? await demonstrationOf(only, io, flags) : await comparisonOf(operands, io, flags);
  const outputs = openOutputs(flags, comparisonFormats, io);
  try {
    const told = await execute();
    for (const { format, style, write } of outputs) write(await renderComparison(told, format, style));
    if (!flags.quiet && !outputs.some(({ path }) => path === undefined)) io.stderr.write(note(told, outputs));
    await addToStepSummary(io, (style) => renderComparison(told, 'markdown', style));
    return runsOf(told).some(({ repeats }) => repeats.some(hasFailed)) ? 3 : 0;
  } finally {
    for (const { close } of outputs) close();
  }
}
