import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { continueJournal } from '../../src/store/continueJournal.js';
import { createJournal } from '../../src/store/createJournal.js';
import { type JournalContent, readJournal } from '../../src/store/readJournal.js';
import { problemsOf } from '../experiment/folder.js';
import { header, repeat, repeats, texts } from './contents.js';
import { storeMaker, writeRun } from './journals.js';

const makeStore = storeMaker();
const store = makeStore();
const COUNT = 6;
const { id, path, bytes } = await writeRun(store, COUNT);
const NEWLINE = 10;

/** Where each line of the run begins, and where the last one ends. */
const starts = [0, ...Array.from(bytes.keys()).filter((at) => bytes[at] === NEWLINE)].map((at, i) =>
  i === 0 ? 0 : at + 1,
);
const LINES = starts.length - 1;

function read(content: Uint8Array | string): JournalContent {
  writeFileSync(path, content);
  return readJournal(path, 'x.jsonl');
}

/** The numbers of the lines that a damage report names. */
function linesOf({ damage }: JournalContent): number[] {
  return damage.flatMap((each) => {
    const [, first, last = first] = /^x\.jsonl:(\d+)(?:-(\d+))? /.exec(each) ?? [];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => Number(first) + i);
  });
}

const line = (number: number) => bytes.subarray(starts[number - 1], starts[number]);

/** Lines whose checks were made by xxhsum 0.8.1 (`xxhsum -H64`); this version would not write the last two. */
const KNOWN = '{"kind":"repeat","repeat":7,"score":0.125,"check":"f96c1da82d93d0c3"}';
const NEWER = '{"kind":"header","format":"repro-journal","version":2,"plan":{},"check":"4e2bc819576ce843"}';
const STRANGE = '{"kind":"pause","since":3,"check":"7374517a6decdd74"}';

describe('a journal', () => {
  test('has a header, a copy of it, repeats and an end, and all of them are read as they were given', () => {
    expect(LINES).toBe(COUNT + 3);
    expect(line(1).equals(line(2))).toBe(true);
    const content = read(bytes);
    expect(content).toMatchObject({
      header,
      end: { status: 'finished' },
      damage: [],
      torn: false,
      soundBytes: bytes.length,
    });
    expect([...content.repeats]).toEqual(repeats(1, COUNT).map((each) => [each.repeat, each]));
  });

  test('has lines that any program can check', () => {
    const content = read(Buffer.concat([line(1), Buffer.from(`${KNOWN}\n`)]));
    expect(content.damage).toEqual([]);
    expect(content.repeats.get(7)).toEqual({ repeat: 7, score: 0.125 });
    for (const each of bytes.toString().trimEnd().split('\n'))
      expect(Object.keys(JSON.parse(each)).at(-1)).toBe('check');
  });

  test('may be empty of content', async () => {
    const journal = createJournal(makeStore(), {});
    journal.append([]);
    journal.append(['{"repeat":1}']);
    journal.end({});
    await journal.close();
    const content = readJournal(journal.path, 'x.jsonl');
    expect(content).toMatchObject({ header: {}, end: {}, damage: [], torn: false });
    expect([...content.repeats.values()]).toEqual([{ repeat: 1 }]);
  });

  test('may have a line of many megabytes between others', async () => {
    const journal = createJournal(makeStore(), header);
    const log = 'ü'.repeat(3 << 20);
    journal.append([...texts(1, 1), JSON.stringify({ repeat: 2, log }), ...texts(3, 3)]);
    await journal.close();
    const { repeats: kept, damage } = readJournal(journal.path, 'x.jsonl');
    expect([...kept.values()]).toEqual([repeat(1), { repeat: 2, log }, repeat(3)]);
    expect(damage).toEqual([]);
  });
});

