/**
 * A number with `digits` significant digits, as C's and Python's `%.{digits}g` write it: correctly rounded, a tie to the even
 * digit, trailing zeros removed, an exponent of at least two digits where it is below −4 or not below `digits`; inf, -inf, nan.
 *
 * @param digits 1 … 100
 */
export function formatNumber(value: number, digits: number): string {
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (!Number.isFinite(value)) return `${sign}inf`;
  const [mantissa = '0', power = '0'] = roundedToEven(Math.abs(value), digits).split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= digits) {
    return `${sign}${trimZeros(mantissa)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const figures = mantissa.replace('.', '');
  const point = Math.max(0, exponent + 1);
  const whole = figures.slice(0, point) || '0';
  return sign + trimZeros(`${whole}.${'0'.repeat(Math.max(0, -1 - exponent))}${figures.slice(point)}`);
}

/** `toExponential`, which takes the larger of two equally near numbers, with the even one in its place, as C has it. */
function roundedToEven(value: number, digits: number): string {
  const rounded = value.toExponential(digits - 1);
  const [further = '0', power] = value.toExponential(digits).split('e');
  if (!further.endsWith('5')) return rounded;
  const exact = value.toExponential(100).split('e')[0] as string;
  const tie = trimZeros(exact) === further;
  const below = further.slice(0, -1).replace(/\.$/, '');
  return tie && Number(below.at(-1)) % 2 === 0 ? `${below}e${power}` : rounded;
}

function trimZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '').replace(/\.$/, '') : decimal;
}

/** The shortest digits that read back as the number; inf, -inf, nan. */
export function exactNumber(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? String(value) : formatNumber(value, 17);
}
