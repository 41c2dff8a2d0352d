import type { Io } from './io.js';

const FIRST = 400; // milliseconds before a run counts as one that lasts
const EVERY = 100;
const WIDTH = 24;

export interface Progress {
  update(done: number): void;
  clear(): void;
}

/** Seconds as a clock has them: `45 s`, `3:20 min`, `1:05 h`. */
function duration(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  const minutes = seconds / 60;
  return minutes < 100
    ? `${Math.floor(minutes)}:${two(seconds % 60)} min`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)} h`;
}

/** How fast repeats are done, and how long the others will take; of the first nothing is known. */
function speedText(done: number, total: number, elapsed: number): string {
  if (done === 0) return `${duration(elapsed)} so far`;
  const rate = done / elapsed;
  const each = rate >= 1 ? `${rate.toFixed(rate < 10 ? 1 : 0)} a second` : `${duration(1 / rate)} each`;
  return `${each}, ${duration((total - done) / rate)} left`;
}

/** A bar on stderr for runs that last; nothing where stderr is no terminal. */
export function progressBar(io: Io, total: number, quiet: boolean): Progress {
  if (quiet || !io.stderr.isTTY) return { update() {}, clear() {} };
  const start = performance.now();
  let done = 0;
  let next = start + FIRST;
  let shown = false;
  const show = () => {
    const now = performance.now();
    if (now < next) return;
    next = now + EVERY;
    shown = true;
    const filled = Math.round((WIDTH * done) / total);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    const text = `${bar} ${done}/${total} repeats, ${speedText(done, total, (now - start) / 1000)}`;
    io.stderr.write(`\r${text.slice(0, (io.stderr.columns ?? 80) - 1)}\x1b[K`);
  };
  // A program may take long over a repeat.
  const timer = setInterval(show, FIRST);
  timer.unref();
  return {
    update(count) {
      done = count;
      show();
    },
    clear() {
      clearInterval(timer);
      if (shown) io.stderr.write('\r\x1b[K');
      shown = false;
    },
  };
}
