import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { binary } from './command.js';
import { program, storeFolder } from './stored.js';

const RUN = ['run', '--seed', '1', '-r', '6'];
const DIGEST = ['-f', 'digest'];

/** The digest of the program's run where nothing comes between. */
function whole(): string {
  return storeFolder().repro([...RUN, ...DIGEST, ...program]).stdout;
}

/** Damages the line of a journal that holds a repeat. */
function damageRepeat(path: string, repeat: number): void {
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(`"repeat":${repeat},"score"`, `"repeat":${repeat},"skore"`));
}

describe('repro resume', () => {
  test('a run that is interrupted, then killed, ends with the digest that it would have had', () => {
    const folder = storeFolder();
    const signals = { SIGNALS: '3:INT 5:KILL' };
    const first = folder.repro([...RUN, ...program], signals);
    expect(first.status).toBe(130);
    expect(first.stderr).toContain('interrupted after 2 of 6 repeats');
    expect(folder.repro(['resume'], signals).status).toBe(null);
    expect(folder.listed()).toMatchObject([{ state: 'killed', repeats: 4, expected: 6, digest: null }]);
    const last = folder.repro(['resume', ...DIGEST], signals);
    expect(last).toMatchObject({ status: 0, stdout: whole() });
    expect(folder.listed()).toMatchObject([{ state: 'finished', repeats: 6, digest: last.stdout.trim() }]);
  });

  test('a repeat that is kept is not executed again', () => {
    const folder = storeFolder();
    folder.repro([...RUN, ...program], { SIGNALS: '4:INT' });
    const { stderr } = folder.repro(['resume', '--show-output', ...DIGEST], { SIGNALS: '' });
    expect(stderr.match(/made of/g)).toHaveLength(3);
  });

  test('without a run the last unfinished one is meant', () => {
    const folder = storeFolder();
    folder.repro([...RUN, ...program], { SIGNALS: '2:INT' });
    folder.repro(['run', '--seed', '3', '-r', '2', ...program]);
    expect(folder.repro(['resume', ...DIGEST])).toMatchObject({ status: 0, stdout: whole() });
    const { status, stderr } = folder.repro(['resume']);
    expect(status).toBe(2);
    expect(stderr).toBe('repro: no run in this folder is unfinished\n  repro runs lists them\n');
  });

  test('newer runs that cannot be read are named before an older one is taken for the last', () => {
    const folder = storeFolder();
    folder.repro([...RUN, ...program], { SIGNALS: '2:INT' });
    const [path = ''] = folder.journals();
    const ids = ['99990101-000000-aaaa', '99990102-000000-aaaa'];
    const later = ids.map((id) => path.replace(/[^/]+$/, `${id}.jsonl`));
    writeFileSync(later[0] ?? '', 'garbage\n');
    mkdirSync(later[1] ?? '');
    symlinkSync(later[1] ?? '', path.replace(/[^/]+$/, '99990103-000000-aaaa.jsonl'));
    const { status, stdout, stderr } = folder.repro(['resume', ...DIGEST]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: whole() });
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'repro: cannot read .repro/runs/99990103-000000-aaaa.jsonl: it is no file; it is passed over',
      `repro: run ${ids[0]} has lost its header: what it executed is not known; it is passed over`,
    ]);
  });

  test('a finished run prints its result, says so and writes nothing', () => {
    const folder = storeFolder();
    const run = folder.repro([...RUN, ...program]);
    const [path = ''] = folder.journals();
    const before = readFileSync(path, 'utf8');
    const { status, stdout, stderr } = folder.repro(['resume', 'last']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: run.stdout });
    expect(stderr).toMatch(/^repro: run \S+ is finished: this is its result\n$/);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('damaged repeats are named, executed again, and the digest is that of the whole run', () => {
    const folder = storeFolder();
    const digest = folder.repro([...RUN, ...DIGEST, ...program]).stdout;
    const [path = ''] = folder.journals();
    damageRepeat(path, 3);
    expect(folder.listed()).toMatchObject([{ state: 'damaged', repeats: 5, expected: 6, digest: null }]);
    const resumed = folder.repro(['resume', ...DIGEST]);
    expect(resumed).toMatchObject({ status: 0, stdout: digest });
    expect(resumed.stderr).toContain('.jsonl:5 is damaged');
    expect(folder.listed()).toMatchObject([{ state: 'finished', repeats: 6 }]);
  });

  test('a run that ended because it was precise enough ends there again when a repeat is damaged', () => {
    const folder = storeFolder();
    const args = ['run', '--seed', '1', '-r', '500', '--until', '±40%', ...DIGEST, ...program];
    const digest = folder.repro(args).stdout;
    const [{ repeats }] = folder.listed();
    expect(repeats).toBeLessThan(100);
    damageRepeat(folder.journals()[0] ?? '', 2);
    expect(folder.repro(['resume', ...DIGEST])).toMatchObject({ status: 0, stdout: digest });
    expect(folder.listed()).toMatchObject([{ state: 'finished', repeats, expected: repeats }]);
  });

  test('a network that lost a repeat gets it again from the middle of its stream', () => {
    const folder = storeFolder();
    const digest = folder.repro([...RUN, ...DIGEST]).stdout;
    damageRepeat(folder.journals()[0] ?? '', 4);
    expect(folder.listed()).toMatchObject([{ state: 'damaged', repeats: 5 }]);
    expect(folder.repro(['resume', ...DIGEST])).toMatchObject({ status: 0, stdout: digest });
  });

  test('a run that another process writes is left alone', () => {
    const folder = storeFolder();
    folder.write('again.sh', `"${process.execPath}" "${binary}" resume last 2>&1; echo "code: $?"\n`);
    const { stdout } = folder.repro(['run', '-r', '1', '--metric', 'code', '-f', 'plain', '--', 'sh', 'again.sh']);
    expect(stdout).toBe('2\n');
    const { stdout: shown } = folder.repro(['show', 'last', '--repeat', '1']);
    expect(shown).toMatch(/is being written by process\s+\d+\s+on/);
  });

  test('a run whose program has changed is not gone on with', () => {
    const folder = storeFolder();
    folder.repro([...RUN, ...program], { SIGNALS: '3:INT' });
    folder.write('program.sh', 'echo "loss: 7"\n');
    const { status, stderr } = folder.repro(['resume']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^repro: run \S+ cannot be executed as it was: program.sh has changed\n/);
  });

  test.each([
    ['was changed while it went on', 'echo "#" >> part.sh', 'part.sh has changed'],
    ['is gone', 'rm part.sh', 'part.sh is gone'],
  ])('an interrupted run of which a file %s is neither gone on with nor written', (_, change, told) => {
    const folder = storeFolder();
    folder.write('part.sh', '# before\n');
    folder.write(
      'edit.sh',
      `[ -e edited ] || { : > edited; ${change}; kill -INT $PPID; sleep 0.2; }; echo "loss: 1"\n`,
    );
    const command = ['--metric', 'loss', '--', 'sh', 'edit.sh', 'part.sh', 'absent.txt'];
    expect(folder.repro(['run', '--seed', '1', '-r', '3', ...command]).status).toBe(130);
    const [path = ''] = folder.journals();
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"kind":"rep`);
    const before = readFileSync(path, 'utf8');
    const { status, stderr } = folder.repro(['resume', '-o', 'new.json']);
    expect(status).toBe(2);
    expect(stderr).toContain(`cannot be executed as it was: ${told}\n  undo the change, or start it anew`);
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(existsSync(`${folder.cwd}/new.json`)).toBe(false);
    folder.write('part.sh', '# before\n');
    folder.write('absent.txt', 'not there at the start');
    expect(folder.repro(['resume', '-q']).status).toBe(0);
  });

  test('a file that a finished run wrote stays an output of it when a lost repeat is executed again', () => {
    const folder = storeFolder();
    folder.write('log.txt', '');
    const command = ['--metric', 'loss', '--', 'sh', '-c', 'echo x >> $0; echo "loss: $REPRO_SEED"', 'log.txt'];
    const run = folder.repro(['run', '--seed', '1', '-r', '3', ...DIGEST, ...command]);
    expect(run.stderr).toContain('log.txt changed while the run went on');
    damageRepeat(folder.journals()[0] ?? '', 2);
    expect(folder.repro(['resume', ...DIGEST])).toMatchObject({ status: 0, stdout: run.stdout });
    expect(folder.repro(['rerun', 'last', '-q']).status).toBe(0);
  });

  test('a run that goes on elsewhere says so, and its record keeps where and when it began, and its whole time', () => {
    const folder = storeFolder();
    const environment = () => JSON.parse(folder.repro(['export', 'last', '-f', 'json']).stdout).environment;
    const signals = '2:INT 4:KILL 5:INT';
    folder.write('requirements.txt', 'numpy==1\n');
    const slow = [
      '--metric',
      'loss',
      '--',
      'sh',
      '-c',
      '[ -z "$SLOW" ] || sleep $SLOW; . ./program.sh',
      'program.sh',
      '{seed}',
    ];
    folder.repro([...RUN, ...slow], { SIGNALS: signals, OMP_NUM_THREADS: '1', SLOW: '0.6' });
    const began = environment();
    const told = /^repro: run \S+ began in other surroundings: (.*)$/m;
    const killed = folder.repro(['resume'], { SIGNALS: signals, OMP_NUM_THREADS: '2' });
    expect(killed.stderr).toMatch(told);
    expect(environment()).toEqual(began);
    folder.write('requirements.txt', 'numpy==2\n');
    const second = folder.repro(['resume'], { SIGNALS: signals, OMP_NUM_THREADS: '1' });
    expect(told.exec(second.stderr)?.[1]).toMatch(/^requirements\.txt is SHA-256 \w+…, was SHA-256 \w+…$/);
    const interrupted = environment();
    folder.write('requirements.txt', 'numpy==1\n');
    expect(folder.repro(['resume'], { SIGNALS: signals, OMP_NUM_THREADS: '1' }).stderr).not.toMatch(told);
    const { elapsed, ...ended } = environment();
    expect(ended).toEqual({ ...began, elapsed: undefined });
    expect(began.variables).toMatchObject({ OMP_NUM_THREADS: '1' });
    expect(began.elapsed).toBeGreaterThan(0.6);
    expect(interrupted.elapsed).toBeGreaterThan(began.elapsed);
    expect(elapsed).toBeGreaterThan(interrupted.elapsed);
    const ends = readFileSync(folder.journals()[0] ?? '', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{"kind":"end"'));
    expect(ends.map((line) => JSON.parse(line).differences?.length)).toEqual([undefined, 1, 0]);
  });

  test('a run that was killed before anybody had answered goes on as if they had said what they say now', () => {
    const folder = storeFolder();
    folder.repro(['run', '--seed', '1', '-r', '2']);
    const [path = ''] = folder.journals();
    writeFileSync(path, readFileSync(path, 'utf8').split('\n').slice(0, 2).join('\n'));
    expect(folder.repro(['resume', ...DIGEST])).toMatchObject({ status: 0, stderr: '' });
  });
});
