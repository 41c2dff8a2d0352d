import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { repro } from './command.js';

/** A word that no text has but by way of a secret; in the shape of a token of GitHub's, for fields without a name that tells. */
const WORD = 'q7Zx91';
const TOKEN = `gh${'p_'}${WORD}${'a1B2c3D4e5'.repeat(3)}`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'repro-secrets-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** All that is in the files of a folder that a command leaves, and that it prints. */
function writtenBy(folder: string, args: readonly string[], outputs: readonly string[]): string {
  const [command = '', ...others] = args;
  const { stdout, stderr } = repro([command, ...outputs.flatMap((name) => ['-o', name]), ...others], { cwd: folder });
  const runs = join(folder, '.repro', 'runs');
  const journals = existsSync(runs) ? readdirSync(runs).map((name) => join(runs, name)) : [];
  const files = outputs.map((name) => join(folder, name));
  return [stdout, stderr, ...[...journals, ...files].map((path) => readFileSync(path, 'utf8'))].join('\n');
}

const OUTPUTS = ['a.json', 'a.csv', 'a.md', 'a.txt'];

/** A command that has a secret wherever it can have one. */
const EXPERIMENT = `
name: my ${TOKEN}
description: the password=${WORD}
command: [sh, -c, 'echo loss=1; echo ${TOKEN} $0', '--token', ${WORD}, '{seed}']
env: { API_KEY: ${WORD}, LR: '0.1' }
setup: ['true', --password, ${WORD}]
metrics:
  - { from: stdout, key: loss, name: loss }
  - { from: file, file: '${TOKEN}.json', path: a, name: '${TOKEN}' }
artifacts: ['${TOKEN}.bin']
seed: '${TOKEN}'
repeats: 2
`;

describe('what is written of an experiment', () => {
  test('has no secret of a command, wherever it stands in it', () => {
    const folder = folderWith({ 'e.yaml': EXPERIMENT });
    const written = writtenBy(folder, ['run', 'e.yaml', '--same-seed', '--ignore-failure'], OUTPUTS);
    expect(written).toContain('[redacted]');
    expect(written).toContain('"redacted":true');
    expect(written).not.toContain(WORD);
  });

  test('has no secret of a module or a network', () => {
    const module = `export default () => 1; export const name = 'x';`;
    const folder = folderWith({
      'm.yaml': `module: m.mjs\ndescription: ${TOKEN}\nwith: { credentials: { bob: ${WORD} }, password: 1234567 }\nrepeats: 1\n`,
      'm.mjs': module,
    });
    const written = writtenBy(folder, ['run', 'm.yaml'], ['a.json']);
    expect(written).toContain('[redacted]');
    expect(written).not.toContain(WORD);
    expect(written).not.toContain('1234567');
    const network = writtenBy(folder, ['run', 'xor', `seed=${TOKEN}`, 'repeats=1', `description=${TOKEN}`], ['a.json']);
    expect(network).toContain('[redacted]');
    expect(network).not.toContain(WORD);
  });

  test('says that it cannot be executed only where what is executed lost something', () => {
    const folder = folderWith({});
    const told = writtenBy(folder, ['run', `description=${TOKEN}`, '-r', '1', '--', 'sh', '-c', 'echo 1'], ['a.json']);
    expect(told).toContain('[redacted]');
    expect(told).not.toContain('"redacted":');
  });

  test('has no secret of the branch', () => {
    const folder = folderWith({});
    execFileSync('git', ['init', '-q', '-b', `x-${TOKEN}`, folder]);
    const written = writtenBy(folder, ['run', '-r', '1', '--', 'sh', '-c', 'echo 1'], ['a.json']);
    expect(written).toContain('x-[redacted]');
    expect(written).not.toContain(WORD);
  });

  test('has none in a check, in any of its formats', () => {
    const folder = folderWith({ 'e.yaml': EXPERIMENT });
    const written = writtenBy(
      folder,
      ['check', `env.API_KEY=${WORD}`, '-r', '1', '--', 'sh', '-c', 'echo 1', '--token', WORD],
      ['a.json', 'a.md', 'a.xml'],
    );
    expect(written).toContain('[redacted]');
    expect(written).not.toContain(WORD);
  });

  test('has none in the labels of a comparison', () => {
    const folder = folderWith({ 'e.yaml': 'command: [sh, -c, "echo 1.$$"]\nrepeats: 2\n' });
    const words = `command=[sh, -c, 'echo 1', --token, ${WORD}]`;
    const arms = ['e.yaml', `env.API_KEY=${WORD} x${WORD}`, 'e.yaml', words, 'e.yaml', `name=${TOKEN}`];
    const written = writtenBy(folder, ['compare', ...arms, '--unpaired'], ['a.json', 'a.md']);
    expect(written).toContain('API_KEY=[redacted]');
    expect(written).not.toContain(WORD);
    const varied = writtenBy(folder, ['compare', 'e.yaml', '--vary', `env.API_KEY=${WORD}1,${WORD}2`], ['b.json']);
    expect(varied).toContain('API_KEY=[redacted] (2)');
    expect(varied).not.toContain(WORD);
  });

  test('has none in an error', () => {
    const { status, stderr } = repro(['compare', 'xor', '--vary', `--password=${WORD},`, `env.API_KEY=${WORD}`]);
    expect(status).toBe(2);
    expect(stderr).not.toContain(WORD);
  });
});
