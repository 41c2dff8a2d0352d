/** What is wrong with a line of a journal, counted from 1. */
export type Damage =
  /** It, and all lines up to `last`, hold no document; `repeat` is which one it seems to have held. */
  | { readonly line: number; readonly kind: 'lost'; readonly last: number; readonly repeat: number | undefined }
  /** It holds documents and something else. */
  | { readonly line: number; readonly kind: 'joined' }
  /** It holds a document that this version never writes. */
  | { readonly line: number; readonly kind: 'unknown' }
  /** It says something else of `what` than a line before it. */
  | { readonly line: number; readonly kind: 'contradiction'; readonly what: string };

/** What is wrong with one line, behind its number. */
function sentence(each: Damage, repeat: number | undefined): string {
  switch (each.kind) {
    case 'lost':
      return `is damaged (its check does not agree)${repeat === undefined ? '' : `; it seems to have held repeat ${repeat}`}`;
    case 'joined':
      return 'is damaged (it is not one document); the documents in it are kept';
    case 'unknown':
      return 'holds what this version of repro does not know';
    case 'contradiction':
      return `contradicts a line before it about ${each.what}`;
  }
}

/** Adds what is wrong with a line. Millions of lines of which nothing is known are one. */
export function addDamage(damage: Damage[], each: Damage): void {
  const before = damage.at(-1);
  const isNameless =
    before?.kind === 'lost' && each.kind === 'lost' && before.repeat === undefined && each.repeat === undefined;
  if (isNameless && before.last + 1 === each.line) damage[damage.length - 1] = { ...before, last: each.last };
  else damage.push(each);
}

/**
 * A sentence for each damaged line, and one for many that follow each other and of which nothing is known.
 *
 * @param shown the file's name
 * @param kept the repeats that stand elsewhere and so are not lost
 */
export function damageReport(damage: readonly Damage[], shown: string, kept: ReadonlyMap<number, object>): string[] {
  const missing = (each: Damage) =>
    each.kind === 'lost' && each.repeat !== undefined && !kept.has(each.repeat) ? each.repeat : undefined;
  const isDull = (each: Damage | undefined) => each?.kind === 'lost' && missing(each) === undefined;
  const sentences: string[] = [];
  let first = 0;
  damage.forEach((each, i) => {
    first ||= each.line;
    const last = each.kind === 'lost' ? each.last : each.line;
    const next = damage[i + 1];
    if (isDull(each) && isDull(next) && next?.line === last + 1) return;
    sentences.push(
      first === last
        ? `${shown}:${first} ${sentence(each, missing(each))}`
        : `${shown}:${first}-${last} are damaged (their checks do not agree)`,
    );
    first = 0;
  });
  return sentences;
}
