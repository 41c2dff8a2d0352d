import type { Experiment } from '../experiment/experiment.js';
import { shownCommand } from '../experiment/shownCommand.js';
import { redactCommand } from '../provenance/redactCommand.js';
import { redactValue } from '../provenance/redactValue.js';
import type { RunPlan } from './record.js';

type Commands = readonly (readonly string[] | null)[];

/** Commands, in which a flag tells what the word behind it is. */
function commandsOf(experiment: Experiment): Commands {
  return experiment.kind === 'command' ? [experiment.command, experiment.setup, experiment.cleanup] : [];
}

function experimentWithoutSecrets(experiment: Experiment): Experiment {
  if (experiment.kind !== 'command') return redactValue(experiment);
  const [command = [], setup = null, cleanup = null] = commandsOf(experiment).map((words) => {
    const told = words && redactCommand(words);
    return told?.redacted ? told.words : words;
  });
  // A command without a name is called by its words.
  const isNamed = experiment.name !== shownCommand(experiment.command);
  const name = isNamed ? experiment.name : shownCommand(command ?? []);
  const changed = !(command === experiment.command && setup === experiment.setup && cleanup === experiment.cleanup);
  return redactValue(changed ? { ...experiment, name, command: command ?? [], setup, cleanup } : experiment);
}

/** Words that are told otherwise than they are. */
function hiddenWords(commands: Commands, told: Commands): string[] {
  return commands.flatMap((words, at) => (words ?? []).filter((word, i) => word !== told[at]?.[i]));
}

/** Parts that say what an experiment is, and are not executed. */
const UNEXECUTED = new Set(['name', 'description']);

/** Whether all that is executed of an experiment is told as it is. */
function isWhole(experiment: Experiment, told: Experiment): boolean {
  const parts = new Map<string, unknown>(Object.entries(told));
  return Object.entries(experiment).every(([key, part]) => UNEXECUTED.has(key) || part === parts.get(key));
}

/** Of plans that were searched. */
const searched = new WeakMap<RunPlan, RunPlan>();

/**
 * A plan without what looks like a secret, whatever text it stands in: `redacted` where that is executed, so that the plan cannot be.
 *
 * @returns the plan itself where there is none
 */
export function withoutSecrets(plan: RunPlan): RunPlan {
  const known = searched.get(plan);
  if (known) return known;
  const told = search(plan);
  // What was told once is searched no more.
  searched.set(plan, told).set(told, told);
  return told;
}

function search(plan: RunPlan): RunPlan {
  const experiment = experimentWithoutSecrets(plan.experiment);
  const seed = redactValue(plan.seed);
  const hidden = hiddenWords(commandsOf(plan.experiment), commandsOf(experiment));
  const named = plan.inputs.filter(({ path }) => !hidden.some((word) => word === path || word.endsWith(`=${path}`)));
  const inputs = redactValue(named.length < plan.inputs.length ? named : plan.inputs);
  if (experiment === plan.experiment && seed === plan.seed && inputs === plan.inputs) return plan;
  const isExecutable = isWhole(plan.experiment, experiment) && seed === plan.seed && inputs === plan.inputs;
  return { ...plan, experiment, seed, inputs, ...(isExecutable ? {} : { redacted: true }) };
}
