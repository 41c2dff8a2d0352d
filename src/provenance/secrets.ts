import { flagTakesSecret, namesSecret, REDACTED } from './secretNames.js';
import { redactShapes, redactTokens } from './secretShapes.js';

/**
 * A name and what leads to its value: `--token `, `'--token', `, `PASSWORD=`, `"api_key": `, `os.environ['KEY'] = `, `api.token is "`.
 * Behind a flag, another flag is no value.
 */
const NAME =
  /(?<![\w.-])(?:(-[\w.-]+)(?:[ \t]+(?![ \t=:]|--|-[a-z]?(?![\w-]))|["'],[ \t]{0,8}(?=["'](?!--|-[a-z]?["'])))|([\w.-]+)[\\"'\]]{0,3}(?:[ \t]*(?:=+>?|:=?(?!:))[ \t]*|[ \t]+is[ \t]+(?=\\?["'])))/gi;

/** What makes the name of a secret of the word behind it: `api key`. */
const FIRST_WORD = /(?<![\w.-])(api|access|secret|private|account|encryption|signing|master|session|pass)[ \t]$/i;
const LONGEST_FIRST_WORD = 12;

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

/** What stands without quotes, less brackets that close behind it, but for those that are opened in it: so many signs. */
function bare(text: string, from: number, braced = 0): Span {
  let to = from + braced;
  for (;;) {
    to += matchAt(RUN, text, to)?.length ?? 0;
    if (!/[,;&]/.test(text[to] ?? '') || matchAt(BETWEEN, text, to) !== undefined) break;
    to++;
  }
  while (to > from + braced && /[)}\]>]/.test(text[to - 1] as string) && !text.endsWith(REDACTED, to)) to--;
  return { from, to };
}

/** Signs of a list that does not end in its line. */
const LONGEST_LIST = 2048;

/** A list in brackets, to the end of the line where they are not closed; items may stand in lines of their own. */
function list(text: string, from: number): Span {
  const end = /\[[ \t]*\r?\n/y;
  const isTall = matchAt(end, text, from) !== undefined;
  let depth = 0;
  for (let to = from; to < text.length; to++) {
    if (isTall ? to === from + LONGEST_LIST : text[to] === '\n') return { from, to };
    if (text[to] === '[') depth++;
    if (text[to] === ']') depth--;
    if (depth === 0) return { from, to: to + 1 };
  }
  return { from, to: text.length };
}

/** A word in braces, which is no map. */
const BRACED = /\{[^\s{}:"',]*\}/y;

/** The value that begins at a place; maps are none. */
function valueAt(text: string, at: number): Span {
  const opening = matchAt(OPENING, text, at);
  if (opening !== undefined) return quoted(text, at + opening.length, opening);
  if (text[at] === '[') return list(text, at);
  if (text[at] !== '{') return bare(text, at);
  const braced = matchAt(BRACED, text, at);
  return braced === undefined ? { from: at, to: at } : bare(text, at, braced.length);
}

/** A name with the word before it that makes it one of a secret. */
function wholeName(text: string, name: string, at: number): string {
  const [, first] = FIRST_WORD.exec(text.slice(Math.max(0, at - LONGEST_FIRST_WORD), at)) ?? [];
  return first === undefined ? name : `${first}_${name}`;
}

/** How test runners tell that a test passed: `PASS: `. */
function isVerdict(leading: string): boolean {
  return /^PASS:/.test(leading);
}

/** Text without the values of names that say secret. */
function redactNamed(text: string): string {
  let result = '';
  let done = 0;
  NAME.lastIndex = 0;
  for (let found = NAME.exec(text); found; found = NAME.exec(text)) {
    const [leading, flag, word = ''] = found;
    const name = flag ?? wholeName(text, word, found.index);
    const isSecret = (value: string) => (flag === undefined ? namesSecret(name, value) : flagTakesSecret(name, value));
    // A value is looked for only behind a name that can have a secret one, and then taken: so no text is read twice.
    if (isVerdict(leading) || !isSecret('?')) continue;
    const { from, to } = valueAt(text, NAME.lastIndex);
    NAME.lastIndex = Math.max(to, NAME.lastIndex);
    if (!isSecret(text.slice(from, to))) continue;
    result += text.slice(done, from) + REDACTED;
    done = to;
  }
  return result + text.slice(done);
}

function redactPlain(text: string): string {
  return redactNamed(redactShapes(text));
}

const ESCAPE = '\u001b';

/** What sets colours (ECMA-48, control sequences), as it is sent, or as messages and strings of programs write it. */
const CONTROL_SEQUENCE = new RegExp(`(?:${ESCAPE}|\\\\(?:u\\{1b\\}|u001b|x1b|033|e))\\[[0-?]*[ -/]*[@-~]`, 'gi');

/** What is too short for a token and names nothing: most texts and keys of an experiment. */
const A_WORD = /^[A-Za-z_]{0,15}$/;

/**
 * Text in which `[redacted]` stands for whatever looks like a secret, by its shape (tokens, private keys, passwords in addresses) or
 * by the name in front of it (`--password=x`, `API_KEY=x`, `"token": "x"`); all else stays, but for the colours of a text that held one.
 * Takes time in proportion to the text, whatever it holds, and leaves a redacted text as it is.
 */
export function redact(text: string): string {
  if (A_WORD.test(text)) return text;
  const shaped = redactTokens(text);
  // Where a colour begins or ends, a token may begin that nothing else parts from the word before it.
  const parted = shaped.replace(CONTROL_SEQUENCE, ESCAPE);
  if (parted === shaped) return redactPlain(shaped);
  const redacted = redactPlain(redactTokens(parted).replaceAll(ESCAPE, ''));
  return redacted === parted.replaceAll(ESCAPE, '') ? shaped : redacted;
}

/** Whether a value looks like a secret, by its name or by its shape. */
export function looksSecret(name: string, value: string): boolean {
  return namesSecret(name, value) || redactShapes(value) !== value;
}
