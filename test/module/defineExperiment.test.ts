import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'repro-define-')));
afterAll(() => rmSync(folder, { recursive: true }));

/** What `npm pack` packs, as npm installs it. */
beforeAll(() => {
  const npm = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const archive = execFileSync('npm', npm, { cwd: root, encoding: 'utf8' }).trim();
  const installed = join(folder, 'node_modules', 'repro');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, archive), '-C', installed, '--strip-components=1']);
  symlinkSync(join(root, 'node_modules', '@types'), join(folder, 'node_modules', '@types'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});

const files = {
  'good.ts': `async ({ random, seed, repeat, signal, log, parameters }) => {
    log(signal.aborted, parameters['rate'], seed);
    const order: number[] = random.shuffle([1, 2, 3]);
    const draw: () => number = random;
    return { score: order.length + draw(), accuracy: repeat };
  }`,
  'number.ts': '() => 1',
  'text.ts': 'async () => "1"',
  'scoreless.ts': 'async () => ({ accuracy: 1 })',
  'misspelt.ts': '({ rnadom }) => rnadom()',
};

test.each(['repro', 'repro/define'])('a user of the package gets types and the function from %s', (from) => {
  const head = `import { defineExperiment } from '${from}';\n`;
  for (const [name, body] of Object.entries(files)) {
    writeFileSync(join(folder, name), `${head}export default defineExperiment(${body});\n`);
  }
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
  const { stdout } = spawnSync(process.execPath, [tsc, ...flags, ...Object.keys(files)], {
    cwd: folder,
    encoding: 'utf8',
  });
  const wrong = new Set(Array.from(stdout.matchAll(/^(\w+\.ts)\(\d+,\d+\): error/gm), (match) => match[1]));
  expect([...wrong].sort()).toEqual(['misspelt.ts', 'scoreless.ts', 'text.ts']);
  writeFileSync(join(folder, 'run.js'), `${head}const four = () => 4;\nconsole.log(defineExperiment(four) === four);`);
  expect(execFileSync(process.execPath, ['run.js'], { cwd: folder, encoding: 'utf8' })).toBe('true\n');
});
