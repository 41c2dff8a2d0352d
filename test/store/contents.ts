export const header = { name: 'wide', plan: { seed: 42, note: 'größer\n' } };

/** A repeat of some score; the first three have texts in which a journal's own signs stand. */
export function repeat(number: number, score = number / 8) {
  const note =
    ['', 'é\n', '{"kind":"repeat","repeat":1,"check":"0123456789abcdef"}', '\0'][number] ?? 'x'.repeat(number % 100);
  return { repeat: number, score, note };
}

export function repeats(first: number, last: number) {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => repeat(first + i));
}

export function texts(first: number, last: number): string[] {
  return repeats(first, last).map((each) => JSON.stringify(each));
}
