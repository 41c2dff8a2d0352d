import seedrandom, { type State } from 'seedrandom';

/** npm's seedrandom: ARC4 seeded by any string or number; the number 1 and the string "1" are different seeds. */
export interface SeedrandomGenerator {
  /** Uniform float64 in [0, 1) with 53 bits. */
  next(): number;
  /** The next word, 0 … 2^32 − 1. */
  nextWord(): number;
  clone(): SeedrandomGenerator;
  state(): State.Arc4;
}

export function seedrandomGenerator(seed: number | string): SeedrandomGenerator {
  return from(seedrandom(seed as string, { state: true }));
}

function from(generator: seedrandom.StatefulPRNG<State.Arc4>): SeedrandomGenerator {
  return {
    next: () => generator.double(),
    nextWord: () => generator.int32() >>> 0,
    clone: () => from(seedrandom('', { state: generator.state() })),
    state: () => generator.state(),
  };
}
