// npm run bench: how many repeats of the article's network a second of one core gives, here and elsewhere.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { javascriptPeers } from './javascriptPeers.mjs';
import { median } from './median.mjs';
import { trainOnce } from './plainLoop.mjs';

const seconds = 3;
const cli = fileURLToPath(new URL('../dist/repro.cjs', import.meta.url));
const python = fileURLToPath(new URL('peers.py', import.meta.url));

function reproOnce(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'run', 'article', ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`repro ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

function timeRepro(repeats, jobs) {
  const began = performance.now();
  reproOnce('--seed', '1', '--repeats', `${repeats}`, '--jobs', `${jobs}`, '--format', 'digest');
  return (performance.now() - began) / 1000;
}

/** The slope between two sizes, so that start-up drops out; in turns, because a machine's speed drifts. */
function measureRepro() {
  const [small, large] = [20_000, 120_000];
  const slopes = [1, 2, 3, 4, 5].map(() => {
    const before = timeRepro(small, 1);
    return (large - small) / (timeRepro(large, 1) - before);
  });
  const { repeats } = JSON.parse(reproOnce('--seed', '1', '--repeats', '1000', '--format', 'json'));
  const scores = Array.isArray(repeats) ? repeats.map(({ score }) => score) : [];
  return { name: 'repro', version: process.version, rate: median(slopes), median: median(scores) };
}

/** Whole runs, start-up included: what a second thread is worth to a user. */
function measureThreads() {
  const pairs = [1, 2, 3].map(() => [timeRepro(400_000, 1), timeRepro(400_000, 2)]);
  return pairs.map(([one, two]) => one / two);
}

async function measurePeer({ name, version, trainOnce: train, note }) {
  await train(); // the first one pays for compilation
  const scores = [];
  const began = performance.now();
  while (performance.now() - began < seconds * 1000) scores.push(await train());
  const rate = (scores.length * 1000) / (performance.now() - began);
  return { name, version, rate, median: median(scores), note };
}

async function measureJavaScript() {
  const results = [await measurePeer({ name: 'plain loop, Math.fround', version: process.version, trainOnce })];
  for (const [name, load] of Object.entries(javascriptPeers)) {
    try {
      results.push(await measurePeer(await load()));
    } catch (error) {
      const absent = error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND';
      results.push({ name, missing: absent ? 'not installed' : `failed: ${error.message.split('\n')[0]}` });
    }
  }
  return results;
}

function measurePython() {
  const { status, stdout, error } = spawnSync('python3', [python, `${seconds}`], { encoding: 'utf8' });
  const lines = (stdout ?? '').split('\n').filter((line) => line.startsWith('{'));
  const results = lines.map((line) => JSON.parse(line));
  if (error) return [{ name: 'NumPy, PyTorch', missing: 'not installed: no python3' }];
  return status === 0 ? results : [...results, { name: 'peers.py', missing: `failed with ${status}` }];
}

function rowOf({ name, version, rate, median: score, missing, note }, ours) {
  if (missing) return [name, '', '', '', '', missing];
  const ratio = ours ? Number((ours / rate).toPrecision(3)).toLocaleString('en') : '';
  const digits = rate < 100 ? 1 : 0;
  const speed = rate.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return [
    name,
    version,
    speed,
    ours === rate ? '1' : ratio,
    Number.isNaN(score) ? '' : score.toPrecision(2),
    note ?? '',
  ];
}

function printTable(results, ours) {
  const header = ['', 'version', 'repeats/s', 'repro is × as fast', 'median score', ''];
  const rows = [header, ...results.map((result) => rowOf(result, ours))];
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const isNumber = (column) => column >= 2 && column <= 4;
  const pad = (cell, column) => (isNumber(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]));
  console.log(rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n'));
}

const built = existsSync(cli);
const repro = built ? measureRepro() : { name: 'repro', missing: 'not built: npm run build' };
const peers = [...(await measureJavaScript()), ...measurePython()];
console.log(`1-10-1 linear, 9 rows in one batch, Adam, 100 epochs, shuffled; one core of ${cpus()[0]?.model.trim()}\n`);
printTable([repro, ...peers], repro.rate);
if (built) {
  const ratios = measureThreads();
  const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  console.log(`\ntwo threads are ${median(ratios).toFixed(2)} × as fast as one (400,000 repeats; ${range})`);
}
