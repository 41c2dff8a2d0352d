import { REDACTED, tellsNothing } from './secretNames.js';

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

/** What stands before the host of an address. */
const USER_INFORMATION = /:\/\/([^\s/"'`]+)@/g;

/** Schemes whose users, where they have no password, are tokens; but for those of git's servers. */
const TOKEN_SCHEME = /(?:^|[^a-z0-9.-])(?:https?|rediss?|wss?)$/i;
const LONGEST_SCHEME = 8;

/** Whether a user's name is none: long, and with a digit. */
function isDrawnUser(user: string): boolean {
  return user.length >= 20 && /\d/.test(user);
}

/** `user:password` of an address, without the password, and without a user that is a token. */
function withoutPassword(information: string, before: string): string {
  const colon = information.indexOf(':');
  if (colon < 0) {
    if (/[?#]/.test(information) || information === 'git' || tellsNothing(information)) return information;
    return TOKEN_SCHEME.test(before) || isDrawnUser(information) ? REDACTED : information;
  }
  const [user, password] = [information.slice(0, colon), information.slice(colon + 1)];
  // A port, and a query behind it.
  if (/^\d+[?#]/.test(password)) return information;
  const isToken = (password === '' || password === 'x-oauth-basic' || isDrawnUser(user)) && !tellsNothing(user);
  return `${isToken ? REDACTED : user}:${tellsNothing(password) || password === 'x-oauth-basic' ? password : REDACTED}`;
}

/** `scheme://user:password@host`, `https://token@host`. */
function redactAddresses(text: string): string {
  return text.replace(USER_INFORMATION, (_, information: string, at: number) => {
    return `://${withoutPassword(information, text.slice(Math.max(0, at - LONGEST_SCHEME), at))}@`;
  });
}

/** A signature in an address's query, as of Azure. */
const SIGNATURE = /([?&](?:amp;)?(?:sig|signature|hmac|jwt)=)[^\s&"'`#;,<>]+/gi;

/** What curl and others take with `-u`; `-u train.py` and the numbers of `--user 1000:1000` are no secret. */
const USER_OPTION =
  /((?<=^|[\s"'`(,[=])-(?:u|-(?:proxy-)?user)[ \t=]{1,8}(["']?)(?!\d{1,10}:\d{1,10}(?!\S))[\w.@+-]{1,64}:)(?![/\\]|\[redacted\])([^"'\s]+)([^"'\n]*)/gi;

function withoutUserPassword(_: string, before: string, quote: string, password: string, rest: string): string {
  if (tellsNothing(password)) return before + password + rest;
  return `${before}${REDACTED}${quote === '' ? rest : ''}`;
}

/** A header of cookies, to its end. */
const COOKIES =
  /(\b(?:set-)?cookie2?(?:\\?["'])?[ \t]{0,8}:(?![ \t]{0,8}[\\"']{0,2}\[redacted\])[ \t]{0,8}(?:\\?["'])?)((?:="[^"\r\n]*"|[^\r\n"'\\])+)/gi;

/** `Authorization: Bearer …`, in a header, a JSON map or a Python dict. */
const AUTHORIZATION =
  /(\bauthorization[\\"'\]]{0,3}[ \t]{0,8}[:=][ \t]{0,8}\\?["']?(?:(?:basic|bearer|digest|negotiate|token)[ \t]+)?)[^\s"'\\,;[][^\s"'\\,;]*/gi;

/** `Bearer …` by itself; a word of prose has no digit. */
const BEARER = /(\bbearer[ \t]+)([\w.~+/=-]{16,})/gi;

/**
 * Tokens that say by their beginning what they are, as their issuers document them: GitHub, GitLab, OpenAI and Anthropic, Stripe,
 * Amazon, Slack, Google, Hugging Face, npm, PyPI, Groq, Replicate, NVIDIA, Docker, DigitalOcean, SendGrid, JSON Web Tokens (RFC 7519).
 * Where a beginning is an unlikely one, whatever stands before it is no part of it. No beginning has a second one within its own run of
 * characters, so each run is read a bounded number of times.
 */
const TOKEN = new RegExp(
  `${[
    'gh[opsur]_[A-Za-z0-9]{16,}',
    'github_pat_\\w{16,}',
    'gl(?:pat|ptt|dt|rt|ft|soat|cbt)-[\\w-]{16,}',
    '(?<![A-Za-z0-9])sk-[\\w-]{16,}',
    '[rs]k_(?:live|test)_[A-Za-z0-9]{16,}',
    'whsec_[A-Za-z0-9+/=]{16,}',
    'A(?:KIA|SIA)[A-Z0-9]{16,}',
    'xox[abeoprs]-[A-Za-z0-9-]{10,}',
    'xapp-[A-Za-z0-9-]{16,}',
    'AIza[\\w-]{30,}',
    'ya29\\.[\\w-]{16,}',
    '(?<![A-Za-z0-9])hf_[A-Za-z0-9]{16,}',
    '(?<![A-Za-z0-9])npm_[A-Za-z0-9]{20,}',
    '(?<![A-Za-z0-9])pypi-[\\w-]{16,}',
    '(?<![A-Za-z0-9])gsk_[A-Za-z0-9]{20,}',
    '(?<![A-Za-z0-9])r8_[A-Za-z0-9]{20,}',
    'nvapi-[\\w-]{20,}',
    'dckr_pat_[\\w-]{16,}',
    'do[opr]_v1_[a-f0-9]{32,}',
    '(?<![A-Za-z0-9])SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
    // Perhaps cut before its signature.
    'eyJ(?:(?!eyJ)[\\w-]){5,}\\.(?:[\\w-]{5,}\\.[\\w-]*|eyJ[\\w-]{5,})',
  ].join('|')}`,
  'g',
);

/** Whether a run of characters is drawn rather than written: names in lower case alone, as of packages, are not. */
function drawn(run: string): boolean {
  return /[0-9A-Z]/.test(run);
}

/** Text without tokens that say by their beginning what they are. */
export function redactTokens(text: string): string {
  return text.replace(TOKEN, (run) => (drawn(run) ? REDACTED : run));
}

/** Text without what is a secret by its shape, whatever its name. Takes time in proportion to the text. */
export function redactShapes(text: string): string {
  const shaped = redactAddresses(redactPrivateKeys(text))
    .replace(SIGNATURE, `$1${REDACTED}`)
    .replace(USER_OPTION, withoutUserPassword)
    .replace(COOKIES, `$1${REDACTED}`)
    .replace(AUTHORIZATION, `$1${REDACTED}`)
    .replace(BEARER, (all, before: string, run: string) => (/\d/.test(run) ? before + REDACTED : all));
  return redactTokens(shaped);
}
