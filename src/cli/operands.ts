import { readFileSync, statSync } from 'node:fs';
import { parse, resolve } from 'node:path';
import { ReproError } from '../errors.js';
import { shownPath } from '../experiment/find.js';
import { shippedFolder } from '../experiment/shipped.js';
import { shownCommand } from '../experiment/shownCommand.js';
import { redactCommand } from '../provenance/redactCommand.js';
import { REDACTED } from '../provenance/secretNames.js';
import { redact } from '../provenance/secrets.js';
import { isSavedRun, parseRecord, readRecord, type SavedRun } from '../run/readRecord.js';
import { openStore } from '../store/store.js';
import { printable } from '../text/printable.js';
import { unreadable } from '../text/unreadable.js';
import { type CompareFlags, type ExperimentFlags, flagOverrides } from './flags.js';
import { splitValues } from './splitValues.js';

/** One side of a comparison, as a command line names it. */
export type Operand =
  | {
      readonly kind: 'experiment';
      readonly label: string;
      readonly args: readonly string[];
      /** Where the experiment is a command. */
      readonly command?: readonly string[];
    }
  | {
      readonly kind: 'saved';
      readonly label: string;
      readonly run: SavedRun;
      /** The file that it was read from. */
      readonly path: string;
      /** What is wrong with that, where it is a journal. */
      readonly damage?: readonly string[];
    };

/** An experiment by its name or file, or a command, with what is changed of it. */
interface Named {
  readonly name: string;
  readonly assignments: string[];
  readonly command?: readonly string[];
}

/** What is in a file; undefined where there is none of that name. */
function textOf(path: string, shown: string): string | undefined {
  try {
    if (!statSync(path).isFile()) return undefined;
  } catch {
    return undefined;
  }
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(shown, error);
  }
}

