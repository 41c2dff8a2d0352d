import type { Format } from './format.js';

export const formatNames = ['table', 'plain', 'json', 'csv', 'markdown', 'digest'] as const;
export type FormatName = (typeof formatNames)[number];

/** The formats that files' endings stand for. */
export const formatEndings: Readonly<Record<string, FormatName>> = {
  '.json': 'json',
  '.csv': 'csv',
  '.md': 'markdown',
  '.txt': 'plain',
  '.digest': 'digest',
};

/** A format, loaded when it is asked for: the simple ones need no table or colour library. */
export async function loadFormat(name: FormatName): Promise<Format> {
  switch (name) {
    case 'table':
      return (await import('./table.js')).table;
    case 'plain':
      return (await import('./plain.js')).plain;
    case 'json':
      return (await import('./json.js')).json;
    case 'csv':
      return (await import('./csv.js')).csv;
    case 'markdown':
      return (await import('./markdown.js')).markdown;
    case 'digest':
      return (await import('./digest.js')).digest;
  }
}
