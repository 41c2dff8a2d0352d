import type { Backend } from '../backends/backend.js';
import type { BackendName } from '../experiment/experiment.js';

/** A backend, loaded when it is asked for: seedrandom's library is large beside a small run. */
export async function loadBackend(name: BackendName): Promise<Backend> {
  switch (name) {
    case 'theano':
      return (await import('../backends/theano.js')).theano;
    case 'tensorflow':
      return (await import('../backends/tensorflow.js')).tensorflow;
    case 'seedrandom':
      return (await import('../backends/seedrandom.js')).seedrandom;
  }
}
