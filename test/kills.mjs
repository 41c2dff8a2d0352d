// Kills runs of each kind with SIGKILL at random moments, damages journals at random bytes, and resumes them.
//   node test/kills.mjs [N] [seed] [kind ...]    N kills and N damaged journals of each kind (default: 20), and a summary
// Plain JavaScript, so that any Node runs it as it is.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const binary = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'repro.cjs');
/** Milliseconds that stand for hanging. */
const HANGING = 120_000;
/** Milliseconds in which whatever guards a killed run has ended what it left: its grace is 2 s. */
const TIDY = 20_000;
/** Trials at once. */
const WORKERS = 2;
/** Kills of the resumes of one run, at most. */
const RESUMES_KILLED = 3;

/** Uniform numbers in [0, 1) from a seed, so that a failure can be looked at again (Steele, Lea & Flood 2014, in 32 bits). */
export function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let word = state;
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return ((word ^ (word >>> 15)) >>> 0) / 2 ** 32;
  };
}

const MODULE = `export default async ({ random, seed }) => {
  await new Promise((resolve) => setTimeout(resolve, 3));
  return { score: random(), seed };
};
`;

/** A program with a child that goes on beside it, that writes a file, and that is known by its argument \`token\`. */
const program = (token) => [
  'sh',
  '-c',
  'sleep 0.02 & printf "%s" "$1" >"out-$2.txt"; sleep 0.01; wait; echo "score: $1"',
  token,
  '{seed}',
  '{repeat}',
];

/** What is run; each takes some tenths of a second. */
export const kinds = [
  { name: 'network', args: () => ['-r', '20000', '-j', '1'] },
  { name: 'network on threads', args: () => ['-r', '5000', '-j', '2', 'layers.0.units=48'] },
  {
    name: 'early stopping',
    args: () => ['minibatch', '-r', '500', '-j', '1', '-b', 'theano', 'earlyStopping={monitor: val_loss, patience: 2}'],
  },
  {
    name: 'command',
    args: (token) => ['-r', '16', '--artifact', 'out-{repeat}.txt', '--', ...program(token)],
  },
  {
    name: 'command with jobs',
    args: (token) => ['-r', '48', '-j', '4', '--artifact', 'out-{repeat}.txt', '--', ...program(token)],
  },
  { name: 'module', args: () => ['m.yaml', '-j', '2'] },
];

/** A folder to run in. */
function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'repro-kills-'));
  writeFileSync(join(folder, 'm.mjs'), MODULE);
  writeFileSync(join(folder, 'm.yaml'), 'module: m.mjs\nrepeats: 12\n');
  return folder;
}

/** The arguments of a run of a kind. */
export function runOf({ args }, token) {
  return ['run', '--seed', '7', '-q', '-f', 'digest', ...args(token)];
}

/** Executes the binary to its end. */
export function execute(args, cwd) {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [binary, ...args],
      { cwd, timeout: HANGING, killSignal: 'SIGKILL', encoding: 'utf8', maxBuffer: 1 << 26 },
      (error, stdout, stderr) =>
        resolve({ code: error ? (error.signal ?? error.code) : 0, stdout: stdout.trim(), stderr: stderr.trim() }),
    );
  });
}

/** What tells one writer of a folder's runs from the next: the state of their locks. */
function locksIn(folder) {
  try {
    const runs = join(folder, '.repro', 'runs');
    const locks = readdirSync(runs).filter((name) => name.endsWith('.lock'));
    return locks.map((name) => `${name} ${statSync(join(runs, name), { throwIfNoEntry: false })?.mtimeMs}`).join();
  } catch {
    return '';
  }
}

/**
 * Starts the binary and sends it a signal, it alone, unless it has ended before: milliseconds after it has begun to write, so that
 * a busy machine, which is slow to start it, makes no difference, or where they are negative so long after its start.
 */