describe('a journal that was cut', () => {
  test('at any byte has all lines before, says so, and goes on to be whole', async () => {
    for (let cut = 0; cut < bytes.length; cut++) {
      const content = read(bytes.subarray(0, cut));
      const last = starts.findLastIndex((start) => start <= cut);
      // A line that lacks nothing but its end is whole.
      const whole = bytes[cut] === NEWLINE ? last + 1 : last;
      expect(content.header).toEqual(whole > 0 ? header : undefined);
      expect([...content.repeats.values()]).toEqual(repeats(1, Math.min(COUNT, whole - 2)));
      expect(content).toMatchObject({
        damage: [],
        torn: cut === 0 || cut !== starts[last],
        soundBytes: whole > last ? cut : starts[last],
      });
      if (whole === 0 || cut % 29 !== 0) continue;
      const { journal } = continueJournal(store, id);
      journal.append(texts(Math.max(1, whole - 1), COUNT + 1));
      journal.end({ status: 'finished' });
      await journal.close();
      const mended = readJournal(path, 'x.jsonl');
      expect(mended).toMatchObject({ header, end: { status: 'finished' }, damage: [], torn: false });
      expect([...mended.repeats.values()]).toEqual(repeats(1, COUNT + 1));
    }
  });

  test('within its header, of which no copy is whole, cannot be gone on with and is left as it is', () => {
    writeFileSync(path, bytes.subarray(0, 20));
    expect(problemsOf(() => continueJournal(store, id))).toEqual([
      `.repro/runs/${id}.jsonl cannot be continued: its header is lost`,
    ]);
    expect(readFileSync(path).length).toBe(20);
  });

  test('by a power cut that left zeros loses these alone', async () => {
    writeFileSync(path, Buffer.concat([bytes.subarray(0, starts[4]), Buffer.alloc(5000)]));
    const { journal, content } = continueJournal(store, id);
    expect([...content.repeats.keys()]).toEqual([1, 2]);
    expect(content).toMatchObject({ torn: true, damage: [] });
    journal.append(texts(3, 3));
    await journal.close();
    expect([...readJournal(path, 'x.jsonl').repeats.keys()]).toEqual([1, 2, 3]);
  });
});

