import { type CheckResult, exitCodeOf } from '../analysis/check.js';
import type { Divergence } from '../analysis/divergence.js';
import type { DifferingScore, Verification } from '../analysis/verify.js';
import { planDocument } from '../run/recordDocument.js';

/** Version of the document; it changes when a reader would have to. */
const VERSION = 1;

const VERDICTS = ['passed', 'failed', 'incomparable'] as const;

/** Repeats are counted from 1, as everywhere that is read. */
function counted<T extends Divergence | DifferingScore>(part: T | null): T | null {
  return part && { ...part, repeat: part.repeat + 1 };
}

function countedStdout(stdout: Verification['stdout']): object | null {
  return (
    stdout && { repeats: stdout.repeats, first: stdout.first && { ...stdout.first, repeat: stdout.first.repeat + 1 } }
  );
}

/** JSON has no numbers for what is not finite: they are texts. */
function finite(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** One versioned document with all there is to a check, in full precision. */
export function checkJson(result: CheckResult): string {
  const { sides, verification, judgements, summary, notes } = result;
  const document = {
    format: 'repro-check',
    version: VERSION,
    verdict: VERDICTS[exitCodeOf(result)],
    judgements,
    notes,
    verification: verification && {
      ...verification,
      divergence: counted(verification.divergence),
      farthest: counted(verification.farthest),
      stdout: countedStdout(verification.stdout),
    },
    summary,
    sides: sides.map(({ label, plan, digest, circumstances }) => ({
      label,
      digest,
      plan: planDocument(plan),
      environment: circumstances,
    })),
  };
  return `${JSON.stringify(document, finite, 2)}\n`;
}
