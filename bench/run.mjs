// npm run bench: how fast one core trains a network, here and elsewhere, one table a workload; and what running programs costs.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { median } from './median.mjs';
import { showPrograms } from './programs.mjs';
import { measureRepro, measureThreads } from './repro.mjs';
import { printTable } from './table.mjs';
import { withTask } from './task.mjs';
import { workloads } from './workloads.mjs';

const languages = {
  javascript: { command: process.execPath, script: fileURLToPath(new URL('javascriptPeers.mjs', import.meta.url)) },
  python: { command: 'python3', script: fileURLToPath(new URL('peers.py', import.meta.url)) },
};

/** A process for each, so that none inherits another's memory or compiled code. It prints its result as a line of JSON. */
function measurePeer({ command, script }, name, folder) {
  const { status, stdout, stderr, error } = spawnSync(command, [script, name, folder], { encoding: 'utf8' });
  if (error) return { name, missing: error.code === 'ENOENT' ? `not installed: no ${command}` : error.message };
  const line = stdout.split('\n').findLast((each) => each.startsWith('{'));
  if (status === 0 && line) return { name, ...JSON.parse(line) };
  return { name, missing: `failed: ${stderr.trim().split('\n').at(-1) || `ended with ${status}`}` };
}

const measurePeers = (workload, folder) =>
  Object.entries(languages).flatMap(([language, program]) =>
    workload[language].map((name) => measurePeer(program, name, folder)),
  );

async function show(name) {
  const workload = workloads[name];
  const repro = measureRepro(workload);
  const peers = await withTask(workload.experiment, (folder) => measurePeers(workload, folder));
  console.log(`${name}: ${workload.title}; one core of ${cpus()[0]?.model.trim()}\n`);
  printTable(workload.columns, [repro, ...peers], repro.rate);
  if (workload.threads && repro.rate) {
    const ratios = measureThreads(workload);
    const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    const repeats = workload.threads.toLocaleString('en');
    console.log(`\ntwo threads are ${median(ratios).toFixed(2)} × as fast as one (${repeats} repeats; ${range})`);
  }
  console.log();
}

/** By name: what prints it. */
const shows = {
  ...Object.fromEntries(Object.keys(workloads).map((name) => [name, () => show(name)])),
  programs: showPrograms,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(shows, name));
if (unknown.length > 0) {
  console.error(`no workload ${unknown.join(', ')}; there are ${Object.keys(shows).join(', ')}`);
  process.exitCode = 2;
} else {
  for (const name of asked.length > 0 ? asked : Object.keys(shows)) await shows[name]();
}
