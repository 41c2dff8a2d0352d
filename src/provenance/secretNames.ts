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
const SUSPECT = /pass|pwd|secret|credential|token|auth|key|signature/i;

/** Whatever has one of these in its name is a secret, even a short number. */
const ALWAYS =
  /passw(?:or)?d|passphrase|passcode|secret|credential|(?:api|access|private|account|encryption|signing|master)_?key|x_(?:amz|goog)_signature/;

/** What comes before `pass` and `pwd` where these are passwords; a forward pass and the working directory are not. */
const OF_A_PASSWORD =
  /(?:^|_)(?:admin|basic|database|db|ftp|http|https|mysql|pg|postgres|proxy|redis|registry|root|smtp|ssh|user)_?(?:pass|pwd)$/;

/** Names of places where a secret is kept, which is not told by them. */
const PLACE = new Set(['file', 'path', 'dir', 'folder']);

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

/** Values that tell nothing: nothing at all, a switch, a type, a place to fill in. */
const TELLS_NOTHING =
  /^(?:none|null|nil|undefined|true|false|str|string|bytes|bool|int|\{\w+\}|<[\w -]+>|\*+|\[redacted\])?$/i;

/** Where a value is found; a password may begin with a dollar, too. */
const REFERENCE = /^(?:\$\{\w+\}|\$[A-Z_][A-Z0-9_]*|%\w+%)$/;

/** What `token`, `auth` and `key` are called beside secrets: counts, shares and durations, and kinds of authorization. */
const NUMBER_OR_KIND =
  /^(?:basic|bearer|digest|negotiate|token)(?:[ \t]+\[redacted\])?$|^[+-]?(?:nan|inf|infinity|\d{1,6}|\d*\.\d+|\d+\.|\d+(?:\.\d*)?e[+-]?\d+)(?:%|[mnu]?s|[hkmx])?$/i;

/** Whether what a name is given is a secret, by the name; the value decides where the name alone does not. */
export function namesSecret(name: string, value: string): boolean {
  if (!SUSPECT.test(name) || TELLS_NOTHING.test(value) || REFERENCE.test(value)) return false;
  const words = wordsOf(name);
  if (PLACE.has(words.at(-1) ?? '') || FILE.test(name)) return false;
  const joined = words.join('_');
  if (ALWAYS.test(joined) || OF_A_PASSWORD.test(joined)) return true;
  return (isToken(words) || isAuthorization(words) || isKey(words)) && !NUMBER_OR_KIND.test(value);
}

/** How a flag begins that takes no value: `--use-auth-token`. */
const SWITCH = /^-+(?:no|use|skip|enable|disable|require)[-_]/i;

/** Whether the word behind a flag is a secret. */
export function flagTakesSecret(flag: string, word: string): boolean {
  return flag.startsWith('-') && !word.startsWith('-') && !SWITCH.test(flag) && namesSecret(flag, word);
}
