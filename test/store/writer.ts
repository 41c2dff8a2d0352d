// A process that writes a run, one repeat after the other, and prints each one's number when it has been appended.
import { writeSync } from 'node:fs';
import { createJournal } from '../../src/store/createJournal.js';
import { openStore } from '../../src/store/store.js';
import { header, texts } from './contents.js';

const [cwd = '', count = ''] = process.argv.slice(2);
const journal = createJournal(openStore(cwd), header);
writeSync(1, `${journal.id}\n`);
for (let number = 1; number <= Number(count); number++) {
  journal.append(texts(number, number));
  if (journal.unsaved === 0) writeSync(1, `${number}\n`);
}
writeSync(1, `${JSON.stringify({ unsaved: journal.unsaved, problem: journal.problem })}\n`);
await journal.close();
