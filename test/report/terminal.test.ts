import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Block, Cell, Report } from '../../src/report/report.js';
import { renderTerminal } from '../../src/report/terminal.js';

const rendered = (width: number, ...blocks: Block[]) => {
  const report: Report = { title: 'title', blocks, footnotes: [] };
  return renderTerminal(report, { color: false, width, ascii: false }).trimEnd().split('\n').slice(1);
};

const word = fc.string({ unit: fc.constantFrom(...'abcdef0123'), minLength: 1, maxLength: 30 });
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const letters = (lines: readonly string[]) => lines.join('').replace(/[^a-f0-9]/g, '');
const widest = (lines: readonly string[]) => Math.max(...lines.map((line) => line.length));

describe('on a narrow terminal', () => {
  test('a table keeps to the width by cutting its widest cells, and loses no letter', () => {
    const tables = fc.integer({ min: 1, max: 4 }).chain((columns) =>
      fc.record({
        head: fc.array(text, { minLength: columns, maxLength: columns }),
        rows: fc.array(fc.array(text, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 3 }),
        width: fc.integer({ min: 11 * columns + 1, max: 100 }),
      }),
    );
    fc.assert(
      fc.property(tables, ({ head, rows, width }) => {
        const align = head.map(() => 'left' as const);
        const lines = rendered(width, { kind: 'table', head, align, rows });
        expect(widest(lines)).toBeLessThanOrEqual(width);
        // Column by column, as lines hold a piece of each.
        const cells = lines
          .filter((line) => line.startsWith('│'))
          .map((line) =>
            line
              .slice(1, -1)
              .split('│')
              .map((cell) => cell.trim()),
          );
        head.forEach((title, column) => {
          const found = letters(cells.map((row) => row[column] ?? ''));
          expect(found).toBe(letters([title, ...rows.map((row) => row[column] as string)]));
        });
      }),
    );
  });

  test('a remark stands below its text before anything is cut', () => {
    const cell: Cell = { text: '0.25725865', remark: 'severe outlier', tone: 'aside' };
    const block: Block = { kind: 'table', head: ['repeat', 'MSE'], align: ['right', 'left'], rows: [['19', cell]] };
    expect(rendered(38, block).slice(3, 4)).toEqual(['│     19 │ 0.25725865 severe outlier │']);
    expect(rendered(37, block).slice(3, 5)).toEqual(['│     19 │ 0.25725865     │', '│        │ severe outlier │']);
  });

  test('figures wrap long names and values beside each other, and lose no letter', () => {
    const figures = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(figures, fc.integer({ min: 60, max: 120 }), (rows, width) => {
        const lines = rendered(width, { kind: 'figures', rows });
        expect(widest(lines)).toBeLessThanOrEqual(width);
        expect([...letters(lines)].sort()).toEqual([...letters(rows.flat())].sort());
      }),
    );
  });
});
