import type { StreamedFormat } from './format.js';
import { exactNumber, formatNumber, scoreBits } from './number.js';

/** A line a repeat: its number from 1, the score, the score's bits, the hash of the final weights. */
export const csv: StreamedFormat = {
  kind: 'streamed',
  header: () => 'repeat,score,bits,weights\n',
  rows: (repeats, { precision } = {}) =>
    repeats
      .map(({ index, score, weights }) => {
        const text = precision === undefined ? exactNumber(score) : formatNumber(score, precision);
        return `${index + 1},${text},${scoreBits(score)},${weights}\n`;
      })
      .join(''),
  footer: () => '',
};
