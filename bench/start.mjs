// node bench/start.mjs: what a cold start of repro costs beside an empty Node, and a check beside the run that it checks, as the
// median of interleaved pairs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median } from './median.mjs';

const pairs = 41;
const cli = fileURLToPath(new URL('../dist/repro.cjs', import.meta.url));
const ten = ['run', '--seed', '1', '--repeats', '10'];
const check = ['check', ...ten.slice(1)];
/** What is timed, and beside what. */
const empty = { name: 'node -e 0', args: ['-e', '0'] };
const rows = [
  ...[ten, [...ten, '--format', 'plain'], ['--help']].map((command) => ({ command, beside: empty })),
  { command: check, beside: { name: 'the run', args: [cli, ...ten] } },
];

/** Milliseconds of one start. Reading extra certificates would cost both sides the same and hide the difference. */
function time(args) {
  const { NODE_EXTRA_CA_CERTS, ...env } = process.env;
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const elapsed = performance.now() - began;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return elapsed;
}

/** One, the other, one, the other …: a machine whose speed drifts slows both alike. */
function measure({ command, beside }) {
  const others = [];
  const ours = [];
  for (let pair = -1; pair < pairs; pair += 1) {
    const [other, our] = [time(beside.args), time([cli, ...command])];
    // The first pair fills the caches of the file system.
    if (pair < 0) continue;
    others.push(other);
    ours.push(our);
  }
  const ratios = ours.map((value, pair) => value / others[pair]);
  return { other: median(others), our: median(ours), ratio: median(ratios) };
}

if (existsSync(cli)) {
  console.log(`medians of ${pairs} interleaved pairs, Node ${process.version}`);
  for (const row of rows) {
    const { other, our, ratio } = measure(row);
    const times = `${our.toFixed(1)} ms, ${row.beside.name} ${other.toFixed(1)} ms`;
    console.log(`repro ${row.command.join(' ').padEnd(42)}  ${times}, ratio ${ratio.toFixed(2)}`);
  }
} else {
  console.error('dist/repro.cjs is missing: run `npm run build` first');
  process.exitCode = 2;
}
