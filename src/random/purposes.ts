/**
 * Purposes that have streams of their own under one key of the seedrandom backend: the lowest byte of the counter's highest
 * word. The numbers are part of the contract seed → digest.
 */
export const PURPOSES = {
  kernels: 0,
  shuffle: 1,
  dropout: 2,
  noise: 3,
  biases: 4,
  data: 5,
  split: 6,
  module: 7,
  childSeed: 8,
} as const;
