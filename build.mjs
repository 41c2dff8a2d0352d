// Builds dist/: the kernel, the command's bundles, the worker thread, the library and its types.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
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

const shared = { bundle: true, platform: 'node', target: 'node20', minify: true, metafile: true, logLevel: 'warning' };

/**
 * Node's modules that two libraries load at once and we never come to use: commander's for commands that are programs of their
 * own, seedrandom's for seeding itself. Loading them costs more than all our code.
 */
const unused = {
  name: 'unused',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:child_process|crypto)$/ }, ({ path, importer }) =>
      /node_modules\/(commander|seedrandom)\//.test(importer) ? { path, namespace: 'unused' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: '', loader: 'js' }));
  },
};

/**
 * CommonJS bundles, which Node starts faster than ES modules: one of each entry, and one of whatever is imported on demand,
 * so that a command reads no code that it does not run.
 */
async function bundleCommonJs(entries) {
  const metafiles = [];
  const pending = Object.entries(entries);
  const known = new Set(Object.values(entries));
  const onDemand = {
    name: 'on-demand',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const entry = relative(root, resolve(resolveDir, path.replace(/\.js$/, '.ts')));
        const name = entry
          .replace(/^src\//, '')
          .replace(/\.ts$/, '')
          .replaceAll('/', '-');
        if (!known.has(entry)) {
          known.add(entry);
          pending.push([name, entry]);
        }
        return { path: `./${name}.cjs`, external: true };
      });
    },
  };
  for (let next = pending.shift(); next; next = pending.shift()) {
    const { metafile } = await build({
      ...shared,
      entryPoints: [next[1]],
      outfile: `dist/${next[0]}.cjs`,
      format: 'cjs',
      supported: { 'dynamic-import': false },
      define: { 'import.meta.dirname': '__dirname' },
      plugins: [unused, onDemand],
    });
    metafiles.push(metafile);
  }
  return metafiles;
}

/** The shipped experiments as resolved, each with the text that it was resolved from. */
function resolveExperiments() {
  const { loadExperiment } = require('./dist/experiment-load.cjs');
  const folder = join(root, 'experiments');
  const resolved = readdirSync(folder).map((file) => {
    const { experiment } = loadExperiment(join(folder, file), { cwd: root, shippedFolder: folder, overrides: [] });
    return [file, { text: readFileSync(join(folder, file), 'utf8'), experiment }];
  });
  writeFileSync('dist/experiments.json', JSON.stringify(Object.fromEntries(resolved)));
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
const metafiles = await bundleCommonJs({ repro: 'bin/repro.ts', thread: 'src/run/thread.ts' });
const library = await build({
  ...shared,
  minify: false,
  entryPoints: ['src/index.ts'],
  outfile: 'dist/index.js',
  format: 'esm',
  banner: { js: `import{createRequire}from'node:module';const require=createRequire(import.meta.url);` },
});
resolveExperiments();
writeLicences([...metafiles, library.metafile]);
emitTypes();
