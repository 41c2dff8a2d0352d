// Builds dist/: the kernel, the command's bundles, the programs of threads, the library and its types.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { build } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
process.chdir(root);

/** Compiles the AssemblyScript kernel and leaves its bytes where TypeScript can import them. */
async function buildKernel() {
  const stderr = asc.createMemoryStream();
  const binary = [];
  const { error } = await asc.main(
    [
      'src/kernel/assembly/index.ts',
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '-o',
      'kernel.wasm',
    ].concat(['--exportTable', '--use', 'abort=']),
    { stderr, writeFile: (name, contents) => name === 'kernel.wasm' && binary.push(contents) },
  );
  if (error) throw new Error(stderr.toString());
  const base64 = Buffer.from(binary[0]).toString('base64');
  writeFileSync(
    'src/kernel/binary.ts',
    `// Made by build.mjs from src/kernel/assembly.\n/** The kernel's WebAssembly binary, in base64. */\nexport const binary: string =\n  '${base64}';\n`,
  );
}

const sourceOfSimpleStatistics = join(dirname(require.resolve('simple-statistics')), '..', 'index.js');

const shared = { bundle: true, platform: 'node', target: 'node20', minify: true, metafile: true, logLevel: 'warning' };

/** What libraries load at once and we never come to use: loading it costs more than all our code. */
const unused = {
  name: 'unused',
  setup({ onResolve, onLoad }) {
    // commander's for commands that are programs of their own, seedrandom's for seeding itself, chalk's for guessing colours.
    onResolve({ filter: /^(node:child_process|crypto|#supports-color)$/ }, ({ path, importer }) =>
      /node_modules\/(commander|seedrandom|chalk)\//.test(importer) ? { path, namespace: 'unused' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'export default {}', loader: 'js' }));
    // Of simple-statistics, whose bundle computes a table of the normal distribution, the functions that are called.
    onResolve({ filter: /^simple-statistics$/ }, () => ({ path: sourceOfSimpleStatistics, sideEffects: false }));
    onResolve({ filter: /^\.\/src\// }, ({ path, importer }) =>
      importer === sourceOfSimpleStatistics ? { path: join(dirname(importer), path), sideEffects: false } : undefined,
    );
    // seedrandom's other generators.
    onResolve({ filter: /^seedrandom$/ }, () => ({ path: require.resolve('seedrandom/seedrandom.js') }));
  },
};

/**
 * The command's bundles, in CommonJS, which Node starts faster than ES modules. What is imported on demand from one of them
 * is another file if it is listed here, so that a command reads little code that it does not run, and else a part of the same
 * one, evaluated when it is asked for.
 */
const bundles = {
  repro: 'bin/launch.ts',
  reproMain: 'bin/repro.ts',
  execution: 'bin/launch.ts',
  executionMain: 'bin/execution.ts',
  thread: 'src/run/thread.ts',
  run: 'src/cli/run.ts',
  check: 'src/cli/check.ts',
  compare: 'src/cli/compare.ts',
  resume: 'src/cli/resume.ts',
  rerun: 'src/cli/rerun.ts',
  runs: 'src/cli/runs.ts',
  exportRun: 'src/cli/export.ts',
  prune: 'src/cli/prune.ts',
  showRun: 'src/cli/showRun.ts',
  programs: 'src/run/executePrograms.ts',
  program: 'src/run/prepareProgram.ts',
  writtenApart: 'src/run/checkWrittenApart.ts',
  regularExpression: 'src/metric/regularExpression.ts',
  list: 'src/cli/list.ts',
  show: 'src/cli/show.ts',
  load: 'src/experiment/load.ts',
  threads: 'src/run/threads.ts',
  table: 'src/report/table.ts',
  terminal: 'src/report/terminal.ts',
  csv: 'src/data/csv.ts',
  jsonLines: 'src/data/jsonLines.ts',
};

async function bundleCommonJs() {
  const names = new Map(Object.entries(bundles).map(([name, entry]) => [join(root, entry), name]));
  const apart = {
    name: 'apart',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
        const name = names.get(resolve(resolveDir, path.replace(/\.js$/, '.ts')));
        return kind === 'dynamic-import' && name ? { path: `./${name}.cjs`, external: true } : undefined;
      });
    },
  };
  const { metafile } = await build({
    ...shared,
    entryPoints: bundles,
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.dirname': '__dirname' },
    plugins: [unused, apart],
  });
  for (const name of Object.keys(bundles)) escapeRest(`dist/${name}.cjs`);
  return metafile;
}

/** Escapes what is not ASCII in a bundle: bin/launch.ts reads Latin-1, and esbuild leaves regular expressions as they are. */
function escapeRest(path) {
  const escapeUnit = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(path, readFileSync(path, 'utf8').replace(/[^\0-\x7f]/g, escapeUnit));
}

/** The program of the threads that run modules: an ES module, which imports an experiment's file as Node itself would. */
async function bundleModuleWorker() {
  const { metafile } = await build({
    ...shared,
    entryPoints: { moduleWorker: 'src/module/moduleWorker.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    plugins: [unused],
  });
  return metafile;
}

/** The shipped experiments as resolved, each with the text that it was resolved from. */
function resolveExperiments() {
  const { loadExperiment } = require('./dist/load.cjs');
  const folder = join(root, 'experiments');
  // The folder holds their data too.
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  const resolved = files.map((file) => {
    const { experiment } = loadExperiment(join(folder, file), { cwd: root, shippedFolder: folder, overrides: [] });
    return [file, { text: readFileSync(join(folder, file), 'utf8'), experiment }];
  });
  writeFileSync('dist/experiments.json', JSON.stringify(Object.fromEntries(resolved)));
}

/** An execution first: a check starts some. */
function writeBytecode() {
  const request = { args: [], flags: { seed: 1, repeats: 10 }, cwd: root, jobs: 1, scattered: false };
  // Runs are saved in the current folder.
  const cwd = mkdtempSync(join(tmpdir(), 'repro-build-'));
  for (const [name, input] of [
    ['execution', JSON.stringify(request)],
    ['repro', ''],
  ]) {
    const program = join(root, 'bin', 'writeBytecode.cjs');
    const { status, stderr } = spawnSync(process.execPath, [program, name], { input, cwd });
    if (status !== 0) throw new Error(stderr.toString());
  }
  rmSync(cwd, { recursive: true });
}

/** The licences of what the bundles contain. */
function writeLicences(metafiles) {
  const names = new Set();
  for (const { inputs } of metafiles) {
    for (const path of Object.keys(inputs)) {
      const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
      if (match) names.add(match[1]);
    }
  }
  const texts = [...names].sort().map((name) => {
    const folder = join(root, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'License'].find((each) => {
      try {
        return readFileSync(join(folder, each));
      } catch {
        return false;
      }
    });
    return `${name} ${version} (${license})\n\n${file ? readFileSync(join(folder, file), 'utf8').trim() : ''}\n`;
  });
  writeFileSync('dist/third-party-licenses.txt', texts.join(`\n${'-'.repeat(80)}\n\n`));
}

function emitTypes() {
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  const args = [tsc, '-p', 'tsconfig.types.json'];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout);
}

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
await buildKernel();
const metafile = await bundleCommonJs();
const moduleWorker = await bundleModuleWorker();
const library = await build({
  ...shared,
  minify: false,
  // The library, and what an experiment's file imports once a repeat, which is why it is small.
  entryPoints: { index: 'src/index.ts', define: 'src/module/defineExperiment.ts' },
  outdir: 'dist',
  format: 'esm',
  banner: { js: `import{createRequire}from'node:module';const require=createRequire(import.meta.url);` },
});
resolveExperiments();
writeBytecode();
writeLicences([metafile, moduleWorker, library.metafile]);
emitTypes();
