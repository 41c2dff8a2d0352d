import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  Parser,
  parseDocument,
  visit,
} from 'yaml';
import { ReproError } from '../errors.js';
import { printable } from '../text/printable.js';

type Path = readonly (string | number)[];

/** YAML 1.2, core schema, whatever a file says: no dates, sets or bytes; and no warnings on stderr. */
export const YAML_OPTIONS = {
  version: '1.2',
  schema: 'core',
  resolveKnownTags: false,
  merge: false,
  uniqueKeys: true,
  prettyErrors: false,
  logLevel: 'error',
} as const;

const MOST_ALIASES = 100;

const DEEPEST = 100;

/**
 * Whether YAML holds parts within parts beyond measure. Asked before it is composed, which recurses: at the end of the stack V8
 * may abort the process (seen in Node 20.20, yaml 2.9, at 3,000 brackets) where it could throw.
 */
export function isNestedTooDeeply(text: string): boolean {
  const rest: { token: unknown; depth: number }[] = [...new Parser().parse(text)].map((token) => ({ token, depth: 0 }));
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { depth } = next;
    if (depth > DEEPEST) return true;
    const { value, items } = next.token as { value?: unknown; items?: readonly { key?: unknown; value?: unknown }[] };
    if (typeof value === 'object' && value !== null) rest.push({ token: value, depth });
    for (const item of items ?? []) {
      for (const token of [item.key, item.value]) if (token) rest.push({ token, depth: depth + 1 });
    }
  }
  return false;
}

interface Place {
  /** From the beginning of the file. */
  readonly offset: number;
  /** `line:column`, from 1; empty where there are no lines. */
  readonly text: string;
  /** How many keys of the path the file has. */
  readonly depth: number;
}

/** A parsed file that knows where everything stands. */
export interface Source {
  readonly data: Record<string, unknown>;
  /** Of a value, of its key if `key`, or of the innermost part around it that is there. */
  place(path: Path, key?: boolean): Place;
}

/**
 * Parses a YAML or JSON file that holds a map.
 *
 * @throws ReproError `file:line:column …` for whatever is no such file
 */
export function parseSource(text: string, file: string): Source {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return line === 0 ? '1:1' : `${line}:${col}`;
  };
  const fail = (offset: number, message: string, cause?: unknown) =>
    new ReproError(`${file}:${at(offset)} ${printable(message)}`, { cause });
  if (isNestedTooDeeply(text)) throw fail(0, 'is nested too deeply');
  const document = parseDocument(text, { ...YAML_OPTIONS, lineCounter: lines });
  const { contents } = document;
  const problems = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  const syntax = problems.find(({ code }) => code !== 'DUPLICATE_KEY');
  if (syntax) {
    const message = SYNTAX[syntax.code] ?? (syntax.message.split('\n')[0] as string);
    throw fail(syntax.pos[0], message + placeholderRemedy(text, syntax.pos[0]), syntax);
  }
  if (problems.length > 0) {
    const twice = problems.map(({ pos }) => fail(pos[0], `the key ${keyAt(text, pos[0])} stands there twice`).message);
    throw new ReproError(twice.join('\n'));
  }
  if (contents === null || (isScalar(contents) && contents.value === null && !contents.source)) {
    throw fail(0, 'is empty');
  }
  if (!isMap(contents)) throw fail(contents.range[0], "must be a map of an experiment's parts");
  let first: number | undefined;
  visit(document, {
    Alias(_, alias, around) {
      first ??= alias.range?.[0];
      const target = alias.resolve(document);
      if (!target) throw fail(alias.range?.[0] ?? 0, `nothing above is called &${alias.source}`);
      if (around.includes(target)) throw fail(alias.range?.[0] ?? 0, `&${alias.source} holds itself`);
    },
  });
  for (const key of WORD_KEYS) asWritten(contents.get(key, true));
  let data: Record<string, unknown>;
  try {
    data = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw fail(first ?? 0, `too many aliases: they repeat more than ${MOST_ALIASES} parts`, error);
  }
  const resolved = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  return {
    data,
    place(path, key = false) {
      let node: unknown = contents;
      let offset = contents.range?.[0] ?? 0;
      let depth = 0;
      for (const part of path) {
        const inside = resolved(node);
        const pair = isMap(inside) ? pairOf(inside.items, part) : undefined;
        const next: unknown = pair ? (pair.value ?? pair.key) : isSeq(inside) ? inside.items[Number(part)] : undefined;
        if (!isNode(next)) break;
        depth += 1;
        const target = key && depth === path.length && isNode(pair?.key) ? pair.key : next;
        offset = (target as Node).range?.[0] ?? offset;
        node = next;
      }
      return { offset, text: at(offset), depth };
    },
  };
}

/** Parts of an experiment that programs get as texts. */
export const WORD_KEYS: readonly string[] = ['command', 'setup', 'cleanup', 'env'];

/** Makes texts of the numbers and truths within a part: `1.10` is no 1.1 to a program. */
export function asWritten(part: unknown): void {
  if (!isNode(part)) return;
  visit(part, {
    Scalar(key, scalar) {
      const isWord = typeof scalar.value === 'number' || typeof scalar.value === 'boolean';
      if (isWord && key !== 'key' && scalar.source !== undefined) scalar.value = scalar.source;
    },
  });
}

const SYNTAX: Partial<Record<string, string>> = {
  MULTIPLE_DOCS: 'must be one document, and another begins here',
};

/** What to do where `{seed}` or `{repeat}` stands on a line that is no YAML: a brace begins a map there. */
function placeholderRemedy(text: string, offset: number): string {
  const begin = text.lastIndexOf('\n', offset - 1) + 1;
  const [line = ''] = text.slice(begin).split('\n', 1);
  const [placeholder] = /\{(seed|repeat)\}/.exec(line) ?? [];
  return placeholder === undefined ? '' : `; a word with ${placeholder} must be in quotes`;
}

/** A key as it is written, in double quotes. */
function keyAt(text: string, offset: number): string {
  const [written = ''] = /^("(\\.|[^"\\])*"|'[^']*'|[^\s:,{}]*)/.exec(text.slice(offset)) ?? [];
  return `"${written.replace(/^(["'])(.*)\1$/s, '$2')}"`;
}

function pairOf(items: readonly unknown[], key: string | number): Pair | undefined {
  const named = (item: unknown): item is Pair =>
    isPair(item) && isScalar(item.key) && String(item.key.value ?? '') === String(key);
  return items.find(named);
}
