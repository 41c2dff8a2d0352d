import type { Command } from 'commander';
import { formatNames } from '../report/formats.js';
import type { RunFlags } from './flags.js';
import { wholeNumber } from './flags.js';
import type { Io } from './io.js';
import { addOutputOptions } from './options.js';

const RUN = 'a run, by its id, the beginning or the end of one, or last';

/** The commands that are about runs that are kept. */
export function addStored(program: Command, { io, end }: { readonly io: Io; end(exitCode: number): void }): void {
  addOutputOptions(
    program
      .command('resume')
      .description('execute what is missing of a run that was interrupted, to the result that it would have had')
      .argument('[run]', `${RUN} (default: the last that is not finished)`)
      .option('-j, --jobs <n>', 'threads, or programs at once', wholeNumber('--jobs', 1, 1024))
      .option('--fail-fast', 'end the run at the first repeat that fails')
      .option('--show-output', 'pass on what the command writes, to stderr'),
    formatNames,
  ).action(async (run: string | undefined, flags: RunFlags) => {
    const { resumeCommand } = await import('./resume.js');
    end(await resumeCommand(io, run, flags));
  });
}
