// Matrix products of four repeats at once: one v128 holds the same scalar of four independent repeats. The network asks
// for its products here, and emitProducts.ts writes them as WebAssembly over this module's memory.
import { allocate } from './memory';

/** A · B = C, (m × k) · (k × n) → (m × n), as emitProducts.ts reads it; all of m, n and k are at least 1. */
@unmanaged
export class Product {
  m: u32;
  n: u32;
  k: u32;
  a: usize;
  aRow: usize;
  aColumn: usize;
  b: usize;
  bRow: usize;
  bColumn: usize;
  c: usize;
  cRow: usize;
  cColumn: usize;
  ones: u32;
  /** Whether C is not to be written: it is a gradient, and the address that of the parameters, whose step is to be taken. */
  stepped: u32;
}

/** Where A holds nothing but ones, as emitProducts.ts knows it. */
export const NO_ONES: u32 = 0;
export const ONES_IN_LAST_ROW: u32 = 1;
export const ONES_IN_LAST_COLUMN: u32 = 2;

let products: usize = 0;
let count: u32 = 0;

export function productsAt(): usize {
  return products;
}

export function productCount(): u32 {
  return count;
}

export function reserveProducts(limit: u32): void {
  products = allocate(<usize>limit * offsetof<Product>());
}

/** Asks for a product, whose number is the count before it and whose matrices are to be set. */
export function addProduct(m: u32, n: u32, k: u32, ones: u32): Product {
  const product = changetype<Product>(products + <usize>count * offsetof<Product>());
  count++;
  product.m = m;
  product.n = n;
  product.k = k;
  product.ones = ones;
  product.stepped = 0;
  return product;
}

/** Sets A: its address, and the bytes from one row and from one column to the next. */
export function setLeft(product: Product, at: usize, row: usize, column: usize): void {
  product.a = at;
  product.aRow = row;
  product.aColumn = column;
}

/** Sets B. */
export function setRight(product: Product, at: usize, row: usize, column: usize): void {
  product.b = at;
  product.bRow = row;
  product.bColumn = column;
}

/** Sets C. */
export function setResult(product: Product, at: usize, row: usize, column: usize): void {
  product.c = at;
  product.cRow = row;
  product.cColumn = column;
}
