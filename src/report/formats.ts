import { extname } from 'node:path';
import type { Format } from './format.js';

export const formatNames = ['table', 'plain', 'json', 'csv', 'markdown', 'digest'] as const;
export type FormatName = (typeof formatNames)[number];

const ENDINGS: Record<string, FormatName> = {
  '.txt': 'plain',
  '.json': 'json',
  '.csv': 'csv',
  '.md': 'markdown',
  '.digest': 'digest',
};

/** The format that a file's ending stands for. */
export function formatOfFile(path: string): FormatName | undefined {
  return ENDINGS[extname(path).toLowerCase()];
}

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