export async function executeAndSignal(args, { cwd, after, signal }) {
  const locks = locksIn(cwd);
  const child = spawn(process.execPath, [binary, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const outputs = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => {
      outputs[name] += text;
    });
  }
  const ended = new Promise((resolve) => child.once('exit', (code, died) => resolve({ code, died })));
  const closed = new Promise((resolve) => child.once('close', resolve));
  while (after >= 0 && child.exitCode === null && locksIn(cwd) === locks) await sleep(2);
  await Promise.race([sleep(Math.abs(after)), ended]);
  child.kill(signal);
  const hanging = setTimeout(() => child.kill('SIGKILL'), HANGING);
  const { code, died } = await ended;
  // What a killed run left may hold its stderr for a moment.
  await Promise.race([closed, sleep(1000)]);
  clearTimeout(hanging);
  return { code, died, ...outputs };
}

/** Processes, other than this one, whose command line or environment holds a text. */
export function processesWith(text) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((id) =>
      ['cmdline', 'environ'].some((file) => {
        try {
          return readFileSync(`/proc/${id}/${file}`).includes(text);
        } catch {
          return false;
        }
      }),
    );
}

/** The ids of the runs in a folder. */
export function runsIn(folder) {
  try {
    return readdirSync(join(folder, '.repro', 'runs'))
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => name.slice(0, -'.jsonl'.length));
  } catch {
    return [];
  }
}

const journalOf = (folder, id) => join(folder, '.repro', 'runs', `${id}.jsonl`);

/** Bytes up to the last line end. */
function wholeLines(bytes) {
  return bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
}

