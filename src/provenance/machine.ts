import { arch, cpus, platform, release, totalmem } from 'node:os';

/** What a run is executed on; not which one of its kind: no name, no address. */
export interface Machine {
  /** As Node calls it: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /** Of the operating system. */
  readonly release: string;
  /** As Node calls it: `x64`, `arm64`. */
  readonly arch: string;
  readonly processor: string;
  /** Logical ones, of the whole machine. */
  readonly cores: number;
  /** Bytes, of the whole machine. */
  readonly memory: number;
}

export function machine(): Machine {
  const processors = cpus();
  return {
    platform: platform(),
    release: release(),
    arch: arch(),
    processor: processors[0]?.model.trim() || 'unknown',
    cores: processors.length,
    memory: totalmem(),
  };
}
