import type { StreamedFormat } from './format.js';
import { formatNumber } from './number.js';

/** Significant digits that Python 2 printed, and the article with it. */
const DIGITS = 12;

/** One score a line, as the article printed them. */
export const plain: StreamedFormat = {
  kind: 'streamed',
  open: (_, { precision = DIGITS }) => ({
    header: '',
    rows: (repeats) => repeats.map(({ score }) => `${formatNumber(score, precision)}\n`).join(''),
    end: () => '',
  }),
};
