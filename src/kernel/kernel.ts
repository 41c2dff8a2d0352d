import { binary } from './binary.js';
import type { BatchKernel } from './installBatches.js';

type NoiseWords = readonly [number, number, number, number, number, number];

/** What the AssemblyScript kernel exports; addresses are bytes into `memory`. See assembly/ for each. */
export interface KernelExports extends BatchKernel {
  readonly sourceState: WebAssembly.Global;
  readonly sourceBlock: WebAssembly.Global;
  allocate(bytes: number): number;

  exp(x: number): number;
  log(x: number): number;
  log10(x: number): number;
  log1p(x: number): number;
  sin(x: number): number;
  cos(x: number): number;
  logf(x: number): number;
  sinf(x: number): number;
  cosf(x: number): number;

  mtSeed(state: number, seed: number): void;
  mtGenerate(state: number, out: number): void;
  philoxGenerate(state: number, out: number, blocks: number): void;
  mrgStreams(states: number, count: number): void;
  mrgUniform(states: number, streams: number, out: number, count: number): void;
  theanoUniforms(seed: number, streams: number, out: number, count: number, low: number, high: number): void;
  philoxUniforms(
    ...stateThenShape: [
      ...[key0: number, key1: number, counter0: number, counter1: number, counter2: number, counter3: number],
      ...[drop: number, bits: number, out: number, count: number, low: number, high: number],
    ]
  ): void;
  useSource(generator: number): void;
  shuffleBytes(n: number): number;
  drawShuffles(shuffles: number, n: number, times: number, position: number): number;
  orderNaturally(orders: number, n: number, step: number): void;
  applyShuffles(orders: number, n: number, shuffles: number, laneStride: number): void;
  continueShuffles(n: number, shuffles: number, laneStride: number): void;
  xxh64(at: number, words: number, seed: bigint): bigint;
  xxh64Bytes(at: number, bytes: number, seed: bigint): bigint;
  digestRepeats(scores: number, weights: number, count: number, digest: bigint): bigint;
  resampleMeans(
    ...sampleThenPlaces: [
      ...[sorted: number, n: number, cut: number, resamples: number, state: bigint],
      ...[means: number, counts: number],
    ]
  ): void;

  openNetwork(
    ...shapeThenSettings: [
      ...[trainRows: number, heldOutRows: number, features: number, targets: number, batchRows: number, limit: number],
      ...[framework: number, unordered: number, clipNorm: number],
    ]
  ): void;
  addDense(units: number, bias: number, l1: number, l2: number, biasL1: number, biasL2: number): void;
  addEmbedding(entries: number, dimension: number, l1: number, l2: number): void;
  addActivation(activation: number, setting: number, group: number): void;
  addDropout(keep: number): void;
  addGaussianNoise(deviation: number): void;
  closeNetwork(loss: number, watched: number): void;
  setTraining(loss: number, validationRows: number): void;
  setStopping(monitor: number, patience: number, minDelta: number): void;
  setSchedule(
    ...settings: [
      ...[schedule: number, race: number, learningRate: number, decay: number],
      ...[beta1: number, beta2: number, scheduleDecay: number],
    ]
  ): void;
  seedEntropy(seed: bigint): void;
  noiseAt(layer: number): number;
  seedNoiseLane(noise: number, lane: number, ...words: NoiseWords): void;
  dataAt(): number;
  exactTargetsAt(): number;
  laneParametersAt(): number;
  parameterTotal(): number;
  scatterLane(lane: number, from: number): void;
  gatherLane(lane: number, to: number): void;
  hashLanes(hashes: number): void;
  hashTensors(lane: number, sizes: number, count: number, hashes: number, to: number): void;
  startTraining(lanes: number): void;
  train(epochs: number, shuffles: number, laneStride: number): void;
  stoppedLanes(): number;
  restoreStopped(lanes: number): void;
  score(metric: number, first: number, rows: number, scores: number): void;
}

/** One instance of the kernel, with a memory of its own that lives as long as it. */
export interface Kernel {
  readonly exports: KernelExports;
  /** The generator whose state stands in the kernel's source, if any: see `WordGenerator.drawShuffles`. */
  resident: { evict(): void } | undefined;
  /** `length` values at a byte address; to be taken anew after every `allocate`, which may move the memory. */
  words(at: number, length: number): Uint32Array;
  floats(at: number, length: number): Float32Array;
  doubles(at: number, length: number): Float64Array;
}

let compiled: WebAssembly.Module | undefined;
let shared: Kernel | undefined;

/** A fresh instance; the binary is compiled once a thread. */
export function createKernel(): Kernel {
  compiled ??= new WebAssembly.Module(Buffer.from(binary, 'base64'));
  const exports = new WebAssembly.Instance(compiled).exports as unknown as KernelExports;
  return {
    exports,
    resident: undefined,
    words: (at, length) => new Uint32Array(exports.memory.buffer, at, length),
    floats: (at, length) => new Float32Array(exports.memory.buffer, at, length),
    doubles: (at, length) => new Float64Array(exports.memory.buffer, at, length),
  };
}

/** The thread's one instance for elementary functions and generators, which keep nothing in it between two calls. */
export function sharedKernel(): Kernel {
  shared ??= createKernel();
  return shared;
}
