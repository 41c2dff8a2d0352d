import { readFileSync } from 'node:fs';
import { ReproError } from '../errors.js';
import { backendNames, type Experiment } from '../experiment/experiment.js';
import { sharedKernel } from '../kernel/kernel.js';
import { scratch } from '../kernel/scratch.js';
import { unreadable } from '../text/unreadable.js';
import { hex64, runDigest } from './digest.js';
import type { Circumstances, RunPlan, TracedRepeat } from './record.js';
import { decodeTrace } from './savedTrace.js';

/** A run as `repro run --output run.json` saved it, or as a baseline, which has traces as well. */
export interface SavedRun {
  readonly plan: RunPlan;
  readonly repeats: readonly TracedRepeat[];
  readonly digest: string;
  readonly circumstances: Circumstances;
}

const FORMAT = 'repro-run';
const VERSION = 1;

type Json = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** 16 hexadecimal digits. */
function isHex64(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{16}$/.test(value);
}

const view = new DataView(new ArrayBuffer(8));

/** The float64 that 16 hexadecimal digits stand for, the highest first. */
function scoreOf(bits: string): number {
  view.setBigUint64(0, BigInt(`0x${bits}`));
  return view.getFloat64(0);
}

/** Whether a text is a saved run, whatever its state: an experiment in JSON is none. */
export function isSavedRun(text: string): boolean {
  return /^\s*\{\s*"format"\s*:\s*"repro-run"/.test(text);
}

function seedOf({ drawn: _, ...seed }: Json): RunPlan['seed'] {
  return seed as unknown as RunPlan['seed'];
}

/** Whether a value can be walked through. */
function isShallow(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}

/** As much of a plan as is looked at; the rest of its experiment is only compared. */
function planOf(plan: unknown, repeats: number, wrong: (what: string) => ReproError): RunPlan {
  if (!isShallow(plan)) throw wrong('has a plan that is nested too deeply');
  const { experiment, seed, free, sameSeed } = isMap(plan) ? plan : {};
  if (!isMap(experiment) || typeof experiment['name'] !== 'string') throw wrong('has no plan.experiment');
  if (!(backendNames as readonly unknown[]).includes(experiment['backend']))
    throw wrong('has no plan.experiment.backend');
  if (!isMap(experiment['score']) || !isMap(experiment['optimizer']))
    throw wrong('has no plan.experiment.score or .optimizer');
  if (!isMap(seed) || !['number', 'string'].includes(typeof seed['root'])) throw wrong('has no plan.seed.root');
  if (!Array.isArray(free) || typeof sameSeed !== 'boolean') throw wrong('has no plan.free or plan.sameSeed');
  return { experiment: experiment as unknown as Experiment, seed: seedOf(seed), free, sameSeed, repeats };
}

/** XXH64 of float32 values, 16 hexadecimal digits. */
function hashOf(values: Float32Array): string {
  const { exports } = sharedKernel();
  const at = scratch(4 * values.length);
  new Float32Array(exports.memory.buffer, at, values.length).set(values);
  return hex64(BigInt.asUintN(64, exports.xxh64(at, values.length, 0n)));
}

function repeatOf(part: unknown, index: number, wrong: (what: string) => ReproError): TracedRepeat {
  const { repeat, bits, weights, trace } = isMap(part) ? part : {};
  const place = `repeats[${index}]`;
  if (repeat !== index + 1) throw wrong(`${place}.repeat must be ${index + 1}, got ${JSON.stringify(repeat)}`);
  if (!isHex64(bits)) throw wrong(`${place}.bits must be 16 hexadecimal digits, got ${JSON.stringify(bits)}`);
  if (!isHex64(weights)) throw wrong(`${place}.weights must be 16 hexadecimal digits, got ${JSON.stringify(weights)}`);
  const decoded = trace === undefined ? undefined : decodeTrace(trace);
  if (decoded === null || (decoded && hashOf(decoded.weights) !== weights)) throw wrong(`${place}.trace is damaged`);
  return { index, score: scoreOf(bits), weights, trace: decoded };
}

function circumstancesOf(environment: unknown, wrong: (what: string) => ReproError): Circumstances {
  const texts = ['tool', 'engine', 'platform', 'processor', 'startedAt'];
  if (!isMap(environment) || texts.some((key) => typeof environment[key] !== 'string')) {
    throw wrong('has no environment');
  }
  return environment as unknown as Circumstances;
}

function digestOf(repeats: readonly TracedRepeat[]): string {
  const digest = runDigest();
  digest.add({
    first: 0,
    scores: Float64Array.from(repeats, ({ score }) => score),
    weights: BigUint64Array.from(repeats, ({ weights }) => BigInt(`0x${weights}`)),
  });
  return digest.hex();
}

/**
 * Reads the text of a saved run; scores are taken from their bits.
 *
 * @param shown the file's name, as it is shown
 * @throws ReproError for a text that is none, is damaged, or does not have the digest that it says it has
 */
export function parseRecord(text: string, shown: string): SavedRun {
  const wrong = (what: string) =>
    new ReproError(`${shown} ${what}`, { hint: 'repro run --output run.json writes such a file' });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw wrong('is not valid JSON, or is cut short');
  }
  if (!isMap(document) || document['format'] !== FORMAT)
    throw wrong(`is not a saved run: its format is not "${FORMAT}"`);
  if (document['version'] !== VERSION) {
    throw wrong(`has version ${JSON.stringify(document['version'])} of the format, this repro reads ${VERSION}`);
  }
  const list = document['repeats'];
  if (!Array.isArray(list) || list.length === 0) throw wrong('has no repeats');
  const repeats = list.map((part, index) => repeatOf(part, index, wrong));
  const digest = digestOf(repeats);
  if (document['digest'] !== digest) throw wrong(`has repeats of digest ${digest}, not of its own: it was changed`);
  return {
    plan: planOf(document['plan'], repeats.length, wrong),
    repeats,
    digest,
    circumstances: circumstancesOf(document['environment'], wrong),
  };
}

/** Reads a saved run from a file; throws as `parseRecord` does, and for a file that cannot be read. */
export function readRecord(path: string, shown: string): SavedRun {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(shown, error);
  }
  return parseRecord(text, shown);
}
