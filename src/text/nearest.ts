import { distance } from 'fastest-levenshtein';

/** Letters and digits alone: `batch_size` and `batchSize` are the same. */
function bare(name: string): string {
  return name.toLowerCase().replace(/[-_ .]/g, '');
}

/** The names near one that is wrong, nearest first: a third of the letters off at most, or cut short. */
function nearestNames(name: string, names: readonly string[]): string[] {
  const wanted = bare(name).slice(0, 100);
  const far = (candidate: string) => {
    const letters = bare(candidate);
    const off = distance(wanted, letters);
    const begins = wanted.length >= 3 && letters.startsWith(wanted);
    return begins || off <= Math.max(1, Math.floor(letters.length / 3)) ? off : Number.POSITIVE_INFINITY;
  };
  return names
    .map((candidate) => ({ candidate, off: far(candidate) }))
    .filter(({ off }) => Number.isFinite(off))
    .sort((a, b) => a.off - b.off)
    .map(({ candidate }) => candidate);
}

/** `did you mean "…"?` behind a mark, or nothing where no name is near. */
export function suggestion(mark: ',' | ';', name: string, names: readonly string[], most = 1): string {
  const near = nearestNames(name, names).slice(0, most);
  return near.length === 0 ? '' : `${mark} did you mean ${near.map((each) => `"${each}"`).join(' or ')}?`;
}