/** The numbers of the repeats in a text of whole lines, as they stand there. */
function repeatsIn(bytes) {
  const found = [];
  for (const line of bytes.toString('latin1').split('\n')) {
    const [, number] = /^\{"kind":"repeat","repeat":(\d+),/.exec(line) ?? [];
    if (number) found.push(Number(number));
  }
  return found;
}

/** @throws if a repeat is there twice, or one of `planned` is missing */
function assertEachOnce(bytes, planned) {
  const repeats = repeatsIn(bytes);
  if (new Set(repeats).size !== repeats.length) throw new Error('a finished repeat was executed and saved again');
  if (repeats.length !== planned) throw new Error(`${repeats.length} of ${planned} repeats are in the journal`);
}

/** Milliseconds for `executeAndSignal`: one in ten during the start, the others while repeats are executed. */
function momentIn(elapsed, random) {
  return random() < 0.1 ? -random() * elapsed : 0.8 * random() * elapsed;
}

/** Executes a kind uninterrupted: its digest, its journal, and what it took in milliseconds. */
export async function reference(kind) {
  const folder = makeFolder();
  try {
    const began = performance.now();
    const { code, stdout, stderr } = await execute(runOf(kind, 'repro-kills-reference'), folder);
    const elapsed = performance.now() - began;
    if (code !== 0 || !/^[0-9a-f]{16}$/.test(stdout)) throw new Error(`${kind.name}: ${code} ${stdout} ${stderr}`);
    const [id] = runsIn(folder);
    const planned = repeatsIn(readFileSync(journalOf(folder, id))).length;
    return { digest: stdout, planned, elapsed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Resumes a run until it is finished; the resume itself is killed now and then. Returns how often that was. */
async function resumeToEnd({ folder, id, digest, elapsed, random }) {
  let kills = 0;
  let kept = wholeLines(readFileSync(journalOf(folder, id)));
  const args = ['resume', id, '-q', '-f', 'digest'];
  const assertKept = () => {
    const bytes = readFileSync(journalOf(folder, id));
    if (!bytes.subarray(0, kept.length).equals(kept)) throw new Error('what was in the journal has changed');
    kept = wholeLines(bytes);
  };
  while (kills < RESUMES_KILLED && random() < 0.4) {
    // Less is left to do.
    const after = momentIn(elapsed / 3, random);
    const { died } = await executeAndSignal(args, { cwd: folder, after, signal: 'SIGKILL' });
    assertKept();
    if (died !== 'SIGKILL') break;
    kills += 1;
  }
  const { code, stdout, stderr } = await execute(args, folder);
  if (code !== 0) throw new Error(`resume ended with ${code}: ${stderr}`);
  if (stdout !== digest) throw new Error(`resume gives ${stdout}, not ${digest}`);
  if (stderr !== '') throw new Error(`resume says ${stderr}`);
  assertKept();
  return kills;
}

/**
 * Kills one run and resumes it.
 *
 * @returns `unsaved` where the kill came before the run's header was saved, `ended` where it came too late
 */
export async function kill(kind, { digest, planned, elapsed }, { random, token }) {
  const folder = makeFolder();
  const after = momentIn(elapsed, random);
  let failure = true;
  try {
    const { died } = await executeAndSignal(runOf(kind, token), { cwd: folder, after, signal: 'SIGKILL' });
    const [id] = runsIn(folder);
    // Two lines are the header and its copy: the run has begun.
    const begun = id !== undefined && readFileSync(journalOf(folder, id)).includes(0x0a);
    let kills = 0;
    if (begun) {
      kills = await resumeToEnd({ folder, id, digest, elapsed, random });
      assertEachOnce(readFileSync(journalOf(folder, id)), planned);
    }
    failure = false;
    return { outcome: died !== 'SIGKILL' ? 'ended' : begun ? 'resumed' : 'unsaved', kills };
  } catch (error) {
    throw new Error(`${kind.name}, killed after ${after.toFixed(1)} ms, in ${folder}: ${error.message}`);
  } finally {
    if (!failure) rmSync(folder, { recursive: true, force: true });
  }
}

/** Cuts bytes short, or changes up to four of them; says which. */
function damaged(bytes, random) {
  const anywhere = () => Math.floor(random() * bytes.length);
  if (random() < 0.4) {
    const length = anywhere();
    return { bytes: bytes.subarray(0, length), changed: `cut to ${length} bytes` };
  }
  const copy = Buffer.from(bytes);
  const places = Array.from({ length: 1 + Math.floor(4 * random()) }, anywhere);
  for (const place of places) copy[place] ^= 1 + Math.floor(255 * random());
  return { bytes: copy, changed: `changed at ${places.join(', ')}` };
}

const linesOf = (bytes) => bytes.toString('latin1').split('\n');

/** Numbers of the lines that have a line end and are none of a journal as it was. */
function strangeLines(whole, bytes) {
  const known = new Set(linesOf(whole));
  return linesOf(bytes)
    .slice(0, -1)
    .flatMap((line, i) => (known.has(line) ? [] : [i + 1]));
}

/** Whether a message names a line of a journal, alone or among others. */
function names(message, line) {
  return [...message.matchAll(/\.jsonl:(\d+)(?:-(\d+))?/g)].some(
    ([, first, last = first]) => line >= Number(first) && line <= Number(last),
  );
}

/** @throws unless exactly those repeats were executed that are not to be found in what was left of the journal */
function assertOnlyLost({ whole, bytes, after, planned }) {
  const left = bytes.toString('latin1');
  const kept = linesOf(whole).filter((line) => line.startsWith('{"kind":"repeat"') && left.includes(line));
  const found = new Set(repeatsIn(Buffer.from(kept.join('\n'), 'latin1')));
  // What is damaged is not counted, as no line of it is one of those that were.
  const added = repeatsIn(after.subarray(wholeLines(bytes).length)).filter((repeat) => !found.has(repeat));
  if (found.size + new Set(added).size !== planned) {
    throw new Error(`${found.size} repeats were left, ${added.length} were executed of ${planned}`);
  }
}

/** Starts a run and kills it, until there is one that has saved a repeat: its folder, to be removed, and its id. */
export async function killedRun(kind, { elapsed }, { random, token }) {
  for (;;) {
    const folder = makeFolder();
    // Now and then it comes to its end.
    const after = random() * elapsed;
    await executeAndSignal(runOf(kind, token), { cwd: folder, after, signal: 'SIGKILL' });
    const [id] = runsIn(folder);
    if (id !== undefined && repeatsIn(readFileSync(journalOf(folder, id))).length > 0) return { folder, id };
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Damages a run's journal, resumes it, and puts the journal back as it was. One at a time: commands run where they did before, so
 * that two resumes would write the same files.
 *
 * @returns `refused` where both headers are lost, else `resumed`
 */
export async function damage(kind, { digest, planned }, { random, run: { folder, id } }) {
  const path = journalOf(folder, id);
  const whole = readFileSync(path);
  const { bytes, changed } = damaged(whole, random);
  try {
    writeFileSync(path, bytes);
    const { code, stdout, stderr } = await execute(['resume', id, '-q', '-f', 'digest'], folder);
    const after = readFileSync(path);
    const [header] = linesOf(whole);
    if (!bytes.toString('latin1').includes(header)) {
      if (code !== 2 || !/^repro: [^\n]*has lost its header[^\n]*$/.test(stderr)) throw new Error(`${code}: ${stderr}`);
      if (!after.equals(bytes)) throw new Error('a journal without a header was changed');
      return 'refused';
    }
    if (code !== 0) throw new Error(`resume ended with ${code}: ${stderr}`);
    if (stdout !== digest) throw new Error(`resume gives ${stdout}, not ${digest}`);
    for (const line of strangeLines(whole, bytes)) {
      if (!names(stderr, line)) throw new Error(`line ${line} is damaged, of which is said: ${stderr}`);
    }
    const sound = wholeLines(bytes);
    if (!after.subarray(0, sound.length).equals(sound)) throw new Error('what was in the journal has changed');
    assertOnlyLost({ whole, bytes, after, planned });
    return 'resumed';
  } catch (error) {
    throw new Error(`${kind.name}, ${changed}: ${error.message}`);
  } finally {
    writeFileSync(path, whole);
  }
}

/** @returns processes that hold a text, after they had time to end */
export async function leftOver(text) {
  for (let waited = 0; processesWith(text).length > 0 && waited < TIDY; waited += 100) await sleep(100);
  return processesWith(text);
}

/** Calls `trial` until it has been `wanted` times what `isWanted` asks for, so many at once; returns what came how often. */
async function repeatTrial(wanted, { workers, trial, isWanted }) {
  const counts = {};
  const failures = [];
  let left = wanted;
  const work = async () => {
    while (left > 0 && failures.length < 5) {
      left -= 1;
      try {
        const outcome = await trial();
        counts[outcome] = (counts[outcome] ?? 0) + 1;
        if (!isWanted(outcome)) left += 1;
      } catch (error) {
        failures.push(error.message);
      }
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return { counts, failures };
}

async function main(wanted, seed, names) {
  const random = uniform(seed);
  let failed = 0;
  for (const kind of kinds.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const token = `repro-kills-${process.pid}-${kind.name.replaceAll(' ', '-')}`;
    const uninterrupted = await reference(kind);
    let ofResumes = 0;
    const killed = await repeatTrial(wanted, {
      workers: WORKERS,
      async trial() {
        const { outcome, kills } = await kill(kind, uninterrupted, { random, token });
        ofResumes += kills;
        return outcome;
      },
      isWanted: (outcome) => outcome !== 'ended',
    });
    const run = await killedRun(kind, uninterrupted, { random, token });
    const hurt = await repeatTrial(wanted, {
      workers: 1,
      trial: () => damage(kind, uninterrupted, { random, run }),
      isWanted: () => true,
    });
    rmSync(run.folder, { recursive: true, force: true });
    const left = await leftOver(token);
    const failures = [...killed.failures, ...hurt.failures, ...left.map((id) => `process ${id} is left over`)];
    failed += failures.length;
    const { resumed = 0, unsaved = 0 } = killed.counts;
    console.log(
      `${kind.name}: ${resumed + unsaved} kills (${unsaved} before anything was saved), ${ofResumes} kills of resumes; ` +
        `${hurt.counts.resumed ?? 0} damaged journals resumed, ${hurt.counts.refused ?? 0} without a header refused; ` +
        `${failures.length} failures`,
    );
    for (const failure of failures) console.log(`  ${failure}`);
  }
  return failed === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [wanted = '20', seed = '1', ...names] = process.argv.slice(2);
  process.exitCode = await main(Number(wanted), Number(seed), names);
}
