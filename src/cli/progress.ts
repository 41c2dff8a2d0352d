import type { Io } from './io.js';

const FIRST = 400; // milliseconds before a run counts as one that lasts
const EVERY = 100;
const WIDTH = 24;

export interface Progress {
  update(done: number): void;
  clear(): void;
}

/** A bar on stderr for runs that last; nothing where stderr is no terminal. */
export function progressBar(io: Io, total: number, quiet: boolean): Progress {
  if (quiet || !io.stderr.isTTY) return { update() {}, clear() {} };
  const start = performance.now();
  let next = start + FIRST;
  let shown = false;
  return {
    update(done) {
      const now = performance.now();
      if (now < next) return;
      next = now + EVERY;
      shown = true;
      const rate = done / ((now - start) / 1000);
      const filled = Math.round((WIDTH * done) / total);
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
      const left = Math.ceil((total - done) / rate);
      const text = `${bar} ${done}/${total} repeats, ${Math.round(rate)} a second, ${left} s left`;
      io.stderr.write(`\r${text.slice(0, (io.stderr.columns ?? 80) - 1)}\x1b[K`);
    },
    clear() {
      if (shown) io.stderr.write('\r\x1b[K');
      shown = false;
    },
  };
}
