// A network, its data, and four repeats of it in memory at once: one v128 holds the same scalar of four repeats.
import { addBackward, addForward, addGradient } from './dense';
import { ACTIVATION, DENSE, DROPOUT, EMBEDDING, GAUSSIAN_NOISE, LANES, Layer, outputRow, V } from './layer';
import { MSE } from './loss';
import { allocate } from './memory';
import { reserveSums } from './metric';
import { newNoise } from './noise';
import {
  addOperation,
  BACKWARD_ROWS,
  COPY_IN_ORDER,
  DRAW_ORDER,
  EMBEDDING_GRADIENT,
  FORWARD_ROWS,
  LOOK_UP,
  LOSS,
  NORM,
  PENALTIES,
  PREDICT,
  PRODUCT,
  reserveOperations,
  SQUARED_ERROR,
  STEP,
  TRAIN_REST,
  TRAIN_WHOLE,
  WATCH,
} from './operation';
import { productCount, reserveProducts } from './product';
import { reserveOrder } from './reduction';
import { orderNaturally } from './shuffle';
import { addStep, reserveSteps } from './step';
import { xxh64 } from './xxhash64';

const NAN_BITS: u32 = 0x7fc00000;
/** Most streams Theano 0.9 uses. */
const MOST_STREAMS: u32 = 15360;

/** Rows that are trained on; all rows, those held out behind them. */
export let trainingRows: u32 = 0;
let rows: u32 = 0;
let features: u32 = 0;
export let targets: u32 = 0;
export let batchRows: u32 = 0;
/** Whose network it is; see noise.ts. */
export let framework: u32 = 0;
/** Whether gradients are summed in an order of no one's choosing. */
export let unordered: bool = false;
/** Whether all gradients are needed before a step. */
export let clipNorm: f32 = 0;

/** Float32 rows of features, the constant one, and targets; the targets once more in float64, for scores. */
let data: usize = 0;
export let exactTargets: usize = 0;

/** One batch, gathered: batchRows × (features + 1 + targets), of each lane's own rows. */
export let batch: usize = 0;
/** Each lane's row order, as where in the data rows stand: rows × lanes u32, with room for 16 rows. */
export let orders: usize = 0;

let layers: usize = 0;
export let layerCount: u32 = 0;

/** Parameters, their gradients and two areas of an optimizer's state, one behind the other, each `areaBytes` long. */
let parameterCount: u32 = 0;
let parameters: usize = 0;
/** One repeat's parameters, layer by layer: kernel (inputs × units), bias. */
let laneParameters: usize = 0;
/** A batch's inputs and derivatives in the order in which they are summed, where it is not their own. */
export let orderedInputs: usize = 0;
export let orderedDeltas: usize = 0;

export function layerAt(index: u32): Layer {
  return changetype<Layer>(layers + <usize>index * offsetof<Layer>());
}

/** Values of one row: features, the constant, targets. */
function rowValues(): u32 {
  return features + 1 + targets;
}

/** Puts every lane's rows into their natural order. */
export function orderRows(): void {
  orderNaturally(orders, trainingRows, rowValues() << 2);
}

/** The first target of the gathered batch, and bytes from one row to the next. */
export function batchTargets(): usize {
  return batch + ((<usize>(features + 1)) << 4);
}

export function batchRow(): usize {
  return (<usize>rowValues()) << 4;
}

/** Opens a network of at most `limit` layers. */
export function openNetwork(
  trainRows: u32,
  heldOutRows: u32,
  inputs: u32,
  outputs: u32,
  batchSize: u32,
  limit: u32,
  ofFramework: u32,
  isUnordered: bool,
  mostNorm: f32,
): void {
  trainingRows = trainRows;
  rows = trainRows + heldOutRows;
  features = inputs;
  targets = outputs;
  batchRows = batchSize;
  framework = ofFramework;
  unordered = isUnordered;
  clipNorm = mostNorm;
  // A row is gathered four values at a time: the last may reach three values past its end.
  data = allocate((<usize>(rows * rowValues() + 3)) << 2);
  batch = allocate((<usize>(batchRows * rowValues() + 3)) << 4);
  exactTargets = allocate((<usize>rows * targets) << 3);
  orders = allocate((<usize>max(trainingRows, 16) * LANES) << 2);
  reserveSums(targets);
  layers = allocate(<usize>limit * offsetof<Layer>());
}

