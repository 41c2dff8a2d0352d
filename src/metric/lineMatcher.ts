/** Finds values in lines of text. */
export interface LineMatcher {
  /** What is searched, for `no … in 12 lines of stdout`. */
  readonly wanted: string;
  /** What a number is wanted for, for `… has no number for …`. */
  readonly label: string;
  /** Whether whole lines may hold a match: quickly, and rather once too often. */
  mayMatch(lines: Buffer): boolean;
  /** The last place before another in whole lines, in a line that may hold a match; -1 if there is none. */
  lastPlace(lines: Buffer, before: number): number;
  /**
   * The values in a line, in order: a number, or null where something else stands in its place. Undefined if the line is too long
   * to be searched.
   */
  valuesIn(line: string): readonly (number | null)[] | undefined;
  /** Why it has stopped searching. */
  trouble(): string | undefined;
}
