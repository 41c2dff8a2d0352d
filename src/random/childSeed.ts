import { type PhiloxKey, philoxWords } from './philox4x32.js';
import { PURPOSES } from './purposes.js';
import { seedrandomKey } from './seedrandomKey.js';

/** Child seeds are 1 … 2^31 − 1: there are so many, and no program takes one of them for "no seed". */
const CHILD_SEEDS = 2147483647;
const ROUNDS = 4; // Luby & Rackoff 1988: four make a permutation that cannot be told from a random one

/** A keyed permutation of 0 … 2^32 − 1: a balanced Feistel network, whose round function is Philox 4x32-10. */
function permuted(key: PhiloxKey, word: number): number {
  let left = word >>> 16;
  let right = word & 0xffff;
  for (let round = 0; round < ROUNDS; round++) {
    const drawn = philoxWords(key, [right, round, 0, PURPOSES.childSeed], 1)[0] as number;
    [left, right] = [right, left ^ (drawn & 0xffff)];
  }
  return ((left << 16) | right) >>> 0;
}

/**
 * The seed that repeat `index` of a run derives from its root seed: 1 … 2^31 − 1, a function of the two alone. Seeds of one root
 * are all different, because they are a keyed permutation of the indices: M. Luby & C. Rackoff, "How to construct pseudorandom
 * permutations from pseudorandom functions", SIAM J. Comput. 17(2), 1988. It is brought from 32 bits into the range by cycle
 * walking: J. Black & P. Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002. The values are part of the contract
 * seed → digest.
 *
 * @param root any number or string; 1 and "1" are different
 * @param index 0 … 2^31 − 2
 * @throws RangeError for any other index
 */
export function childSeed(root: number | string, index: number): number {
  if (!(Number.isInteger(index) && index >= 0 && index < CHILD_SEEDS)) {
    throw new RangeError(`an index of a child seed is 0 … ${CHILD_SEEDS - 1}, got ${index}`);
  }
  const key = seedrandomKey(root);
  let word = permuted(key, index);
  while (word >= CHILD_SEEDS) word = permuted(key, word);
  return word + 1;
}