describe('a journal that was damaged', () => {
  test('in any byte has that line named, or the two that became one, and all others kept', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const flipped = Buffer.from(bytes);
        flipped[at] = (bytes[at] as number) ^ flip;
        const content = read(flipped);
        const number = starts.findLastIndex((start) => start <= at) + 1;
        const isEnd = bytes[at] === NEWLINE;
        const kept = repeats(1, COUNT).filter((each) => isEnd || each.repeat + 2 !== number);
        expect([...content.repeats.values()]).toEqual(kept);
        expect(content.header).toEqual(header);
        const atEnd = at === bytes.length - 1;
        expect(content.torn).toBe(atEnd);
        // A byte that becomes a line end makes two lines of one.
        const halves = flipped[at] === NEWLINE && at > (starts[number - 1] as number) ? [number, number + 1] : [number];
        const blank = flipped[at] === NEWLINE && at === starts[number - 1] ? [number + 1] : halves;
        const named = linesOf(content);
        if (isEnd && !atEnd) expect(named).toEqual([number]);
        else if (!atEnd) expect(blank).toEqual(expect.arrayContaining(named));
        if (!atEnd) expect(named.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test('says which repeat a line seems to have held, unless that stands elsewhere', () => {
    const flipped = Buffer.from(bytes);
    flipped[(starts[4] as number) + 40] = 0;
    expect(read(flipped).damage).toEqual([
      'x.jsonl:5 is damaged (its check does not agree); it seems to have held repeat 3',
    ]);
    const mended = read(Buffer.concat([flipped, line(5)]));
    expect(mended.damage).toEqual(['x.jsonl:5 is damaged (its check does not agree)']);
    expect(mended.repeats.size).toBe(COUNT);
    expect(mended.end).toBeUndefined();
  });

  test('in one header has the other', () => {
    for (const damaged of [1, 2]) {
      const flipped = Buffer.from(bytes);
      flipped[(starts[damaged - 1] as number) + 60] = 1;
      const content = read(flipped);
      expect(content.header).toEqual(header);
      expect(linesOf(content)).toEqual([damaged]);
    }
  });

  test.each([
    ['a network', { kind: 'network', layers: [{ kind: 'dense' }] }],
    ['a command', { kind: 'command', command: ['sh', '{"kind":"header"'] }],
    ['a module', { kind: 'module', with: { a: 1, check: '0123456789abcdef', of: { kind: 'repeat', repeat: 1 } } }],
  ])('in the line end of any line has all documents, whose experiment is %s', async (_, experiment) => {
    const told = { plan: { experiment, free: [] }, folder: '/work' };
    const journal = createJournal(makeStore(), told);
    journal.append(texts(1, 3));
    journal.end({ status: 'finished', environment: { kind: 'end', check: '' } });
    await journal.close();
    const written = readFileSync(journal.path);
    const ends = Array.from(written.keys()).filter((at) => written[at] === NEWLINE);
    expect(ends).toHaveLength(6);
    for (const at of ends.slice(0, -1)) {
      for (const instead of ['', 'x', '{', '\0']) {
        const parts = [written.subarray(0, at), Buffer.from(instead), written.subarray(at + 1)];
        const content = read(Buffer.concat(parts));
        expect(content).toMatchObject({ header: told, end: { status: 'finished' } });
        expect([...content.repeats.values()]).toEqual(repeats(1, 3));
      }
    }
    const all = read(written.filter((byte) => byte !== NEWLINE));
    expect(all).toMatchObject({ header: told, end: { status: 'finished' } });
    expect(all.repeats.size).toBe(3);
  });

  test('by anything at all throws nothing and holds no repeat that was not written', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.integer({ min: 1, max: LINES }).map((number) => line(number)),
        fc.uint8Array({ maxLength: 40 }).map((each) => Buffer.from(each)),
        fc.tuple(fc.nat(bytes.length), fc.nat(80)).map(([from, length]) => bytes.subarray(from, from + length)),
        fc
          .constantFrom('\n', '\r\n', '\0\0', '{"kind":"', '{"kind":"repeat","repeat":1}\n', ',"check":"')
          .map((each) => Buffer.from(each)),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const content = read(Buffer.concat(parts));
        for (const [number, each] of content.repeats) expect(each).toEqual(repeat(number));
        expect([header, undefined]).toContainEqual(content.header);
      }),
      { numRuns: 500 },
    );
  });

  test('has every whole line that garbage of any kind stands before and behind', () => {
    const garbage = fc.uint8Array({ maxLength: 30 }).filter((each) => !each.includes(NEWLINE));
    fc.assert(
      fc.property(garbage, garbage, fc.integer({ min: 3, max: COUNT + 2 }), (before, behind, number) => {
        const whole = line(number).subarray(0, -1);
        const content = read(Buffer.concat([line(1), before, whole, behind, Buffer.from('\n')]));
        expect([...content.repeats.keys()]).toEqual([number - 2]);
      }),
    );
  });

  test('names many lines that follow each other at once', () => {
    const content = read(Buffer.concat([line(1), Buffer.from('nothing\n'.repeat(1000)), line(3), Buffer.from('x\n')]));
    expect(content.damage).toEqual([
      'x.jsonl:2-1001 are damaged (their checks do not agree)',
      'x.jsonl:1003 is damaged (its check does not agree)',
    ]);
    expect(content.repeats.size).toBe(1);
  });
});

