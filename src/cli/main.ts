import { Command, CommanderError } from 'commander';
import { isReproError } from '../errors.js';
import { packageVersion } from '../packageRoot.js';
import { formatNames } from '../report/formats.js';
import type { RunFlags } from './flags.js';
import { errorText, type Io, isClosedPipe } from './io.js';
import { addExperimentOptions, addOutputOptions } from './options.js';

const EXAMPLES = `
Examples:
  repro run --seed 1 --repeats 10           the article's ten scores
  repro run                                 30 repeats from a seed drawn and recorded
  repro run layers.0.units=32 epochs=1000   another network
  repro run --seed 1 --format plain | sort -g | head -1
  repro run --seed 7 --output run.json --output -

Exit codes: 0 fine, 2 usage, configuration or files, 3 the experiment failed.`;

function buildProgram(io: Io): Command {
  const program = new Command('repro')
    .description(
      'Runs a stochastic experiment many times, with or without a fixed seed, to the same bits on every machine.',
    )
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: io.stdout.write,
      writeErr: io.stderr.write,
      outputError: (text, write) =>
        write(
          `${text
            .replace(/^error: /, 'repro: ')
            .trim()
            .replace(/\n/g, ' ')}\n`,
        ),
    });
  program.option('-V, --version', 'print the version').on('option:version', () => {
    io.stdout.write(`${packageVersion()}\n`);
    throw new CommanderError(0, 'commander.version', '');
  });
  const run = program
    .command('run')
    .description('execute an experiment N times and print each score with mean and standard deviation')
    .usage('[options] [experiment] [key=value...]')
    .argument('[arguments...]', 'the experiment, a name or a file (default: article), and parts of it to change');
  addOutputOptions(
    addExperimentOptions(run).option(
      '--same-seed',
      'start every repeat from the seed itself: equal scores, if all is well',
    ),
    formatNames,
  )
    .addHelpText('after', EXAMPLES)
    .action(async (args: string[], flags: RunFlags) => {
      const { runCommand } = await import('./run.js');
      await runCommand(io, args, flags);
    });
  program
    .command('list')
    .description('name the experiments that are shipped and those in ./experiments')
    .action(async () => {
      const { listCommand } = await import('./list.js');
      listCommand(io);
    });
  program
    .command('show')
    .description('print an experiment as resolved, and where each value comes from')
    .usage('[experiment] [key=value...]')
    .argument('[arguments...]', 'the experiment, a name or a file (default: article), and parts of it to change')
    .action(async (args: string[]) => {
      const { showCommand } = await import('./show.js');
      showCommand(io, args);
    });
  return program;
}

/** Executes a command line, without the program's name; returns the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    await buildProgram(io).parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (isClosedPipe(error)) return 0;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!isReproError(error)) throw error;
    io.stderr.write(errorText(error));
    return error.code === 'failed' ? 3 : 2;
  }
}
