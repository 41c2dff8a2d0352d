// Gradients summed in an order of no one's choosing, as atomic additions on a graphics card do: the rows of every batch are put
// into an order drawn from entropy, in each lane its own, before they are summed.
import { entropyBelow } from './entropy';
import { allocate } from './memory';

/** rows × lanes u32 */
let order: usize = 0;

export function reserveOrder(rows: u32): void {
  order = allocate((<usize>rows) << 4);
}

/** Draws an order of `rows` rows for each lane. */
export function drawOrder(rows: u32): void {
  for (let lane: usize = 0; lane < 16; lane += 4) {
    for (let i: u32 = 0; i < rows; i++) {
      const j = entropyBelow(i + 1);
      const at = order + ((<usize>i) << 4) + lane;
      const other = order + ((<usize>j) << 4) + lane;
      store<u32>(at, load<u32>(other));
      store<u32>(other, i);
    }
  }
}

/** Copies rows of `rowBytes` in the order drawn. */
export function copyInOrder(from: usize, to: usize, rowBytes: usize, rows: u32): void {
  for (let row: u32 = 0; row < rows; row++) {
    for (let lane: usize = 0; lane < 16; lane += 4, to += 4) {
      const source = from + <usize>load<u32>(order + ((<usize>row) << 4) + lane) * rowBytes + lane;
      for (let at: usize = 0; at < rowBytes; at += 16) store<f32>(to + at, load<f32>(source + at));
    }
    to += rowBytes - 16;
  }
}
