import { arch, cpus, platform, release } from 'node:os';
import { packageVersion } from '../packageRoot.js';
import type { Circumstances } from './record.js';

/** What explains a run. */
export function circumstances(startedAt: Date, endedAt: Date, threads: number): Circumstances {
  return {
    tool: `repro ${packageVersion()}`,
    engine: process.versions['bun'] ? `bun ${process.versions['bun']}` : `node ${process.versions.node}`,
    platform: `${platform()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    startedAt: startedAt.toISOString(),
    elapsed: (endedAt.getTime() - startedAt.getTime()) / 1000,
    threads,
  };
}
