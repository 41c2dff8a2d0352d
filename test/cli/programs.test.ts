import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { binary, repro } from './command.js';

// A busy machine takes long to start programs; nothing is timed but what hangs.
vi.setConfig({ testTimeout: 120_000 });

const linux = existsSync('/proc/self/status');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'repro programs-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface ProgramRepeat {
  readonly repeat: number;
  readonly score: number | null;
  readonly status: string;
  readonly value?: string;
  readonly failure?: string;
  readonly seed: number;
  readonly attempts: number;
  readonly exitCode: number | null;
  readonly metrics: Record<string, number | string>;
  readonly artifacts: Record<string, string | null>;
  readonly output: { readonly bytes: number; readonly stdout: string; readonly stderr: string };
}

/** `repro run` in the folder, seeded and unsaved, as JSON. */
function run(args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = repro(['run', '--seed', '7', '--no-save', '-f', 'json', ...args], {
    cwd: folder,
    env,
  });
  const record = stdout === '' ? undefined : (JSON.parse(stdout) as { digest: string; repeats: ProgramRepeat[] });
  return { status, stdout, stderr, digest: record?.digest, repeats: record?.repeats ?? [] };
}

const sh = (script: string, ...args: string[]) => ['--', 'sh', '-c', script, ...args];
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const scoresOf = (repeats: readonly ProgramRepeat[]) => repeats.map(({ score }) => score);
const failuresOf = (repeats: readonly ProgramRepeat[]) => repeats.map(({ failure }) => failure);

/** Processes whose command line holds a text. */
function processesWith(text: string): string[] {
  return readdirSync('/proc').filter((id) => {
    try {
      return /^\d+$/.test(id) && readFileSync(`/proc/${id}/cmdline`, 'latin1').includes(text);
    } catch {
      return false;
    }
  });
}

/** Starts the binary in the folder; its outputs are gathered. */
function start(args: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, [binary, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    output.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    output.stderr += text;
  });
  return { child, output, ended: once(child, 'close') as Promise<[code: number | null, signal: string | null]> };
}

describe('programs that end badly', () => {
  it('one that hangs is ended at the timeout, said so, and the other repeats go on: exit 3', () => {
    const { status, stderr, repeats } = run([
      ...['-r', '3', '--timeout', '500ms'],
      ...sh('if [ "$0" = 2 ]; then sleep 1000; fi; echo "$0"', '{repeat}'),
    ]);
    expect(status).toBe(3);
    expect(scoresOf(repeats)).toEqual([1, null, 3]);
    expect(repeats[1]).toMatchObject({ status: 'failed', failure: 'timed out after 0.5 s' });
    expect(stderr).toContain('repro: repeat 2 failed: timed out after 0.5 s\n');
    expect(stderr).toContain('repro: 1 of 3 repeats failed\n');
  });

  it('one that ignores TERM is ended all the same', () => {
    const { status, repeats } = run([
      ...['-r', '1', '--timeout', '300ms'],
      ...sh('trap "" TERM; while :; do sleep 0.1; done'),
    ]);
    expect(status).toBe(3);
    expect(failuresOf(repeats)).toEqual(['timed out after 0.3 s']);
  });

  it.runIf(linux)('grandchildren that outlive it, in its group or out of it, are ended and delay nothing', () => {
    const token = `987654.${process.pid}`;
    const { status, repeats } = run([
      ...['-r', '2'],
      ...sh(`sleep ${token} & setsid sleep ${token} & echo 'score: 5'`),
    ]);
    expect(status).toBe(0);
    expect(scoresOf(repeats)).toEqual([5, 5]);
    expect(processesWith(token)).toEqual([]);
  });

  it('one that dies by a signal has failed, and is said by which', () => {
    const { status, stderr, repeats } = run(['-r', '1', ...sh('echo 3; kill -SEGV $$')]);
    expect(status).toBe(3);
    expect(failuresOf(repeats)).toEqual(['killed by SIGSEGV']);
    expect(stderr).toContain('repeat 1 failed: killed by SIGSEGV\n  | 3\n');
  });

  it('one whose exit code is not 0 has failed, whatever it printed, with the last lines of its output shown', () => {
    const { status, stderr, repeats } = run(['-r', '1', ...sh('echo "score: 3"; echo oh >&2; exit 4')]);
    expect(status).toBe(3);
    expect(repeats[0]).toMatchObject({ score: null, failure: 'exit code 4', exitCode: 4 });
    expect(stderr).toContain('repeat 1 failed: exit code 4\n  | score: 3\n  | oh\n');
  });

  it('--ignore-failure counts a repeat with an exit code, if it gave a score: exit 0', () => {
    const tolerant = (script: string) => run(['-r', '2', '--ignore-failure', ...sh(script, '{repeat}')]);
    const scored = tolerant('echo "$0"; exit 4');
    expect(scored.status).toBe(0);
    expect(scoresOf(scored.repeats)).toEqual([1, 2]);
    expect(failuresOf(scored.repeats)).toEqual([undefined, undefined]);
    const silent = tolerant('if [ "$0" = 1 ]; then echo 1; fi; exit 4');
    expect(scoresOf(silent.repeats)).toEqual([1, null]);
    expect(silent.repeats[1]?.failure).toContain('stdout is empty');
  });

  it('--fail-fast ends the run at the first failure', () => {
    const { status, repeats } = run(['-r', '9', '--fail-fast', ...sh('test "$0" -lt 3 && echo 1', '{repeat}')]);
    expect(status).toBe(3);
    expect(scoresOf(repeats)).toEqual([1, 1, null]);
  });

  it('--retry executes a repeat that fails again, from the same seed, and counts the attempts', () => {
    const { status, repeats } = run([
      ...['-r', '2', '--retry', '2'],
      ...sh('echo "$1" >>"log-$0"; test "$(wc -l <"log-$0")" -ge "$0" && echo "$1"', '{repeat}', '{seed}'),
    ]);
    expect(status).toBe(0);
    expect(repeats.map(({ attempts }) => attempts)).toEqual([1, 2]);
    const [first, second, ...more] = readFileSync(join(folder, 'log-2'), 'utf8').trim().split('\n');
    expect([first, second]).toEqual([String(repeats[1]?.seed), String(repeats[1]?.seed)]);
    expect(more).toEqual([]);
  });

  it('--retry gives up after so many', () => {
    const { status, repeats } = run(['-r', '1', '--retry', '2', ...sh('echo x >>log; exit 1')]);
    expect(status).toBe(3);
    expect(repeats[0]?.attempts).toBe(3);
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('x\nx\nx\n');
  });
});

