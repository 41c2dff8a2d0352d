import { readdirSync } from 'node:fs';
import { filesAmong, type NamedFile } from './namedFile.js';

/** Where package managers write down which versions a program gets. */
const LOCK_FILE =
  /^(?:requirements.*\.txt|pyproject\.toml|poetry\.lock|uv\.lock|Pipfile\.lock|conda-lock\.yml|environment\.ya?ml|renv\.lock|package-lock\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|Cargo\.lock|go\.sum|Manifest\.toml)$/;

/** The files in a folder that stand for the versions of libraries, by name. */
export function lockFiles(cwd: string): NamedFile[] {
  try {
    const names = readdirSync(cwd).filter((name) => LOCK_FILE.test(name));
    return filesAmong(names.sort(), cwd);
  } catch {
    return [];
  }
}
