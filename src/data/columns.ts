import { ReproError } from '../errors.js';
import { suggestion } from '../text/nearest.js';
import { shownValue } from '../text/printable.js';

/** Which columns of a table to read, and as what. */
export interface ColumnChoice {
  /** Names of columns, at least one. */
  readonly targets: readonly string[];
  /** By default all columns that are no targets, in the order of the file. */
  readonly features?: readonly string[];
  /** Columns, features or targets, to encode one-hot: one number for each category, in the order of their code units. */
  readonly categorical?: readonly string[];
}

export interface Column {
  readonly name: string;
  /** Where it stands in a row of the file, from 0. */
  readonly field: number;
  readonly target: boolean;
  readonly categorical: boolean;
}

const MOST_NAMED = 10;

function listed(names: readonly string[]): string {
  return names.slice(0, MOST_NAMED).map(shownValue).join(', ') + (names.length > MOST_NAMED ? ', …' : '');
}

function twice(names: readonly string[]): string | undefined {
  return names.find((name, at) => name !== '' && names.indexOf(name) < at);
}

/**
 * The columns to read: features, then targets.
 *
 * @param names all names there are, in the order of the file; empty where a column has none
 * @param header the place of the names in the file, for messages: `file:line`
 * @param noun what a name is the name of: column or key
 * @throws ReproError if a name is missing, stands there twice or is chosen twice
 */
export function chooseColumns(
  names: readonly string[],
  { targets, features, categorical = [] }: ColumnChoice,
  header: string,
  noun: 'column' | 'key',
): Column[] {
  const repeated = twice(names);
  if (repeated !== undefined) {
    throw new ReproError(`${header} names two columns ${shownValue(repeated)}; rename one of them`);
  }
  for (const name of [...targets, ...(features ?? []), ...categorical]) {
    if (name === '' || !names.includes(name)) {
      const near = suggestion(',', name, names);
      throw new ReproError(
        `${header} has no ${noun} ${shownValue(name)}${near || `; it has ${listed(names.filter((each) => each !== ''))}`}`,
      );
    }
  }
  const chosen = features ?? names.filter((name) => !targets.includes(name));
  const nameless = chosen.indexOf('');
  if (nameless >= 0) {
    throw new ReproError(
      `${header}:${names.indexOf('') + 1} is a column without a name; name it or list data.features`,
    );
  }
  const again = twice([...chosen, ...targets]);
  if (again !== undefined) {
    throw new ReproError(`${header} has one ${noun} ${shownValue(again)}, which is chosen twice; list it once`);
  }
  if (chosen.length === 0) {
    throw new ReproError(`${header} has no ${noun} besides the targets; at least one feature is needed`);
  }
  const column = (target: boolean) => (name: string) => ({
    name,
    field: names.indexOf(name),
    target,
    categorical: categorical.includes(name),
  });
  return [...chosen.map(column(false)), ...targets.map(column(true))];
}
