import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Condition, parseCondition } from '../analysis/condition.js';
import { parseTolerance, type Tolerance } from '../analysis/tolerance.js';
import { ReproError } from '../errors.js';
import { shownPath } from '../experiment/find.js';
import type { CheckFlags } from './flags.js';
import type { Io } from './io.js';

/** A baseline's file. */
export interface BaselineFile {
  /** Absolute. */
  readonly path: string;
  readonly shown: string;
}

/** What is to be checked, as the flags ask for it. */
export interface CheckSettings {
  readonly conditions: readonly Condition[];
  readonly tolerance: Tolerance | undefined;
  /** The baseline's file; undefined where two executions are compared. */
  readonly file: BaselineFile | undefined;
  /** Whether the baseline is to be written. */
  readonly records: boolean;
  readonly statistical: boolean;
}

/** CI systems set it. */
function isCi({ env }: Io): boolean {
  const value = env['CI'] ?? '';
  return value !== '' && value !== 'false' && value !== '0';
}

/** @throws ReproError for flags that make no sense together, and in CI for a baseline that there is not */
export function checkSettings(flags: CheckFlags, io: Io): CheckSettings {
  const { baseline, update = false, statistical = false } = flags;
  for (const [flag, given] of [
    ['--update', update],
    ['--statistical', statistical],
  ] as const) {
    if (given && baseline === undefined) throw new ReproError(`${flag} needs a baseline: --baseline FILE`);
  }
  if (statistical && flags.tolerance !== undefined) {
    throw new ReproError(
      '--statistical compares no scores one by one, so that --tolerance says nothing; leave one out',
    );
  }
  const path = baseline === undefined ? undefined : resolve(io.cwd(), baseline);
  const file = path === undefined ? undefined : { path, shown: shownPath(path, io.cwd()) };
  const missing = file !== undefined && !existsSync(file.path);
  if (missing && !update && isCi(io)) {
    throw new ReproError(`there is no baseline ${file.shown}, and in CI none is recorded`, {
      hint: 'record it on your machine, with the same command, and commit it',
    });
  }
  return {
    conditions: flags.require.map(parseCondition),
    tolerance: flags.tolerance === undefined ? undefined : parseTolerance(flags.tolerance),
    file,
    records: update || missing,
    statistical,
  };
}
