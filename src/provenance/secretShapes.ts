import { REDACTED } from './secretNames.js';

const KEY_LINE = /-----(BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** Shorter ones before an end may be anything. */
const SHORTEST_KEY = 16;

/** Where the base64 that ends at a place begins, at least SHORTEST_KEY of it; else that place. */
function beginningOfKey(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && /[A-Za-z0-9+/=\r\n]/.test(text[at - 1] as string)) at--;
  return text.slice(at, end).trim().length < SHORTEST_KEY ? end : at;
}

/** Private keys in PEM (RFC 7468), also one whose beginning or end is cut off. */
function redactPrivateKeys(text: string): string {
  let result = '';
  let done = 0;
  const redactTo = (from: number, to: number) => {
    result += text.slice(done, from) + REDACTED;
    done = to;
  };
  for (const { 0: line, 1: side, index } of text.matchAll(KEY_LINE)) {
    if (side === 'BEGIN') {
      const from = index + line.length;
      const end = text.indexOf('-----', from);
      if (from < text.length) redactTo(from, end < 0 ? text.length : end);
    } else if (index > done) {
      const from = beginningOfKey(text, done, index);
      if (from < index) redactTo(from, index);
    }
  }
  return result + text.slice(done);
}

/** The password of `scheme://user:password@host`. */
const URL_PASSWORD = /(:\/\/[^\s/:@"'`]*:)[^\s/"'`]+(?=@)/g;

/** `Authorization: Bearer …`, in a header, a JSON map or a Python dict. */
const AUTHORIZATION =
  /(\bauthorization[\\"'\]]{0,3}[ \t]{0,8}[:=][ \t]{0,8}\\?["']?(?:(?:basic|bearer|digest|negotiate|token)[ \t]+)?)[^\s"'\\,;[][^\s"'\\,;]*/gi;

/** `Bearer …` by itself; a word of prose has no digit. */
const BEARER = /(\bbearer[ \t]+)([\w.~+/=-]{16,})/gi;

/**
 * Tokens that say by their beginning what they are, as their issuers document them: GitHub, GitLab, OpenAI and Anthropic, Stripe,
 * Amazon, Slack, Google, Hugging Face, npm, PyPI, Groq, Replicate, NVIDIA, Docker, DigitalOcean, SendGrid, JSON Web Tokens (RFC 7519).
 * No beginning has a second one within its own run of characters, so each run is read a bounded number of times.
 */
const TOKEN = new RegExp(
  `(?<![A-Za-z0-9_])(?:${[
    'gh[opsur]_[A-Za-z0-9]{16,}',
    'github_pat_\\w{16,}',
    'gl(?:pat|ptt|dt|rt|ft|soat|cbt)-[\\w-]{16,}',
    'sk-[\\w-]{16,}',
    '[rs]k_(?:live|test)_[A-Za-z0-9]{16,}',
    'whsec_[A-Za-z0-9+/=]{16,}',
    'A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Za-z0-9])',
    'xox[abeoprs]-[A-Za-z0-9-]{10,}',
    'xapp-[A-Za-z0-9-]{16,}',
    'AIza[\\w-]{30,}',
    'ya29\\.[\\w-]{16,}',
    'hf_[A-Za-z0-9]{16,}',
    'npm_[A-Za-z0-9]{20,}',
    'pypi-[\\w-]{16,}',
    'gsk_[A-Za-z0-9]{20,}',
    'r8_[A-Za-z0-9]{20,}',
    'nvapi-[\\w-]{20,}',
    'dckr_pat_[\\w-]{16,}',
    'do[opr]_v1_[a-f0-9]{32,}',
    'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
    '(?<!-)eyJ[\\w-]{5,}\\.[\\w-]{5,}\\.[\\w-]*',
  ].join('|')})`,
  'g',
);

/** Whether a run of characters is drawn rather than written: names in lower case alone, as of packages, are not. */
function drawn(run: string): boolean {
  return /[0-9A-Z]/.test(run);
}

/** Text without what is a secret by its shape, whatever its name. Takes time in proportion to the text. */
export function redactShapes(text: string): string {
  return redactPrivateKeys(text)
    .replace(URL_PASSWORD, `$1${REDACTED}`)
    .replace(AUTHORIZATION, `$1${REDACTED}`)
    .replace(BEARER, (all, before: string, run: string) => (/\d/.test(run) ? before + REDACTED : all))
    .replace(TOKEN, (run) => (drawn(run) ? REDACTED : run));
}
