import type { Block, Cell, Report } from './report.js';

/** Text that is not read as Markdown, also within a table's cell. */
function escaped(text: string): string {
  return text.replace(/[\\|`*_<>[\]]/g, '\\$&').replace(/\s+/g, ' ');
}

function cellText(cell: Cell): string {
  if (typeof cell === 'string') return escaped(cell);
  return escaped(cell.remark === '' ? cell.text : `${cell.text} (${cell.remark})`);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Bars are for terminals. */
function blockLines(block: Block): string[] {
  switch (block.kind) {
    case 'table':
      return [
        row(block.head.map(escaped)),
        row(block.align.map((side) => (side === 'right' ? '---:' : '---'))),
        ...block.rows.map((cells) => row(cells.map(cellText))),
        ...(block.omission === undefined ? [] : ['', `${escaped(block.omission)}.`]),
      ];
    case 'figures':
      return [
        row(['figure', 'value']),
        row(['---', '---']),
        ...block.rows.map(([name, ...values]) => row([escaped(name), escaped(values.join(' '))])),
      ];
    case 'text':
      return [escaped(block.text)];
    case 'bars':
      return [];
  }
}

/** A report as Markdown, for GitHub's step summaries and comments: what was done, its blocks, doubts as notes. */
export function renderMarkdown({ title, blocks, footnotes }: Report): string {
  const parts = [
    `**${escaped(title)}**`,
    ...blocks.map((block) => blockLines(block).join('\n')).filter((text) => text !== ''),
    ...footnotes.map((note) => `Note: ${escaped(note)}.`),
  ];
  return `${parts.join('\n\n')}\n`;
}
