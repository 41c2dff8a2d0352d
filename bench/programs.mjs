// What a repeat of repro's costs beside the program that it runs: what whole commands take more for more repeats, in turns.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './median.mjs';
import { columns, printTable } from './table.mjs';

const rounds = 15;
const cli = fileURLToPath(new URL('../dist/repro.cjs', import.meta.url));
const source = fileURLToPath(new URL('spawnLoop.c', import.meta.url));

/** What is run, by an absolute path, as the loop in C looks nowhere else; how often a round. */
const programs = [
  { words: ['/bin/true'], repeats: 200 },
  { words: ['/bin/sleep', '0.02'], repeats: 50 },
];

/** Runs a command in a folder; throws where it fails. */
function call([command, ...args], cwd) {
  const { NODE_EXTRA_CA_CERTS, ...env } = process.env;
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.trim().split('\n').at(-1)}`);
  return stdout;
}

/** Repeats of the command whose time is taken off, and with it that of a start. */
const few = 10;

/** Milliseconds that a repeat more takes. @param commandOf gives the command for a number of repeats */
function time(commandOf, repeats, folder) {
  const whole = (count) => {
    const began = performance.now();
    call(commandOf(count), folder);
    return performance.now() - began;
  };
  return (whole(repeats) - whole(few)) / (repeats - few);
}

/** Who runs programs: `version` prints what it is, and fails where it is not installed; `command` runs a program so often. */
function runnersIn(folder) {
  const run = (repeats, words, ...flags) => [
    ...[process.execPath, cli, 'run', '--seed', '1', '--repeats', `${repeats}`, '--metric-time', '--format', 'digest'],
    ...[...flags, '--', ...words],
  ];
  const loop = join(folder, 'spawnLoop');
  return [
    {
      name: 'repro',
      version: () => call([process.execPath, cli, '--version'], folder),
      command: (repeats, words) => run(repeats, words),
    },
    {
      name: 'repro --no-save',
      version: () => '',
      command: (repeats, words) => run(repeats, words, '--no-save'),
    },
    {
      name: 'hyperfine -N',
      version: () => call(['hyperfine', '--version'], folder).replace('hyperfine', ''),
      command: (repeats, words) => ['hyperfine', '-N', '--style', 'none', '--runs', `${repeats}`, words.join(' ')],
    },
    {
      name: 'posix_spawn, C',
      version: () => {
        call(['cc', '-O2', '-o', loop, source], folder);
        return call(['cc', '-dumpfullversion'], folder);
      },
      command: (repeats, words) => [loop, `${repeats}`, ...words],
    },
  ];
}

/** A runner with its version, or with what keeps it from running. */
function prepared(runner) {
  try {
    return { ...runner, version: runner.version().trim() };
  } catch (error) {
    const missing = error.code === 'ENOENT' ? `not installed: no ${error.path}` : `failed: ${error.message}`;
    return { ...runner, version: '', missing };
  }
}

/** Times of each runner, a round after the other: a machine whose speed drifts slows all alike. */
function measure(runners, { words, repeats }, folder) {
  const times = runners.map(() => []);
  for (let round = -1; round < rounds; round += 1) {
    runners.forEach(({ command, missing }, i) => {
      if (missing) return;
      const elapsed = time((count) => command(count, words), repeats, folder);
      // The first round fills the caches of the file system.
      if (round >= 0) times[i].push(elapsed);
    });
  }
  const [ours] = times;
  return runners.map(({ name, version, missing }, i) => ({
    ...{ name, version, missing, milliseconds: median(times[i]) },
    more: median(times[i].map((value, round) => ours[round] - value)),
    ratio: median(times[i].map((value, round) => ours[round] / value)),
    first: i === 0,
  }));
}

const fixed = (value) => value.toFixed(2);
const shown = [
  columns.name,
  columns.version,
  { title: 'ms/repeat', number: true, cell: ({ milliseconds }) => fixed(milliseconds) },
  { title: 'repro takes ms more', number: true, cell: ({ more, first }) => (first ? '' : fixed(more)) },
  { title: 'times as long', number: true, cell: ({ ratio, first }) => (first ? '' : fixed(ratio)) },
  columns.note,
];

/** Prints a table a program. */
export function showPrograms() {
  const folder = mkdtempSync(join(tmpdir(), 'repro-bench-'));
  try {
    const runners = runnersIn(folder).map((runner) => prepared(runner));
    for (const program of programs) {
      const { words, repeats } = program;
      console.log(
        `${words.join(' ')}: ${repeats} times a command, median of ${rounds} rounds; ${cpus()[0]?.model.trim()}\n`,
      );
      printTable(shown, measure(runners, program, folder));
      console.log();
    }
    console.log(`load of the machine at the end: ${loadavg()[0]?.toFixed(1)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
