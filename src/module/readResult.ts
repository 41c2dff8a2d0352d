import { shownValue } from '../text/printable.js';

/** An experiment's metrics by name, the score first; or what is wrong with its result, as one clause. */
export type Reading = { readonly metrics: ReadonlyMap<string, number> } | { readonly invalid: string };

const WANTED = 'an experiment returns a number or { score, …metrics }';

function shown(value: unknown): string {
  switch (typeof value) {
    case 'bigint':
      return `the BigInt ${shownValue(value)}`;
    case 'string':
      return `the text ${shownValue(value)}`;
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    default:
      return shownValue(value);
  }
}

/** Reads what an experiment returned. NaN and infinities are numbers. */
export function readResult(result: unknown): Reading {
  if (typeof result === 'number') return { metrics: new Map([['score', result]]) };
  if (typeof result !== 'object' || result === null || Array.isArray(result)) {
    return { invalid: `returned ${shown(result)}: ${WANTED}` };
  }
  const { score, ...others } = result as Record<string, unknown>;
  const names = Object.keys(others);
  if (score === undefined) {
    const has = names.length === 0 ? 'nothing' : names.slice(0, 5).map(shownValue).join(', ');
    return { invalid: `returned a map without a score, which has ${has}: ${WANTED}` };
  }
  const entries = Object.entries({ score, ...others });
  const wrong = entries.find(([, value]) => typeof value !== 'number');
  if (wrong) return { invalid: `returned ${shown(wrong[1])} as ${shownValue(wrong[0])}: metrics are numbers` };
  // Records would have it before the score.
  const number = names.find((name) => /^\d+$/.test(name));
  if (number !== undefined) return { invalid: `returned a metric called "${number}", a number: give it a name` };
  const metrics = new Map([['score', score as number], ...(Object.entries(others) as [string, number][])]);
  return { metrics };
}
