import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { program, storeFolder } from './stored.js';

const ENDINGS = ['json', 'csv', 'md', 'txt', 'digest'];

function outputs(name: string): string[] {
  return ENDINGS.flatMap((ending) => ['-o', `${name}.${ending}`]);
}

describe('repro export', () => {
  test.each([
    ['a network', ['--seed', '3']],
    ['a network whose seeds were drawn', ['--unseeded', '-b', 'tensorflow']],
    ['a program with metrics and artifacts', ['--artifact', 'a.txt', '--metric', 'mass', ...program]],
    ['a program with a metric of −0', ['--metric', 'loss', '--metric', 'mass', ...program.slice(2)]],
    ['programs that fail', ['--metric', 'loss', '--', 'sh', '-c', '[ $REPRO_REPEAT != 2 ] && echo loss: inf']],
    ['a command that held a secret', [...program, '--token=ghp_abcdefghijklmnopqrstuvwxyz0123456789']],
    ['a run until it is precise', ['--seed', '1', '--until', '50%', ...program]],
  ])('of %s, every file is byte for byte the one that the run wrote', (_, args) => {
    const folder = storeFolder();
    folder.write(
      'program.sh',
      'echo $REPRO_SEED > a.txt; echo "a line, \\"quoted\\""; echo "mass: -0.0"; echo "loss: 0.$1"\n',
    );
    folder.repro(['run', '-r', '7', ...outputs('run'), ...args]);
    expect(folder.repro(['export', 'last', ...outputs('kept')]).status).toBe(0);
    const text = (name: string) => readFileSync(join(folder.cwd, name), 'utf8');
    for (const ending of ENDINGS) expect(text(`kept.${ending}`)).toBe(text(`run.${ending}`));
    expect(folder.repro(['export', 'last', '-f', 'csv']).stdout).toBe(text('run.csv'));
  });

  test('a run that was resumed is exported as if it had not been interrupted, but for its circumstances', () => {
    const folder = storeFolder();
    folder.repro(['run', '--seed', '1', '-r', '5', ...program], { SIGNALS: '3:INT' });
    expect(JSON.parse(folder.repro(['export', 'last', '-f', 'json']).stdout)).toMatchObject({ status: 'interrupted' });
    folder.repro(['resume']);
    const other = storeFolder();
    other.repro(['run', '--seed', '1', '-r', '5', ...program]);
    const read = ({ repro }: typeof folder) => {
      const { environment: _, repeats, ...rest } = JSON.parse(repro(['export', 'last', '-f', 'json']).stdout);
      return { ...rest, repeats: repeats.map(({ elapsed: __, ...repeat }: { elapsed: number }) => repeat) };
    };
    expect(read(folder)).toEqual(read(other));
  });
});
