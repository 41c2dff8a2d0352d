import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without types, so that any Node runs it as it is.
import * as matrix from './engines.mjs';

interface Engine {
  name: string;
  reason?: string;
}
type Column = ({ digest?: string; failure?: string } | null)[];

const cli = new URL('../dist/repro.cjs', import.meta.url);
// An emulated engine needs seconds for each start.
const patience = 600_000;
const findEngines: () => Promise<Engine[]> = matrix.findEngines;
const runEngine: (engine: Engine) => Promise<Column> = matrix.runEngine;
const differences: (engines: Engine[], columns: Column[]) => string[] = matrix.findDifferences;
const known: string[] = matrix.installable.map(({ name }: Engine) => name);

const engines = await findEngines();
const here = engines[0]!;
const others = [...new Set([...known, ...engines.slice(1).map(({ name }) => name)])];
let ofThis: Promise<Column> | undefined;

/** This engine's digests, which all tests hold theirs against; run once. */
function digestsHere(): Promise<Column> {
  if (!existsSync(cli)) throw new Error('dist/repro.cjs is missing: run `npm run build` first');
  ofThis ??= runEngine(here);
  return ofThis;
}

it('a run has one digest on one, two and seven threads of this engine', { timeout: patience }, async () => {
  expect(differences([here], [await digestsHere()])).toEqual([]);
});

it.for(others)('%s prints the digests of this engine', { timeout: patience }, async (name, { skip }) => {
  const engine = engines.find((each) => each.name === name);
  if (!engine) return skip(`not installed; node test/engines.mjs --install ${name}`);
  if (engine.reason) return skip(`does not start here: ${engine.reason}`);
  const columns = [await digestsHere(), await runEngine(engine)];
  expect(differences([here, engine], columns)).toEqual([]);
});

it.runIf(process.env['CI'])('CI holds at least two engines against each other', () => {
  expect(engines.filter(({ reason }) => !reason).length).toBeGreaterThanOrEqual(2);
});
