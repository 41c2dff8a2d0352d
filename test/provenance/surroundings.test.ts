import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chosenEnvironment } from '../../src/provenance/chosenEnvironment.js';
import { interpreterVersion } from '../../src/provenance/interpreterVersion.js';
import { machine } from '../../src/provenance/machine.js';
import { temporaryFolder } from '../experiment/folder.js';

const folder = temporaryFolder();

/** Makes a program in the folder, as a shell does it. */
function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}
const versionOf = (name: string) => interpreterVersion(name, folder, { PATH: folder });

describe('the version of an interpreter', () => {
  test('is what the program says that runs this test', async () => {
    expect(basename(process.execPath)).toBe('node');
    expect(await interpreterVersion(process.execPath, folder, process.env)).toBe(process.version);
    expect(await interpreterVersion('node', folder, process.env)).toMatch(/^v\d+\.\d+\.\d+$/);
  });

  test('is the first line that says something, on stdout or else on stderr', async () => {
    program('perl', 'echo; echo " This is perl 5 "; echo more; echo err >&2');
    expect(await versionOf('perl')).toBe('This is perl 5');
    program('Rscript', 'echo "Rscript 4.2.2" >&2');
    expect(await versionOf('Rscript')).toBe('Rscript 4.2.2');
  });

  test.each(['python', 'python3', 'python3.11', 'python3.13t', 'R', 'julia', 'ruby', 'bun', 'deno', 'java'])(
    '%s is asked by --version',
    async (name) => {
      program(name, 'echo "$# $1"');
      expect(await versionOf(name)).toBe('1 --version');
    },
  );

  test('is asked of a program that is given as a path from the folder', async () => {
    program('python3', 'echo here');
    expect(await versionOf('./python3')).toBe('here');
  });

  test.each(['train', 'python-config', 'python3-reset', 'node.sh', 'nodejs-clean', 'r', 'rm', 'pythonic'])(
    '%s is never run',
    async (name) => {
      program(name, `echo x > '${folder}/ran'; echo 1`);
      expect(await versionOf(name)).toBeNull();
      expect(existsSync(join(folder, 'ran'))).toBe(false);
    },
  );

  test.each([
    ['fails', 'echo 1; exit 1'],
    ['says nothing', 'exit 0'],
    ['hangs', 'echo 1; /bin/sleep 60'],
    ['leaves a child with its output', '/bin/sleep 60 & echo 1'],
  ])('is null for one that %s', async (_, script) => {
    program('ruby', script);
    expect(await versionOf('ruby')).toBeNull();
  });

  test('is null for one that is missing, or in a folder that is', async () => {
    expect(await interpreterVersion('node', folder, { PATH: '/nowhere' })).toBeNull();
    expect(await interpreterVersion(process.execPath, join(folder, 'missing'), process.env)).toBeNull();
    expect(await interpreterVersion('a\0/node', folder, process.env)).toBeNull();
  });

  test('is short, and without secrets, whatever is printed', async () => {
    program(
      'deno',
      'echo "deno token=abc"; while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done',
    );
    expect(await versionOf('deno')).toBe('deno token=[redacted]');
    program('deno', `echo '${'1'.repeat(1000)}'`);
    expect(await versionOf('deno')).toBe('1'.repeat(200));
  });
});

describe('the chosen environment', () => {
  test('has what changes numbers, by name, and nothing else', () => {
    const env = {
      TZ: 'UTC',
      OMP_NUM_THREADS: '4',
      PYTHONHASHSEED: '0',
      LANG: '',
      CI: undefined,
      HOME: '/root',
      MY_TOKEN: 'x',
    };
    const chosen = chosenEnvironment(env);
    expect(chosen).toEqual({ LANG: '', OMP_NUM_THREADS: '4', PYTHONHASHSEED: '0', TZ: 'UTC' });
    expect(Object.keys(chosen)).toEqual(['LANG', 'OMP_NUM_THREADS', 'PYTHONHASHSEED', 'TZ']);
  });

  test.each([
    ...['MKL_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'NUMEXPR_NUM_THREADS', 'VECLIB_MAXIMUM_THREADS', 'BLIS_NUM_THREADS'],
    ...[
      'UV_THREADPOOL_SIZE',
      'RAYON_NUM_THREADS',
      'JULIA_NUM_THREADS',
      'OMP_PROC_BIND',
      'OMP_SCHEDULE',
      'MKL_CBWR',
      'MKL_DYNAMIC',
    ],
    ...['TF_DETERMINISTIC_OPS', 'TF_CUDNN_DETERMINISTIC', 'TF_ENABLE_ONEDNN_OPTS', 'CUBLAS_WORKSPACE_CONFIG'],
    ...[
      'CUDA_VISIBLE_DEVICES',
      'CUDA_LAUNCH_BLOCKING',
      'NVIDIA_TF32_OVERRIDE',
      'XLA_FLAGS',
      'JAX_ENABLE_X64',
      'JAX_PLATFORMS',
    ],
    ...[
      'KERAS_BACKEND',
      'THEANO_FLAGS',
      'R_LIBS',
      'LC_ALL',
      'LC_NUMERIC',
      'LC_COLLATE',
      'SOURCE_DATE_EPOCH',
      'GITHUB_SHA',
    ],
    ...['GITHUB_RUN_ID', 'TOKENIZERS_PARALLELISM'],
  ])('has %s', (name) => expect(chosenEnvironment({ [name]: '1' })).toEqual({ [name]: '1' }));

  test('leaves out a value that looks like a secret', () => {
    expect(
      chosenEnvironment({ XLA_FLAGS: 'https://u:p@h', TZ: `gh${'p_'}a1B2c3D4e5a1B2c3D4e5a1B2c3D4e5a1B2c3` }),
    ).toEqual({});
  });
});

describe('the machine', () => {
  test('is told by kind, and not by name', () => {
    const told = machine();
    expect(told).toMatchObject({ platform: process.platform, arch: process.arch });
    expect(Object.keys(told)).toEqual(['platform', 'release', 'arch', 'processor', 'cores', 'memory']);
    expect(told.cores).toBeGreaterThan(0);
    expect(told.memory).toBeGreaterThan(2 ** 24);
    expect(Object.values(told)).not.toContain(hostname());
  });
});
