import { describe, expect, test } from 'vitest';
import { causesOf, otherCauses } from '../../src/analysis/causes.js';
import { changedInputs, planDifferences } from '../../src/analysis/planDifferences.js';
import { differingLine, differingParts, hasSameStdout } from '../../src/analysis/programDifferences.js';
import { createVerifier } from '../../src/analysis/verify.js';
import type { CommandExperiment } from '../../src/experiment/experiment.js';
import type { NamedFile } from '../../src/provenance/namedFile.js';
import { hashText } from '../../src/run/hashText.js';
import { planRun } from '../../src/run/plan.js';
import type { ProgramRepeat, TracedRepeat } from '../../src/run/record.js';
import { articleWith, commandWith, moduleWith } from '../experiments.js';

/** A repeat that printed this, and as much more as is not kept. */
function repeat(
  parts: Partial<ProgramRepeat> & { printed?: string; lost?: number; score?: number } = {},
): TracedRepeat {
  const { printed = '', lost = 0, score = 1, ...others } = parts;
  return {
    ...{ index: 0, score, hash: hashText(JSON.stringify([others, score])), trace: undefined },
    program: {
      ...{ seed: 1, failure: null, metrics: { loss: score }, artifacts: {}, exitCode: 0, elapsed: 1, attempts: 1 },
      output: { bytes: Buffer.byteLength(printed) + lost, sha256: hashText(printed), stdout: printed, stderr: '' },
      ...others,
    },
  };
}

describe('what differs between two executions of a program', () => {
  test('are further metrics and artifacts, by their names; the score is told elsewhere', () => {
    const a = repeat({
      score: 1,
      metrics: { loss: 1, acc: 0.5, auc: Number.NaN },
      artifacts: { m: 'aa', n: null, o: 'cc' },
    });
    const b = repeat({
      score: 2,
      metrics: { loss: 2, acc: 0.25, auc: Number.NaN },
      artifacts: { m: 'bb', n: 'dd', o: 'cc' },
    });
    expect(differingParts(a, b)).toEqual([
      { name: 'acc', kind: 'metric', values: [0.5, 0.25] },
      { name: 'm', kind: 'artifact', values: ['aa', 'bb'] },
      { name: 'n', kind: 'artifact', values: [null, 'dd'] },
    ]);
    expect(differingParts(a, a)).toEqual([]);
  });

  test('are told though the score is not the first, as where others have numbers for names', () => {
    const a = repeat({ score: 1, metrics: { score: 1, 7: 0.5 } });
    const b = repeat({ score: 2, metrics: { score: 2, 7: 0.25 } });
    expect(Object.keys(a.program?.metrics ?? {})).toEqual(['7', 'score']);
    expect(differingParts(a, b)).toEqual([{ name: '7', kind: 'metric', values: [0.5, 0.25] }]);
  });

  test('are 0 and −0, as their bits do', () => {
    const [a, b] = [0, -0].map((acc) => repeat({ metrics: { loss: 1, acc } }));
    expect(differingParts(a as TracedRepeat, b as TracedRepeat)).toHaveLength(1);
  });

  test('is what only one of them has', () => {
    const [a, b] = [repeat({ metrics: { loss: 1, acc: 1 } }), repeat({ metrics: { loss: 1 } })];
    expect(differingParts(a, b)).toEqual([{ name: 'acc', kind: 'metric', values: [1, null] }]);
    expect(differingParts(b, a)).toEqual([{ name: 'acc', kind: 'metric', values: [null, 1] }]);
  });

  test('is nothing where there is no program', () => {
    const { program: _, ...network } = repeat();
    expect([differingParts(network, repeat()), differingLine(network, repeat())]).toEqual([[], null]);
  });
});

describe('where the stdout of two executions parts', () => {
  test.each<[one: string, other: string, line: number, texts: [string | null, string | null]]>([
    ['a\nb\nc', 'a\nx\nc', 2, ['b', 'x']],
    ['a\n', 'a', 2, ['', null]],
    ['a', 'a\nb', 2, [null, 'b']],
    ['', 'a', 1, ['', 'a']],
    ['a\r\n', 'a\n', 1, ['a\r', 'a']],
  ])('%j and %j: line %d', (one, other, line, texts) => {
    const [a, b] = [repeat({ printed: one }), repeat({ printed: other })];
    expect(differingLine(a, b)).toEqual({ line, texts });
    expect(hasSameStdout(a, b)).toBe(false);
  });

  test('is not said where they agree, or where not all was kept: nobody knows which line that is', () => {
    expect(differingLine(repeat({ printed: 'a\nb' }), repeat({ printed: 'a\nb' }))).toBeNull();
    expect(differingLine(repeat({ printed: 'a', lost: 9 }), repeat({ printed: 'b' }))).toBeNull();
    expect(differingLine(repeat({ printed: 'a' }), repeat({ printed: 'b', lost: 9 }))).toBeNull();
  });
});

