import { readFileSync } from 'node:fs';
import { ReproError } from '../errors.js';
import { unreadable } from '../text/unreadable.js';
import { decodeCircumstances, decodePlan, decodeRepeat, isMap } from './decodeDocument.js';
import { digestOf } from './digest.js';
import type { RunRecord, RunStatus, TracedRepeat } from './record.js';

/** A run as `repro run --output run.json` saved it, or as a baseline, which has traces as well. */
export interface SavedRun extends RunRecord {
  readonly repeats: readonly TracedRepeat[];
}

const FORMAT = 'repro-run';
const VERSION = 1;

const STATUSES: readonly unknown[] = ['finished', 'interrupted', 'stopped'] satisfies RunStatus[];

/** Whether a text is a saved run, whatever its state: an experiment in JSON is none. */
export function isSavedRun(text: string): boolean {
  return /^\s*\{\s*"format"\s*:\s*"repro-run"/.test(text);
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
  const repeats = list.map((part, i) => decodeRepeat(part, `repeats[${i}]`, wrong));
  const disordered = repeats.findIndex(({ index }, i) => index <= (repeats[i - 1]?.index ?? -1));
  if (disordered >= 0) throw wrong(`repeats[${disordered}].repeat must be above the one before it`);
  const { status = 'finished' } = document;
  if (!STATUSES.includes(status)) throw wrong(`has status ${JSON.stringify(status)}, which is none`);
  const digest = digestOf(repeats);
  if (document['digest'] !== digest) throw wrong(`has repeats of digest ${digest}, not of its own: it was changed`);
  return {
    plan: decodePlan(document['plan'], repeats.length, wrong),
    status: status as RunStatus,
    repeats,
    digest,
    circumstances: decodeCircumstances(document['environment'], wrong),
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
