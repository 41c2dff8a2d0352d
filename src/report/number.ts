/**
 * A number with `digits` significant digits, as C's and Python 2's `%.{digits}g` write it: trailing zeros removed, an exponent of
 * at least two digits where it is below −4 or not below `digits`; inf, -inf, nan.
 */
export function formatNumber(value: number, digits: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [mantissa = '0', power = '0'] = value.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < digits) return trimZeros(value.toFixed(Math.min(100, digits - 1 - exponent)));
  const sign = exponent < 0 ? '-' : '+';
  return `${trimZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function trimZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

/** The shortest digits that read back as the number; inf, -inf, nan. */
export function exactNumber(value: number): string {
  return Number.isFinite(value) ? String(value) : formatNumber(value, 17);
}

const view = new DataView(new ArrayBuffer(8));

/** The bits of a float64, 16 hexadecimal digits, the highest first; NaN in its one canonical form. */
export function scoreBits(value: number): string {
  view.setFloat64(0, value);
  if (Number.isNaN(value)) return '7ff8000000000000';
  return view.getUint32(0).toString(16).padStart(8, '0') + view.getUint32(4).toString(16).padStart(8, '0');
}
