import { filesAmong, type NamedFile } from './namedFile.js';

/** A word, and what a flag or a variable in it is given: `--config=a.yaml`. */
function pathsIn(word: string): string[] {
  const at = word.indexOf('=');
  return at < 0 ? [word] : [word, word.slice(at + 1)];
}

/**
 * The regular files that a command names, in the order of its words: whole words, and what stands behind `=`. The program is one
 * of them if it is given as a path (`./train.sh`); one that is looked up is told by its version.
 *
 * @param cwd where the command runs
 */
export function namedFiles(words: readonly string[], cwd: string): NamedFile[] {
  const [program = '', ...rest] = words;
  return filesAmong([...(/[/\\]/.test(program) ? [program] : []), ...rest.flatMap(pathsIn)], cwd);
}
