// npm test: the build, the linter, the compiler, the search for unused code, then every test.
// Each step counts as one test; the last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const self = fileURLToPath(import.meta.url);
const root = dirname(dirname(self));
// Longer than anything here takes; whatever hangs is killed, so that CI hears of it.
const limit = 30 * 60_000;

/** The JavaScript file behind a package's command: no shell, no npx, no platform's own wrapper in between. */
function commandOf(name, command = name) {
  const folder = join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

const steps = [
  { title: 'build', args: () => ['build.mjs'] },
  { title: 'format and lint', args: () => [commandOf('@biomejs/biome', 'biome'), 'ci', '--colors=off', '.'] },
  { title: 'types', args: () => [commandOf('typescript', 'tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  { title: 'unused code', args: () => [commandOf('knip'), '--no-progress'] },
];

/** Runs Node without stdin → { status, output }; output is empty where it went straight to ours. */
function runNode(args, { env = process.env, show = false } = {}) {
  return new Promise((settle) => {
    const out = show ? 'inherit' : 'pipe';
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', out, out], timeout: limit });
    const pieces = [];
    child.stdout?.on('data', (piece) => pieces.push(piece));
    child.stderr?.on('data', (piece) => pieces.push(piece));
    child.on('error', (error) => settle({ status: 1, output: error.message }));
    child.on('close', (status, signal) => {
      if (signal) pieces.push(Buffer.from(`ended by ${signal}\n`));
      settle({ status: status ?? 1, output: Buffer.concat(pieces).toString() });
    });
  });
}

/** A tool that is not installed fails its step like any other error. */
async function attempt(args) {
  try {
    return await runNode(args());
  } catch (error) {
    return { status: 1, output: String(error) };
  }
}

/** True if the step passed; its output is shown only if it did not. */
async function runStep({ title, args }) {
  const began = Date.now();
  const { status, output } = await attempt(args);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'passed' : 'FAILED'}  ${title} (${seconds} s)`);
  if (status !== 0) console.log(output.trimEnd());
  return status === 0;
}

/** What went wrong outside of any test: files that do not load, suites whose hooks throw, errors nobody awaited. */
function strayFailures(modules, unhandled) {
  const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const broken = suites.filter((suite) => suite.errors().length > 0);
  const titleOf = (suite) => suite.fullName ?? suite.relativeModuleId;
  return [...broken.map(titleOf), ...unhandled.map((error) => `unhandled: ${error.message}`)];
}

/** vitest loads this file as a reporter too, because its JSON leaves out why a test was skipped. */
export default class Results {
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => {
        const { state, note } = test.result();
        return { title: `${module.relativeModuleId} > ${test.fullName}`, state, note };
      }),
    );
    writeFileSync(process.env.REPRO_TEST_RESULTS, JSON.stringify({ tests, stray: strayFailures(modules, unhandled) }));
  }
}

/** Every test → { passed, failed, skipped }; vitest that ends badly with nothing to show for it is one failure. */
async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'repro-test-'));
  const file = join(folder, 'results.json');
  const args = ['run', '--reporter=default', `--reporter=${self}`];
  try {
    const env = { ...process.env, REPRO_TEST_RESULTS: file };
    const { status } = await runNode([commandOf('vitest'), ...args], { env, show: true });
    return countTests(JSON.parse(readFileSync(file, 'utf8')), status);
  } catch (error) {
    console.log(`the tests left no results: ${error.message}`);
    return { passed: 0, failed: 1, skipped: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countTests({ tests, stray }, status) {
  const passed = tests.filter(({ state }) => state === 'passed').length;
  const skipped = tests.filter(({ state }) => state === 'skipped');
  // A test that is still pending when the run ends has not passed.
  const failed = tests.length - passed - skipped.length + stray.length;
  for (const title of stray) console.log(`FAILED  ${title}`);
  const unexplained = status !== 0 && failed === 0;
  if (unexplained) console.log(`FAILED  vitest ended with ${status}`);
  if (passed + failed === 0) console.log('FAILED  no test ran');
  return { passed, failed: failed + (unexplained || passed + failed === 0 ? 1 : 0), skipped };
}

async function main() {
  const outcomes = [];
  for (const step of steps) outcomes.push(await runStep(step));
  const { passed, failed, skipped } = await runTests();
  for (const { title, note } of skipped) console.log(`skipped  ${title}: ${note ?? 'no reason given'}`);
  // Not on the last line, which stays the same for whoever reads it by machine.
  if (skipped.length > 0) console.log(`${skipped.length} skipped`);
  const stepsPassed = outcomes.filter(Boolean).length;
  const allFailed = failed + outcomes.length - stepsPassed;
  console.log(`${passed + stepsPassed} passed, ${allFailed} failed`);
  return allFailed > 0 ? 1 : 0;
}

const invoked = process.argv[1] && realpathSync(process.argv[1]) === self;
if (invoked) process.exitCode = await main();
