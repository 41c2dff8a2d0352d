import type { StreamedFormat } from './format.js';
import { formatNumber } from './number.js';

/** Significant digits that Python 2 printed, and the article with it. */
const DIGITS = 12;

/** One score a line, as the article printed them. */
export const plain: StreamedFormat = {
  kind: 'streamed',
  header: () => '',
  rows: (repeats, { precision = DIGITS }) => repeats.map(({ score }) => `${formatNumber(score, precision)}\n`).join(''),
  footer: () => '',
};
