import { RE2JS, RE2JSSyntaxException } from 're2js';
import { ReproError } from '../errors.js';
import { shownLine } from './shownLine.js';

/** A compiled regular expression. */
export interface RegularExpression {
  readonly pattern: string;
  /** Matches within a line. */
  readonly line: RE2JS;
  /** Matches some lines, joined by `\n`, wherever `line` matches one of them; undefined if there is no such expression. */
  readonly lines: RE2JS | undefined;
  /** Names of its named groups, in their order. */
  readonly names: readonly string[];
}

/** What looks at the ends of a text: those of a line are none of a text of many lines. */
const ABOUT_ENDS = /\\[AzZ]|\(\?[a-zA-Z]*-/;

/** What is wrong, of a part of a pattern that the library does not take. */
function reasonFor(part: string, reason: string): string {
  if (/^\(\?<?[=!]/.test(part)) return 'look-ahead and look-behind are not supported';
  // Of `(?P=name)` the library shows no more than this.
  return /^\\[1-9k]/.test(part) || part === '(?P' ? 'back-references are not supported' : reason;
}

function syntaxMistake(error: RE2JSSyntaxException, pattern: string): ReproError {
  const part = error.getPattern() ?? '';
  // Of a bracket that is never closed, the library shows the whole pattern.
  const at = part === '' || part === pattern ? -1 : pattern.lastIndexOf(part);
  const place = at < 0 ? '' : ` at character ${at + 1}, "${shownLine(part, 40)}"`;
  const reason = reasonFor(part, error.getDescription());
  return new ReproError(`the regular expression "${shownLine(pattern, 100)}" is wrong${place}: ${reason}`, {
    hint: 'patterns have the syntax of RE2, which takes linear time: loss=(\\S+) reads what is in the brackets',
    cause: error,
  });
}

function compile(pattern: string, flags = 0): RE2JS {
  try {
    return RE2JS.compile(pattern, flags);
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) throw syntaxMistake(error, pattern);
    throw error;
  }
}

/**
 * Compiles a regular expression in the syntax of RE2 (Cox 2010), which is matched in time proportional to the text. Groups may be
 * named as in JavaScript, `(?<name>…)`, and as in Python, `(?P<name>…)`.
 *
 * @throws ReproError with what is wrong and where
 */
export function compileRegularExpression(pattern: string): RegularExpression {
  const line = compile(pattern);
  return {
    pattern,
    line,
    lines: ABOUT_ENDS.test(pattern) ? undefined : compile(pattern, RE2JS.MULTILINE),
    names: Object.entries(line.namedGroups())
      .sort(([, a], [, b]) => a - b)
      .map(([name]) => name),
  };
}
