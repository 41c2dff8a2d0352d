import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sourceNames } from '../src/backends/backend.js';
import { backendNames, scoredParts } from '../src/experiment/experiment.js';
import { activationNames, lossNames, metricNames, monitorNames, varianceScalings } from '../src/network/network.js';
import { binary, root } from './cli/command.js';

const folder = mkdtempSync(join(tmpdir(), 'repro-docs-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Command {
  readonly line: string;
  /** What the document says that it prints; absent where that is another thing each time. */
  readonly printed?: string;
}

/** Commands of a document, whose blocks of code that have a file's name are written to the folder. */
function commandsOf(text: string): Command[] {
  return [...text.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```/gm)].flatMap(([, language, name, body = '']): Command[] => {
    if (name) writeFileSync(join(folder, name), body);
    if (language === 'sh') return [...body.matchAll(/^(.+)$/gm)].map(([line]) => ({ line }));
    if (language !== 'console') return [];
    return [...body.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)].map(([, line = '', printed = '']) => ({
      line,
      printed,
    }));
  });
}

/** A line of shell, in which `npx repro` is the real binary. */
function shell(line: string) {
  const script = line.replace('npx repro', `'${process.execPath}' '${binary}'`);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe.each(['checking.md', 'comparing.md', 'experiments.md', 'frameworks.md', 'programs.md', 'records.md'])(
  'docs/%s',
  (name) => {
    const commands = commandsOf(readFileSync(join(root, 'docs', name), 'utf8'));

    test('has commands to try', () => {
      expect(commands.length).toBeGreaterThan(5);
    });

    test.each(commands)('$line prints what it says', ({ line, printed }) => {
      const result = shell(line);
      expect(result).toMatchObject({ status: 0, stdout: printed ?? result.stdout });
      // A check says when it records a baseline.
      expect(result.stderr).toMatch(/^(repro: recorded .*\n)?$/);
    });
  },
);

test('the reference of experiments names all that there is', () => {
  const text = readFileSync(join(root, 'docs/experiments.md'), 'utf8');
  const names = [
    ...[...activationNames, ...lossNames, ...metricNames, ...monitorNames, ...scoredParts, ...sourceNames],
    ...[...backendNames, ...Object.keys(varianceScalings)],
  ];
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});
