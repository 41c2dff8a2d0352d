import type { PairComparison } from './compare.js';

type Pair = Omit<PairComparison, 'verdict'>;

/** A whole number with its thousands apart. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The arm that a comparison found better, and the other. */
function winnerOf({ first, second, conclusion }: Pair): [winner: string, loser: string] {
  return conclusion === 'first better' ? [first, second] : [second, first];
}

/** How often the named arm scores better, in per cent, with as many digits as tell it from a half. */
function percent(probability: number): string {
  let parts = 1000;
  while (probability !== 0.5 && 2 * Math.round(parts * probability) === parts) parts *= 10;
  return `${(100 * Math.round(parts * probability)) / parts}%`;
}

/** What is concluded of two arms, in a sentence. */
export function pairVerdict(pair: Pair, alpha: number): string {
  const { first, second, conclusion, test, probabilityBetter, equivalence, repeatsNeeded } = pair;
  const { probability } = probabilityBetter;
  const both = `${first} and ${second}`;
  switch (conclusion) {
    case 'identical':
      return `The scores of ${both} are identical, bit by bit.`;
    case 'first better':
    case 'second better': {
      const [winner, loser] = winnerOf(pair);
      const share = conclusion === 'first better' ? probability : 1 - probability;
      // Ranks of differences decide between pairs, and few large ones may outweigh many small ones.
      const by = share > 0.5 ? `: it scores better in ${percent(share)} of pairs` : ', by the size of its differences';
      const small = equivalence !== null && equivalence.p <= alpha ? ', though their means lie within the margin' : '';
      return `${winner} is better than ${loser}${by} (${test.name}, alpha = ${alpha})${small}.`;
    }
    case 'equivalent':
      return `${both} are practically equivalent: their means lie within the margin.`;
    case 'undecided': {
      const unsaid = `The data do not say which of ${both} is better`;
      if (test.leader === null) return `${unsaid}: neither is ahead.`;
      if (repeatsNeeded === null) return `${unsaid}.`;
      const enough = `${grouped(repeatsNeeded)} repeats of each would tell`;
      if (test.name === 'Wilcoxon') return `${unsaid}; if they go on to differ as here, ${enough}.`;
      const [ahead, share] = probability > 0.5 ? [first, probability] : [second, 1 - probability];
      return `${unsaid}; if ${ahead} scores better in ${percent(share)} of pairs, as here, ${enough}.`;
    }
  }
}

/** `a, b and c` */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** What is concluded of all arms, in a sentence. */
export function verdictOf(arms: number, pairs: readonly PairComparison[]): string {
  const [only] = pairs;
  if (only && pairs.length === 1) return only.verdict;
  const losers = new Map<string, string[]>();
  for (const pair of pairs) {
    if (pair.conclusion !== 'first better' && pair.conclusion !== 'second better') continue;
    const [winner, loser] = winnerOf(pair);
    losers.set(winner, [...(losers.get(winner) ?? []), loser]);
  }
  const of = (conclusion: PairComparison['conclusion']) => pairs.filter((pair) => pair.conclusion === conclusion);
  const named = (some: readonly PairComparison[]) =>
    some.map(({ first, second }) => `${first} and ${second}`).join(', ');
  const [identical, equivalent, undecided] = [of('identical'), of('equivalent'), of('undecided')];
  if (undecided.length === pairs.length) return `The data do not say which of the ${arms} arms is better.`;
  const clauses = [
    ...[...losers].map(([winner, others]) => `${winner} is better than ${listed(others)}`),
    ...(identical.length > 0 ? [`identical, bit by bit: ${named(identical)}`] : []),
    ...(equivalent.length > 0 ? [`practically equivalent: ${named(equivalent)}`] : []),
    ...(undecided.length > 0 ? [`undecided: ${named(undecided)}`] : []),
  ].join('; ');
  // A label stays as it is.
  return losers.size > 0 ? `${clauses}.` : `${clauses.charAt(0).toUpperCase()}${clauses.slice(1)}.`;
}
