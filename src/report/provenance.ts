import type { NamedFile } from '../provenance/namedFile.js';
import type { Circumstances, RunPlan } from '../run/record.js';
import { printable } from '../text/printable.js';
import { formatNumber } from './number.js';
import type { FigureRow, FiguresBlock } from './report.js';

const DIGITS = 4;
const GIBIBYTE = 2 ** 30;

/** A file by its content, or what is known of one that is too large to be hashed. */
function fileText({ path, sha256, bytes, modified }: NamedFile): string {
  const content = sha256 === null ? `last changed ${modified ?? 'at some time'}` : `SHA-256 ${sha256}`;
  return printable(`${path}, ${bytes === 1 ? '1 byte' : `${bytes} bytes`}, ${content}`);
}

function gitText(git: Circumstances['git']): string {
  if (!git) return 'no repository';
  const { commit, branch, dirty } = git;
  const state = dirty === null ? 'changes unknown' : dirty ? 'with changes' : 'clean';
  return printable([commit ?? 'no commit', branch === null ? 'no branch' : `on ${branch}`, state].join(', '));
}

function processorText({ processor, cores, memory }: Circumstances): string {
  const size = memory === null ? [] : [`${formatNumber(memory / GIBIBYTE, DIGITS)} GiB`];
  return printable([processor, ...(cores === null ? [] : [`${cores} cores`]), ...size].join(', '));
}

/** Where a run is kept, and where its experiment is. */
export interface KeptAs {
  readonly id: string;
  readonly folder: string;
}

/**
 * What explains a run: when and where it was executed, by what, and the files that it depends on.
 *
 * @param ended whether it is known how long it took
 */
export function provenance(
  { inputs }: RunPlan,
  circumstances: Circumstances,
  { id, folder }: KeptAs,
  ended: boolean,
): FiguresBlock {
  const { tool, engine, platform, git, interpreter, libraries, variables, startedAt, elapsed, threads } = circumstances;
  const many = (name: string, texts: readonly string[]) => texts.map((text): FigureRow => [name, text]);
  const seconds = `${formatNumber(elapsed, DIGITS)} s, ${threads === 1 ? '1' : threads} at once`;
  return {
    kind: 'figures',
    rows: [
      ['run', id],
      ['started', printable(startedAt)],
      ...many('took', ended ? [seconds] : []),
      ['folder', printable(folder)],
      ...many('input', inputs.map(fileText)),
      ['git', gitText(git)],
      ...many('interpreter', interpreter === null ? [] : [printable(interpreter)]),
      ...many('libraries', libraries.map(fileText)),
      ['tool', printable(tool)],
      ['engine', printable(engine)],
      ['platform', printable(platform)],
      ['processor', processorText(circumstances)],
      ...many(
        'variable',
        Object.entries(variables).map(([name, value]) => printable(`${name}=${value}`)),
      ),
    ],
  };
}
