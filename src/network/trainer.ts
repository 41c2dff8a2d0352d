import type { Backend, DrawnRepeat, RunStream } from '../backends/backend.js';
import { installBatches } from '../kernel/installBatches.js';
import { createKernel, type Kernel } from '../kernel/kernel.js';
import { drawEntropy } from '../random/entropy.js';
import type { WordGenerator } from '../random/wordGenerator.js';
import { LANES } from './lanes.js';
import { lossNames, metricNames, monitorNames, type Network } from './network.js';
import { setOptimizer, stepRuleOf } from './optimizer.js';
import { fillTensor, type PlacedTensor, type Program, programOf } from './program.js';
import { orthogonalFactor } from './svd.js';
import { createTracer, type Trace, type Tracing } from './tracer.js';

/** Bytes of drawn shuffles that a chunk of repeats may hold; a chunk of a network that needs more is one group of lanes. */
const CHUNK_BYTES = 1 << 21;
const GROUP_BYTES = 1 << 26;
const MOST_REPEATS = 1024;
/** Repeats of a chunk where they are traced: traces are large. */
const MOST_TRACED = 16;
/** A bit for every lane. */
const ALL_LANES = 15;

/** Scores and weights of successive repeats. */
export interface Chunk {
  /** Index of the first repeat. */
  readonly first: number;
  readonly scores: Float64Array;
  /** XXH64 of each repeat's final weights: layer by layer kernel (inputs × units) and bias, float32, little-endian. */
  readonly weights: BigUint64Array;
  /** Of each repeat, where they are asked for. */
  readonly traces?: readonly Trace[];
}

/** A chunk whose draws are made, to be trained whenever there is time. */
interface PlannedChunk {
  train(): Chunk;
}

/** A tensor of the weights: where it stands among them, rows × columns. */
export interface NamedTensor {
  readonly name: string;
  readonly at: number;
  readonly rows: number;
  readonly columns: number;
}

export interface Trainer {
  /** Repeats that are best planned together; their draws fit into bounded memory. */
  readonly chunkRepeats: number;
  /** Whether a repeat's draws follow from the training before it: early stopping in a stream that is sequential. */
  readonly inOrder: boolean;
  /** Makes the draws of `count` ≤ `chunkRepeats` repeats from `first` on; two chunks at most may wait to be trained. */
  plan(stream: RunStream, first: number, count: number): PlannedChunk;
  /** The tensors that weights are made of, in their order. */
  readonly tensors: readonly NamedTensor[];
  /** Final weights of a lane, 0 … 3, of the four repeats trained last. */
  weights(lane: number): Float32Array;
}

/** A kernel that holds the network and its data. */
function loadNetwork(network: Network, program: Program, backend: Backend): Kernel {
  const { data, optimizer, batchRows, trainingRows, validationRows, earlyStopping, reduction } = network;
  const kernel = createKernel();
  const { exports } = kernel;
  const heldOut = data.rows - trainingRows;
  const shape = [trainingRows, heldOut, data.features, data.targets, batchRows, program.layerCount] as const;
  const unordered = reduction === 'unordered';
  exports.openNetwork(...shape, backend.framework, unordered ? 1 : 0, optimizer.clipNorm ?? 0);
  program.addLayers(exports);
  const watched = earlyStopping !== undefined && !earlyStopping.monitor.startsWith('val_');
  exports.closeNetwork(lossNames.indexOf(network.loss), watched ? 1 : 0);
  installBatches(exports, stepRuleOf(optimizer));
  setOptimizer(kernel, optimizer);
  exports.setTraining(lossNames.indexOf(network.loss), validationRows);
  if (earlyStopping) {
    const { monitor, patience, minDelta } = earlyStopping;
    exports.setStopping(1 + monitorNames.indexOf(monitor), patience, minDelta);
  }
  if (unordered || (optimizer.name === 'adam' && optimizer.iterations === 'racy')) exports.seedEntropy(drawEntropy());
  loadData(kernel, network);
  return kernel;
}

