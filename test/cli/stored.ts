import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repro } from './command.js';

/** A program whose score is its seed's, which sends whoever runs it a signal at some repeats, the first time that they are executed. */
const PROGRAM = `
for pair in $SIGNALS; do
  repeat=\${pair%:*}
  if [ "$REPRO_REPEAT" = "$repeat" ] && [ ! -e "seen-$repeat" ]; then
    : > "seen-$repeat"
    kill -\${pair#*:} $PPID
    sleep 0.2
  fi
done
echo "loss: 0.$1"
echo "made of $REPRO_SEED" >&2
`;

/** The words behind `repro run` that execute it. */
export const program = ['--metric', 'loss', '--', 'sh', 'program.sh', '{seed}'];

/** A folder with the program in it, and a store of its own as soon as something is executed there. */
export function storeFolder() {
  const cwd = mkdtempSync(join(tmpdir(), 'repro-stored-'));
  const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
  write('program.sh', PROGRAM);
  const runs = join(cwd, '.repro', 'runs');
  return {
    ...{ cwd, write },
    repro: (args: readonly string[], env: Record<string, string> = {}) => repro(args, { cwd, env }),
    /** The journals, the oldest first. */
    journals: () =>
      readdirSync(runs)
        .filter((name) => name.endsWith('.jsonl'))
        .sort()
        .map((name) => join(runs, name)),
    ids: () => repro(['runs', '-f', 'plain'], { cwd }).stdout.trim().split('\n'),
    listed: () => JSON.parse(repro(['runs', '-f', 'json'], { cwd }).stdout).runs,
  };
}
