import type { Experiment } from '../experiment/experiment.js';
import { shownCommand } from '../experiment/shownCommand.js';
import { redactCommand } from '../provenance/redactCommand.js';
import { redactEnvironment } from '../provenance/redactEnvironment.js';
import { redactValue } from '../provenance/redactValue.js';
import { redact } from '../provenance/secrets.js';

/** An experiment without what looks like a secret; itself where there is none. */
export function withoutSecrets<Told extends Experiment>(experiment: Told): Told {
  if (experiment.kind === 'network') return experiment;
  if (experiment.kind === 'module') {
    const parameters = redactValue(experiment.with) as typeof experiment.with;
    return parameters === experiment.with ? experiment : { ...experiment, with: parameters };
  }
  const { name, command, setup, cleanup, env } = experiment;
  const commands = [command, setup, cleanup].map((words) => words && redactCommand(words));
  const variables = redactEnvironment(
    Object.fromEntries(Object.entries(env).flatMap(([key, value]) => (value === null ? [] : [[key, value]]))),
  );
  if (!variables.redacted && commands.every((each) => !each?.redacted)) return experiment;
  const [own, before, after] = commands.map((each) => each?.words);
  return {
    ...experiment,
    name: name === shownCommand(command) ? shownCommand(own ?? []) : redact(name),
    ...{ command: own ?? [], setup: before ?? null, cleanup: after ?? null, env: { ...env, ...variables.env } },
  };
}
