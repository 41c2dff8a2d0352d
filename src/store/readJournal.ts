import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { ReproError } from '../errors.js';
import { unreadable } from '../text/unreadable.js';
import { addDamage, type Damage, damageReport } from './damage.js';
import { BEGINNINGS, type ReadDocument, readDocument, repeatIn } from './document.js';
import { readLines } from './readLines.js';
import { openLine } from './seal.js';

/** What a journal holds. Contents are as they were given to it. */
export interface JournalContent {
  /** Undefined where both copies of it are lost. */
  readonly header: object | undefined;
  /** By their numbers, in the order of the file. */
  readonly repeats: ReadonlyMap<number, object>;
  /** Of the repeats about which lines contradict each other, what the last line says; `repeats` has what the first does. */
  readonly latest: ReadonlyMap<number, object>;
  /** How the run ended: the last document, if it is an end. */
  readonly end: object | undefined;
  /** All ends, in the order of the file: one for each time that the run ended in order. */
  readonly ends: readonly object[];
  /** What is wrong with the file, a place each: `.repro/runs/x.jsonl:7 is damaged (…)`. */
  readonly damage: readonly string[];
  /** Whether the file has no line end at its end, as a kill or a full disk leaves it; what the last line held is kept if it is whole. */
  readonly torn: boolean;
  /** Bytes before what was being written when it was cut off. */
  readonly soundBytes: number;
}

/** A file to read from, without waiting for a pipe's other end. */
function openFile(path: string, shown: string): number {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (fstatSync(file).isFile()) return file;
    closeSync(file);
  } catch (error) {
    throw unreadable(shown, error);
  }
  throw new ReproError(`cannot read ${shown}: it is no file`);
}

function isEqual(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Gathers documents, also those that contradict each other. */
function gathering() {
  let header: object | undefined;
  let last: ReadDocument | undefined;
  const repeats = new Map<number, object>();
  const latest = new Map<number, object>();
  const ends: object[] = [];

  /** Returns what it contradicts, if anything. */
  const add = (document: ReadDocument): string | undefined => {
    const { kind, content } = document;
    last = document;
    if (kind === 'end') {
      ends.push(content);
      return undefined;
    }
    if (kind === 'header') {
      header ??= content;
      return isEqual(header, content) ? undefined : 'the header';
    }
    const { repeat } = content as { readonly repeat: number };
    const kept = repeats.get(repeat);
    if (!kept) repeats.set(repeat, content);
    const contradicts = kept !== undefined && !isEqual(kept, content);
    if (contradicts || latest.has(repeat)) latest.set(repeat, content);
    return contradicts ? `repeat ${repeat}` : undefined;
  };
  return {
    add,
    repeats,
    latest,
    ends,
    header: () => header,
    end: () => (last?.kind === 'end' ? last.content : undefined),
  };
}

function readOpenJournal(file: number, shown: string): JournalContent {
  const documents = gathering();
  const damage: Damage[] = [];
  let number = 0;
  let torn = true;
  let soundBytes = 0;
  for (const { bytes, at, length, ended } of readLines(file)) {
    number++;
    torn = !ended;
    soundBytes = ended ? at + length + 1 : at;
    if (length === 0) continue;
    const line = openLine(bytes, BEGINNINGS);
    for (const place of line.documents) {
      if (torn) soundBytes = at + place.end;
      const document = readDocument(bytes, place, shown);
      const contradicted = document && documents.add(document);
      if (!document) addDamage(damage, { line: number, kind: 'unknown' });
      if (contradicted) addDamage(damage, { line: number, kind: 'contradiction', what: contradicted });
    }
    if (line.sound || torn) continue;
    addDamage(
      damage,
      line.documents.length === 0
        ? { line: number, kind: 'lost', last: number, repeat: repeatIn(bytes) }
        : { line: number, kind: 'joined' },
    );
  }
  return {
    header: documents.header(),
    repeats: documents.repeats,
    latest: documents.latest,
    end: documents.end(),
    ends: documents.ends,
    damage: damageReport(damage, shown, documents.repeats),
    torn,
    soundBytes,
  };
}

/**
 * Reads a run's journal, whatever was done to the file: all documents whose checks agree are kept, and all other lines named.
 *
 * @param shown the file's name, as messages show it
 * @throws ReproError for a file that cannot be read or was made by another version
 */
export function readJournal(path: string, shown: string): JournalContent {
  const file = openFile(path, shown);
  try {
    return readOpenJournal(file, shown);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === 'read' ? unreadable(shown, error) : error;
  } finally {
    closeSync(file);
  }
}
