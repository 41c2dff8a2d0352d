import { createKernel, type Kernel, type KernelExports } from '../../src/kernel/kernel.js';

/** Functions of the kernel that only tests call one by one; addresses are bytes, a value is a vector of four lanes. */
export interface UnitExports extends KernelExports {
  activateRow(
    ...settingsThenRow: [
      ...[activation: number, setting: number, group: number, theano: number],
      ...[input: number, output: number, values: number],
    ]
  ): void;
  differentiateRow(
    ...settingsThenRows: [
      ...[activation: number, setting: number, group: number, theano: number],
      ...[input: number, output: number, deltas: number, values: number],
    ]
  ): void;
  lossDeltas(
    ...rowsThenShape: [
      ...[loss: number, prediction: number, outputRow: number, target: number, targetRow: number],
      ...[delta: number, targets: number, rows: number],
    ]
  ): void;
  rowLoss(loss: number, prediction: number, target: number, targets: number): number;
  rowAccuracy(binary: number, prediction: number, target: number, targets: number): number;
  newNoise(framework: number, most: number, streams: number): number;
  drawMask(noise: number, mask: number, count: number, keep: number): void;
  drawNormals(noise: number, normals: number, count: number): void;
}

/** A kernel of the test's own. */
export interface UnitKernel extends Kernel {
  readonly exports: UnitExports;
}

export function unitKernel(): UnitKernel {
  return createKernel() as UnitKernel;
}

/** Room for values, one vector each, with what each lane holds. */
export function placeLanes(kernel: Kernel, lanes: readonly ArrayLike<number>[]): number {
  const count = lanes[0]?.length ?? 0;
  const at = kernel.exports.allocate(16 * count);
  const values = kernel.floats(at, 4 * count);
  lanes.forEach((lane, index) => {
    for (let i = 0; i < count; i++) values[4 * i + index] = lane[i] as number;
  });
  return at;
}

/** What a lane holds in `count` vectors. */
export function readLane(kernel: Kernel, at: number, count: number, lane: number): Float32Array {
  return kernel.floats(at, 4 * count).filter((_, i) => i % 4 === lane);
}
