// What the built command does with an experiment's file.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median } from './median.mjs';

const cli = fileURLToPath(new URL('../dist/repro.cjs', import.meta.url));
const memory = fileURLToPath(new URL('memory.cjs', import.meta.url));
const turns = [1, 2, 3, 4, 5];

/** One run → its seconds from start to end, its peak memory and what it printed. */
function run(experiment, repeats, jobs, format = 'digest') {
  const options = ['--seed', '1', '--repeats', `${repeats}`, '--jobs', `${jobs}`, '--format', format];
  const began = performance.now();
  const { status, output } = spawnSync(
    process.execPath,
    ['--require', memory, cli, 'run', experiment, '--quiet', ...options],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', 'pipe'], maxBuffer: Number.POSITIVE_INFINITY },
  );
  const seconds = (performance.now() - began) / 1000;
  const [, stdout, stderr, megabytes] = output;
  if (status !== 0) throw new Error(stderr.trim() || `ended with ${status}`);
  return { seconds, megabytes: Number(megabytes), stdout };
}

/** The slope between two sizes, so that start-up drops out; in turns, because a machine's speed drifts. */
function measure({ experiment, small, large, scored }) {
  const { repeats } = JSON.parse(run(experiment, scored, 1, 'json').stdout);
  const pairs = turns.map(() => [run(experiment, small, 1), run(experiment, large, 1)]);
  return {
    rate: median(pairs.map(([few, many]) => (large - small) / (many.seconds - few.seconds))),
    megabytes: Math.max(...pairs.map(([, many]) => many.megabytes)),
    median: median(repeats.map(({ score }) => score)),
  };
}

export function measureRepro(workload) {
  const name = 'repro';
  if (!existsSync(cli)) return { name, missing: 'not built: npm run build' };
  try {
    return { name, version: process.version, ...measure(workload) };
  } catch (error) {
    return { name, missing: `failed: ${error.message.split('\n')[0]}` };
  }
}

/** Whole runs, start-up included: what a second thread is worth to a user, as the ratio of each pair. */
export function measureThreads({ experiment, threads }) {
  const pairs = [1, 2, 3].map(() => [run(experiment, threads, 1), run(experiment, threads, 2)]);
  return pairs.map(([one, two]) => one.seconds / two.seconds);
}
