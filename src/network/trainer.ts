import type { RepeatDraws, RunStream, UniformTensor } from '../backends/backend.js';
import { installProducts } from '../kernel/emitProducts.js';
import { createKernel, type Kernel } from '../kernel/kernel.js';
import type { WordGenerator } from '../random/wordGenerator.js';
import { glorotUniformLimit } from './initializers.js';
import { LANES } from './lanes.js';
import type { Network } from './network.js';

/** Bytes of drawn shuffles that a chunk of repeats may hold; a chunk of a network that needs more is one group of lanes. */
const CHUNK_BYTES = 1 << 21;
const GROUP_BYTES = 1 << 26;
const MOST_REPEATS = 1024;
const ACTIVATIONS = { linear: 0, relu: 1 } as const; // as in the kernel's activation.ts

/** Scores and weights of successive repeats. */
export interface Chunk {
  /** Index of the first repeat. */
  readonly first: number;
  /** Mean squared errors. */
  readonly scores: Float64Array;
  /** XXH64 of each repeat's final weights: layer by layer kernel (inputs × units) and bias, float32, little-endian. */
  readonly weights: BigUint64Array;
}

/** A chunk whose draws are made, to be trained whenever there is time. */
interface PlannedChunk {
  train(): Chunk;
}

export interface Trainer {
  /** Repeats that are best planned together; their draws fit into bounded memory. */
  readonly chunkRepeats: number;
  /** Makes the draws of `count` ≤ `chunkRepeats` repeats from `first` on; two chunks at most may wait to be trained. */
  plan(stream: RunStream, first: number, count: number): PlannedChunk;
  /** Final weights of a lane, 0 … 3, of the four repeats trained last. */
  weights(lane: number): Float32Array;
}

/** A tensor of the parameters: where it stands, and how it is drawn. */
interface Placed {
  readonly at: number;
  readonly tensor: UniformTensor;
}

/** Kernels of the layers, each with a bias of zeros behind it. */
function placeTensors(network: Network): Placed[] {
  let inputs = network.data.features;
  let at = 0;
  return network.layers.map(({ units }, index) => {
    const limit = glorotUniformLimit(inputs, units);
    const placed = { at, tensor: { index, count: inputs * units, low: -limit, high: limit } };
    at += (inputs + 1) * units;
    inputs = units;
    return placed;
  });
}

/** A kernel that holds the network and its data. */
function loadNetwork(network: Network, reluSlopeAtZero: number): Kernel {
  const { data, layers, adam, batchRows } = network;
  const kernel = createKernel();
  const { exports } = kernel;
  exports.openNetwork(data.rows, data.features, data.targets, batchRows, layers.length, reluSlopeAtZero);
  for (const layer of layers) exports.addDense(layer.units, ACTIVATIONS[layer.activation]);
  exports.closeNetwork();
  installProducts(exports);
  exports.setAdam(adam.learningRate, adam.beta1, adam.beta2, adam.epsilon);
  const width = data.features + 1 + data.targets;
  const values = kernel.floats(exports.dataAt(), data.rows * width);
  for (let row = 0; row < data.rows; row++) {
    values.set(data.inputs.subarray(row * data.features, (row + 1) * data.features), row * width);
    values[row * width + data.features] = 1;
    values.set(data.outputs.subarray(row * data.targets, (row + 1) * data.targets), row * width + data.features + 1);
  }
  kernel.doubles(exports.exactTargetsAt(), data.outputs.length).set(data.outputs);
  return kernel;
}

/** So many repeats, rounded up to whole groups of lanes. */
function wholeGroups(repeats: number): number {
  return LANES * Math.ceil(repeats / LANES);
}

/**
 * Trains repeats of a network, four at a time.
 *
 * @param repeats how many will be trained at most
 * @param groupBytes how much the shuffles of four repeats may take; those of a larger network are drawn again, epoch by epoch,
 *   as they are needed, to the same bits
 */