function loadData(kernel: Kernel, { data }: Network): void {
  const { exports } = kernel;
  const width = data.features + 1 + data.targets;
  const values = kernel.floats(exports.dataAt(), data.rows * width);
  for (let row = 0; row < data.rows; row++) {
    values.set(data.inputs.subarray(row * data.features, (row + 1) * data.features), row * width);
    values[row * width + data.features] = 1;
    values.set(data.outputs.subarray(row * data.targets, (row + 1) * data.targets), row * width + data.features + 1);
  }
  kernel.doubles(exports.exactTargetsAt(), data.outputs.length).set(data.outputs);
}

/** So many repeats, rounded up to whole groups of lanes. */
function wholeGroups(repeats: number): number {
  return LANES * Math.ceil(repeats / LANES);
}

export interface TrainerOptions {
  /** How many repeats will be trained at most. */
  readonly repeats: number;
  /** Whether the stream that will be drawn from is sequential. */
  readonly sequential: boolean;
  /**
   * How much the shuffles of four repeats may take; those of a larger network are drawn again, epoch by epoch, as they are
   * needed, to the same bits.
   */
  readonly groupBytes?: number;
  /** How the weights are traced epoch by epoch, if they are. */
  readonly traced?: Tracing | undefined;
}

/** Trains repeats of a network, four at a time. */
export function createTrainer(network: Network, backend: Backend, options: TrainerOptions): Trainer {
  const { repeats, sequential, groupBytes = GROUP_BYTES, traced } = options;
  const program = programOf(network);
  const kernel = loadNetwork(network, program, backend);
  const { exports } = kernel;
  const { epochs, trainingRows: rows } = network;
  const { metric, ...scored } = network.score;
  const metricCode = metricNames.indexOf(metric);
  // One row needs no shuffling. Another 16 bytes: a rejected word may be written behind the last, and vectors stay aligned.
  const shuffles = network.shuffle && rows > 1;
  const bytesOf = (times: number) => (shuffles ? 16 + 16 * Math.ceil((times * exports.shuffleBytes(rows)) / 16) : 0);
  const repeatBytes = bytesOf(epochs);
  const inOrder = sequential && network.earlyStopping !== undefined;
  const keep = LANES * repeatBytes <= groupBytes && !inOrder;
  const laneBytes = keep ? repeatBytes : bytesOf(1);
  const most = Math.min(
    traced ? MOST_TRACED : MOST_REPEATS,
    wholeGroups(repeats),
    wholeGroups(CHUNK_BYTES / Math.max(1, repeatBytes)),
  );
  const chunkRepeats = inOrder ? 1 : keep ? Math.max(LANES, most) : LANES;
  // Two areas in turn: the draws of a chunk may be made while another one's wait.
  const areas = [0, 1].map(() => (shuffles ? exports.allocate(wholeGroups(chunkRepeats) * laneBytes) : 0));
  let plans = 0;
  const scoresAt = exports.allocate(8 * wholeGroups(chunkRepeats));
  const hashesAt = exports.allocate(8 * wholeGroups(chunkRepeats));
  const parametersAt = exports.laneParametersAt();
  const tracer = traced ? createTracer(kernel, program, epochs, parametersAt, traced) : undefined;
  // Drawn at once, the shuffles of few rows are orders, each made by all before it; epoch by epoch each can be applied alone.
  const epochsAtOnce = keep && !traced ? epochs : 1;
  const callBytes = shuffles && keep ? epochsAtOnce * exports.shuffleBytes(rows) : 0;
  // The memory grows no more from here on.
  const parameters = kernel.floats(parametersAt, exports.parameterTotal());
  const undrawn = new Float32Array(parameters.length);
  for (const tensor of program.tensors) if (tensor.draw === undefined) fillTensor(undrawn, tensor);

  /**
   * Draws all of a repeat's shuffles, so that a shared generator stands where the next repeat begins; or returns what they are
   * to be drawn from, epoch by epoch.
   */
  function drawShuffles({ shuffler }: DrawnRepeat, at: number): WordGenerator | undefined {
    if (!shuffles) return undefined;
    if (inOrder) return shuffler;
    if (keep) {
      for (let epoch = 0; epoch < epochs; epoch += epochsAtOnce, at += callBytes) {
        shuffler.drawShuffles(kernel, at, rows, epochsAtOnce);
      }
      // Nobody draws from a generator of one repeat's own again: its state need not be saved.
      if (!sequential) kernel.resident = undefined;
      return undefined;
    }
    const replay = shuffler.clone();
    if (sequential) for (let epoch = 0; epoch < epochs; epoch++) shuffler.drawShuffles(kernel, at, rows, 1);
    return replay;
  }

  function drawTensor(stream: RunStream, repeat: DrawnRepeat, tensor: PlacedTensor, draw: number): void {
    const { at, shape, initializer } = tensor;
    if (initializer.name !== 'orthogonal') {
      stream.write(repeat, draw, kernel, parametersAt + 4 * at);
      return;
    }
    const factor = orthogonalFactor(stream.matrix(repeat, draw), shape.rows, shape.columns);
    factor.forEach((value, i) => {
      parameters[at + i] = initializer.gain * value;
    });
  }

  function initialize(lane: number, stream: RunStream, repeat: DrawnRepeat): void {
    parameters.set(undrawn);
    for (const tensor of program.tensors) {
      if (tensor.draw !== undefined) drawTensor(stream, repeat, tensor, tensor.draw);
    }
    exports.scatterLane(lane, parametersAt);
    for (const { layer, draw } of program.noisy) {
      exports.seedNoiseLane(exports.noiseAt(layer), lane, ...stream.noise(repeat, draw));
    }
  }

  /**
   * @param lanes how many repeats are trained
   * @param at address of the shuffles of four repeats
   * @param replays what they are drawn from, epoch by epoch, unless they are kept
   */
  function trainEpochs(lanes: number, at: number, replays: readonly (WordGenerator | undefined)[]): void {
    exports.startTraining(lanes);
    tracer?.start(lanes);
    for (let epoch = 0, shuffle = at; epoch < epochs; epoch += epochsAtOnce, shuffle += callBytes) {
      const stopped = exports.stoppedLanes();
      if (stopped === ALL_LANES) break;
      replays.forEach((replay, lane) => {
        replay?.drawShuffles(kernel, shuffle + lane * laneBytes, rows, 1);
      });
      exports.train(epochsAtOnce, shuffles ? shuffle : 0, laneBytes);
      for (let lane = 0; tracer && lane < lanes; lane++) if ((stopped & (1 << lane)) === 0) tracer.record(lane);
    }
    exports.restoreStopped(lanes);
  }

  return {
    chunkRepeats,
    inOrder,
    tensors: program.tensors.map(({ name, at, shape: { rows, columns } }) => ({ name, at, rows, columns })),
    weights(lane) {
      exports.gatherLane(lane, parametersAt);
      return parameters.slice();
    },
    plan(stream, first, count) {
      const area = areas[plans++ % areas.length] as number;
      const repeats: DrawnRepeat[] = [];
      const replays: (WordGenerator | undefined)[] = [];
      for (let slot = 0; slot < count; slot++) {
        const repeat = stream.repeat(first + slot, program.draws);
        repeats.push(repeat);
        replays.push(drawShuffles(repeat, area + slot * laneBytes));
      }
      return {
        train() {
          const traces: Trace[] = [];
          for (let slot = 0; slot < count; slot += LANES) {
            const lanes = Math.min(LANES, count - slot);
            for (let lane = 0; lane < lanes; lane++) initialize(lane, stream, repeats[slot + lane] as DrawnRepeat);
            trainEpochs(lanes, area + slot * laneBytes, keep ? [] : replays.slice(slot, slot + lanes));
            exports.score(metricCode, scored.first, scored.rows, scoresAt + 8 * slot);
            exports.hashLanes(hashesAt + 8 * slot);
            for (let lane = 0; tracer && lane < lanes; lane++) traces.push(tracer.take(lane));
          }
          const { buffer } = exports.memory;
          return {
            first,
            scores: new Float64Array(buffer, scoresAt, count).slice(),
            weights: new BigUint64Array(buffer, hashesAt, count).slice(),
            ...(tracer ? { traces } : {}),
          };
        },
      };
    },
  };
}