/** Puts a layer on top; its parameters are offsets until the network is closed. */
function addLayer(kind: u32, units: u32, owned: u32): Layer {
  const layer = layerAt(layerCount);
  layer.kind = kind;
  layer.units = units;
  if (layerCount == 0) {
    layer.inputs = features;
    layer.input = batch;
    layer.inputRow = batchRow();
  } else {
    const below = layerAt(layerCount - 1);
    layer.inputs = below.units;
    layer.input = below.outputs;
    layer.inputRow = outputRow(below);
    if (parameterCount > 0) layer.inputDeltas = below.deltas;
  }
  layerCount += 1;
  layer.parameters = (<usize>parameterCount) << 4;
  layer.parameterCount = owned;
  parameterCount += owned;
  const bytes = <usize>batchRows * outputRow(layer);
  layer.outputs = allocate(bytes);
  for (let one = layer.outputs + outputRow(layer) - 16; one < layer.outputs + bytes; one += outputRow(layer)) {
    v128.store(one, f32x4.splat(1));
  }
  // A layer that works value by value passes derivatives on in place.
  layer.deltas = owned == 0 && layer.inputDeltas != 0 ? layer.inputDeltas : allocate(bytes);
  return layer;
}

function setPenalties(layer: Layer, l1: f32, l2: f32, biasL1: f32, biasL2: f32): void {
  if (l1 == 0 && l2 == 0 && biasL1 == 0 && biasL2 == 0) return;
  layer.penalties = allocate(64);
  v128.store(layer.penalties, f32x4.splat(l1));
  v128.store(layer.penalties, f32x4.splat(2 * l2), 16);
  v128.store(layer.penalties, f32x4.splat(biasL1), 32);
  v128.store(layer.penalties, f32x4.splat(2 * biasL2), 48);
}

/** The values that go into the next layer. */
function width(): u32 {
  return layerCount == 0 ? features : layerAt(layerCount - 1).units;
}

export function addDense(units: u32, bias: u32, l1: f32, l2: f32, biasL1: f32, biasL2: f32): void {
  const layer = addLayer(DENSE, units, (width() + bias) * units);
  layer.bias = bias;
  setPenalties(layer, l1, l2, biasL1, biasL2);
}

/** A table of `entries` vectors of `dimension` values, for every feature one. */
export function addEmbedding(entries: u32, dimension: u32, l1: f32, l2: f32): void {
  const layer = addLayer(EMBEDDING, width() * dimension, entries * dimension);
  setPenalties(layer, l1, l2, 0, 0);
}

/** @param group values over which softmax is taken */
export function addActivation(activation: u32, setting: f64, group: u32): void {
  const layer = addLayer(ACTIVATION, width(), 0);
  layer.activation = activation;
  layer.setting = setting;
  layer.group = group;
}

/** @param keep the share of values that is kept */
export function addDropout(keep: f32): void {
  addNoisy(DROPOUT, keep);
}

export function addGaussianNoise(deviation: f32): void {
  addNoisy(GAUSSIAN_NOISE, deviation);
}

function addNoisy(kind: u32, setting: f64): void {
  const layer = addLayer(kind, width(), 0);
  layer.setting = setting;
  const most = batchRows * layer.units;
  layer.drawn = allocate((<usize>(most + 1)) << 4);
  layer.noise = changetype<usize>(newNoise(framework, most, min(MOST_STREAMS, most + 1)));
}

/**
 * Lays out the parameters and lists what a batch goes through: once TypeScript has written it, the network is ready.
 *
 * @param watched whether what training batches are worth is asked for
 */