export function createTrainer(
  network: Network,
  reluSlopeAtZero: number,
  repeats: number,
  groupBytes = GROUP_BYTES,
): Trainer {
  const kernel = loadNetwork(network, reluSlopeAtZero);
  const { exports } = kernel;
  const tensors = placeTensors(network);
  const { epochs } = network;
  const { rows } = network.data;
  // One row needs no shuffling. Another 16 bytes: a rejected word may be written behind the last, and vectors stay aligned.
  const shuffles = network.shuffle && rows > 1;
  const bytesOf = (times: number) => (shuffles ? 16 + 16 * Math.ceil((times * exports.shuffleBytes(rows)) / 16) : 0);
  const repeatBytes = bytesOf(epochs);
  const keep = LANES * repeatBytes <= groupBytes;
  const laneBytes = keep ? repeatBytes : bytesOf(1);
  const chunkRepeats = keep
    ? Math.max(LANES, Math.min(MOST_REPEATS, wholeGroups(repeats), wholeGroups(CHUNK_BYTES / Math.max(1, repeatBytes))))
    : LANES;
  // Two areas in turn: the draws of a chunk may be made while another one's wait.
  const areas = [0, 1].map(() => (shuffles ? exports.allocate(chunkRepeats * laneBytes) : 0));
  let plans = 0;
  const scoresAt = exports.allocate(8 * chunkRepeats);
  const hashesAt = exports.allocate(8 * chunkRepeats);
  // The memory grows no more from here on.
  const parametersAt = exports.laneParametersAt();
  const parameters = kernel.floats(parametersAt, exports.parameterTotal());

  /** Draws all of a repeat's shuffles, so that a shared generator stands where the next repeat begins. */
  function drawShuffles(draws: RepeatDraws, at: number, sequential: boolean): WordGenerator | undefined {
    if (!shuffles) return undefined;
    if (keep) {
      draws.shuffler.drawShuffles(kernel, at, rows, epochs);
      // Nobody draws from a generator of one repeat's own again: its state need not be saved.
      if (!sequential) kernel.resident = undefined;
      return undefined;
    }
    const replay = draws.shuffler.clone();
    if (sequential) for (let epoch = 0; epoch < epochs; epoch++) draws.shuffler.drawShuffles(kernel, at, rows, 1);
    return replay;
  }

  function initialize(lane: number, draws: RepeatDraws): void {
    parameters.fill(0);
    for (const { at, tensor } of tensors) draws.uniform(tensor, kernel, parametersAt + 4 * at);
    exports.scatterLane(lane);
  }

  /** @param at address of the shuffles of four repeats */
  function trainEpochs(at: number, replays: readonly (WordGenerator | undefined)[]): void {
    exports.startTraining();
    if (keep) {
      exports.train(epochs, shuffles ? at : 0, laneBytes);
      return;
    }
    for (let epoch = 0; epoch < epochs; epoch++) {
      replays.forEach((replay, lane) => {
        replay?.drawShuffles(kernel, at + lane * laneBytes, rows, 1);
      });
      exports.train(1, at, laneBytes);
    }
  }

  return {
    chunkRepeats,
    weights(lane) {
      exports.gatherLane(lane);
      return parameters.slice();
    },
    plan(stream, first, count) {
      const area = areas[plans++ % areas.length] as number;
      const planned = Array.from({ length: count }, (_, slot) => {
        const draws = stream.repeat(first + slot, tensors.length);
        return { draws, replay: drawShuffles(draws, area + slot * laneBytes, stream.sequential) };
      });
      return {
        train() {
          for (let slot = 0; slot < count; slot += LANES) {
            const group = planned.slice(slot, slot + LANES);
            group.forEach(({ draws }, lane) => {
              initialize(lane, draws);
            });
            trainEpochs(
              area + slot * laneBytes,
              group.map(({ replay }) => replay),
            );
            exports.score(scoresAt + 8 * slot);
            exports.hashLanes(hashesAt + 8 * slot);
          }
          const { buffer } = exports.memory;
          return {
            first,
            scores: new Float64Array(buffer, scoresAt, count).slice(),
            weights: new BigUint64Array(buffer, hashesAt, count).slice(),
          };
        },
      };
    },
  };
}
