/** A seed of 32 bits from the operating system's entropy. */
export function drawSeed(): number {
  return globalThis.crypto.getRandomValues(new Uint32Array(1))[0] as number;
}