describe('programs that cannot be started: exit 2, before anything runs', () => {
  it.each([
    ['does not exist', ['--', 'no-such-program-of-repro'], 'no program "no-such-program-of-repro" in PATH'],
    ['is not there', ['--', './train.sh'], './train.sh is not there'],
    ['is not executable', ['--', './plain.txt'], './plain.txt is not executable: chmod +x'],
    ['is a folder', ['--', './sub'], './sub is not executable'],
    ['has no name', ['--', ''], 'the first word is empty'],
    ['works in no folder', ['cwd=nowhere', '--', 'true'], 'is no folder: '],
    ['is set up by none', ['setup=[no-such-program]', '--', 'touch', 'ran'], 'no program "no-such-program" in PATH'],
  ])('one that %s', (_, args, message) => {
    write('plain.txt', 'echo 1\n');
    mkdirSync(join(folder, 'sub'));
    const { status, stdout, stderr } = repro(['run', '-r', '2', ...args], { cwd: folder });
    expect(stderr).toContain(message);
    expect(stderr.match(/^repro: /gm)).toHaveLength(1);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(existsSync(join(folder, '.repro'))).toBe(false);
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  it('one behind -- that is not given', () => {
    expect(repro(['run', '--'], { cwd: folder })).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('setup and cleanup', () => {
  const around = (command: string, options: string[] = []) => {
    write(
      'e.yaml',
      `command: [sh, -c, '${command}', '{repeat}']\nsetup: [sh, -c, 'echo setup $REPRO_REPEAT >>log']\ncleanup: [sh, -c, 'echo cleanup $REPRO_REPEAT >>log']\nrepeats: 2\n`,
    );
    return { ...run(['e.yaml', ...options]), log: () => readFileSync(join(folder, 'log'), 'utf8').trim().split('\n') };
  };

  it('surround every repeat, and what they print is no score', () => {
    const { status, repeats, log } = around('echo run $0 >>log; echo $0');
    expect(status).toBe(0);
    expect(scoresOf(repeats)).toEqual([1, 2]);
    expect(log()).toEqual(['setup 1', 'run 1', 'cleanup 1', 'setup 2', 'run 2', 'cleanup 2']);
  });

  it('cleanup runs after a failure', () => {
    const { status, log } = around('exit 3');
    expect(status).toBe(3);
    expect(log()).toEqual(['setup 1', 'cleanup 1', 'setup 2', 'cleanup 2']);
  });

  it('cleanup runs after a timeout', () => {
    const { status, log } = around('sleep 100', ['-r', '1', '--timeout', '300ms']);
    expect(status).toBe(3);
    expect(log()).toEqual(['setup 1', 'cleanup 1']);
  });

  it('a setup that fails fails the repeat: the command is not run, cleanup is', () => {
    write(
      'e.yaml',
      "command: [sh, -c, 'echo ran >>log; echo 1']\nsetup: [sh, -c, 'echo no >&2; exit 5']\ncleanup: [sh, -c, 'echo cleanup >>log']\n",
    );
    const { status, stderr, repeats } = run(['e.yaml', '-r', '1']);
    expect(status).toBe(3);
    expect(failuresOf(repeats)).toEqual(['setup: exit code 5']);
    expect(stderr).toContain('  | no\n');
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('cleanup\n');
  });

  it('cleanup runs after an interrupt, too, which ends the run with 130', async () => {
    write('e.yaml', "command: [sh, -c, 'echo run >>log; sleep 100']\ncleanup: [sh, -c, 'echo cleanup >>log']\n");
    const { child, ended } = start(['run', 'e.yaml', '-r', '2', '-f', 'digest']);
    while (!existsSync(join(folder, 'log'))) await sleep(20);
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('run\ncleanup\n');
  });
});

describe('output of any kind', () => {
  it.runIf(linux)('1 GiB is read to its end in less than 300 MB', async () => {
    const script = 'head -c 536870912 /dev/zero; yes | head -c 536870912; echo; echo "loss: 0.5"';
    const args = ['run', '--no-save', '-r', '1', '-f', 'json', '--metric', 'loss', ...sh(script)];
    const { child, output, ended } = start(args);
    let peak = 0;
    let running = true;
    ended.then(() => {
      running = false;
    });
    while (running) {
      try {
        const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
        peak = Math.max(peak, Number(kilobytes ?? 0));
      } catch {
        // It has just ended.
      }
      await sleep(20);
    }
    expect(await ended).toEqual([0, null]);
    const [repeat] = JSON.parse(output.stdout).repeats as ProgramRepeat[];
    expect(repeat?.score).toBe(0.5);
    expect(repeat?.output.bytes).toBe(2 * 536_870_912 + 1 + 'loss: 0.5\n'.length);
    expect(peak).toBeGreaterThan(10_000);
    expect(peak).toBeLessThan(300_000);
  });

  it.each([
    ['without a newline', 'printf "score: 0.25"', []],
    ['with a newline of Windows', 'printf "score: 0.25\\r\\n"', []],
    ['after a progress bar', 'printf "1%%\\r50%%\\rscore: 0.25"', []],
    [
      'as JSON at the end of a line of 10 MiB',
      `printf '{"pad":"'; head -c 10485760 /dev/zero | tr '\\0' x; echo '","score":0.25}'`,
      ['--metric', 'score'],
    ],
    [
      'as name: value at the end of a line of 10 MiB',
      'head -c 10485760 /dev/zero | tr "\\0" x; echo " score: 0.25"',
      ['--metric', 'score'],
    ],
    ['behind binary', `printf '\\000\\377\\376\\200\\n\\033[31m\\300\\nscore: 0.25\\n'`, []],
    ['as its stdout is closed early', 'echo "score: 0.25"; exec >&-; sleep 0.2', []],
  ])('a score %s is read', (_, script, options) => {
    const { status, repeats, stderr } = run(['-r', '1', ...options, ...sh(script)]);
    expect({ status, scores: scoresOf(repeats), stderr }).toEqual({ status: 0, scores: [0.25], stderr: '' });
  });

  it.each([
    ['nan', 'NaN'],
    ['inf', 'Infinity'],
    ['-Infinity', '-Infinity'],
  ])('a score of %s is a result, diverged, and no failure', (printed, value) => {
    const { status, repeats } = run(['-r', '1', ...sh(`echo "score: ${printed}"`)]);
    expect(status).toBe(0);
    expect(repeats[0]).toMatchObject({ score: null, status: 'diverged', value });
    expect(repeats[0]).not.toHaveProperty('failure');
  });

  it('stdin is empty', () => {
    const { status, repeats } = run(['-r', '1', ...sh('wc -c')]);
    expect({ status, scores: scoresOf(repeats) }).toEqual({ status: 0, scores: [0] });
  });

  it('stdout holds the result alone; --show-output passes on what programs print, to stderr', () => {
    const script = 'echo out; echo err >&2; echo 1.5';
    const quiet = repro(['run', '--no-save', '-r', '1', '-f', 'plain', ...sh(script)], { cwd: folder });
    expect(quiet).toMatchObject({ status: 0, stderr: '' });
    expect(quiet.stdout).not.toMatch(/out|err/);
    const shown = repro(['run', '--no-save', '-r', '1', '-f', 'plain', '--show-output', ...sh(script)], {
      cwd: folder,
    });
    expect(shown.stdout).toBe(quiet.stdout);
    expect(shown.stderr.split('\n').sort()).toEqual(['', '1.5', 'err', 'out']);
  });

  it('escape sequences of a program that failed do not reach the terminal', () => {
    const { stderr } = run(['-r', '1', ...sh(`printf '\\033[2J\\033]0;title\\007boom\\n'; exit 1`)]);
    expect(stderr).toContain('boom');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
  });

  it('a repeat without a score says what was searched, and shows the last lines', () => {
    const { status, stderr } = run(['-r', '1', '--metric', 'loss', ...sh('echo epoch 1; echo done')]);
    expect(status).toBe(3);
    expect(stderr).toMatch(/repeat 1 failed: .*"loss".* in 2 lines of stdout\n {2}\| epoch 1\n {2}\| done\n/);
  });
});

describe('seeds and placeholders', () => {
  it('{seed} and {repeat} are filled in arguments, the environment, artifacts and metric files; REPRO_SEED is the same', () => {
    write(
      'e.yaml',
      [
        `command: [sh, -c, 'echo "{\\"v\\": $1}" >"m-$2.json"; echo "$SEEDED" >"a-$1-$2"; echo "$REPRO_SEED $REPRO_REPEAT" >>log', x, '{seed}', '{repeat}']`,
        "env: { SEEDED: 's{seed}r{repeat}' }",
        "artifacts: ['a-{seed}-{repeat}']",
        "metrics: [{ from: file, file: 'm-{repeat}.json', path: v }]",
        'repeats: 2',
      ].join('\n'),
    );
    const { status, repeats, stderr } = run(['e.yaml']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const seeds = repeats.map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(2);
    expect(scoresOf(repeats)).toEqual(seeds);
    for (const { seed, repeat, artifacts } of repeats) {
      expect(readFileSync(join(folder, `a-${seed}-${repeat}`), 'utf8')).toBe(`s${seed}r${repeat}\n`);
      expect(artifacts['a-{seed}-{repeat}']).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe(seeds.map((seed, i) => `${seed} ${i + 1}\n`).join(''));
  });

  it('other braces stay as they are', () => {
    const { repeats } = run(['-r', '1', ...sh('test "$0" = "{a} {seeds} {{" && echo 1', '{a} {seeds} {{')]);
    expect(scoresOf(repeats)).toEqual([1]);
  });

  it('--same-seed gives every repeat the root seed', () => {
    const { repeats } = run(['-r', '3', '--same-seed', ...sh('echo "$REPRO_SEED"')]);
    expect(scoresOf(repeats)).toEqual([7, 7, 7]);
  });

  it('an unseeded run draws other seeds each time', () => {
    const drawn = () =>
      repro(['run', '--unseeded', '--no-save', '-r', '2', '-f', 'digest', ...sh('echo $REPRO_SEED')], { cwd: folder });
    const [one, other] = [drawn(), drawn()];
    expect(one.status).toBe(0);
    expect(one.stdout).not.toBe(other.stdout);
  });

  it('--jobs 4 gives the digest and the scores of --jobs 1, in their order, whichever ends first', () => {
    const args = (jobs: string, format: string) => [
      ...['run', '--seed', '7', '--no-save', '-r', '9', '-j', jobs, '-f', format],
      ...sh('sleep "0.0$((9 - $0))"; echo "$1"', '{repeat}', '{seed}'),
    ];
    // Seconds are what they are.
    const untimed = (text: string) => text.replace(/,ok,[\d.e-]+,/g, ',ok,,');
    for (const format of ['digest', 'plain', 'csv']) {
      const [one, four] = ['1', '4'].map((jobs) => repro(args(jobs, format), { cwd: folder }));
      expect(one?.status).toBe(0);
      expect(untimed(four?.stdout ?? '')).toBe(untimed(one?.stdout ?? ''));
    }
  });
});

describe('artifacts and metric files', () => {
  it('artifacts are hashed, each repeat for itself', () => {
    const { repeats } = run([
      '-r',
      '2',
      '--artifact',
      'model.bin',
      ...sh('printf "%s" "$0" >model.bin; echo 1', '{repeat}'),
    ]);
    // sha256sum of GNU coreutils 9.1: printf 1 | sha256sum, printf 2 | sha256sum
    expect(repeats.map(({ artifacts }) => artifacts['model.bin'])).toEqual([
      '6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b',
      'd4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35',
    ]);
  });

  it('the digest depends on artifacts', () => {
    const digestOf = (text: string) =>
      run(['-r', '1', '--artifact', 'a', ...sh('printf "$0" >a; echo 1', text)]).digest;
    expect(digestOf('x')).toBe(digestOf('x'));
    expect(digestOf('x')).not.toBe(digestOf('y'));
  });

  it('an artifact that an earlier repeat wrote does not count for a later one', () => {
    const { repeats } = run([
      '-r',
      '2',
      '--artifact',
      'a',
      ...sh('if [ "$0" = 1 ]; then echo x >a; fi; echo 1', '{repeat}'),
    ]);
    expect(repeats.map(({ artifacts }) => artifacts['a'] === null)).toEqual([false, true]);
  });

  it('a metric file that an earlier repeat wrote does not count for a later one', () => {
    const { status, repeats } = run([
      ...['-r', '2', '--metric-file', 'm.json:loss'],
      ...sh(`if [ "$0" = 1 ]; then echo '{"loss": 2}' >m.json; fi`, '{repeat}'),
    ]);
    expect(status).toBe(3);
    expect(scoresOf(repeats)).toEqual([2, null]);
    expect(repeats[1]?.failure).toContain('was not written by this repeat');
  });

  it('a metric file that is a pipe is no file, and nothing waits for what is in it', () => {
    const { status, repeats } = run(['-r', '1', '--timeout', '5s', '--metric-file', 'p:loss', ...sh('mkfifo p')]);
    expect(status).toBe(3);
    expect(repeats[0]?.failure).toContain('is no regular file');
  });

  it('an artifact whose path leads nowhere, or that is a folder, was not written', () => {
    const long = 'x'.repeat(300);
    const named = ['-r', '1', '--artifact', 'loop', '--artifact', 'sub', '--artifact', long];
    const writing = sh('ln -s loop loop; mkdir sub; echo 1');
    const { status, stderr, repeats } = run([...named, '--ignore-failure', ...writing]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(repeats[0]?.artifacts).toEqual({ loop: null, sub: null, [long]: null });
    rmSync(join(folder, 'sub'), { recursive: true });
    rmSync(join(folder, 'loop'));
    const strict = run([...named, ...writing]);
    expect(strict.status).toBe(3);
    expect(strict.stderr).toContain('repeat 1 failed: loop was not written as a file by this repeat\n');
  });

  it('the same bytes written anew count', () => {
    const { status, repeats } = run(['-r', '3', '--metric-file', 'm.json:loss', ...sh(`echo '{"loss": 2}' >m.json`)]);
    expect({ status, scores: scoresOf(repeats) }).toEqual({ status: 0, scores: [2, 2, 2] });
  });

  describe('repeats at once that would write the same file are refused before anything runs: exit 2, with a remedy', () => {
    const refused = (args: readonly string[], remedy: string) => {
      const { status, stdout, stderr } = repro(args, { cwd: folder });
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^repro: with --jobs 2, .* the same file, .*\\n.*${remedy}.*\\n$`));
      expect(readdirSync(folder)).toEqual([]);
    };
    const writing = sh('echo x >a; echo 1', '{repeat}');

    it('an artifact', () => refused(['run', '-j', '2', '-r', '2', '--artifact', 'a', ...writing], '\\{repeat\\}'));
    it('a metric file', () => refused(['run', '-j', '2', '--metric-file', './a', ...writing], '\\{repeat\\}'));
    it('one named by {seed}, where all seeds are the same', () =>
      refused(['run', '-j', '2', '--same-seed', '--artifact', 'a{seed}', ...writing], '\\{repeat\\}'));
    it('in a check', () => refused(['check', '-j', '2', '--seed', '1', '--artifact', 'a', ...writing], '\\{repeat\\}'));
    it('of two commands that are compared', () =>
      refused(
        ['compare', '-j', '2', '--seed', '1', '--artifact', 'a{repeat}', ...writing, ...sh('echo 2')],
        'each command',
      ));

    it.each([
      ['named by {repeat}', ['-j', '2', '-r', '2', '--artifact', 'a{repeat}']],
      ['named by {seed}', ['-j', '2', '-r', '2', '--artifact', 'a{seed}']],
      ['of the only repeat', ['-j', '2', '-r', '1', '--artifact', 'a1']],
      ['one repeat after the other', ['-j', '1', '-r', '2', '--artifact', 'a1']],
    ])('but not one %s', (_, options) => {
      const { status, stderr } = run([
        ...options,
        ...sh('echo x >"a$0"; echo x >"a$1"; echo x >a1; echo 1', '{repeat}', '{seed}'),
      ]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    });
  });
});

describe('words and paths', () => {
  const odd = [
    '',
    ' ',
    'a b',
    '"',
    "'",
    '\\',
    'a\nb',
    '$(touch hacked)',
    '`touch hacked`',
    '*',
    '~',
    '$HOME',
    ';',
    '&&',
    '>x',
    '-n',
    '--',
    'ü→😀',
    '\t',
    '{x}',
  ];

  it('arrive as they are given, without a shell in between', () => {
    write('echo.mjs', 'console.log(JSON.stringify(process.argv.slice(2))); console.log(1)\n');
    const { status, repeats } = run(['-r', '1', '--', process.execPath, 'echo.mjs', ...odd]);
    expect(status).toBe(0);
    const [printed = ''] = repeats[0]?.output.stdout.split('\n') ?? [];
    expect(JSON.parse(printed)).toEqual(odd);
    expect(existsSync(join(folder, 'hacked'))).toBe(false);
  });

  it('a program, a folder, an artifact and a metric file may have any name', () => {
    const name = `a 'b" $(x) *\n😀`;
    mkdirSync(join(folder, name));
    const program = join(folder, name, 'train it.sh');
    writeFileSync(program, `#!/bin/sh\necho '{"loss": 3}' >"$1 m.json"\necho x >"$1 a"\n`);
    chmodSync(program, 0o755);
    const { status, stderr, repeats } = run([
      ...['-r', '1', '--artifact', `${name} a`, '--metric-file', `${name} m.json:loss`],
      ...[`cwd=${JSON.stringify(name)}`, '--', './train it.sh', name],
    ]);
    expect(stderr).toBe('');
    expect({ status, scores: scoresOf(repeats) }).toEqual({ status: 0, scores: [3] });
    expect(repeats[0]?.artifacts[`${name} a`]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('a run with odd words is saved, and resumed to the same digest', () => {
    write('echo.mjs', 'console.log(process.argv.length)\n');
    const args = ['run', '--seed', '1', '-r', '2', '-f', 'digest', '--', process.execPath, 'echo.mjs', ...odd];
    const { status, stdout } = repro(args, { cwd: folder });
    expect(status).toBe(0);
    const [journal = ''] = readdirSync(join(folder, '.repro', 'runs'));
    const path = join(folder, '.repro', 'runs', journal);
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, `${lines.slice(0, 3).join('\n')}\n`);
    expect(repro(['resume', '-f', 'digest'], { cwd: folder })).toMatchObject({ status: 0, stdout });
  });
});

describe('metrics', () => {
  it('a catastrophic regular expression ends', () => {
    const { status, stderr, repeats } = run([
      ...['-r', '1', '--metric-regex', '(?<first>a+)+$', '--metric-regex', '(a|aa)+b(\\d)'],
      ...sh('head -c 100000 /dev/zero | tr "\\0" a; echo "!"; echo aab7'),
    ]);
    expect(status).toBe(3);
    expect(repeats).toHaveLength(1);
    expect(stderr).toContain('repeat 1 failed');
  });

  it.each([
    ['unbalanced', '(a', /./],
    ['with a look-behind', '(?<=a)b', /look/],
    ['with a back-reference', '(a)\\1', /back-?reference|\\1/],
  ])('a regular expression that is wrong, %s, is told before anything runs: exit 2', (_, pattern, message) => {
    const { status, stdout, stderr } = run(['-r', '1', '--metric-regex', pattern, '--', 'touch', 'ran']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.match(/^repro: /gm)).toHaveLength(1);
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  it('several are read, and the first is the score', () => {
    const { repeats } = run([
      ...['-r', '1', '--metric', 'acc', '--metric', 'loss', '--metric-exit-code'],
      ...sh('echo "loss: 0.5 acc: 0.75"; exit 3'),
    ]);
    expect(repeats[0]).toMatchObject({ score: 0.75, metrics: { acc: 0.75, loss: 0.5, 'exit code': 3 } });
  });

  it('--try-metric shows what would be read of a file, and runs nothing', () => {
    write('log.txt', 'loss: 3\nnothing\nloss: 0.125\n');
    const args = ['run', '--metric', 'loss', '--try-metric', 'log.txt', '--', 'touch', 'ran'];
    const { status, stdout, stderr } = repro(args, { cwd: folder });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^loss = 0\.125 /);
    expect(stdout).toContain('line 1: loss: 3 → 3');
    expect(stdout).toContain('line 3: loss: 0.125 → 0.125');
    expect(readdirSync(folder)).toEqual(['log.txt']);
    expect(repro(args.with(2, 'acc'), { cwd: folder })).toMatchObject({ status: 3, stderr: '' });
  });
});

describe('where nothing can be saved', () => {
  const scored = (script = 'echo 1') => ['run', '--seed', '7', '-r', '3', '-f', 'digest', ...sh(script)];
  const whole = () => repro([...scored().slice(0, 1), '--no-save', ...scored().slice(1)], { cwd: folder }).stdout;

  it('.repro is a file: a line says so once, the run goes on, exit 0', () => {
    const digest = whole();
    write('.repro', 'mine');
    const { status, stdout, stderr } = repro(scored(), { cwd: folder });
    expect({ status, stdout }).toEqual({ status: 0, stdout: digest });
    expect(stderr).toMatch(/^repro: .*the run goes on unsaved.*\n$/);
    expect(readFileSync(join(folder, '.repro'), 'utf8')).toBe('mine');
    expect(repro(['run', '--no-save', ...scored().slice(1)], { cwd: folder }).stderr).toBe('');
  });

  it('a command whose reader has gone ends quietly, its run saved', () => {
    const { status, stdout, stderr } = spawnSync(
      'sh',
      [
        '-c',
        '"$@" | head -1',
        'sh',
        process.execPath,
        binary,
        ...scored().map((arg) => (arg === 'digest' ? 'plain' : arg)),
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const [journal = ''] = readdirSync(join(folder, '.repro', 'runs')).filter((name) => name.endsWith('.jsonl'));
    expect(readFileSync(join(folder, '.repro', 'runs', journal), 'utf8')).toContain('"repeat":1,');
  });

  const mount = join(tmpdir(), `repro-mount-${process.pid}`);
  const mounted = (options: string) => {
    mkdirSync(mount, { recursive: true });
    return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', mount]).status === 0;
  };
  afterEach(() => {
    if (existsSync(mount)) {
      spawnSync('umount', [mount]);
      rmSync(mount, { recursive: true, force: true });
    }
  });

  it('a current folder that is read-only: a line says so once, the run goes on, exit 0', ({ skip }) => {
    if (!mounted('ro')) skip('needs leave to mount');
    const digest = whole();
    const { status, stdout, stderr } = repro(scored(), { cwd: mount });
    expect({ status, stdout }).toEqual({ status: 0, stdout: digest });
    expect(stderr).toMatch(/^repro: .*read-only.*the run goes on unsaved.*\n$/);
  });

  it('a disk that fills up: the run goes on, and says how many repeats are unsaved; resume has them when there is room', ({
    skip,
  }) => {
    if (!mounted('size=40k')) skip('needs leave to mount');
    const args = [
      'run',
      '--seed',
      '7',
      '-r',
      '40',
      '-f',
      'digest',
      ...sh('head -c 1500 /dev/zero | tr "\\0" x; echo; echo 1'),
    ];
    const digest = repro(['run', '--no-save', ...args.slice(1)], { cwd: folder }).stdout;
    const { status, stdout, stderr } = repro(args, { cwd: mount });
    expect({ status, stdout }).toEqual({ status: 0, stdout: digest });
    expect(stderr).toMatch(
      /^repro: cannot save what is done: no space left on the device;.*\nrepro: \d+ repeats could not be saved: no space left on the device; repro resume \S+ executes them again when there is room\n$/,
    );
    const [id = ''] = readdirSync(join(mount, '.repro', 'runs')).filter((name) => name.endsWith('.jsonl'));
    const kept = readFileSync(join(mount, '.repro', 'runs', id), 'utf8').split('\n');
    expect(kept.filter((line) => line.startsWith('{"kind":"repeat"')).length).toBeGreaterThan(3);
    spawnSync('mount', ['-o', 'remount,size=4m', mount]);
    const resumed = repro(['resume', '-q', '-f', 'digest'], { cwd: mount });
    expect(resumed).toMatchObject({ status: 0, stdout: digest, stderr: '' });
  });
});

describe('modules', () => {
  const module = (text: string, options: readonly string[] = [], name = 'm.mjs') => {
    write(name, text);
    write('m.yaml', `module: ${name}\nrepeats: 2\n`);
    return run(['m.yaml', ...options]);
  };

  it('give scores and metrics by a generator that is seeded', () => {
    const text = 'export default async ({ random, seed, repeat }) => ({ score: random(), seed, repeat });';
    const { status, repeats, digest } = module(text);
    expect(status).toBe(0);
    expect(repeats.map(({ seed, metrics }) => metrics['seed'] === seed)).toEqual([true, true]);
    expect(new Set(scoresOf(repeats)).size).toBe(2);
    expect(module(text, ['-j', '2']).digest).toBe(digest);
  });

  it.each([
    ['throws', 'throw new TypeError("no data")', /TypeError.*no data|no data/],
    ['hangs in a loop', 'for (;;) {}', /timed out after 1 s/],
    ['never settles', 'return new Promise(() => {})', /ended before it gave a score/],
    ['never settles, and holds a timer', 'return new Promise(() => setInterval(() => {}, 10))', /timed out after 1 s/],
    ['returns nothing', '', /undefined/],
    ['returns text', 'return "high"', /high|text|string/],
    ['returns an object without a score', 'return { loss: 1 }', /score/],
    ['ends the process', 'process.exit(3)', /./],
  ])('one that %s has failed, and is said why: exit 3', (_, body, message) => {
    const { status, repeats } = module(`export default async () => { ${body} };`, ['-r', '1', '--timeout', '1s']);
    expect(status).toBe(3);
    expect(repeats).toHaveLength(1);
    expect(repeats[0]?.failure).toMatch(message);
  });

  it('what one prints goes nowhere near stdout', () => {
    const { status, repeats } = module('export default () => { console.log("noise"); return 1; };');
    expect({ status, scores: scoresOf(repeats) }).toEqual({ status: 0, scores: [1, 1] });
  });

  it('one that is not there, or exports nothing, is told', () => {
    write('m.yaml', 'module: none.mjs\n');
    expect(run(['m.yaml'])).toMatchObject({ status: 2, stdout: '' });
    const empty = module('export const a = 1;', ['-r', '1']);
    expect(empty.status).toBe(3);
    expect(empty.repeats[0]?.failure).toMatch(/export/);
  });

  const strips = 'typescript' in process.features && process.features.typescript;
  it.skipIf(strips)(
    'one in TypeScript, where the engine does not strip types, is told before anything runs: exit 2',
    () => {
      const { status, stdout, stderr } = module('export default (): number => 1;', [], 'm.ts');
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/^repro: .*types/);
    },
  );
});

describe('check', () => {
  const check = (...args: string[]) => repro(['check', '--seed', '7', '-r', '2', ...args], { cwd: folder });
  const has = (program: string) => spawnSync(program, ['--version']).error === undefined;

  const languages = [
    [
      'node',
      process.execPath,
      ['-e'],
      'console.log("score: " + Math.random())',
      'console.log("score: " + process.env.REPRO_SEED / 7)',
    ],
    [
      'python3',
      'python3',
      ['-c'],
      'import random; print("score:", random.random())',
      'import os, random; random.seed(int(os.environ["REPRO_SEED"])); print("score:", random.random())',
    ],
    [
      'R',
      'Rscript',
      ['-e'],
      'cat("score:", runif(1), "\\n")',
      'set.seed(as.integer(Sys.getenv("REPRO_SEED"))); cat("score:", runif(1), "\\n")',
    ],
    ['sh', 'sh', ['-c'], 'echo "score: $(od -An -N4 -tu4 /dev/urandom)"', 'echo "score: $REPRO_SEED"'],
  ] as const;

  it.for(languages)(
    'catches a program in %s that is not seeded, and passes one that is',
    ([, program, flags, unseeded, seeded], { skip }) => {
      if (!has(program)) skip(`${program} is not installed`);
      expect(check('--', program, ...flags, unseeded)).toMatchObject({ status: 1 });
      expect(check('--', program, ...flags, seeded)).toMatchObject({ status: 0, stderr: '' });
    },
  );

  it('catches a program that takes its seed from the clock, in seconds', () => {
    expect(check(...sh('echo "score: $(date +%s)"'))).toMatchObject({ status: 1 });
  });

  it('names an artifact that differs though the scores are equal', () => {
    const { status, stdout } = check(
      '--artifact',
      'same.bin',
      '--artifact',
      'model.bin',
      ...sh('echo x >same.bin; od -An -N8 -tx8 /dev/urandom >model.bin; echo 1'),
    );
    expect(status).toBe(1);
    expect(stdout).toContain('model.bin');
    expect(stdout).not.toMatch(/same\.bin.*differ/);
  });

  it('tells of stdout that differs alone, and passes', () => {
    const { status, stdout } = check('--metric', 'score', ...sh('od -An -N8 -tx8 /dev/urandom; echo "score: 1"'));
    expect(status).toBe(0);
    expect(stdout).toMatch(/stdout/);
  });

  it('has nothing to check where a program fails: exit 3', () => {
    expect(check(...sh('exit 1'))).toMatchObject({ status: 3 });
  });
});

describe('compare', () => {
  const compare = (...args: string[]) => repro(['compare', '--seed', '7', '-r', '6', ...args], { cwd: folder });

  it('holds two commands against each other, repeat by repeat from the same seeds', () => {
    const { status, stdout, stderr } = compare(
      '-f',
      'json',
      '-q',
      ...sh('echo "$REPRO_SEED"'),
      ...sh('echo "$((REPRO_SEED + 1))"'),
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout).format).toMatch(/^repro-compar/);
  });

  it('ends with 3 where an arm has failed', () => {
    const { status, stderr } = compare('-q', ...sh('echo 1'), ...sh('exit 2'));
    expect(status).toBe(3);
    expect(stderr).toContain('failed');
  });
});

describe('secrets', () => {
  it('of arguments, environments and outputs stand nowhere under .repro', () => {
    const secrets = [
      'tok-Zq83hfkA81',
      'hunter2-Zq83',
      `ghp_${'Ab3'.repeat(12)}`,
      'sk-ant-Zq83hfkA81Zq83hfkA81Zq83',
      'inherited-Zq83',
    ];
    const [token, password, github, key, inherited] = secrets;
    write(
      'e.yaml',
      `command: [sh, -c, 'echo "auth $GITHUB" >&2; echo "api_key=$KEY"; exit 1', x, --token, ${token}, '--password=${password}']\nenv: { GITHUB: ${github}, KEY: ${key} }\n`,
    );
    const options = { cwd: folder, env: { HF_TOKEN: String(inherited) } };
    const ended = repro(['run', 'e.yaml', '-r', '2', '--seed', '7', '-q', '-f', 'digest'], options);
    expect(ended.status).toBe(3);
    // Without a score, the last line is shown.
    const last = repro(
      [
        'run',
        '-r',
        '1',
        '-q',
        '-f',
        'digest',
        ...sh(`echo "$(printf 'ghp_'; printf 'Ab3%.0s' 1 2 3 4 5 6 7 8 9 10 11 12)"`),
      ],
      options,
    );
    expect(last.status).toBe(3);
    const runs = join(folder, '.repro', 'runs');
    const kept = readdirSync(runs).map((name) => readFileSync(join(runs, name), 'utf8'));
    expect(kept.length).toBe(2);
    expect(kept.join('')).toContain('[redacted]');
    for (const secret of secrets) expect(kept.join('')).not.toContain(secret);
  });
});
