import type { CheckResult } from '../analysis/check.js';
import type { Style } from './format.js';

type CheckFormat = 'table' | 'json' | 'markdown' | 'junit';

/** The formats of a check: the standard one, and those that files' endings stand for. */
export const checkFormats = {
  standard: 'table',
  endings: { '.txt': 'table', '.json': 'json', '.md': 'markdown', '.xml': 'junit' },
} as const;

export const checkFormatNames: readonly CheckFormat[] = ['table', 'json', 'markdown', 'junit'];

/** What makes a text of a check, loaded when it is asked for. */
export async function loadCheckFormat(name: CheckFormat): Promise<(result: CheckResult, style: Style) => string> {
  switch (name) {
    case 'table': {
      const [{ renderTerminal }, { checkReport }] = await Promise.all([
        import('./terminal.js'),
        import('./checkReport.js'),
      ]);
      return (result, style) => renderTerminal(checkReport(result, style.precision), style);
    }
    case 'json':
      return (await import('./checkJson.js')).checkJson;
    case 'markdown': {
      const [{ renderMarkdown }, { checkReport }] = await Promise.all([
        import('./markdownText.js'),
        import('./checkReport.js'),
      ]);
      return (result, { precision }) => renderMarkdown(checkReport(result, precision));
    }
    case 'junit':
      return (await import('./junit.js')).junit;
  }
}
