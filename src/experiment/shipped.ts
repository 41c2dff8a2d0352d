import { join } from 'node:path';
import { packageRoot } from '../packageRoot.js';

/** The folder of the experiments that come with the package. */
export function shippedFolder(): string {
  return join(packageRoot(), 'experiments');
}