describe('a verifier of programs', () => {
  test('counts other output apart: it is no result', () => {
    const verifier = createVerifier(undefined);
    const same = { metrics: { loss: 1 } };
    verifier.add(repeat({ ...same, printed: 'x' }), repeat({ ...same, printed: 'x' }));
    verifier.add(
      { ...repeat({ ...same, printed: 'at 10:00' }), index: 1 },
      { ...repeat({ ...same, printed: 'at 10:01' }), index: 1 },
    );
    verifier.add(
      { ...repeat({ ...same, printed: 'at 10:02' }), index: 2 },
      { ...repeat({ ...same, printed: 'at 10:03' }), index: 2 },
    );
    const { identical, divergence, stdout } = verifier.result([]);
    expect({ identical, divergence }).toEqual({ identical: 3, divergence: null });
    expect(stdout).toEqual({
      repeats: 2,
      first: { repeat: 1, line: { line: 1, texts: ['at 10:00', 'at 10:01'] } },
    });
  });

  test('names the artifact where the scores agree', () => {
    const verifier = createVerifier(undefined);
    verifier.add(repeat({ artifacts: { 'model.bin': 'aa' } }), repeat({ artifacts: { 'model.bin': 'bb' } }));
    const { identical, identicalScores, divergence } = verifier.result([]);
    expect({ identical, identicalScores }).toEqual({ identical: 0, identicalScores: 1 });
    expect(divergence?.parts).toEqual([{ name: 'model.bin', kind: 'artifact', values: ['aa', 'bb'] }]);
  });

  test('has nothing to say of the output of networks', () => {
    const verifier = createVerifier(undefined);
    const { program: _, ...network } = repeat();
    verifier.add(network, network);
    expect(verifier.result([]).stdout).toBeNull();
  });
});

describe('why a program may differ', () => {
  const causeOf = (parts: Partial<CommandExperiment>) => otherCauses(planRun(commandWith(parts)))[0]?.cause;

  test('is that its run has no seed, before all else', () => {
    expect(causesOf(planRun(commandWith({ seed: null })))).toEqual([
      { cause: 'the run has no seed: each execution draws its own', remedy: expect.stringContaining('--seed 1') },
    ]);
    expect(causesOf(planRun(commandWith()))).toEqual([]);
    expect(causesOf(planRun(moduleWith()))).toEqual([]);
  });

  test('is that nobody hands it the seed, which it may find in its environment alone', () => {
    expect(causeOf({ command: ['train'] })).toMatch(/^the command has no \{seed\}/);
    expect(causeOf({ command: ['train', '--seed={seed}'] })).toMatch(/^the program has randomness/);
    expect(causeOf({ command: ['train'], env: { SEED: '{seed}', OLD: null } })).toMatch(/^the program has randomness/);
  });

  test('is that its score is a time', () => {
    expect(causeOf({ metrics: [{ from: 'time', name: 'time' }] })).toBe('the score is a time, which no seed decides');
  });

  test('is of a module what it draws from elsewhere', () => {
    const [cause] = otherCauses(planRun(moduleWith({ module: 'a.mjs' })));
    expect(cause?.cause).toMatch(/^a\.mjs uses randomness that is not its own: Math\.random/);
  });
});

describe('plans that name files', () => {
  const file = (path: string, sign: string, bytes = 1): NamedFile => ({ path, sha256: sign.repeat(64), bytes });
  const plan = (...inputs: NamedFile[]) => planRun(commandWith(), { inputs });

  test('differ where a file that both name has changed', () => {
    const [now, before] = [plan(file('a.py', 'a'), file('b.csv', 'b')), plan(file('a.py', 'a'), file('b.csv', 'c'))];
    expect(changedInputs(now, before)).toEqual(['b.csv']);
    expect(planDifferences(now, before)).toEqual(['b.csv has changed']);
  });

  test('do not differ by a file that only one of them knows: the runs may write it', () => {
    expect(planDifferences(plan(file('a.py', 'a')), plan())).toEqual([]);
    expect(planDifferences(plan(), plan(file('a.py', 'a')))).toEqual([]);
    expect(planDifferences(plan(file('b.py', 'b'), file('a.py', 'a')), plan(file('a.py', 'a')))).toEqual([]);
  });

  test('are compared by size and time where a file is too large for a hash', () => {
    const large = (modified: string): NamedFile => ({ path: 'x', sha256: null, bytes: 2 ** 33, modified });
    expect(planDifferences(plan(large('2026-01-01')), plan(large('2026-01-01')))).toEqual([]);
    expect(planDifferences(plan(large('2026-01-01')), plan(large('2026-01-02')))).toEqual(['x has changed']);
  });

  test('say what else differs: a word, a variable, a kind', () => {
    const differences = (parts: Partial<CommandExperiment>) =>
      planDifferences(planRun(commandWith(parts)), planRun(commandWith()));
    expect(differences({ command: ['train', '{seed}', '-v'] })).toEqual(['command.2 is "-v", was absent']);
    expect(differences({ env: { LR: '0.1' } })).toEqual(['env.LR is "0.1", was absent']);
    expect(differences({ name: 'other', description: 'x' })).toEqual([]);
    expect(planDifferences(planRun(moduleWith()), planRun(articleWith()))).toContain('kind is "module", was "network"');
  });
});
