import type { ReproError } from '../errors.js';
import { backendNames, type Experiment } from '../experiment/experiment.js';
import { sharedKernel } from '../kernel/kernel.js';
import { scratch } from '../kernel/scratch.js';
import { float64From } from '../text/float64Bits.js';
import { hex64 } from './digest.js';
import type { Circumstances, ProgramRepeat, RunPlan, TracedRepeat } from './record.js';
import { decodeTrace } from './savedTrace.js';

type Json = Readonly<Record<string, unknown>>;

/** What is wrong with a document, as an error that names it. */
export type Complaint = (what: string) => ReproError;

export function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** 16 hexadecimal digits. */
function isHex64(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{16}$/.test(value);
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

/** What an experiment of each kind is looked at for. */
const NEEDED: Readonly<Record<Experiment['kind'], (experiment: Json) => boolean>> = {
  network: ({ backend, score, optimizer }) =>
    (backendNames as readonly unknown[]).includes(backend) && isMap(score) && isMap(optimizer),
  command: ({ command, metrics, env }) =>
    Array.isArray(command) && Array.isArray(metrics) && metrics.every(isMap) && isMap(env),
  module: ({ module }) => typeof module === 'string',
};

/** The experiment of a plan; those of before there were several kinds are networks. */
function experimentOf(value: unknown, wrong: Complaint): Experiment {
  if (!isMap(value) || typeof value['name'] !== 'string') throw wrong('has no plan.experiment');
  const { kind = 'network' } = value;
  if (typeof kind !== 'string' || !Object.hasOwn(NEEDED, kind)) throw wrong('has a plan.experiment of no known kind');
  if (!NEEDED[kind as Experiment['kind']](value)) throw wrong(`has a plan.experiment that is no ${kind}`);
  return { kind, ...value } as unknown as Experiment;
}

/**
 * As much of a plan as is looked at; the rest of its experiment is only compared.
 *
 * @param repeats how many are planned
 */
export function decodePlan(plan: unknown, repeats: number, wrong: Complaint): RunPlan {
  if (!isShallow(plan)) throw wrong('has a plan that is nested too deeply');
  const { experiment, redacted, inputs = [], seed, free, sameSeed, until = null } = isMap(plan) ? plan : {};
  const decoded = experimentOf(experiment, wrong);
  if (!isMap(seed) || !['number', 'string'].includes(typeof seed['root'])) throw wrong('has no plan.seed.root');
  if (!Array.isArray(free) || typeof sameSeed !== 'boolean') throw wrong('has no plan.free or plan.sameSeed');
  if (!Array.isArray(inputs) || !inputs.every(isMap)) throw wrong('has plan.inputs that are none');
  if (until !== null && typeof until !== 'number') throw wrong('has a plan.until that is no number');
  return {
    experiment: decoded,
    ...(redacted === true ? { redacted } : {}),
    ...{ inputs: inputs as never, seed: seedOf(seed), free, sameSeed, repeats, until },
  };
}

/** XXH64 of float32 values, 16 hexadecimal digits. */
function hashOf(values: Float32Array): string {
  const { exports } = sharedKernel();
  const at = scratch(4 * values.length);
  new Float32Array(exports.memory.buffer, at, values.length).set(values);
  return hex64(BigInt.asUintN(64, exports.xxh64(at, values.length, 0n)));
}

function isTextMap(value: unknown, fits: (each: unknown) => boolean): value is Json {
  return isMap(value) && Object.values(value).every(fits);
}

/** What a document has of a program's repeat; undefined where it is a network's. */
function programOf(part: Json, place: string, wrong: Complaint): ProgramRepeat | undefined {
  const { seed, failure = null, metrics, artifacts, output, exitCode, elapsed, attempts } = part;
  if (metrics === undefined && output === undefined) return undefined;
  const whole =
    ['number', 'string'].includes(typeof seed) &&
    (failure === null || typeof failure === 'string') &&
    isTextMap(metrics, (value) => typeof value === 'number' || typeof value === 'string') &&
    isTextMap(artifacts, (value) => value === null || typeof value === 'string') &&
    isMap(output) &&
    [elapsed, attempts].every((value) => typeof value === 'number') &&
    (exitCode === null || typeof exitCode === 'number');
  if (!whole) throw wrong(`${place} is no repeat of a program`);
  const numbers = Object.entries(metrics as Json).map(([name, value]) => [name, Number(value)]);
  return {
    ...({ seed, failure, artifacts, output, exitCode, elapsed, attempts } as unknown as ProgramRepeat),
    metrics: Object.fromEntries(numbers),
  };
}

/** A repeat as `repeatDocument` has it, perhaps with a trace. */
export function decodeRepeat(part: unknown, place: string, wrong: Complaint): TracedRepeat {
  const document = isMap(part) ? part : {};
  const { repeat, bits, weights, hash = weights, trace } = document;
  if (!Number.isSafeInteger(repeat) || (repeat as number) < 1) {
    throw wrong(`${place}.repeat must be a positive integer, got ${JSON.stringify(repeat)}`);
  }
  if (!isHex64(bits)) throw wrong(`${place}.bits must be 16 hexadecimal digits, got ${JSON.stringify(bits)}`);
  const key = weights === undefined ? 'hash' : 'weights';
  if (!isHex64(hash)) throw wrong(`${place}.${key} must be 16 hexadecimal digits, got ${JSON.stringify(hash)}`);
  const decoded = trace === undefined ? undefined : decodeTrace(trace);
  if (decoded === null || (decoded && hashOf(decoded.weights) !== hash)) throw wrong(`${place}.trace is damaged`);
  const program = programOf(document, place, wrong);
  return {
    ...{ index: (repeat as number) - 1, score: float64From(bits), hash, trace: decoded },
    ...(program ? { program } : {}),
  };
}

/** What was not always written down. */
const UNKNOWN = { cores: null, memory: null, git: null, interpreter: null, libraries: [], variables: {} };

export function decodeCircumstances(environment: unknown, wrong: Complaint): Circumstances {
  const texts = ['tool', 'engine', 'platform', 'processor', 'startedAt'];
  if (!isMap(environment) || texts.some((key) => typeof environment[key] !== 'string')) {
    throw wrong('has no environment');
  }
  // Keys stay in their order.
  return { ...environment, ...UNKNOWN, ...(environment as unknown as Circumstances) };
}
