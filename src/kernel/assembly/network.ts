// A network, its data, and four repeats of it in training at once: one v128 holds the same scalar of four repeats.
import { activate, differentiate, LINEAR } from './activation';
import { beginStep, startAdam, stepAdam } from './adam';
import { addBackward, addForward, addGradient, BACKWARD, Dense, FORWARD, GRADIENT } from './dense';
import { allocate } from './memory';
import { multiply, productCount, reserveProducts } from './product';
import { applyShuffles, continueShuffles, orderNaturally, shuffleBytes } from './shuffle';
import { xxh64 } from './xxhash64';

const LANES: u32 = 4;
const NAN_BITS: u32 = 0x7fc00000;

let rows: u32 = 0;
let features: u32 = 0;
let targets: u32 = 0;
let batchRows: u32 = 0;
let reluSlopeAtZero: f32 = 0;

/** Float32 rows of features, the constant one, and targets; the targets once more in float64, for the score. */
let data: usize = 0;
let exactTargets: usize = 0;

/** One batch, gathered: batchRows × (features + 1 + targets), of each lane's own rows. */
let batch: usize = 0;
/** Each lane's row order: rows × lanes u32, with room for 16 rows. */
let orders: usize = 0;

let layers: usize = 0;
let layerCount: u32 = 0;
let width: u32 = 0;
/** How far behind a whole batch's products those of the last rows are. */
let restProducts: u32 = 0;

/** All parameters in one run of memory, and as long each: gradients, first and second moments. */
let parameterCount: u32 = 0;
let parameters: usize = 0;
let gradients: usize = 0;
let moments1: usize = 0;
let moments2: usize = 0;
/** One repeat's parameters, layer by layer: kernel (inputs × units), bias. */
let laneParameters: usize = 0;
/** Float64 targets × lanes. */
let squaredErrors: usize = 0;

function layerAt(index: u32): Dense {
  return changetype<Dense>(layers + <usize>index * offsetof<Dense>());
}

/** Values of one row: features, the constant, targets. */
function rowValues(): u32 {
  return features + 1 + targets;
}

/** Opens a network of at most `limit` layers on rows × inputs features and rows × outputs targets. */
export function openNetwork(rowCount: u32, inputs: u32, outputs: u32, batchSize: u32, limit: u32, slope: f32): void {
  rows = rowCount;
  features = inputs;
  targets = outputs;
  batchRows = batchSize;
  reluSlopeAtZero = slope;
  width = inputs;
  // A row is gathered four values at a time: the last may reach three values past its end.
  data = allocate((<usize>(rows * rowValues() + 3)) << 2);
  batch = allocate((<usize>(batchRows * rowValues() + 3)) << 4);
  exactTargets = allocate((<usize>rows * targets) << 3);
  orders = allocate((<usize>max(rows, 16) * LANES) << 2);
  squaredErrors = allocate((<usize>(targets * LANES)) << 3);
  layers = allocate(<usize>limit * offsetof<Dense>());
}

/** Puts a layer on top. Offsets stand in for addresses until the network is closed. */
export function addDense(units: u32, activation: u32): void {
  const layer = layerAt(layerCount++);
  const bytes = (<usize>(batchRows * (units + 1))) << 4;
  layer.inputs = width + 1;
  layer.units = units;
  layer.activation = activation;
  layer.kernel = (<usize>parameterCount) << 4;
  layer.sums = allocate(bytes);
  layer.outputs = activation == LINEAR ? layer.sums : allocate(bytes);
  layer.deltas = allocate(bytes);
  const row = (<usize>(units + 1)) << 4;
  for (let constant = layer.outputs + row - 16; constant < layer.outputs + bytes; constant += row) {
    v128.store(constant, f32x4.splat(1));
  }
  parameterCount += layer.inputs * units;
  width = units;
}

/** Lays out the parameters and asks for the products: once TypeScript has installed them, the network is ready. */
export function closeNetwork(): void {
  const bytes = (<usize>parameterCount) << 4;
  parameters = allocate(bytes);
  gradients = allocate(bytes);
  moments1 = allocate(bytes);
  moments2 = allocate(bytes);
  laneParameters = allocate((<usize>parameterCount) << 2);
  for (let index: u32 = 0; index < layerCount; index++) {
    const layer = layerAt(index);
    layer.gradient = gradients + layer.kernel;
    layer.moments1 = moments1 + layer.kernel;
    layer.moments2 = moments2 + layer.kernel;
    layer.kernel += parameters;
  }
  reserveProducts(6 * layerCount);
  addProducts(batchRows);
  restProducts = productCount();
  if (rows % batchRows != 0) addProducts(rows % batchRows);
}

