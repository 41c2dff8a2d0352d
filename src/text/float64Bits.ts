const view = new DataView(new ArrayBuffer(8));

/** The bits of a float64, 16 hexadecimal digits, the highest first; NaN in its one canonical form. */
export function float64Bits(value: number): string {
  if (Number.isNaN(value)) return '7ff8000000000000';
  view.setFloat64(0, value);
  return view.getUint32(0).toString(16).padStart(8, '0') + view.getUint32(4).toString(16).padStart(8, '0');
}

/** The float64 that 16 hexadecimal digits stand for, the highest first. */
export function float64From(bits: string): number {
  view.setBigUint64(0, BigInt(`0x${bits}`));
  return view.getFloat64(0);
}
