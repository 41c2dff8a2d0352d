// node bench/start.mjs: what a cold start of repro costs beside an empty Node, as the median of interleaved pairs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median } from './median.mjs';

const pairs = 41;
const cli = fileURLToPath(new URL('../dist/repro.cjs', import.meta.url));
const ten = ['run', '--seed', '1', '--repeats', '10'];
const commands = [ten, [...ten, '--format', 'plain'], ['--help']];

/** Milliseconds of one start. Reading extra certificates would cost both sides the same and hide the difference. */
function time(args) {
  const { NODE_EXTRA_CA_CERTS, ...env } = process.env;
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const elapsed = performance.now() - began;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return elapsed;
}

/** Node, repro, Node, repro …: a machine whose speed drifts slows both alike. */
function measure(command) {
  const node = [];
  const repro = [];
  for (let pair = -1; pair < pairs; pair += 1) {
    const [empty, ours] = [time(['-e', '0']), time([cli, ...command])];
    // The first pair fills the caches of the file system.
    if (pair < 0) continue;
    node.push(empty);
    repro.push(ours);
  }
  const ratios = repro.map((value, pair) => value / node[pair]);
  return { node: median(node), repro: median(repro), ratio: median(ratios) };
}

if (existsSync(cli)) {
  console.log(`medians of ${pairs} interleaved pairs, Node ${process.version}`);
  for (const command of commands) {
    const { node, repro, ratio } = measure(command);
    const times = `${repro.toFixed(1)} ms, node -e 0 ${node.toFixed(1)} ms`;
    console.log(`repro ${command.join(' ').padEnd(42)}  ${times}, ratio ${ratio.toFixed(2)}`);
  }
} else {
  console.error('dist/repro.cjs is missing: run `npm run build` first');
  process.exitCode = 2;
}
