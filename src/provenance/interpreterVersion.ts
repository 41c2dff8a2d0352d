import { basename } from 'node:path';
import { answer, type Environment } from './answer.js';
import { redact } from './secrets.js';

/** Programs that are known to answer `--version` and do nothing else. */
const INTERPRETER = /^(?:python(?:\d+(?:\.\d+)*t?)?|node|Rscript|R|julia|ruby|perl|bun|deno|java)(?:\.exe)?$/;

/** Characters of a version that are kept. */
const LONGEST = 200;

function firstLine(text: string): string | undefined {
  return text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '');
}

/**
 * The version of an interpreter, as the first line that `PROGRAM --version` prints.
 *
 * @param program a name to be found in `env.PATH`, or a path from `cwd`
 * @returns null for a program that is not known by its name, as it may do anything when asked, and for one that does not answer
 *   in 2 s
 */
export async function interpreterVersion(program: string, cwd: string, env: Environment): Promise<string | null> {
  if (!INTERPRETER.test(basename(program))) return null;
  const said = await answer(program, ['--version'], cwd, env);
  const line = said && (firstLine(said.stdout) ?? firstLine(said.stderr));
  return line ? redact(line).slice(0, LONGEST) : null;
}