/** Asks for the products of batches of `count` rows, those of the last rows in the same order as a whole batch's. */
function addProducts(count: u32): void {
  let input = batch;
  let inputRow = (<usize>rowValues()) << 4;
  for (let index: u32 = 0; index < layerCount; index++) {
    const layer = layerAt(index);
    if (count == batchRows) layer.products = productCount();
    addForward(layer, input, inputRow, count);
    addGradient(layer, input, inputRow, count);
    if (index > 0) addBackward(layer, layerAt(index - 1).deltas, count);
    input = layer.outputs;
    inputRow = (<usize>(layer.units + 1)) << 4;
  }
}

export function dataAt(): usize {
  return data;
}

export function exactTargetsAt(): usize {
  return exactTargets;
}

export function laneParametersAt(): usize {
  return laneParameters;
}

export function parameterTotal(): u32 {
  return parameterCount;
}

/** Gives a lane its parameters from `laneParametersAt()`. */
export function scatterLane(lane: u32): void {
  let to = parameters + ((<usize>lane) << 2);
  for (let i: u32 = 0; i < parameterCount; i++, to += 16) store<f32>(to, load<f32>(laneParameters + ((<usize>i) << 2)));
}

/** Copies a lane's parameters to `laneParametersAt()`, NaN in its one canonical form. */
export function gatherLane(lane: u32): void {
  let from = parameters + ((<usize>lane) << 2);
  for (let i: u32 = 0; i < parameterCount; i++, from += 16) {
    const value = load<f32>(from);
    store<u32>(laneParameters + ((<usize>i) << 2), value == value ? reinterpret<u32>(value) : NAN_BITS);
  }
}

/** The XXH64 of each lane's parameters, one u64 a lane. */
export function hashLanes(hashes: usize): void {
  for (let lane: u32 = 0; lane < LANES; lane++) {
    gatherLane(lane);
    store<u64>(hashes + ((<usize>lane) << 3), xxh64(laneParameters, parameterCount, 0));
  }
}

/** Forgets the steps and moments of the training before, and puts every lane's rows in their natural order. */
export function startTraining(): void {
  startAdam();
  memory.fill(moments1, 0, (<usize>parameterCount) << 4);
  memory.fill(moments2, 0, (<usize>parameterCount) << 4);
  orderNaturally(orders, rows);
}

/** Gathers a batch: the rows that each lane's order names. */
function gatherBatch(first: u32, count: u32): void {
  const values = (<usize>rowValues()) << 2;
  const from = data;
  let to = batch;
  let order = orders + ((<usize>first) << 4);
  for (const end = order + ((<usize>count) << 4); order < end; order += 16) {
    let at0 = from + <usize>load<u32>(order) * values;
    let at1 = from + <usize>load<u32>(order, 4) * values;
    let at2 = from + <usize>load<u32>(order, 8) * values;
    let at3 = from + <usize>load<u32>(order, 12) * values;
    // Four values of four lanes, transposed. What the last four write past the row, the next row writes anew.
    let out = to;
    to += values << 2;
    do {
      const r0 = v128.load(at0);
      const r1 = v128.load(at1);
      const r2 = v128.load(at2);
      const r3 = v128.load(at3);
      const low01 = v128.shuffle<u32>(r0, r1, 0, 4, 1, 5);
      const low23 = v128.shuffle<u32>(r2, r3, 0, 4, 1, 5);
      const high01 = v128.shuffle<u32>(r0, r1, 2, 6, 3, 7);
      const high23 = v128.shuffle<u32>(r2, r3, 2, 6, 3, 7);
      v128.store(out, v128.shuffle<u64>(low01, low23, 0, 2));
      v128.store(out, v128.shuffle<u64>(low01, low23, 1, 3), 16);
      v128.store(out, v128.shuffle<u64>(high01, high23, 0, 2), 32);
      v128.store(out, v128.shuffle<u64>(high01, high23, 1, 3), 48);
      at0 += 16;
      at1 += 16;
      at2 += 16;
      at3 += 16;
      out += 64;
    } while (out < to);
  }
}

