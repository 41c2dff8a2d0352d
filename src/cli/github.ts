import { appendFileSync } from 'node:fs';
import { redact } from '../provenance/secrets.js';
import type { Style } from '../report/format.js';
import type { Io } from './io.js';
import { writing } from './writeText.js';

/** Text of a workflow command, and of a property in it: GitHub, "Workflow commands for GitHub Actions". */
function message(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return message(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

/** Marks an error in the log of a GitHub workflow, if this is one; on stderr, which GitHub reads as well. */
export function annotate(io: Io, title: string, text: string): void {
  if (io.env['GITHUB_ACTIONS'] !== 'true') return;
  io.stderr.write(`::error title=${property(title)}::${message(redact(text))}\n`);
}

/** Adds Markdown to the summary of a GitHub workflow's step, if this is one; what cannot be written there fails nothing. */
export async function addToStepSummary(io: Io, render: (style: Style) => Promise<string>): Promise<void> {
  const path = io.env['GITHUB_STEP_SUMMARY'];
  if (path === undefined || path === '') return;
  const markdown = await render({ color: false, width: 80, ascii: false });
  try {
    writing('the step summary', () => appendFileSync(path, `${markdown}\n`));
  } catch (error) {
    io.stderr.write(`repro: ${(error as Error).message}\n`);
  }
}
