import type { Surroundings } from '../run/circumstances.js';

/** Where two runs were made, as far as that differs: `engine is node 22, was node 20`. */
export function machineDifferences(now: Surroundings, before: Surroundings): string[] {
  return (['tool', 'engine', 'platform', 'processor'] as const)
    .filter((key) => now[key] !== before[key])
    .map((key) => `${key} is ${now[key]}, was ${before[key]}`);
}

/** What a program may depend on beside its machine, by name. */
function programParts({ interpreter, git, libraries, variables }: Surroundings): Map<string, string> {
  return new Map([
    ['interpreter', interpreter ?? 'unknown'],
    ['git commit', git?.commit ?? 'none'],
    ...libraries.map(({ path, sha256 }) => [path, `SHA-256 ${sha256?.slice(0, 12)}…`] as const),
    ...Object.entries(variables),
  ]);
}

/** What differs between the surroundings of two runs of a program: the machine, its interpreter, libraries, variables. */
export function environmentDifferences(now: Surroundings, before: Surroundings): string[] {
  const [present, past] = [programParts(now), programParts(before)];
  const names = [...new Set([...present.keys(), ...past.keys()])].filter(
    (name) => present.get(name) !== past.get(name),
  );
  const parts = names.map((name) => `${name} is ${present.get(name) ?? 'absent'}, was ${past.get(name) ?? 'absent'}`);
  return [...machineDifferences(now, before), ...parts];
}
