import type { ProgramRepeat, Repeat } from '../run/record.js';
import type { Pair } from './divergence.js';

/** Something of a program's repeat that differs between two executions. */
export interface DifferingPart {
  /** A metric's name or an artifact's. */
  readonly name: string;
  readonly kind: 'metric' | 'artifact';
  /** Numbers as they are; of an artifact the SHA-256, or `null` where it was not written. */
  readonly values: Pair<number | string | null>;
}

/** The first line in which two executions' stdout differs. */
export interface DifferingLine {
  /** From 1. */
  readonly line: number;
  /** `null` where there is no such line. */
  readonly texts: Pair<string | null>;
}

function entries(
  map: Readonly<Record<string, number | string | null>>,
  other: typeof map,
  kind: DifferingPart['kind'],
) {
  const names = [...new Set([...Object.keys(map), ...Object.keys(other)])];
  return names.flatMap((name): DifferingPart[] => {
    const values: DifferingPart['values'] = [map[name] ?? null, other[name] ?? null];
    return Object.is(...values) ? [] : [{ name, kind, values }];
  });
}

/** The score's name: that of a metric which has its bits in both; undefined where there is none. */
function scoreName(a: Repeat, b: Repeat): string | undefined {
  const isScore = ({ score, program }: Repeat, name: string) => Object.is(program?.metrics[name], score);
  return Object.keys(a.program?.metrics ?? {}).find((name) => isScore(a, name) && isScore(b, name));
}

/** Metrics but the score, and artifacts that differ. */
export function differingParts(a: Repeat, b: Repeat): DifferingPart[] {
  const { program: one } = a;
  const { program: other } = b;
  if (!one || !other) return [];
  const score = scoreName(a, b);
  return [
    ...entries(one.metrics, other.metrics, 'metric').filter(({ name }) => name !== score),
    ...entries(one.artifacts, other.artifacts, 'artifact'),
  ];
}

function isWhole({ output }: ProgramRepeat): boolean {
  return Buffer.byteLength(output.stdout) === output.bytes;
}

/** Where the stdout of two executions of a repeat parts; `null` where it does not, or too little of it was kept. */
export function differingLine({ program: one }: Repeat, { program: other }: Repeat): DifferingLine | null {
  if (!one || !other || !isWhole(one) || !isWhole(other)) return null;
  const [lines, others] = [one.output.stdout.split('\n'), other.output.stdout.split('\n')];
  const count = Math.max(lines.length, others.length);
  for (let i = 0; i < count; i++) {
    if (lines[i] !== others[i]) return { line: i + 1, texts: [lines[i] ?? null, others[i] ?? null] };
  }
  return null;
}

/** Whether two executions of a repeat printed the same. */
export function hasSameStdout({ program: one }: Repeat, { program: other }: Repeat): boolean {
  return one?.output.sha256 === other?.output.sha256;
}
