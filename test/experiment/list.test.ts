import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listExperiments } from '../../src/experiment/list.js';
import { loadExperiment } from '../../src/experiment/load.js';
import { shippedFolder } from '../../src/experiment/shipped.js';
import { asNetwork, SMALLEST, temporaryFolder } from './folder.js';

describe('listExperiments', () => {
  test('names own and shipped experiments in order, broken ones with what is wrong', () => {
    const cwd = temporaryFolder();
    const own = join(cwd, 'experiments');
    mkdirSync(join(own, 'folder.yaml'), { recursive: true });
    writeFileSync(join(own, 'zebra.yml'), `description: striped\n${SMALLEST}`);
    writeFileSync(join(own, 'bad.yaml'), SMALLEST.replace('epochs', 'epoch'));
    writeFileSync(join(own, 'empty.json'), '');
    writeFileSync(join(own, 'notes.txt'), 'no experiment');
    writeFileSync(join(own, 'article.json'), JSON.stringify({ description: 'mine' }));
    const listed = listExperiments({ cwd, shippedFolder: shippedFolder() });
    const mine = listed.filter(({ shipped }) => !shipped);
    expect(mine).toEqual([
      {
        name: 'article',
        file: 'experiments/article.json',
        shipped: false,
        description: 'experiments/article.json:1:1 data is missing (and 2 more)',
      },
      {
        name: 'bad',
        file: 'experiments/bad.yaml',
        shipped: false,
        description: 'experiments/bad.yaml:1:1 epochs is missing (and 1 more)',
      },
      {
        name: 'empty',
        file: 'experiments/empty.json',
        shipped: false,
        description: 'experiments/empty.json:1:1 is empty',
      },
      {
        name: 'folder',
        file: 'experiments/folder.yaml',
        shipped: false,
        description: 'cannot read experiments/folder.yaml: it is a folder',
      },
      { name: 'zebra', file: 'experiments/zebra.yml', shipped: false, description: 'striped' },
    ]);
    const names = listed.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(names).toContain('article-tensorflow');
  });

  test('folders that are not there hold nothing', () => {
    expect(listExperiments({ cwd: '/nowhere', shippedFolder: '/nowhere/else' })).toEqual([]);
  });

  test('shipped experiments load', () => {
    const options = { cwd: '/nowhere', shippedFolder: shippedFolder(), overrides: [] };
    const article = asNetwork(loadExperiment('article', options)).experiment;
    expect(article).toMatchObject({
      backend: 'theano',
      seed: null,
      repeats: 30,
      epochs: 100,
      batchSize: 'all',
      shuffle: true,
    });
    const tensorflow = asNetwork(loadExperiment('article-tensorflow', options)).experiment;
    const { backend, seed } = tensorflow;
    expect({ backend, seed }).toEqual({ backend: 'tensorflow', seed: { numpy: 1, tensorflow: 2 } });
    const { name, description } = tensorflow;
    expect({ ...article, backend, seed, name, description }).toEqual(tensorflow);
  });
});
