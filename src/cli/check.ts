import { type CheckResult, exitCodeOf, judgeCondition, type Side } from '../analysis/check.js';
import type { Summary } from '../analysis/summarize.js';
import { isReproError } from '../errors.js';
import { checkFormats, loadCheckFormat } from '../report/checkFormats.js';
import type { Repeat } from '../run/record.js';
import { executeCheck } from './checkExecutions.js';
import type { Watch } from './checkExecutor.js';
import { checkSettings } from './checkSettings.js';
import type { CheckFlags } from './flags.js';
import { addToStepSummary, annotate } from './github.js';
import type { Io } from './io.js';
import { openOutputs } from './outputs.js';
import { type Progress, progressBar } from './progress.js';
import { writeCheck } from './writeCheck.js';

/** A progress bar that learns how many repeats there are when executions start. */
function createWatch(io: Io, quiet: boolean): Watch & { clear(): void } {
  let progress: Progress | undefined;
  let done = 0;
  return {
    onStart(repeats) {
      progress = progressBar(io, repeats, quiet);
    },
    onRepeat() {
      done += 1;
      progress?.update(done);
    },
    clear: () => progress?.clear(),
  };
}

/** `repro check [experiment] [key=value…]` → exit code; what keeps it from an answer is annotated as well. */
export async function checkCommand(io: Io, args: readonly string[], flags: CheckFlags): Promise<number> {
  try {
    return await check(io, args, flags);
  } catch (error) {
    if (isReproError(error)) annotate(io, 'repro check', error.message);
    throw error;
  }
}

async function check(io: Io, args: readonly string[], flags: CheckFlags): Promise<number> {
  const { quiet = false } = flags;
  const settings = checkSettings(flags, io);
  const { file, records, conditions } = settings;
  const outputs = openOutputs(flags, checkFormats, io);
  const watch = createWatch(io, quiet);
  try {
    const executing = executeCheck(args, flags, io, settings, watch);
    const { repeats, ...checked } = await executing.catch((error: unknown) => failWith(outputs, error));
    watch.clear();
    const summary = conditions.length === 0 ? null : await summaryOf(repeats);
    const judged = summary === null ? [] : conditions.map((condition) => judgeCondition(condition, summary));
    const result: CheckResult = { ...checked, summary, judgements: [...checked.judgements, ...judged] };
    const exitCode = exitCodeOf(result);
    const silent = quiet && exitCode === 0;
    await writeCheck(outputs, result, silent);
    if (file && records && exitCode === 0) {
      const { writeBaseline } = await import('./writeBaseline.js');
      writeBaseline(io, file, checked.sides[0] as Side, repeats, silent);
    }
    if (!silent) await tellGitHub(io, result);
    return exitCode;
  } finally {
    watch.clear();
    for (const { close } of outputs) close();
  }
}

/** Where nothing can be said, a CI system is told so, and not left with the file of an earlier check. */
async function failWith(outputs: Parameters<typeof writeCheck>[0], error: unknown): Promise<never> {
  const toFile = outputs.filter(({ format, path }) => format === 'junit' && path !== undefined);
  if (isReproError(error) && toFile.length > 0) {
    const { junitError } = await import('../report/junit.js');
    for (const { write } of toFile) write(junitError(error.message));
  }
  throw error;
}

/** Statistics are loaded where conditions ask for them. */
async function summaryOf(repeats: readonly Repeat[]): Promise<Summary> {
  const { summarizeRepeats } = await import('../analysis/summarizeRepeats.js');
  return summarizeRepeats(repeats);
}

/** In a workflow of GitHub: what failed as annotations, everything in the step's summary. */
async function tellGitHub(io: Io, result: CheckResult): Promise<void> {
  for (const { outcome, verdict, message, causes } of result.judgements) {
    const lines = [`${verdict}: ${message}`, ...causes.map(({ cause, remedy }) => `${cause}; remedy: ${remedy}`)];
    if (outcome !== 'passed') annotate(io, `repro check ${result.sides[0]?.plan.experiment.name}`, lines.join('\n'));
  }
  await addToStepSummary(io, async (style) => (await loadCheckFormat('markdown'))(result, style));
}
