import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createJournal } from '../../src/store/createJournal.js';
import { openStore, type Store } from '../../src/store/store.js';
import { temporaryFolder } from '../experiment/folder.js';
import { header, texts } from './contents.js';

/** Makes stores in folders of their own. */
export function storeMaker(): () => Store {
  const folder = temporaryFolder();
  return () => openStore(mkdtempSync(join(folder, 'store-')));
}

/** A finished run of so many repeats; returns its id and its journal's bytes. */
export async function writeRun(store: Store, count: number): Promise<{ id: string; path: string; bytes: Buffer }> {
  const journal = createJournal(store, header);
  for (let i = 1; i <= count; i++) journal.append(texts(i, i));
  journal.end({ status: 'finished' });
  await journal.close();
  return { id: journal.id, path: journal.path, bytes: readFileSync(journal.path) };
}
