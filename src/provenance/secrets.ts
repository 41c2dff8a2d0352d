import { flagTakesSecret, namesSecret, REDACTED } from './secretNames.js';
import { redactShapes } from './secretShapes.js';

/** A name and what leads to its value: `--token `, `PASSWORD=`, `"api_key": `, `os.environ['KEY'] = `. */
const NAME = /(?<![\w.-])(?:(-[\w.-]+)[ \t]+(?![ \t=:-])|([\w.-]+)[\\"'\]]{0,3}[ \t]*(?:=+>?|:=?(?!:))[ \t]*)/g;

/** What a value has without quotes, but for what may stand between two pairs. */
const RUN = /[^\s"'`,;&]+/y;

/** Between two pairs, or behind the last one. */
const BETWEEN = /[,;&](?:[ \t]?["']?[\w.-]{1,64}["']?[=:]|\s|$)/y;

const OPENING = /\\{0,3}["'`]/y;

interface Span {
  readonly from: number;
  readonly to: number;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** What stands in quotes, to the end of the line where they are not closed. */
function quoted(text: string, from: number, quote: string): Span {
  let to = from;
  for (; to < text.length && text[to] !== '\n' && !text.startsWith(quote, to); to++) {
    if (quote.length === 1 && text[to] === '\\') to++;
  }
  return { from, to: Math.min(to, text.length) };
}

/** What stands without quotes, less brackets that close behind it. */
function bare(text: string, from: number): Span {
  let to = from;
  for (;;) {
    to += matchAt(RUN, text, to)?.length ?? 0;
    if (!/[,;&]/.test(text[to] ?? '') || matchAt(BETWEEN, text, to) !== undefined) break;
    to++;
  }
  while (to > from && /[)}\]>]/.test(text[to - 1] as string) && !text.endsWith(REDACTED, to)) to--;
  return { from, to };
}

/** The value that begins at a place; lists and maps are none. */
function valueAt(text: string, at: number): Span {
  const opening = matchAt(OPENING, text, at);
  if (opening !== undefined) return quoted(text, at + opening.length, opening);
  return text[at] === '[' || text[at] === '{' ? { from: at, to: at } : bare(text, at);
}

/** Text without the values of names that say secret. */
function redactNamed(text: string): string {
  let result = '';
  let done = 0;
  NAME.lastIndex = 0;
  for (let found = NAME.exec(text); found; found = NAME.exec(text)) {
    const [, flag, name = ''] = found;
    // A value is looked for only behind a name that can have a secret one, and then taken: so no text is read twice.
    if (!(flag === undefined ? namesSecret(name, '?') : flagTakesSecret(flag, '?'))) continue;
    const { from, to } = valueAt(text, NAME.lastIndex);
    const value = text.slice(from, to);
    NAME.lastIndex = Math.max(to, NAME.lastIndex);
    if (!namesSecret(flag ?? name, value)) continue;
    result += text.slice(done, from) + REDACTED;
    done = to;
  }
  return result + text.slice(done);
}

/**
 * Text in which `[redacted]` stands for whatever looks like a secret, by its shape (tokens, private keys, passwords in addresses) or
 * by the name in front of it (`--password=x`, `API_KEY=x`, `"token": "x"`); all else stays. Takes time in proportion to
 * the text, whatever it holds, and leaves a redacted text as it is.
 */
export function redact(text: string): string {
  return redactNamed(redactShapes(text));
}

/** Whether a value looks like a secret, by its name or by its shape. */
export function looksSecret(name: string, value: string): boolean {
  return namesSecret(name, value) || redactShapes(value) !== value;
}
