// Matrix products of four repeats at once: one v128 holds the same scalar of four independent repeats, so what reads as
// scalar code trains four networks. Every sum runs in the order of its index: no blocking below changes a bit.

/** Columns that are summed side by side. */
const BLOCK: u32 = 4;

/**
 * (m × k) · (k × n) → (m × n), over matrices of vectors given by their address and by the bytes from one row and one
 * column to the next; m, n and k are at least 1.
 *
 * The last block of columns may overlap the one before: what is computed twice is the same twice.
 */
export function product(
  m: u32,
  n: u32,
  k: u32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  c: usize,
  cRow: usize,
  cColumn: usize,
): void {
  if (n < BLOCK && m > n) {
    // (A · B)ᵀ = Bᵀ · Aᵀ, so that the longer side is the one in blocks.
    product(n, m, k, b, bColumn, bRow, a, aColumn, aRow, c, cColumn, cRow);
    return;
  }
  const span = <usize>k * aColumn;
  for (let row: u32 = 0; row < m; row++, a += aRow, c += cRow) {
    const aEnd = a + span;
    if (n < BLOCK) {
      for (let column: u32 = 0; column < n; column++) {
        let y = b + <usize>column * bColumn;
        let sum = f32x4.mul(v128.load(a), v128.load(y));
        for (let x = a + aColumn; x != aEnd; x += aColumn) {
          y += bRow;
          sum = f32x4.add(sum, f32x4.mul(v128.load(x), v128.load(y)));
        }
        v128.store(c + <usize>column * cColumn, sum);
      }
    } else if (bColumn == 16) {
      for (let column: u32 = 0; column < n; column = nextBlock(column, n)) {
        let y = b + ((<usize>column) << 4);
        let value = v128.load(a);
        let s0 = f32x4.mul(value, v128.load(y));
        let s1 = f32x4.mul(value, v128.load(y, 16));
        let s2 = f32x4.mul(value, v128.load(y, 32));
        let s3 = f32x4.mul(value, v128.load(y, 48));
        for (let x = a + aColumn; x != aEnd; x += aColumn) {
          y += bRow;
          value = v128.load(x);
          s0 = f32x4.add(s0, f32x4.mul(value, v128.load(y)));
          s1 = f32x4.add(s1, f32x4.mul(value, v128.load(y, 16)));
          s2 = f32x4.add(s2, f32x4.mul(value, v128.load(y, 32)));
          s3 = f32x4.add(s3, f32x4.mul(value, v128.load(y, 48)));
        }
        storeBlock(c + <usize>column * cColumn, cColumn, s0, s1, s2, s3);
      }
    } else {
      for (let column: u32 = 0; column < n; column = nextBlock(column, n)) {
        let y0 = b + <usize>column * bColumn;
        let y1 = y0 + bColumn;
        let y2 = y1 + bColumn;
        let y3 = y2 + bColumn;
        let value = v128.load(a);
        let s0 = f32x4.mul(value, v128.load(y0));
        let s1 = f32x4.mul(value, v128.load(y1));
        let s2 = f32x4.mul(value, v128.load(y2));
        let s3 = f32x4.mul(value, v128.load(y3));
        for (let x = a + aColumn; x != aEnd; x += aColumn) {
          y0 += bRow;
          y1 += bRow;
          y2 += bRow;
          y3 += bRow;
          value = v128.load(x);
          s0 = f32x4.add(s0, f32x4.mul(value, v128.load(y0)));
          s1 = f32x4.add(s1, f32x4.mul(value, v128.load(y1)));
          s2 = f32x4.add(s2, f32x4.mul(value, v128.load(y2)));
          s3 = f32x4.add(s3, f32x4.mul(value, v128.load(y3)));
        }
        storeBlock(c + <usize>column * cColumn, cColumn, s0, s1, s2, s3);
      }
    }
  }
}

function storeBlock(at: usize, step: usize, s0: v128, s1: v128, s2: v128, s3: v128): void {
  v128.store(at, s0);
  v128.store(at + step, s1);
  v128.store(at + 2 * step, s2);
  v128.store(at + 3 * step, s3);
}

function nextBlock(column: u32, columns: u32): u32 {
  const next = column + BLOCK;
  return next < columns ? min(next, columns - BLOCK) : columns;
}
