import { runDigest } from './digest.js';
import type { Repeat } from './record.js';

/** Brings the repeats of a run, which come in any order, into theirs. */
export interface Collector {
  add(repeats: readonly Repeat[]): void;
  /** Hands on what waited for repeats that will not come. */
  end(): void;
  /** Of what was handed on. */
  digest(): string;
  /** How many repeats were handed on. */
  count(): number;
}

/**
 * @param known repeats that need not come, by index, in their order; one that comes again is passed over
 * @param planned how many repeats there will be in all
 * @param onRepeats gets them in their order, each once
 * @param isLast whether a repeat, as they are in their order, is the last that is wanted
 */
export function collectRepeats(
  known: readonly Repeat[],
  planned: number,
  onRepeats: (repeats: readonly Repeat[]) => void,
  isLast: (repeat: Repeat) => boolean = () => false,
): Collector {
  const digest = runDigest();
  const waiting = new Map(known.map((repeat) => [repeat.index, repeat]));
  let next = 0;
  let count = 0;
  let ended = false;
  const handOn = (repeats: readonly Repeat[]) => {
    if (ended || repeats.length === 0) return;
    const last = repeats.findIndex(isLast);
    ended = last >= 0;
    const wanted = ended ? repeats.slice(0, last + 1) : repeats;
    count += wanted.length;
    digest.addRepeats(wanted);
    onRepeats(wanted);
  };
  /** What has come and may be handed on. */
  const ready = (): Repeat[] => {
    const repeats: Repeat[] = [];
    for (let repeat = waiting.get(next); repeat && next < planned; repeat = waiting.get(next)) {
      waiting.delete(next);
      repeats.push(repeat);
      next += 1;
    }
    return repeats;
  };
  handOn(ready());
  return {
    add(repeats) {
      const isNext = waiting.size === 0 && repeats.every(({ index }, i) => index === next + i);
      if (isNext) {
        next += repeats.length;
        handOn(repeats);
        return;
      }
      for (const repeat of repeats) {
        if (repeat.index >= next && !waiting.has(repeat.index)) waiting.set(repeat.index, repeat);
      }
      handOn(ready());
    },
    end() {
      handOn([...waiting.values()].sort((a, b) => a.index - b.index));
      waiting.clear();
    },
    digest: digest.hex,
    count: () => count,
  };
}
