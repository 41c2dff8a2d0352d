import { type Command, Option } from 'commander';
import { backendNames } from '../experiment/experiment.js';
import { collect, numberOrText, wholeNumber } from './flags.js';

/** What commands that execute an experiment take: the flags that are short for parts of it, and threads. */
export function addExperimentOptions(command: Command): Command {
  return command
    .option('-s, --seed <seed>', "seed of the run, in place of the experiment's own", numberOrText)
    .option('--unseeded', "draw a seed and record it, whatever the experiment's own")
    .option('-r, --repeats <n>', 'how often to repeat', numberOrText)
    .addOption(new Option('-b, --backend <name>', `how the seed becomes random numbers: ${backendNames.join(', ')}`))
    .option('-j, --jobs <n>', 'threads at most (default: one a core, where that pays)', wholeNumber('--jobs', 1, 1024));
}

/**
 * What commands that print a result take.
 *
 * @param quiet what the flag of that name does
 */
export function addOutputOptions(
  command: Command,
  formats: readonly string[],
  quiet = 'no progress and no notes on stderr',
): Command {
  return command
    .addOption(new Option('-f, --format <format>', 'what to print').choices(formats))
    .option('-o, --output <file>', 'write there instead, format by ending; - is stdout; may be repeated', collect)
    .option('-q, --quiet', quiet)
    .option('-p, --precision <digits>', 'significant digits of printed numbers', wholeNumber('--precision', 1, 17))
    .option('--color', 'colour even off a terminal')
    .option('--no-color', 'no colour');
}