export function closeNetwork(loss: u32, watched: bool): void {
  const bytes = areaBytes();
  parameters = allocate(4 * bytes);
  laneParameters = allocate((<usize>parameterCount) << 2);
  let widest: usize = 0;
  let mostInputs: u32 = 0;
  for (let index: u32 = 0; index < layerCount; index++) {
    const layer = layerAt(index);
    layer.parameters += parameters;
    layer.gradients = layer.parameters + bytes;
    mostInputs = max(mostInputs, layer.inputs + 1);
    widest = max(widest, max(layer.inputRow, outputRow(layer)));
  }
  if (unordered) {
    reserveOrder(batchRows);
    orderedInputs = allocate(<usize>batchRows * widest);
    orderedDeltas = allocate(<usize>batchRows * widest);
  }
  // A layer's products: forward, and for whole batches and the last rows forward, gradient and backward.
  panel = allocate(<usize>mostInputs * 15 * V);
  reserveProducts(7 * layerCount);
  reserveSteps(2 * layerCount);
  reserveOperations(7 * layerCount + 4);
  addForwards(PREDICT, batchRows);
  placeErrors();
  addTraining(TRAIN_WHOLE, batchRows, loss, watched);
  if (trainingRows % batchRows != 0) addTraining(TRAIN_REST, trainingRows % batchRows, loss, watched);
}

/** Where errors are taken, as emitErrors.ts reads it: u32 addresses, bytes from row to row, and the targets of a row. */
const errors = memory.data(24, 4);

export function errorsAt(): usize {
  return errors;
}

function placeErrors(): void {
  const top = layerAt(layerCount - 1);
  store<u32>(errors, <u32>top.outputs);
  store<u32>(errors, <u32>top.deltas, 4);
  store<u32>(errors, <u32>outputRow(top), 8);
  store<u32>(errors, <u32>batchTargets(), 12);
  store<u32>(errors, <u32>batchRow(), 16);
  store<u32>(errors, targets, 20);
}

/** Lists the operations that predict `count` rows. */
function addForwards(list: u32, count: u32): void {
  for (let index: u32 = 0; index < layerCount; index++) {
    const layer = layerAt(index);
    if (layer.kind == DENSE) {
      addOperation(list, PRODUCT, productCount());
      addForward(layer, count);
    } else {
      addOperation(list, layer.kind == EMBEDDING ? LOOK_UP : FORWARD_ROWS, index);
    }
  }
}

/** Lists the operations that train on `count` rows: a layer's step is taken at once, unless the norm of all gradients is needed. */
function addTraining(list: u32, count: u32, loss: u32, watched: bool): void {
  addForwards(list, count);
  if (watched) addOperation(list, WATCH, 0);
  if (loss == MSE) addOperation(list, SQUARED_ERROR, count);
  else addOperation(list, LOSS, 0);
  if (unordered) addOperation(list, DRAW_ORDER, 0);
  for (let index = layerCount; index-- > 0; ) {
    const layer = layerAt(index);
    if (layer.parameterCount == 0) {
      addOperation(list, BACKWARD_ROWS, index);
      continue;
    }
    addGradients(list, index, count);
    if (layer.penalties != 0) addOperation(list, PENALTIES, index);
    if (clipNorm == 0 && isSteppedLater(layer)) addLayerStep(list, layer);
  }
  if (clipNorm == 0) return;
  addOperation(list, NORM, 0);
  for (let index: u32 = 0; index < layerCount; index++) {
    if (layerAt(index).parameterCount > 0) addLayerStep(list, layerAt(index));
  }
}

function addLayerStep(list: u32, layer: Layer): void {
  addOperation(list, STEP, addStep(layer.parameters, layer.parameterCount));
}

/** Whether a layer's step waits until its gradients have been written. */
function isSteppedLater(layer: Layer): bool {
  return layer.kind == EMBEDDING || layer.penalties != 0 || clipNorm > 0;
}