/** Predicts the gathered batch; returns the last layer. */
function forward(count: u32): Dense {
  const products = count == batchRows ? 0 : restProducts;
  let layer = layerAt(0);
  for (let index: u32 = 0; index < layerCount; index++) {
    layer = layerAt(index);
    multiply(products + layer.products + FORWARD);
    activate(layer.activation, layer.sums, layer.outputs, layer.units, count);
  }
  return layer;
}

/** Derivative of the batch's mean squared error by the last layer's outputs: 2 (prediction − target) / (rows · targets). */
function meanSquaredErrorDeltas(layer: Dense, count: u32): void {
  const scale = f32x4.splat(2 / <f32>(count * targets));
  const targetRow = (<usize>rowValues()) << 4;
  const outputRow = (<usize>(targets + 1)) << 4;
  for (let column: u32 = 0; column < targets; column++) {
    let target = batch + ((<usize>(features + 1 + column)) << 4);
    let output = layer.outputs + ((<usize>column) << 4);
    let delta = layer.deltas + ((<usize>column) << 4);
    for (let row = count; row > 0; row--) {
      const error = f32x4.sub(v128.load(output), v128.load(target));
      v128.store(delta, f32x4.mul(error, scale));
      target += targetRow;
      output += outputRow;
      delta += outputRow;
    }
  }
}

/** Takes the step layer by layer, so that Adam's divisions go on while the next gradient is summed. */
function backward(count: u32): void {
  const products = count == batchRows ? 0 : restProducts;
  for (let index = layerCount; index-- > 0; ) {
    const layer = layerAt(index);
    differentiate(layer.activation, layer.sums, layer.deltas, layer.units, count, reluSlopeAtZero);
    if (index > 0) multiply(products + layer.products + BACKWARD);
    multiply(products + layer.products + GRADIENT);
    stepAdam(layer.kernel, layer.gradient, layer.moments1, layer.moments2, layer.inputs * layer.units);
  }
}

/**
 * Trains the four lanes for `epochs` more epochs.
 *
 * @param shuffles each lane's shuffles, one an epoch, from `drawShuffles`; 0 for no shuffling
 * @param laneStride bytes from one lane's shuffles to the next one's
 */
export function train(epochs: u32, shuffles: usize, laneStride: usize): void {
  const step = shuffleBytes(rows);
  for (let epoch: u32 = 0; epoch < epochs; epoch++) {
    if (shuffles != 0) {
      applyShuffles(orders, rows, shuffles, laneStride);
      shuffles += step;
    }
    for (let first: u32 = 0; first < rows; first += batchRows) {
      beginStep();
      const count = min(batchRows, rows - first);
      gatherBatch(first, count);
      meanSquaredErrorDeltas(forward(count), count);
      backward(count);
    }
  }
  if (shuffles != 0) continueShuffles(rows, shuffles - step, laneStride);
}

/**
 * Mean squared error of the float32 predictions on all rows, in float64: the mean over rows of each output, then the mean
 * over outputs.
 *
 * @param scores receives one float64 a lane
 */
export function score(scores: usize): void {
  memory.fill(squaredErrors, 0, (<usize>(targets * LANES)) << 3);
  orderNaturally(orders, rows);
  for (let first: u32 = 0; first < rows; first += batchRows) {
    const count = min(batchRows, rows - first);
    gatherBatch(first, count);
    addSquaredErrors(forward(count).outputs, exactTargets + ((<usize>(first * targets)) << 3), count);
  }
  for (let lane: u32 = 0; lane < LANES; lane++) {
    let sum: f64 = 0;
    for (let target: u32 = 0; target < targets; target++) {
      sum += load<f64>(squaredErrors + ((<usize>(target * LANES + lane)) << 3)) / <f64>rows;
    }
    store<f64>(scores + ((<usize>lane) << 3), sum / <f64>targets);
  }
}

/** Adds (target − prediction)² of `count` rows to each output's sum in each lane. */
function addSquaredErrors(outputs: usize, wanted: usize, count: u32): void {
  for (let row: u32 = 0; row < count; row++, outputs += 16) {
    let sum = squaredErrors;
    for (let target: u32 = 0; target < targets; target++, outputs += 16, wanted += 8) {
      for (let lane: usize = 0; lane < <usize>LANES; lane++, sum += 8) {
        const error = load<f64>(wanted) - <f64>load<f32>(outputs + (lane << 2));
        store<f64>(sum, load<f64>(sum) + error * error);
      }
    }
  }
}
