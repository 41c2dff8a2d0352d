import { Command, CommanderError, Option } from 'commander';
import { isReproError, ReproError } from '../errors.js';
import { packageVersion } from '../packageRoot.js';
import { checkFormatNames } from '../report/checkFormats.js';
import { comparisonFormatNames } from '../report/comparisonFormats.js';
import { formatNames } from '../report/formats.js';
import { anyNumber, type CheckFlags, type CompareFlags, collect, once, precision, type RunFlags } from './flags.js';
import { isInterrupted } from './interruption.js';
import { errorText, type Io, isClosedPipe } from './io.js';
import { addExperimentOptions, addOutputOptions, addProgramOptions } from './options.js';
import { repeatNumber, storedCommands } from './storedOptions.js';

const EXAMPLES = `
Examples:
  repro run --seed 1 --repeats 10           the article's ten scores
  repro run                                 30 repeats from a seed drawn and recorded
  repro run layers.0.units=32 epochs=1000   another network
  repro run --seed 1 --format plain | sort -g | head -1
  repro run --seed 7 --output run.json --output -
  repro run --seed 42 --metric loss -- python3 train.py --seed {seed}
  repro run --metric loss --try-metric output.txt
  repro run pi.mjs --seed 1                 a module that exports a function

{seed} and {repeat} stand for a repeat's own; the command finds them in REPRO_SEED and REPRO_REPEAT too.
Exit codes: 0 fine, 2 usage, configuration or files, 3 a repeat failed, 130 interrupted (143 by TERM), with what was done saved.`;

const COMPARE_EXAMPLES = `
Examples:
  repro compare                                    the article twice unseeded and twice seeded, side by side
  repro compare --vary epochs=100,200,400          an arm a value, paired where they share a seed
  repro compare article article optimizer=sgd --seed 1
  repro compare old=run.json article --seed 2      a run that repro run --output run.json saved
  repro compare last article --seed 2              a run that is kept under .repro/: its id, or last
  repro compare iris iris batchSize=8 --margin 0.02
  repro compare --seed 1 --metric loss -- python3 a.py {seed} -- python3 b.py {seed}

key=value behind an experiment changes that one, before any experiment all of them.
Exit codes: 0 compared, whatever the verdict, 2 usage, configuration or files, 3 an experiment failed.`;

const CHECK_EXAMPLES = `
Examples:
  repro check --seed 1                                       twice, by every bit of scores and weights
  repro check --seed 1 --baseline base.json                  against what was recorded, or record it
  repro check --seed 1 --require mean:le:0.05 --format junit
  repro check --baseline base.json --statistical --alpha 0.01
  repro check --seed 7 --metric loss --artifact model.bin -- python3 train.py {seed}

Exit codes: 0 all holds, 1 the check failed, 2 usage, configuration or files, a baseline that cannot be compared, 3 an execution failed.`;

const SHOW_EXAMPLES = `
Examples:
  repro show                        the article, part by part
  repro show wide layers.0.units=8  another experiment, with a part changed
  repro show last                   the last run that is kept, and what explains it
  repro show k3f9 --repeat 7        one of its repeats, by the end of the run's id

Exit codes: 0 fine, 2 usage, configuration or files.`;

/** What a command line hands on to a command: what stands behind every `--`, and who hears of the exit code. */
interface Surround {
  readonly io: Io;
  readonly commands: readonly (readonly string[])[];
  end(exitCode: number): void;
}

/** The one command behind `--`, with whatever else stands there. */
function onlyCommand({ commands: [first, ...rest] }: Surround): { command?: readonly string[] } {
  if (!first) return {};
  const command = [first, ...rest].flatMap((words, i) => (i === 0 ? words : ['--', ...words]));
  if (command.length === 0) throw new ReproError('there is no command behind --');
  return { command };
}

function addRun(program: Command, given: Surround): void {
  const { io, end } = given;
  const run = program
    .command('run')
    .description('execute an experiment N times and print each score, figures with 95% intervals, and doubts')
    .usage('[options] [experiment] [key=value...] [-- command...]')
    .argument('[arguments...]', 'the experiment, a name or a file (default: article), and parts of it to change');
  addOutputOptions(
    addProgramOptions(
      addExperimentOptions(run).option(
        '--same-seed',
        'start every repeat from the seed itself: equal scores, if all is well',
      ),
    )
      .option('--fail-fast', 'end the run at the first repeat that fails')
      .option('--until <precision>', 'end it when the 95% interval of the mean is as narrow: ±10%', precision)
      .option('--no-save', 'keep nothing of it under .repro/')
      .option('--show-output', 'pass on what the command writes, to stderr')
      .option('--try-metric <file>', 'show what would be read of this output, and run nothing; - is stdin'),
    formatNames,
  )
    .addHelpText('after', EXAMPLES)
    .action(async (args: string[], flags: RunFlags) => {
      const { runCommand } = await import('./run.js');
      end(await runCommand(io, args, { ...flags, ...onlyCommand(given) }));
    });
}

