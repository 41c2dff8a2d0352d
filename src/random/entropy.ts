/** A seed of 32 bits from the operating system's entropy. */
export function drawSeed(): number {
  return globalThis.crypto.getRandomValues(new Uint32Array(1))[0] as number;
}

/** 64 bits of it. */
export function drawEntropy(): bigint {
  return globalThis.crypto.getRandomValues(new BigUint64Array(1))[0] as bigint;
}