describe('a journal that was changed', () => {
  test('by an editor, which writes other line ends and a blank line, is whole', () => {
    const content = read(`${bytes.toString().replaceAll('\n', '\r\n')}\r\n\n`.replace('\r\n\r\n', '\r\n'));
    expect(content).toMatchObject({ header, damage: [], torn: false, end: { status: 'finished' } });
    expect(content.repeats.size).toBe(COUNT);
  });

  test('in a score is found out', () => {
    const content = read(bytes.toString().replace('"score":0.5', '"score":0.1'));
    expect([...content.repeats.keys()]).toEqual([1, 2, 3, 5, 6]);
    expect(linesOf(content)).toEqual([6]);
  });

  test('may hold a repeat twice; of two that differ the first and the last are told apart', async () => {
    expect(read(Buffer.concat([bytes, line(4)])).damage).toEqual([]);
    const other = createJournal(makeStore(), header);
    other.append([JSON.stringify(repeat(2, 99))]);
    await other.close();
    const differing = readFileSync(other.path);
    const content = read(Buffer.concat([bytes, differing]));
    expect(content.damage).toEqual([`x.jsonl:${LINES + 3} contradicts a line before it about repeat 2`]);
    expect(content.repeats.get(2)).toEqual(repeat(2));
    expect([...content.latest]).toEqual([[2, repeat(2, 99)]]);
    expect([...read(Buffer.concat([bytes, differing, line(4)])).latest]).toEqual([[2, repeat(2)]]);
  });

  test('may go on behind an end: the last line says how the run ended', async () => {
    writeFileSync(path, bytes);
    const { journal } = continueJournal(store, id);
    journal.append(texts(COUNT + 1, COUNT + 1));
    await journal.close();
    const open = readJournal(path, 'x.jsonl');
    expect(open.end).toBeUndefined();
    expect(open.repeats.size).toBe(COUNT + 1);
    const again = continueJournal(store, id).journal;
    again.end({ status: 'interrupted' });
    await again.close();
    expect(readJournal(path, 'x.jsonl')).toMatchObject({
      ...{ damage: [], end: { status: 'interrupted' } },
      ends: [{ status: 'finished' }, { status: 'interrupted' }],
    });
  });
});

test('a journal of a newer version is not read, nor touched', () => {
  expect(problemsOf(() => read(`${NEWER}\n`))).toEqual([
    'x.jsonl was made by a newer version of repro: its journal has version 2, this repro reads 1',
  ]);
  expect(problemsOf(() => continueJournal(store, id))[0]).toContain('newer version');
  expect(readFileSync(path, 'utf8')).toBe(`${NEWER}\n`);
});

test('a document that no version knows is named', () => {
  expect(read(Buffer.concat([bytes, Buffer.from(`${STRANGE}\n`)])).damage).toEqual([
    `x.jsonl:${LINES + 1} holds what this version of repro does not know`,
  ]);
});

describe('what is no journal', () => {
  const folder = dirname(path);

  test('an empty file has nothing', () => {
    expect(read('')).toMatchObject({ header: undefined, end: undefined, damage: [], torn: true, soundBytes: 0 });
  });

  test('a folder, a pipe and a missing file cannot be read', () => {
    mkdirSync(join(folder, 'folder'));
    expect(problemsOf(() => readJournal(join(folder, 'folder'), 'f'))).toEqual(['cannot read f: it is no file']);
    expect(problemsOf(() => readJournal(join(folder, 'none'), 'f'))).toEqual(['cannot read f: no such file']);
    expect(spawnSync('mkfifo', [join(folder, 'pipe')]).status).toBe(0);
    expect(problemsOf(() => readJournal(join(folder, 'pipe'), 'f'))).toEqual(['cannot read f: it is no file']);
  });

  test('a symbolic link to a journal is one, and one that goes in circles is none', () => {
    read(bytes);
    symlinkSync(path, join(folder, 'link'));
    expect(readJournal(join(folder, 'link'), 'f').repeats.size).toBe(COUNT);
    symlinkSync('round', join(folder, 'round'));
    expect(problemsOf(() => readJournal(join(folder, 'round'), 'f'))).toEqual([
      'cannot read f: its symbolic links go round in circles',
    ]);
  });
});
