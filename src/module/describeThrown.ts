import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cutText } from '../text/cutText.js';
import { printable, shownValue } from '../text/printable.js';

const LONGEST = 300;

/** What errors of all engines have; Bun's of a file that it cannot read have a position in place of a stack. */
interface ErrorLike {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly position?: { readonly file: string; readonly line: number; readonly column: number } | null;
}

function isErrorLike(thrown: unknown): thrown is ErrorLike {
  if (typeof thrown !== 'object' || thrown === null) return false;
  const { name, message } = thrown as Partial<Record<string, unknown>>;
  return typeof name === 'string' && typeof message === 'string';
}

/** A file's names in stacks: engines resolve symbolic links, and write a URL or a path. */
function namesOf(path: string): string[] {
  const paths = [path];
  try {
    paths.push(realpathSync(path));
  } catch {
    // It is gone by now.
  }
  return paths.flatMap((each) => [pathToFileURL(each).href, each]);
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** `train.mjs:12:5`: the innermost place in the file, else in any other, else the file. */
function placeOf({ stack = '', position }: ErrorLike, path: string): string {
  if (position) return `${basename(position.file)}:${position.line}:${position.column}`;
  const own = new RegExp(`(?:${namesOf(path).map(escaped).join('|')})((?::\\d+){1,2})`).exec(stack);
  if (own) return `${basename(path)}${own[1]}`;
  const other = /^ +at .*?([^/\\\n]+\.\w+:\d+:\d+)\)?$/m.exec(stack.replace(/^.*(?:node:|moduleWorker\.mjs).*$/gm, ''));
  return other?.[1] ?? basename(path);
}

/** The first line of what an error says, cut where it is long. */
function messageOf({ name, message }: ErrorLike): string {
  const line = message.trimStart().split('\n', 1)[0] as string;
  return `${name}: ${cutText(line, LONGEST)}`;
}

/**
 * What an experiment in a file has thrown, and where, in one line: `train.mjs:12:5 TypeError: x is not a function`.
 *
 * @param thrown anything
 * @param path absolute
 */
export function describeThrown(thrown: unknown, path: string): string {
  if (!isErrorLike(thrown)) return printable(`${basename(path)} threw ${shownValue(thrown)}`);
  return printable(`${placeOf(thrown, path)} ${messageOf(thrown)}`);
}
