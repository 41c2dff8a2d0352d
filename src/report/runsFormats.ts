import type { Style } from './format.js';
import type { ListedRun, RunList } from './runsReport.js';

type RunsFormat = 'table' | 'plain' | 'json' | 'markdown';

/** The formats of a list of runs: the standard one, and those that files' endings stand for. */
export const runsFormats = {
  standard: 'table',
  endings: { '.txt': 'plain', '.json': 'json', '.md': 'markdown' },
} as const;

export const runsFormatNames: readonly RunsFormat[] = ['table', 'plain', 'json', 'markdown'];

/** Version of the document; it changes when a reader would have to. */
const VERSION = 1;

function documentOf({ id, started, plan, done, expected, state, median, digest, damage }: ListedRun): object {
  return {
    ...{ id, started: started?.toISOString() ?? null },
    experiment: plan?.experiment.name ?? null,
    kind: plan?.experiment.kind ?? null,
    seed: plan && { ...plan.seed, drawn: plan.free.length > 0 },
    ...{ repeats: done, expected, state, median, digest, damage },
  };
}

function runsJson({ runs, omitted }: RunList): string {
  const document = { format: 'repro-runs', version: VERSION, runs: runs.map(documentOf), omitted };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Wide enough for all columns. */
const NO_TERMINAL = 200;

/** A list of runs as text; `plain` is an id a line. */
export async function renderRuns(list: RunList, now: Date, format: RunsFormat, style: Style): Promise<string> {
  if (format === 'plain') return list.runs.map(({ id }) => `${id}\n`).join('');
  if (format === 'json') return runsJson(list);
  const { runsReport } = await import('./runsReport.js');
  if (format === 'markdown') {
    const { renderMarkdown } = await import('./markdownText.js');
    return renderMarkdown(runsReport(list, now, { ...style, width: NO_TERMINAL }));
  }
  const { renderTerminal } = await import('./terminal.js');
  return renderTerminal(runsReport(list, now, style), style);
}
