/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** The words of a name, in lower case: `--hfToken` and `HF_TOKEN` are `hf`, `token`. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** What every name has that is looked at closely; most names of a log do not. */
const SUSPECT = /pass|pwd|secret|credential|token|auth|key|signature|cookie|sess|\.sid/i;

/** Whatever has one of these in its name is a secret, even a short number. */
const ALWAYS =
  /passw(?:or)?d|passphrase|passcode|secret|credential|(?:api|access|private|account|encryption|signing|master)_?key|x_(?:amz|goog)_signature|shared_?access_?signature/;

/** What comes before `pass` and `pwd` where these are passwords; a forward pass and the working directory are not. */
const OF_A_PASSWORD =
  /(?:^|_)(?:account|admin|app|auth|basic|cert|client|database|db|email|ftp|git|http|https|imap|ldap|login|mail|mongo|mongodb|mysql|oracle|pg|postgres|proxy|rabbitmq|redis|registry|root|server|service|sftp|smtp|sql|ssh|sudo|user|vpn|wifi)_?(?:pass|pwd)$/;

/** A path, which is what `PWD` is of in every shell. */
const PATH = /^(?:~|\$\(|\.{0,2}[/\\]|[a-z]:[/\\]|\.{1,2}$)/i;

/** Sessions, which whoever has their number may enter. */
const SESSION = /(?:^|_)(?:php|j|asp)?sess(?:ion)?_?id$|^connect_sid$/;

/** Names of places where a secret is kept, which is not told by them. */
const PLACE = new Set(['file', 'path', 'dir', 'folder', 'jar']);

/** Names of files, as in `auth.py:12: error`. */
const FILE =
  /\.(?:c|cc|cpp|cs|csv|go|h|hpp|ipynb|java|jl|[cm]?jsx?|json|log|lua|md|php|pl|py|r|rb|rs|scala|sh|sql|swift|toml|[cm]?tsx?|txt|ya?ml)$/i;

/** The tokens of a text, in contrast to those that open doors. */
const TEXT_TOKEN = new Set(
  'bos eos pad unk mask sep cls special image start stop end first last next prev previous per predicted'.split(' '),
);
const OF_TEXT_TOKENS = new Set(
  'embedding embeddings embed classification type level mask position positions ids idx count dropout'.split(' '),
);

/** Keys that find something, in contrast to those that open something. */
const FINDING_KEY = new Set(
  'batch cache column data dict feature foreign group image index input json label lookup map metric output partition primary prng public random rng score sort state target text'.split(
    ' ',
  ),
);

function isToken(words: readonly string[]): boolean {
  return words.some(
    (word, i) =>
      word.endsWith('token') && !TEXT_TOKEN.has(words[i - 1] ?? '') && !OF_TEXT_TOKENS.has(words[i + 1] ?? ''),
  );
}

function isAuthorization(words: readonly string[]): boolean {
  return words.some((word) => word.endsWith('auth') || word === 'oauth2' || word === 'authorization');
}

function isKey(words: readonly string[]): boolean {
  return words.length > 1 && words.at(-1) === 'key' && !FINDING_KEY.has(words.at(-2) ?? '');
}

/** Names of cookies and sessions. */
function isCookie(words: readonly string[], joined: string): boolean {
  return /^(?:set)?cookies?$/.test(words.at(-1) ?? '') || SESSION.test(joined);
}

/** Values that tell nothing: nothing at all, a switch, a type, a place that is filled in, a sign of a tokenizer's. */
const NOTHING =
  /^(?:none|null|nil|undefined|true|false|str|string|bytes|bool|int|\{(?:seed|repeat)\}|<[\w -]+>|\*+|\[(?:redacted|\s*|bos|cls|eos|mask|pad|sep|unk)\])?$/i;

/** Where a value is found; a password may begin with a dollar, too. */
const REFERENCE = /^(?:\$\{\w+\}|\$[A-Z_][A-Z0-9_]*|%\w+%)$/;

/** Whether a value is no secret, whatever its name. */
export function tellsNothing(value: string): boolean {
  return NOTHING.test(value) || REFERENCE.test(value);
}

/** What `token`, `auth` and `key` are called beside secrets: counts, shares and durations, and kinds of authorization. */
const NUMBER_OR_KIND =
  /^(?:basic|bearer|digest|negotiate|token)(?:[ \t]+\[redacted\])?$|^[+-]?(?:nan|inf|infinity|\d{1,6}|\d*\.\d+|\d+\.|\d+(?:\.\d*)?e[+-]?\d+)(?:%|[mnu]?s|[hkmx])?$/i;

/** Whether what a name is given is a secret, by the name; the value decides where the name alone does not. Of a list, any of its items. */
export function namesSecret(name: string, value: string): boolean {
  if (!SUSPECT.test(name) || tellsNothing(value)) return false;
  if (value.startsWith('[')) return value.split(/[\s,[\]"']+/).some((item) => namesSecret(name, item));
  const words = wordsOf(name);
  if (PLACE.has(words.at(-1) ?? '') || FILE.test(name)) return false;
  const joined = words.join('_');
  if (ALWAYS.test(joined) || OF_A_PASSWORD.test(joined)) return true;
  if (joined === 'pwd') return !PATH.test(value);
  const named =
    joined === 'pass' || isToken(words) || isAuthorization(words) || isKey(words) || isCookie(words, joined);
  return named && !NUMBER_OR_KIND.test(value);
}

/** How a flag begins that takes no value: `--use-auth-token`. */
const SWITCH = /^-+(?:no|use|skip|enable|disable|require)[-_]/i;

/** What is no value behind a flag but another one: `--verbose`, `-v`. */
const ANOTHER_FLAG = /^-(?:-|[a-z]?$)/i;

/** Whether the word behind a flag is a secret. */
export function flagTakesSecret(flag: string, word: string): boolean {
  return flag.startsWith('-') && !ANOTHER_FLAG.test(word) && !SWITCH.test(flag) && namesSecret(flag, word);
}
