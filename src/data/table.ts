import { ReproError } from '../errors.js';
import { shownValue } from '../text/printable.js';
import { categoryMistake, categoryOf, numberMistake } from './cell.js';
import type { Column } from './columns.js';
import { type Dataset, setInput, zeros } from './dataset.js';

const MOST_CATEGORIES = 1000;
/** 1 GiB in float32. */
const MOST_INPUTS = 1 << 28;
const BLOCK_ROWS = 1 << 13;

/** What a kind of file makes of its cells. */
export interface Form {
  readonly shown: string;
  /** A number, or NaN if the cell is none. */
  number(cell: unknown): number;
  /** Where a cell stands: `file:line` or `file:line:column`. */
  place(line: number, field: number): string;
  /** What a column is called in this kind of file: `column` or `key`. */
  readonly noun: string;
}

/** Collects rows whose count nobody knows, then makes a data set of them. */
export interface Table {
  /**
   * @param cells at each column's field
   * @throws ReproError if one is no number, or no category
   */
  add(cells: readonly unknown[], line: number): void;
  finish(): Dataset;
}

interface Block {
  /** BLOCK_ROWS × columns: numbers, and categories by the order in which they were met. */
  readonly values: Float64Array;
  readonly lines: Uint32Array;
}

/** A column in the data set: `width` numbers from `at` on. */
interface Placed {
  readonly column: Column;
  readonly at: number;
  readonly names: readonly string[];
  /** Place of each category, in the order in which they were met, among the sorted ones; absent for numbers. */
  readonly ranks?: readonly number[];
}

/** A text that does not keep the piece of the file alive that it was cut from, as V8's slices do. */
function apart(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

function placeColumns(columns: readonly Column[], met: readonly ReadonlyMap<string, number>[], form: Form): Placed[] {
  const widths = { feature: 0, target: 0 };
  return columns.map((column, i) => {
    const side = column.target ? 'target' : 'feature';
    const at = widths[side];
    if (!column.categorical) {
      widths[side]++;
      return { column, at, names: [column.name] };
    }
    const categories = [...(met[i] as ReadonlyMap<string, number>).keys()];
    if (categories.length === 1) {
      const only = `${form.noun} ${shownValue(column.name)} has a single category, ${shownValue(categories[0])}`;
      throw new ReproError(`${form.shown}: ${only}; it tells nothing: leave it out`);
    }
    const sorted = categories.toSorted();
    const rankOf = new Map(sorted.map((category, rank) => [category, rank]));
    widths[side] += sorted.length;
    return {
      column,
      at,
      names: sorted.map((category) => `${column.name}=${category}`),
      ranks: categories.map((category) => rankOf.get(category) as number),
    };
  });
}

export function createTable(columns: readonly Column[], form: Form): Table {
  const width = columns.length;
  const met = columns.map(() => new Map<string, number>());
  const blocks: (Block | undefined)[] = [];
  let block: Block | undefined;
  let rows = 0;

  const labelOf = (column: Column) => `(${form.noun} ${shownValue(column.name)})`;
  const mistake = (line: number, { field }: Column, what: string) =>
    new ReproError(`${form.place(line, field)} ${what}`);

  function number(cell: unknown, column: Column, line: number): number {
    const value = form.number(cell);
    if (Number.isFinite(Math.fround(value))) return value;
    throw mistake(line, column, numberMistake(cell, labelOf(column)));
  }

  function category(cell: unknown, column: Column, known: Map<string, number>, line: number): number {
    const name = categoryOf(cell);
    if (name === undefined) throw mistake(line, column, categoryMistake(cell, labelOf(column)));
    const code = known.get(name);
    if (code !== undefined) return code;
    if (known.size === MOST_CATEGORIES) {
      const many = `is category 1,001 of ${form.noun} ${shownValue(column.name)}`;
      throw mistake(line, column, `${many}; at most 1,000 can be encoded: leave the ${form.noun} out`);
    }
    known.set(apart(name), known.size);
    return known.size - 1;
  }

  function startBlock(line: number): Block {
    if (rows * width > MOST_INPUTS) {
      throw new ReproError(
        `${form.shown}:${line} is beyond ${MOST_INPUTS.toLocaleString('en')} numbers; use fewer rows`,
      );
    }
    const started = { values: new Float64Array(BLOCK_ROWS * width), lines: new Uint32Array(BLOCK_ROWS) };
    blocks.push(started);
    return started;
  }

  return {
    add(cells, line) {
      const row = rows % BLOCK_ROWS;
      if (row === 0 || !block) block = startBlock(line);
      block.lines[row] = line;
      for (let i = 0; i < width; i++) {
        const column = columns[i] as Column;
        const cell = cells[column.field];
        block.values[row * width + i] = column.categorical
          ? category(cell, column, met[i] as Map<string, number>, line)
          : number(cell, column, line);
      }
      rows++;
    },
    finish() {
      const placed = placeColumns(columns, met, form);
      const namesOf = (target: boolean) =>
        placed.filter(({ column }) => column.target === target).flatMap((p) => p.names);
      const [featureNames, targetNames] = [namesOf(false), namesOf(true)];
      const [features, targets] = [featureNames.length, targetNames.length];
      if (rows * features > MOST_INPUTS) {
        const size = `${rows} rows of ${features} features`;
        throw new ReproError(`${form.shown}: ${size} are too many; encode fewer categories or use fewer rows`);
      }
      const data = zeros({ rows, features, targets });
      const lines = new Uint32Array(new SharedArrayBuffer(4 * rows));
      block = undefined;
      for (let first = 0; first < rows; first += BLOCK_ROWS) {
        const full = blocks[first / BLOCK_ROWS] as Block;
        const count = Math.min(BLOCK_ROWS, rows - first);
        lines.set(full.lines.subarray(0, count), first);
        for (let i = 0; i < width; i++) copyColumn(data, placed[i] as Placed, full.values, i, width, first, count);
        blocks[first / BLOCK_ROWS] = undefined; // So that rows are not held twice.
      }
      const oneHotFeatures = placed
        .filter(({ column, ranks }) => ranks && !column.target)
        .flatMap(({ at, names }) => names.map((_, rank) => at + rank));
      return {
        ...data,
        ...(oneHotFeatures.length > 0 && { oneHotFeatures }),
        source: { file: form.shown, lines, featureNames, targetNames },
      };
    },
  };
}

/** Copies `count` rows of a column, its i-th of `width`, from a block to the data set, whose rows begin with `first`. */
function copyColumn(
  data: Dataset,
  { column, at, ranks }: Placed,
  values: Float64Array,
  i: number,
  width: number,
  first: number,
  count: number,
): void {
  const stride = column.target ? data.targets : data.features;
  for (let row = 0; row < count; row++) {
    const value = values[row * width + i] as number;
    const to = (first + row) * stride + at;
    if (ranks) (column.target ? data.outputs : data.inputs)[to + (ranks[value] as number)] = 1;
    else if (column.target) data.outputs[to] = value;
    else setInput(data, to, value);
  }
}