function addCompare(program: Command, { io, commands, end }: Surround): void {
  const compare = program
    .command('compare')
    .description(
      'compare experiments, variants of one, or saved runs by their scores; without any, show what a seed does',
    )
    .usage('[options] [[label=]operand [key=value...]]... [-- command...]...')
    .argument('[arguments...]', 'experiments, names or files, each with parts of it to change; saved runs');
  addOutputOptions(
    addProgramOptions(addExperimentOptions(compare))
      .addOption(
        new Option('--vary <key=values>', 'compare one experiment by values of a part of it: epochs=100,200').argParser(
          once('--vary'),
        ),
      )
      .option('--paired', 'repeat k of one arm beside repeat k of another (default: where seed and backend are shared)')
      .option('--unpaired', 'repeats of different arms have nothing to do with each other')
      .option('--alpha <share>', 'how often arms that are alike may be called different', anyNumber('--alpha'))
      .option('--margin <difference>', 'means no further apart are as good as equal', anyNumber('--margin'))
      .option('--no-save', 'keep nothing of the runs under .repro/'),
    comparisonFormatNames,
  )
    .addHelpText('after', COMPARE_EXAMPLES)
    .action(async (args: string[], flags: CompareFlags) => {
      const { compareCommand } = await import('./compare.js');
      end(await compareCommand(io, args, { ...flags, commands }));
    });
}

function addCheck(program: Command, given: Surround): void {
  const { io, end } = given;
  const check = program
    .command('check')
    .description('execute an experiment twice and compare all scores and weights, or artifacts, by bits')
    .usage('[options] [experiment] [key=value...] [-- command...]')
    .argument('[arguments...]', 'the experiment, a name or a file (default: article), and parts of it to change');
  addOutputOptions(
    addProgramOptions(addExperimentOptions(check))
      .option('--same-seed', 'start every repeat from the seed itself')
      .option(
        '--baseline <file>',
        'hold one execution against a recorded one; if there is none, record it, but not in CI',
        once('--baseline'),
      )
      .option('-u, --update', 'record the baseline anew')
      .option(
        '-t, --tolerance <list>',
        'how far apart scores may be instead of equal bits: abs=1e-9,rel=1e-6,ulp=4',
        once('--tolerance'),
      )
      .option('--statistical', "ask whether scores became worse than the baseline's, not whether bits agree")
      .option(
        '--alpha <share>',
        'with --statistical: how often scores that are as good may fail (default: 0.05)',
        anyNumber('--alpha'),
      )
      .option(
        '--min-effect <p>',
        "with --statistical: least P(baseline's is better) that fails (default: 0.5)",
        anyNumber('--min-effect'),
      )
      .option('--require <condition>', "what a figure must be: 'mean<=0.05' or mean:le:0.05; may be repeated", collect),
    checkFormatNames,
    'say nothing at all when all is well',
  )
    .addHelpText('after', CHECK_EXAMPLES)
    .action(async (args: string[], flags: CheckFlags) => {
      const { checkCommand } = await import('./check.js');
      end(await checkCommand(io, args, { ...flags, ...onlyCommand(given) }));
    });
}

function addList(program: Command, { io }: Surround): void {
  program
    .command('list')
    .description('name the experiments that are shipped and those in ./experiments')
    .action(async () => {
      const { listCommand } = await import('./list.js');
      listCommand(io);
    });
}

function addShow(program: Command, { io }: Surround): void {
  program
    .command('show')
    .description('print an experiment as resolved, and where each value comes from; or a run that is kept')
    .usage('[experiment] [key=value...] | run [--repeat n]')
    .argument(
      '[arguments...]',
      'the experiment, a name or a file (default: article), and parts of it to change; or a run, by its id or last',
    )
    .option('--repeat <n>', 'of a run this repeat alone, with its output', repeatNumber)
    .addHelpText('after', SHOW_EXAMPLES)
    .action(async (args: string[], flags: { repeat?: number }) => {
      const { showCommand } = await import('./show.js');
      await showCommand(io, args, flags);
    });
}

type Add = (program: Command, given: Surround) => void;

/** Commands that may have a command behind `--`, and those that have none. */
const EXECUTING: Readonly<Record<string, Add>> = { run: addRun, compare: addCompare, check: addCheck };
const OTHERS: Readonly<Record<string, Add>> = { list: addList, show: addShow, ...storedCommands };

/** @param asked the command line's first word: a command's name alone calls for no other, whose options take time to make */
function buildProgram(given: Surround, asked: string | undefined): Command {
  const { io } = given;
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
  const commands = { ...EXECUTING, ...OTHERS };
  const only = asked !== undefined && Object.hasOwn(commands, asked) ? commands[asked] : undefined;
  for (const add of only ? [only] : Object.values(commands)) add(program, given);
  return program;
}

/** The parts of a list before, between and behind a mark. */
function splitAt(mark: string, words: readonly string[]): (readonly string[])[] {
  const at = words.indexOf(mark);
  return at < 0 ? [words] : [words.slice(0, at), ...splitAt(mark, words.slice(at + 1))];
}

/** Executes a command line, without the program's name; returns the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    let exitCode = 0;
    const [own = [], ...commands] = splitAt('--', argv);
    const [asked] = own;
    if (commands.length > 0 && asked !== undefined && Object.hasOwn(OTHERS, asked)) {
      throw new ReproError(`repro ${asked} takes no command behind --`);
    }
    const end = (code: number) => {
      exitCode = code;
    };
    await buildProgram({ io, commands, end }, asked).parseAsync(own, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (isClosedPipe(error)) return 0;
    if (isInterrupted(error)) return error.exitCode;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!isReproError(error)) throw error;
    const { redact } = await import('../provenance/secrets.js');
    io.stderr.write(redact(errorText(error)));
    return error.code === 'failed' ? 3 : 2;
  }
}
