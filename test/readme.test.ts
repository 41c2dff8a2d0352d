import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { formatNumber } from '../src/report/number.js';
import { binary, repro, root } from './cli/command.js';
import { reference } from './reference.js';

/** Without the padding of its tables. */
const readme = readFileSync(join(root, 'README.md'), 'utf8').replace(/ +\|/g, ' |').replace(/\| +/g, '| ');
const folder = mkdtempSync(join(tmpdir(), 'repro-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));
symlinkSync(root, join(folder, 'node_modules'));

/** A block of code in a language, by default the first. */
function block(language: string, index = 0): string {
  const blocks = [...readme.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))];
  const text = blocks[index]?.[1];
  if (text === undefined) throw new Error(`the README has no ${language} ${index}`);
  return text;
}

writeFileSync(join(folder, 'houses.csv'), block('csv'));
writeFileSync(join(folder, 'houses.yaml'), block('yaml', 1));

describe('the README', () => {
  const commands = [...readme.matchAll(/^ {4}npx repro ([^#|\n]+?)(?: *[#|].*)?$/gm)].map(
    (match) => match[1] as string,
  );

  test('has commands to try', () => {
    expect(commands.length).toBeGreaterThan(8);
  });

  test.each(commands)('repro %s does what it says', (command) => {
    const { status, stderr } = repro(command.trim().split(/\s+/), { cwd: folder });
    expect(status).toBe(0);
    // A check says when it records a baseline.
    expect(stderr).toMatch(/^(repro: recorded .*\n)?$/);
  });

  test('its program and what it says that commands print are true', () => {
    const [, program = ''] = /^```js train\.mjs\n([\s\S]*?)^```/m.exec(readme) ?? [];
    writeFileSync(join(folder, 'train.mjs'), program);
    const blocks = [...readme.matchAll(/^```console\n\$ npx repro (.*)\n([\s\S]*?)^```/gm)];
    expect(blocks).toHaveLength(2);
    for (const [, command = '', printed] of blocks) {
      const script = `'${process.execPath}' '${binary}' ${command}`;
      const { stdout, stderr } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
      expect({ stdout, stderr }).toEqual({ stdout: printed, stderr: '' });
    }
  });

  test("its table holds the article's scores beside ours", () => {
    const { scores } = reference<{ theano: { scores: number[] } }>('published.json').theano;
    const ours = repro(['run', '--seed', '1', '--repeats', '10', '--format', 'plain']).stdout.trim().split('\n');
    scores.forEach((score, i) => {
      expect(readme).toContain(`| ${i + 1} | ${formatNumber(score, 12)} | ${ours[i]} |`);
    });
  });

  test('its figures are those that the command prints', () => {
    const { stdout } = repro(['run', '--seed', '1', '--repeats', '10', '--precision', '4']);
    for (const line of block('text').trimEnd().split('\n')) expect(stdout).toContain(`${line}\n`);
  });

  test('its experiment runs', () => {
    const yaml = block('yaml');
    writeFileSync(join(folder, 'mine.yaml'), yaml);
    expect(repro(['run', 'mine.yaml', '-r', '2'], { cwd: folder }).status).toBe(0);
  });

  test('its table of experiments names all that are shipped, with a change that each takes', () => {
    const rows = [...readme.matchAll(/^\| (`[^|]+) \| [^|]+ \| `([^` ]+=[^` ]+)`/gm)];
    const tried = rows.flatMap(([, names = '', change = '']) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => ({ name, change })),
    );
    const shipped = readdirSync(join(root, 'experiments')).filter((name) => name.endsWith('.yaml'));
    expect(tried.map(({ name }) => `${name}.yaml`).toSorted()).toEqual(shipped.toSorted());
    for (const { name, change } of tried) {
      expect(repro(['run', name, change, '--seed', '1', '-r', '1'], { cwd: folder })).toMatchObject({
        status: 0,
        stderr: '',
      });
    }
  });

  test('its JavaScript runs', () => {
    const code = block('js').replace("'repro'", `'${join(root, 'dist/index.js')}'`);
    writeFileSync(join(folder, 'mine.mjs'), code);
    const { status, stdout } = spawnSync(process.execPath, [join(folder, 'mine.mjs')], { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toContain('659a1a5dece486c5');
  });
});