/** Whether a text is a result of this tool's: a comparison is told to be no run, and not taken for an experiment. */
function isResult(text: string): boolean {
  return isSavedRun(text) || /^\s*\{\s*"format"\s*:\s*"repro-/.test(text);
}

/** Whether a text is a run's journal, also one whose first line is damaged. */
function isJournal(text: string): boolean {
  return /^\{"kind":"header","format":"repro-journal"/m.test(text);
}

/**
 * The saved run that an argument names, `FILE` or `label=FILE`, known by what is in the file; undefined where it names none. No part of
 * an experiment is a file that ends in .json, so that what is wrong with a labelled one is told, unless its label may be a path of keys.
 */
function savedRun(arg: string, cwd: string): Operand | undefined {
  const [, given = '', value = ''] = /^([^=]+)=(.+)$/s.exec(arg) ?? [];
  const isKey = /[./\\[\]]/.test(given);
  if (!isKey && value.endsWith('.json')) {
    const path = resolve(cwd, value);
    return savedAs(given, readRecord(path, shownPath(path, cwd)), path);
  }
  for (const [label, name] of [
    [parse(arg).name, arg],
    [given, value],
  ] as const) {
    const path = resolve(cwd, name);
    const shown = shownPath(path, cwd);
    const text = textOf(path, shown);
    if (text !== undefined && isJournal(text)) {
      throw new ReproError(`${shown} is the journal of a run: name the run by its id`, {
        hint: 'repro runs lists them',
      });
    }
    if (text !== undefined && isResult(text)) return savedAs(label, parseRecord(text, shown), path);
  }
  return undefined;
}

function savedAs(label: string, run: SavedRun, path: string): Extract<Operand, { kind: 'saved' }> {
  return { kind: 'saved', label: printable(label), run, path };
}

/**
 * The run in the store that an argument names, `RUN` or `label=RUN`; undefined where it names none. Behind a label stands a whole id or
 * `last`, so that no value of a part of an experiment is taken for one.
 *
 * @throws ReproError for one that cannot be read, or has no repeats
 */
async function keptRun(arg: string, cwd: string): Promise<Operand | undefined> {
  const [, given, value = ''] = /^([^=.[\]]+)=(last|\d{8}-\d{6}-[0-9a-z]{4})$/.exec(arg) ?? [];
  const { namedRun } = await import('./namedRun.js');
  const entry = namedRun(given === undefined ? arg : value, { cwd, shippedFolder: shippedFolder() });
  if (!entry) return undefined;
  const { damageOf, openRun, recordOf } = await import('./storedRun.js');
  const opened = openRun(openStore(cwd), entry.id);
  const { run } = opened;
  const { plan, ...record } = recordOf(run);
  const { length } = record.repeats;
  if (length === 0) throw new ReproError(`run ${entry.id} has no repeats: nothing can be compared with it`);
  const label = given ?? `${plan.experiment.name} ${entry.id.slice(-4)}`;
  return { ...savedAs(label, { ...record, plan: { ...plan, repeats: length } }, entry.path), damage: damageOf(opened) };
}

/** Whether an assignment gives a list of words in which one is a secret: `command=[train, --token, x]`. */
function hasSecretWord(assignment: string): boolean {
  const [, list = ''] = /=\s*\[(.*)$/s.exec(assignment) ?? [];
  return redactCommand(list.split(/[\s,[\]"']+/)).redacted;
}

/** `units=16`: the last key of a path is enough for a label. */
function shortAssignment(assignment: string): string {
  const told = hasSecretWord(assignment) ? assignment.replace(/=.*/s, `=${REDACTED}`) : assignment;
  // Of a value, all: it may have spaces.
  const [word = told] = redactCommand([told]).words;
  return word.replace(/^[^=]*[.\]](?=[^.\]=]+=)/, '');
}

function operandsOf(
  { name, assignments, command }: Named,
  common: readonly string[],
  vary: string | undefined,
): Operand[] {
  const args = [...(command ? [] : [name]), ...common, ...assignments];
  const ofCommand = command ? { command } : {};
  if (vary === undefined) {
    const short = command ? name : parse(name).name;
    const label = printable([short, ...assignments.map(shortAssignment)].join(' '));
    return [{ kind: 'experiment', label, args, ...ofCommand }];
  }
  const at = vary.indexOf('=');
  if (at < 1) throw new ReproError(`--vary must be key=value,value…, got "${printable(vary)}"`);
  const key = vary.slice(0, at);
  return splitValues(vary.slice(at + 1)).map((value) => {
    const assignment = `${key}=${value}`;
    const label = printable(shortAssignment(assignment));
    return { kind: 'experiment', label, args: [...args, assignment], ...ofCommand };
  });
}

/** Labels of their own, without secrets: a second of one gets its number. */
function distinct(operands: readonly Operand[]): Operand[] {
  const times = new Map<string, number>();
  return operands.map((operand) => {
    const label = redact(operand.label);
    const time = (times.get(label) ?? 0) + 1;
    times.set(label, time);
    return { ...operand, label: time === 1 ? label : `${label} (${time})` };
  });
}

/**
 * What the arguments of a comparison name, in their order: experiments, each followed by what is changed of it alone, behind
 * what is changed of all; saved runs; and with `--vary` one experiment a value.
 *
 * @throws ReproError where what is varied is not one experiment, a saved run is damaged or a journal, or a change changes nothing that is named
 */
export async function parseOperands(
  args: readonly string[],
  flags: Pick<CompareFlags, keyof ExperimentFlags | 'vary' | 'commands'>,
  cwd: string,
): Promise<Operand[]> {
  const { vary, commands = [] } = flags;
  const common: string[] = [];
  const found: (Operand | Named)[] = [];
  let last: Named | undefined;
  for (const arg of args) {
    const saved = savedRun(arg, cwd) ?? (await keptRun(arg, cwd));
    if (saved) {
      found.push(saved);
    } else if (arg.includes('=')) {
      (last?.assignments ?? common).push(arg);
    } else {
      last = { name: arg, assignments: [] };
      found.push(last);
    }
  }
  for (const command of commands)
    found.push({ name: shownCommand(redactCommand(command).words), assignments: [], command });
  const names = found.filter((each) => 'name' in each);
  if (vary !== undefined && names.length > 1) {
    throw new ReproError(
      `--vary varies one experiment, got ${names.map(({ name }) => `"${printable(name)}"`).join(' and ')}`,
    );
  }
  // The article is meant where nothing is named.
  if (names.length === 0 && (vary !== undefined || found.length === 0))
    found.push({ name: 'article', assignments: [] });
  const [change] = [...common, ...(await flagOverrides(flags)).map(({ label }) => label)];
  if (change !== undefined && found.every((each) => 'kind' in each)) {
    throw new ReproError(`${printable(change)} changes an experiment, but only saved runs are named`);
  }
  return distinct(found.flatMap((each) => ('name' in each ? operandsOf(each, common, vary) : [each])));
}
