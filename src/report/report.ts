/** How a piece of text is meant; a terminal has colours for it. */
export type Tone = 'good' | 'bad' | 'aside';

/** A cell of a table: what it says, and a remark on it. */
export type Cell = string | { readonly text: string; readonly remark: string; readonly tone: Tone };

export interface TableBlock {
  readonly kind: 'table';
  readonly head: readonly string[];
  /** Of each column. */
  readonly align: readonly ('left' | 'right')[];
  readonly rows: readonly (readonly Cell[])[];
  /** What the table leaves out, and where it is to be had. */
  readonly omission?: string;
}

/** A name, its value, and what stands beside the value, or below it where a terminal is narrow. */
export type FigureRow = readonly [name: string, value: string, beside?: string];

/** Names and values, a line each. */
export interface FiguresBlock {
  readonly kind: 'figures';
  readonly rows: readonly FigureRow[];
  /** Shorter names for a narrow terminal, by parts of the long ones. */
  readonly short?: readonly (readonly [long: string, short: string])[];
}

/** Counts, drawn as bars where there is room. */
export interface BarsBlock {
  readonly kind: 'bars';
  readonly caption: string;
  readonly bars: readonly (readonly [label: string, count: number])[];
}

/** A sentence or more. */
interface TextBlock {
  readonly kind: 'text';
  readonly text: string;
  readonly tone?: Tone;
}

export type Block = TableBlock | FiguresBlock | BarsBlock | TextBlock;

/** What is to be told, whatever the format. */
export interface Report {
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Doubts and remarks. */
  readonly footnotes: readonly string[];
}
