import { chmodSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outputTail } from '../../src/process/outputTail.js';
import { run, sh } from './run.js';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'repro process ')));

function file(name: string, text: string, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

/** A program that prints what it is given, as JSON. */
const node = (program: string, ...args: string[]): [string, ...string[]] => [process.execPath, '-e', program, ...args];

describe('how a program ends', () => {
  test('an exit code is passed on', async () => {
    expect(await sh('exit 37')).toMatchObject({ ending: 'exited', exitCode: 37, signal: null, reason: null });
  });

  test('a death by signal is told with its name', async () => {
    expect(await sh('kill -SEGV $$')).toMatchObject({ ending: 'signalled', exitCode: null, signal: 'SIGSEGV' });
  });

  test('elapsed time is that of the program, in seconds', async () => {
    const { elapsed } = await sh('sleep 0.3');
    expect(elapsed).toBeGreaterThan(0.29);
    expect(elapsed).toBeLessThan(30);
  });

  test('a program that leaves nothing behind is said to', async () => {
    expect((await sh('true | cat')).leftBehind).toBe(false);
  });
});

describe('a program that cannot be started', () => {
  const unstartable = (reason: string) => ({ ending: 'unstartable', exitCode: null, signal: null, reason });

  test('is named if there is none of its name', async () => {
    expect(await run(['pyhton', 'train.py'])).toMatchObject(unstartable('no program "pyhton"'));
  });

  test('is named if its path leads nowhere, or through a file', async () => {
    file('plain', '');
    expect(await run(['./none'], { cwd: folder })).toMatchObject(unstartable('no program "./none"'));
    expect(await run(['plain/none'], { cwd: folder })).toMatchObject(unstartable('no program "plain/none"'));
  });

  test('is named if its name is empty', async () => {
    expect(await run([''])).toMatchObject(unstartable('no program ""'));
  });

  test('is looked for in the PATH of its own environment', async () => {
    file('onlyHere', '#!/bin/sh\necho here\n');
    expect(await run(['onlyHere'])).toMatchObject(unstartable('no program "onlyHere"'));
    expect((await run(['onlyHere'], { env: { PATH: `/nowhere:${folder}` } })).stdout.toString()).toBe('here\n');
  });

  test('may be a script whose interpreter is missing, by its path or its name', async () => {
    file('orphan', '#!/no/such/python\n');
    const reason = (name: string) => unstartable(`the interpreter of "${name}" is missing`);
    expect(await run(['./orphan'], { cwd: folder })).toMatchObject(reason('./orphan'));
    expect(await run(['orphan'], { env: { PATH: folder } })).toMatchObject(reason('orphan'));
  });

  test('may be no program but a file', async () => {
    expect(await run([file('data', 'text', 0o644)])).toMatchObject(unstartable('permission denied'));
  });

  test('may be asked for in a folder that does not exist, or is none', async () => {
    const cwd = join(folder, 'nowhere');
    expect(await run(['true'], { cwd })).toMatchObject(unstartable(`no such folder: ${cwd}`));
    const plain = file('plain', '');
    expect(await run(['true'], { cwd: plain })).toMatchObject(unstartable(`not a folder: ${plain}`));
  });

  test('may be given arguments that are too long, each or together', async () => {
    const reason = unstartable('the arguments are too long');
    expect(await run(['true', 'x'.repeat(200_000)])).toMatchObject(reason);
    expect(await run(['true', ...new Array(100).fill('x'.repeat(100_000))])).toMatchObject(reason);
  });

  test('may be given what no operating system takes', async () => {
    const reason = unstartable('the command or its environment holds a null character');
    expect(await run(['true', 'a\0b'])).toMatchObject(reason);
    expect(await run(['true'], { env: { NAME: '\0' } })).toMatchObject(reason);
  });
});

describe('what a program is given', () => {
  test('arguments arrive unchanged, whatever is in them', async () => {
    const args = [
      '',
      ' ',
      'two words',
      `'single' "double"`,
      'a\nb\r\n',
      '$HOME `id` $(id) *',
      '\\',
      '-x',
      '--',
      'ü😀',
      '%PATH%',
    ];
    const { stdout } = await run(node('console.log(JSON.stringify(process.argv.slice(1)))', '--', ...args));
    expect(JSON.parse(stdout.toString())).toEqual(args);
  });

  test('a program may have spaces, quotes and newlines in its path, as the folder may', async () => {
    file(`it's "a"\nprogram`, '#!/bin/sh\npwd\n');
    expect((await run([`./it's "a"\nprogram`], { cwd: folder })).stdout.toString()).toBe(`${folder}\n`);
  });

  test('its environment is the given one and the token, nothing of ours', async () => {
    const { stdout } = await run(['/usr/bin/env'], { env: { NAME: ' a\n"b" ', NONE: undefined } });
    expect(stdout.toString()).toMatch(/^NAME= a\n"b" \nREPRO_PROCESS=[0-9a-f]{32}-[0-9a-f]{16}\n$/);
  });

  test('every start has a token of its own', async () => {
    const [a, b] = await Promise.all([sh('echo $REPRO_PROCESS'), sh('echo $REPRO_PROCESS')]);
    expect(a.stdout).not.toEqual(b.stdout);
  });

  test('nothing comes on its stdin', async () => {
    expect(await sh('cat; echo end')).toMatchObject({ ending: 'exited', stdout: Buffer.from('end\n') });
  });

  test('it leads a session of its own', async () => {
    const { stdout } = await sh('echo $$; cut -d " " -f 5,6 /proc/$$/stat');
    const [pid, ids] = stdout.toString().split('\n');
    expect(ids).toBe(`${pid} ${pid}`);
  });
});

describe('what a program writes', () => {
  test('stdout and stderr come apart', async () => {
    const { stdout, stderr } = await sh('echo out; echo err >&2');
    expect([stdout.toString(), stderr.toString()]).toEqual(['out\n', 'err\n']);
  });

  test('bytes that are no text come unchanged', async () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    const { stdout } = await run(node('process.stdout.write(Buffer.from(Array.from({ length: 256 }, (_, i) => i)))'));
    expect(stdout).toEqual(all);
  });

  test('text without a newline at its end is all there', async () => {
    expect((await sh('printf "score: 1"')).stdout.toString()).toBe('score: 1');
  });

  test('a line of 10 MiB comes whole', async () => {
    const { stdout } = await sh('head -c 10485760 /dev/zero | tr "\\0" x; echo');
    expect(stdout.length).toBe(10_485_761);
    expect(stdout.indexOf('\n')).toBe(10_485_760);
  });

  test('what is written just before the exit is read, though a background child holds the pipe', async () => {
    const { stdout } = await sh('sleep 100 & head -c 150000 /dev/zero; exit 0');
    expect(stdout.length).toBe(150_000);
  });

  test('a stdout that is closed early does not hide the exit code', async () => {
    expect(await sh('echo a; exec >&-; sleep 0.2; exit 3')).toMatchObject({
      ending: 'exited',
      exitCode: 3,
      stdout: Buffer.from('a\n'),
    });
  });

  test('1 GiB goes by whole, in bounded memory', async () => {
    const output = outputTail(65_536);
    const before = process.memoryUsage.rss();
    let highest = before;
    let pieces = 0;
    const { ending } = await run(['head', '-c', '1073741824', '/dev/zero'], {
      onStdout(bytes) {
        output.add(bytes);
        if (++pieces % 64 === 0) highest = Math.max(highest, process.memoryUsage.rss());
      },
    });
    expect(ending).toBe('exited');
    expect(output.bytes()).toBe(1_073_741_824);
    // head -c 1073741824 /dev/zero | sha256sum, GNU coreutils 9.1
    expect(output.sha256()).toBe('49bc20df15e412a64472421e13fe86ff1c5165e18b2afccf160d4dc19fe68a14');
    expect(highest - before).toBeLessThan(100e6);
  });
});
