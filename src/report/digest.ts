import type { DigestFormat } from './format.js';

/** The digest alone. */
export const digest: DigestFormat = { kind: 'digest', render: (hex) => `${hex}\n` };
