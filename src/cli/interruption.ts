/** Signals that ask a process to end, and the exit codes that shells know them by. */
const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

type Name = keyof typeof CODES;

const NAMES = Object.keys(CODES) as Name[];

/** What signals do to a run: the first ends it in order, the second this process, at once. */
export interface Interruption {
  /** The exit code of the signal that came; undefined where none did. */
  exitCode(): number | undefined;
  /** Lets signals do what they always do. */
  release(): void;
}

/** Ends a command that a signal has ended in order. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly exitCode: number) {
    super('interrupted');
  }
}

/** Whether an error is an Interrupted, of whichever bundle: each has its own copy of the class. */
export function isInterrupted(error: unknown): error is Interrupted {
  return error instanceof Error && error.name === 'Interrupted';
}

/** @param onFirst ends what is under way, in order */
export function listenToSignals(onFirst: () => void): Interruption {
  let came: Name | undefined;
  const release = () => {
    for (const name of NAMES) process.off(name, listen);
  };
  const listen = (name: NodeJS.Signals) => {
    if (came === undefined) {
      came = name as Name;
      onFirst();
    } else {
      release();
      process.kill(process.pid, name);
    }
  };
  for (const name of NAMES) process.on(name, listen);
  return { exitCode: () => came && CODES[came], release };
}
