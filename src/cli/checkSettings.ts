import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Condition, parseCondition } from '../analysis/condition.js';
import type { DriftLimits } from '../analysis/judgeDrift.js';
import { parseTolerance, type Tolerance } from '../analysis/tolerance.js';
import { ReproError } from '../errors.js';
import { shownPath } from '../experiment/find.js';
import type { CheckFlags } from './flags.js';
import type { Io } from './io.js';
import { spareInputs } from './spareInputs.js';
import { writing } from './writeText.js';

/** Limits of a drift, where none are given: one in twenty, and whatever is significant. */
const ALPHA = 0.05;
const MIN_EFFECT = 0.5;

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
  /** Undefined where bits are compared. */
  readonly drift: DriftLimits | undefined;
}

/** A number of which `fits` holds, as `range` describes. */
function limit(flag: string, value: number, range: string, fits: (value: number) => boolean): number {
  if (fits(value)) return value;
  throw new ReproError(`${flag} must be a number ${range}, got ${value}`);
}

function driftOf({ statistical, alpha, minEffect }: CheckFlags): DriftLimits | undefined {
  const limits = {
    alpha: limit('--alpha', alpha ?? ALPHA, 'between 0 and 1', (p) => p > 0 && p < 1),
    minEffect: limit('--min-effect', minEffect ?? MIN_EFFECT, 'from 0.5 to 1', (p) => p >= 0.5 && p <= 1),
  };
  if (statistical) return limits;
  for (const [flag, value] of Object.entries({ '--alpha': alpha, '--min-effect': minEffect })) {
    if (value !== undefined) throw new ReproError(`${flag} is for --statistical; give both or neither`);
  }
  return undefined;
}

/**
 * The file behind a name, and behind a link.
 *
 * @throws ReproError for what is no regular file, and for one that an output would replace
 */
function baselineFile(name: string, flags: CheckFlags, cwd: string): BaselineFile {
  const given = resolve(cwd, name);
  const shown = shownPath(given, cwd);
  spareInputs([given], 'the baseline', flags, cwd);
  if (!existsSync(given)) return { path: given, shown };
  const path = realpathSync(given);
  const stat = statSync(path);
  if (stat.isDirectory()) throw new ReproError(`cannot read ${shown}: it is a folder`);
  if (!stat.isFile()) throw new ReproError(`cannot read ${shown}: it is no regular file`);
  return { path, shown };
}

/** A baseline is replaced as a whole, by a file beside it. */
function checkWritable({ path, shown }: BaselineFile, missing: boolean): void {
  writing(shown, () => accessSync(dirname(path), constants.W_OK));
  if (!missing) writing(shown, () => accessSync(path, constants.W_OK));
}

/** CI systems set it. */
function isCi({ env }: Io): boolean {
  const value = env['CI'] ?? '';
  return value !== '' && value !== 'false' && value !== '0';
}

/** @throws ReproError for flags that make no sense together, and in CI for a baseline that there is not */
export function checkSettings(flags: CheckFlags, io: Io): CheckSettings {
  const { baseline, update = false, statistical = false } = flags;
  for (const [flag, given] of Object.entries({ '--update': update, '--statistical': statistical })) {
    if (given && baseline === undefined) throw new ReproError(`${flag} needs a baseline: --baseline FILE`);
  }
  if (statistical && flags.tolerance !== undefined) {
    throw new ReproError(
      '--statistical compares no scores one by one, so that --tolerance says nothing; leave one out',
    );
  }
  const file = baseline === undefined ? undefined : baselineFile(baseline, flags, io.cwd());
  const missing = file !== undefined && !existsSync(file.path);
  if (missing && !update && isCi(io)) {
    throw new ReproError(`there is no baseline ${file.shown}, and in CI none is recorded`, {
      hint: 'record it on your machine, with the same command, and commit it',
    });
  }
  if (file && (update || missing)) checkWritable(file, missing);
  return {
    conditions: (flags.require ?? []).map(parseCondition),
    tolerance: flags.tolerance === undefined ? undefined : parseTolerance(flags.tolerance),
    file,
    records: update || missing,
    drift: driftOf(flags),
  };
}
