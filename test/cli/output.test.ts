import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeText } from '../../src/cli/writeText.js';
import { binary, repro, root } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'repro-output-'));
afterAll(() => rmSync(folder, { recursive: true }));

const article = ['run', '--seed', '1', '--repeats', '10'];

/** A line of shell, in which `repro` is the real binary. */
function shell(line: string) {
  const script = line.replace('repro', `'${process.execPath}' '${binary}'`);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { cwd: root, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('what is written', () => {
  test.runIf(existsSync('/dev/full'))('to a full disk: one line, exit code 2', () => {
    expect(shell('repro run --seed 1 --repeats 10 > /dev/full')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'repro: cannot write stdout: no space left on the device\n',
    });
  });

  test('to a stderr that nobody reads is lost, and the run goes on', () => {
    const note = shell('repro run --seed 1 --repeats 10 --output - --format digest 2>&-');
    expect([note.status, note.stdout]).toEqual([0, '659a1a5dece486c5\n']);
    if (existsSync('/dev/full')) expect(shell('repro run epoch=1 2> /dev/full').status).toBe(2);
  });

  test.runIf(process.platform === 'linux')('to a full pipe that does not block arrives whole', async () => {
    const [pipe, copy] = [join(folder, 'pipe'), join(folder, 'copy')];
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    const reader = spawn('sh', ['-c', `sleep 0.2; cat '${pipe}' > '${copy}'`]);
    const ended = new Promise((resolve) => reader.on('close', resolve));
    const file = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    const text = '0123456789abcde\n'.repeat(1 << 15);
    writeText(file, 'pipe', text);
    // The reader has it open by now: half a megabyte is more than a pipe holds.
    closeSync(file);
    expect(await ended).toBe(0);
    expect(readFileSync(copy, 'utf8')).toBe(text);
  });
});

describe('the command', () => {
  test('needs no bytecode of its engine', () => {
    cpSync(join(root, 'package.json'), join(folder, 'package.json'));
    for (const part of ['dist', 'experiments']) cpSync(join(root, part), join(folder, part), { recursive: true });
    const bytecode = readdirSync(join(folder, 'dist')).filter((name) => name.endsWith('.bytecode'));
    const bundles = ['check', 'compare', 'executionMain', 'reproMain', 'run', 'table', 'terminal'];
    expect(bytecode).toEqual(bundles.map((name) => `${name}.cjs.bytecode`));
    for (const name of bytecode) rmSync(join(folder, 'dist', name));
    const { stdout } = spawnSync(process.execPath, [join(folder, 'dist', 'repro.cjs'), ...article], {
      encoding: 'utf8',
    });
    expect(stdout).toBe(repro(article).stdout);
  });
});
