/** Repeats that one kernel trains at once, one in each lane of a vector. */
export const LANES = 4;
