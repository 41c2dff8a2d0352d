// A peer's task: a folder with what to train (task.json) and its data (float32), which every language reads alike.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { makeData } from './data.mjs';

/** At least `trainings` and `seconds`, whichever takes longer, but nothing begins after `atMost` seconds. */
const budget = { trainings: 3, seconds: 5, atMost: 20 };

const write = (folder, name, rows) => writeFileSync(join(folder, name), Float32Array.from(rows.flat()));

function read(folder, name) {
  const { buffer, byteOffset, byteLength } = readFileSync(join(folder, name));
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

/** The experiment's file as a task: calls use(folder) and removes the folder. */
export async function withTask(experiment, use) {
  const { data, layers, loss, epochs, batchSize } = parse(readFileSync(experiment, 'utf8'));
  const { inputs, targets } = makeData(data);
  const folder = mkdtempSync(join(tmpdir(), 'repro-bench-'));
  const task = {
    rows: inputs.length,
    features: inputs[0].length,
    layers: layers.map(({ units, activation = 'linear' }) => ({ units, activation })),
    loss,
    epochs,
    batch: batchSize === 'all' ? inputs.length : batchSize,
    budget,
  };
  try {
    write(folder, 'inputs', inputs);
    write(folder, 'targets', targets);
    writeFileSync(join(folder, 'task.json'), JSON.stringify(task));
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `withTask` wrote, the data in rows one after the other. */
export function readTask(folder) {
  const task = JSON.parse(readFileSync(join(folder, 'task.json'), 'utf8'));
  return { ...task, inputs: read(folder, 'inputs'), targets: read(folder, 'targets') };
}