/** Derivatives by a layer's inputs and gradients of its parameters, whose step may be taken with them. */
function addGradients(list: u32, index: u32, count: u32): void {
  const layer = layerAt(index);
  if (layer.inputDeltas != 0) {
    addOperation(list, PRODUCT, productCount());
    addBackward(layer, count);
  }
  if (unordered) addOperation(list, COPY_IN_ORDER, index);
  if (layer.kind == EMBEDDING) {
    addOperation(list, EMBEDDING_GRADIENT, index);
    return;
  }
  addOperation(list, PRODUCT, productCount());
  const input = unordered ? orderedInputs : layer.input;
  addGradient(layer, input, unordered ? orderedDeltas : layer.deltas, count, !isSteppedLater(layer));
}

/** Room for columns of a kernel that are copied before they are multiplied, 15 at most. */
let panel: usize = 0;

export function panelAt(): usize {
  return panel;
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

/** Bytes from the parameters to their gradients, from these to the first and from that to the second area of state. */
export function areaBytes(): usize {
  return (<usize>parameterCount) << 4;
}

/** The source of noise of the layer of that number. */
export function noiseAt(index: u32): usize {
  return layerAt(index).noise;
}

/** Gives a lane the parameters at an address, layer by layer. */
export function scatterLane(lane: u32, from: usize): void {
  let to = parameters + ((<usize>lane) << 2);
  for (let i: u32 = 0; i < parameterCount; i++, from += 4, to += 16) store<f32>(to, load<f32>(from));
}

/** Copies a lane's parameters to an address, NaN in its one canonical form. */
export function gatherLane(lane: u32, to: usize): void {
  let from = parameters + ((<usize>lane) << 2);
  for (let i: u32 = 0; i < parameterCount; i++, from += 16, to += 4) {
    const value = load<f32>(from);
    store<u32>(to, value == value ? reinterpret<u32>(value) : NAN_BITS);
  }
}

/** The XXH64 of each lane's parameters, one u64 a lane. */
export function hashLanes(hashes: usize): void {
  for (let lane: u32 = 0; lane < LANES; lane++) {
    gatherLane(lane, laneParameters);
    store<u64>(hashes + ((<usize>lane) << 3), xxh64(laneParameters, parameterCount, 0));
  }
}

/**
 * Copies a lane's parameters to an address, and hashes them tensor by tensor.
 *
 * @param sizes how many values each of the `count` tensors has, as u32
 * @param hashes receives one XXH64 a tensor
 */
export function hashTensors(lane: u32, sizes: usize, count: u32, hashes: usize, to: usize): void {
  gatherLane(lane, to);
  for (let tensor: u32 = 0; tensor < count; tensor++, sizes += 4, hashes += 8) {
    const size = load<u32>(sizes);
    store<u64>(hashes, xxh64(to, size, 0));
    to += (<usize>size) << 2;
  }
}

/** Forgets what an optimizer keeps. */
export function clearState(): void {
  memory.fill(parameters + 2 * areaBytes(), 0, 2 * areaBytes());
}

/** Gathers a batch: the rows that each lane's order names. */
export function gatherBatch(first: u32, count: u32): void {
  const values = (<usize>rowValues()) << 2;
  const from = data;
  let to = batch;
  let order = orders + ((<usize>first) << 4);
  for (const end = order + ((<usize>count) << 4); order < end; order += 16) {
    let at0 = from + <usize>load<u32>(order);
    let at1 = from + <usize>load<u32>(order, 4);
    let at2 = from + <usize>load<u32>(order, 8);
    let at3 = from + <usize>load<u32>(order, 12);
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

/** Gathers `count` rows from `first` on, the same for every lane. */
export function gatherRows(first: u32, count: u32): void {
  let from = data + ((<usize>(first * rowValues())) << 2);
  let to = batch;
  for (const end = from + ((<usize>(count * rowValues())) << 2); from < end; from += 4, to += 16) {
    v128.store(to, v128.load32_splat(from));
  }
}
