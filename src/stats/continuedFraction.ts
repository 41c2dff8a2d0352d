const TINY = 1e-300;

/** A partial quotient moved by less than this part no longer matters. */
const SETTLED = 1e-15;

const TERMS = 1_000_000;

/**
 * The continued fraction b₀ + a₁/(b₁ + a₂/(b₂ + …)), from the front, until it settles (W. Lentz 1976 as modified by
 * I. Thompson & A. Barnett 1986).
 *
 * @param first b₀
 * @param term the pair aₖ, bₖ, for k = 1, 2, …
 */
export function continuedFraction(first: number, term: (k: number) => readonly [a: number, b: number]): number {
  let value = first || TINY;
  let c = value;
  let d = 0;
  for (let k = 1; k < TERMS; k += 1) {
    const [a, b] = term(k);
    d = 1 / (b + a * d || TINY);
    c = b + a / c || TINY;
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < SETTLED) break;
  }
  return value;
}
