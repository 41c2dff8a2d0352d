import type { CheckResult, Judgement, Side } from '../analysis/check.js';
import { checkReport, placeOf } from './checkReport.js';

/** Text as XML 1.0 can hold it, in an attribute as well. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '&#10;');
}

function details({ name, message, causes }: Judgement, result: CheckResult): string {
  const compared = name === 'reproduction' || name === 'baseline';
  const divergence = compared ? result.verification?.divergence : undefined;
  return [
    message,
    ...causes.map(({ cause, remedy }) => `cause: ${cause}; remedy: ${remedy}`),
    ...(divergence ? [`first difference: ${placeOf(divergence)}`] : []),
  ].join('\n');
}

function caseLines(judgement: Judgement, suite: string, result: CheckResult): string[] {
  const { name, outcome, verdict, message } = judgement;
  const start = `  <testcase classname="${escaped(suite)}" name="${escaped(name)}"`;
  if (outcome === 'passed') return [`${start}/>`];
  // What cannot be compared has not failed.
  const tag = outcome === 'failed' ? 'failure' : 'error';
  return [
    `${start}>`,
    `    <${tag} type="${escaped(verdict)}" message="${escaped(`${verdict}: ${message}`)}">${escaped(details(judgement, result))}</${tag}>`,
    '  </testcase>',
  ];
}

/** JUnit's XML of a check that came to nothing, and why. */
export function junitError(message: string): string {
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuite name="repro check" tests="1" failures="0" errors="1">',
    '  <testcase classname="repro check" name="execution">',
    `    <error type="not executed" message="${escaped(message)}"/>`,
    '  </testcase>',
    '</testsuite>',
  ].join('\n')}\n`;
}

/** A check as JUnit's XML, the format that CI systems read: a test case for each judgement. */
export function junit(result: CheckResult): string {
  const { judgements, sides } = result;
  const { title } = checkReport(result);
  const having = (outcome: Judgement['outcome']) => judgements.filter((each) => each.outcome === outcome).length;
  const counts = `tests="${judgements.length}" failures="${having('failed')}" errors="${having('incomparable')}"`;
  const seconds = sides.reduce((longest, { circumstances }) => Math.max(longest, circumstances.elapsed), 0);
  const { startedAt } = (sides[0] as Side).circumstances;
  const suite = `repro check ${title}`;
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${escaped(suite)}" ${counts} time="${seconds}" timestamp="${startedAt}">`,
    ...judgements.flatMap((judgement) => caseLines(judgement, suite, result)),
    '</testsuite>',
  ].join('\n')}\n`;
}
