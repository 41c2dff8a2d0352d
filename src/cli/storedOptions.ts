import type { Command } from 'commander';
import { checkFormatNames } from '../report/checkFormats.js';
import { formatNames } from '../report/formats.js';
import { runsFormatNames } from '../report/runsFormats.js';
import { age } from './age.js';
import type { OutputFlags, RunFlags } from './flags.js';
import { wholeNumber } from './flags.js';
import type { Io } from './io.js';
import { addOutputOptions } from './options.js';
import type { PruneFlags } from './prune.js';
import type { RerunFlags } from './rerun.js';
import type { RunsFlags } from './runs.js';

const RUN = 'a run, by its id, the beginning or the end of one, or last';

const RUNS_EXAMPLES = `
Examples:
  repro runs                                the last 20 runs, the newest last
  repro runs --limit 100
  repro runs -f json | jq '.runs[] | select(.state != "finished")'

Ages count from the start of a run, which its id says in UTC.
Exit codes: 0 fine, 2 usage or files.`;

const RESUME_EXAMPLES = `
Examples:
  repro resume                              the last run that is not finished
  repro resume k3f9 -j 4                    by the end of its id, four programs at once
  repro resume last --output run.json

Exit codes: 0 fine, 2 it cannot be executed as it was, 3 the experiment failed, 130 interrupted.`;

const RERUN_EXAMPLES = `
Examples:
  repro rerun last                          all repeats that are kept, from the recorded seed
  repro rerun last --repeat 7               one of them
  repro rerun 20261125-213045 -q && echo same

Exit codes: 0 the same bits, 1 others, 2 it cannot be executed as it was, 3 the experiment failed, 130 interrupted.`;

const EXPORT_EXAMPLES = `
Examples:
  repro export last -f csv > scores.csv
  repro export k3f9 -o run.json -o run.md

Exit codes: 0 fine, 2 usage or files.`;

const PRUNE_EXAMPLES = `
Examples:
  repro prune --keep 20                     all but the last 20 runs
  repro prune --keep 5 --older-than 30d     what is older than 30 days, but never the last 5
  repro prune --older-than 2w --dry-run     only show them
  repro prune k3f9 20261125-213045

The ids of the runs that are removed are printed, one a line. A run that is being executed stays.
Exit codes: 0 fine, 2 usage or files.`;

/** The number of a repeat. */
export const repeatNumber = wholeNumber('--repeat', 1, 0xffffffff);

/** What the commands about runs are given: the world, and who hears of the exit code. */
interface Given {
  readonly io: Io;
  end(exitCode: number): void;
}

function addJobs(command: Command): Command {
  return command
    .option('-j, --jobs <n>', 'threads, or programs at once', wholeNumber('--jobs', 1, 1024))
    .option('--show-output', 'pass on what the command writes, to stderr');
}

function addRuns(program: Command, { io }: Given): void {
  const runs = program.command('runs').description('list the runs that are kept in this folder, the newest last');
  addOutputOptions(
    runs.option('--limit <n>', 'the last n (default: 20 in a table, else all)', wholeNumber('--limit', 1, 1e9)),
    runsFormatNames,
  )
    .addHelpText('after', RUNS_EXAMPLES)
    .action(async (flags: RunsFlags) => {
      const { runsCommand } = await import('./runs.js');
      await runsCommand(io, flags);
    });
}

function addResume(program: Command, { io, end }: Given): void {
  const resume = program
    .command('resume')
    .description('execute what is missing of a run that was interrupted, to the result that it would have had')
    .argument('[run]', `${RUN} (default: the last that is not finished)`);
  addOutputOptions(addJobs(resume).option('--fail-fast', 'end the run at the first repeat that fails'), formatNames)
    .addHelpText('after', RESUME_EXAMPLES)
    .action(async (run: string | undefined, flags: RunFlags) => {
      const { resumeCommand } = await import('./resume.js');
      end(await resumeCommand(io, run, flags));
    });
}

function addRerun(program: Command, { io, end }: Given): void {
  const rerun = program
    .command('rerun')
    .description('execute a run that is kept once more, and say whether its bits come again; nothing is kept of that')
    .argument('<run>', RUN);
  addOutputOptions(
    addJobs(rerun).option('--repeat <n>', 'this repeat alone', repeatNumber),
    checkFormatNames,
    'say nothing at all when all is well',
  )
    .addHelpText('after', RERUN_EXAMPLES)
    .action(async (run: string, flags: RerunFlags) => {
      const { rerunCommand } = await import('./rerun.js');
      end(await rerunCommand(io, run, flags));
    });
}

function addExport(program: Command, { io }: Given): void {
  const exporting = program
    .command('export')
    .description('write a run that is kept as repro run would have written it')
    .argument('<run>', RUN);
  addOutputOptions(exporting, formatNames)
    .addHelpText('after', EXPORT_EXAMPLES)
    .action(async (run: string, flags: OutputFlags) => {
      const { exportCommand } = await import('./export.js');
      await exportCommand(io, run, flags);
    });
}

function addPrune(program: Command, { io }: Given): void {
  program
    .command('prune')
    .description('remove runs that are kept')
    .argument('[runs...]', 'runs, each by its id, the beginning or the end of one, or last')
    .option('--keep <n>', 'all but the last n', wholeNumber('--keep', 0, 1e9))
    .option('--older-than <age>', 'those that began before: 30d, 12h, 2w', age('--older-than'))
    .option('--dry-run', 'remove nothing, show what would be')
    .option('-q, --quiet', 'no note on stderr')
    .addHelpText('after', PRUNE_EXAMPLES)
    .action(async (names: string[], flags: PruneFlags) => {
      const { pruneCommand } = await import('./prune.js');
      pruneCommand(io, names, flags);
    });
}

/** The commands that are about runs that are kept, by name. */
export const storedCommands: Readonly<Record<string, (program: Command, given: Given) => void>> = {
  runs: addRuns,
  resume: addResume,
  rerun: addRerun,
  export: addExport,
  prune: addPrune,
};
