import { type Command, Option } from 'commander';
import { backendNames } from '../experiment/experiment.js';
import { collect, type MetricFlag, numberOrText, wholeNumber } from './flags.js';

/** What commands that execute an experiment take: the flags that are short for parts of it, and threads. */
export function addExperimentOptions(command: Command): Command {
  return command
    .option('-s, --seed <seed>', "seed of the run, in place of the experiment's own", numberOrText)
    .option('--unseeded', "draw a seed and record it, whatever the experiment's own")
    .option('-r, --repeats <n>', 'how often to repeat', numberOrText)
    .addOption(new Option('-b, --backend <name>', `how the seed becomes random numbers: ${backendNames.join(', ')}`))
    .option(
      '-j, --jobs <n>',
      'threads at most (default: one a core, where that pays), programs at once (default: 1)',
      wholeNumber('--jobs', 1, 1024),
    );
}

/** Flags that name where numbers are read; their order counts, so that they share a list. */
function addMetricOptions(command: Command): void {
  const metrics: MetricFlag[] = [];
  const add = (flag: MetricFlag['flag']) => (text: string) => {
    metrics.push({ flag, text });
    command.setOptionValue('metrics', metrics);
    return text;
  };
  const options = [
    [
      '--metric <name>',
      'metric',
      'a JSON key or a "name: value" on stdout, the last counts; the first metric is the score',
    ],
    ['--metric-regex <re>', 'metric-regex', 'what a regular expression (RE2) finds on stdout, the last counts'],
    [
      '--metric-file <file:path>',
      'metric-file',
      'a value in a JSON file that the command writes: result.json:val.loss',
    ],
  ] as const;
  for (const [flags, flag, description] of options) command.option(flags, description, add(flag));
  const flagOnly = (flag: MetricFlag['flag'], description: string) => {
    command.option(`--${flag}`, description).on(`option:${flag}`, () => add(flag)(''));
  };
  flagOnly('metric-time', 'the seconds that the command takes');
  flagOnly('metric-exit-code', 'its exit code');
}

/** What commands take that may execute programs. */
export function addProgramOptions(command: Command): Command {
  addMetricOptions(command);
  return command
    .addOption(new Option('--direction <side>', 'which scores are better').choices(['lower', 'higher']))
    .option(
      '--artifact <file>',
      'a file that the command writes and that belongs to its result; may be repeated',
      collect,
    )
    .option('--timeout <time>', 'end a repeat after seconds, or 500ms, 10m, 2h', numberOrText)
    .option('--retry <n>', 'execute a repeat that fails again, so often at most', wholeNumber('--retry', 0, 1000))
    .option('--ignore-failure', 'count repeats whose exit code is not 0, if they give a score');
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
