import { ReproError } from '../errors.js';
import { type Beginnings, type DocumentPlace, SEAL, sealLines } from './seal.js';

/** What every document begins with. */
const BEGINNING = '{"kind":"';

const VERSION = 1;

/** What the documents of each kind begin with. */
const HEADER = `${BEGINNING}header","format":"repro-journal","version":`;
const OUR_HEADER = `${HEADER}${VERSION}`;
const REPEAT = `${BEGINNING}repeat"`;
const END = `${BEGINNING}end"`;

/** What tells a document from an object of a kind inside one, as an experiment is: `{"kind":"command"`. */
export const BEGINNINGS: Beginnings = { common: BEGINNING, whole: [HEADER, `${REPEAT},`, `${END},`] };

/** The header, and a copy of it in case one is damaged. */
export function headerLines(header: object): Buffer {
  const text = JSON.stringify(header);
  return sealLines(OUR_HEADER, [text, text]);
}

/** @param repeats as `Journal.append` takes them */
export function repeatLines(repeats: readonly string[]): Buffer {
  return sealLines(REPEAT, repeats);
}

export function endLine(end: object): Buffer {
  return sealLines(END, [JSON.stringify(end)]);
}

/** A document, read. */
export interface ReadDocument {
  readonly kind: 'header' | 'repeat' | 'end';
  readonly content: object;
}

const OPEN = 0x7b;
const CLOSE = 0x7d;

/** The content behind a document's first keys, whose braces are put back into the line; undefined where that is no JSON. */
function contentBehind(beginning: string, line: Buffer, { start, end }: DocumentPlace): object | undefined {
  const from = start + beginning.length;
  const to = end - SEAL;
  if (from === to) return {};
  line[from] = OPEN;
  line[to] = CLOSE;
  try {
    return JSON.parse(line.toString('utf8', from, to + 1)) as object;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

/** @throws ReproError for a header of a version that is not ours */
function expectVersion(header: string, shown: string): void {
  const version = Number.parseInt(header.slice(HEADER.length), 10);
  if (version === VERSION) return;
  const versions = `its journal has version ${version}, this repro reads ${VERSION}`;
  throw new ReproError(`${shown} was made by a newer version of repro: ${versions}`, { hint: 'update repro' });
}

/** The longest beginning, with room for the digits of a version. */
const LONGEST_BEGINNING = HEADER.length + 10;

/**
 * Reads a document whose check agrees, which therefore is as it was written; undefined for what this version never writes.
 *
 * @throws ReproError for a header of another version
 */
export function readDocument(line: Buffer, place: DocumentPlace, shown: string): ReadDocument | undefined {
  const first = line.toString('latin1', place.start, Math.min(place.start + LONGEST_BEGINNING, place.end - SEAL));
  if (first.startsWith(REPEAT)) {
    const content = contentBehind(REPEAT, line, place);
    return content && isCount((content as { readonly repeat?: unknown }).repeat)
      ? { kind: 'repeat', content }
      : undefined;
  }
  if (first.startsWith(HEADER)) expectVersion(first, shown);
  const kind = first.startsWith(END) ? 'end' : 'header';
  const beginning = kind === 'end' ? END : OUR_HEADER;
  const content = first.startsWith(beginning) ? contentBehind(beginning, line, place) : undefined;
  return content && { kind, content };
}

/** Which repeat a line seems to have held that is no document any more. */
export function repeatIn(line: Buffer): number | undefined {
  const digits = /^\{"kind":"repeat","repeat":(\d{1,15})[,}]/.exec(line.toString('latin1', 0, 64))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
