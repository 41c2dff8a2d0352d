import type { Range } from './execute.js';

/** The indices below `end` that are not among those in `known`, as ranges. */
export function rangesWithout(known: ReadonlySet<number>, end: number): Range[] {
  const ranges: Range[] = [];
  let from = 0;
  for (const index of [...known].filter((each) => each < end).sort((a, b) => a - b)) {
    if (index > from) ranges.push([from, index]);
    from = index + 1;
  }
  return from < end ? [...ranges, [from, end]] : ranges;
}
