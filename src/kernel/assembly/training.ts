// Training and scoring of four repeats at once.
import { activateRow, differentiateRow } from './activation';
import { addEmbeddingGradient, lookUp } from './embedding';
import { addPenaltyGradients, squaredNorm } from './gradients';
import { ACTIVATION, DROPOUT, GAUSSIAN_NOISE, LANES, Layer, outputRow, V } from './layer';
import { lossDeltas } from './loss';
import { addToSums, clearSums, finishSums, metricOf } from './metric';
import {
  batchRow,
  batchRows,
  batchTargets,
  clearState,
  exactTargets,
  framework,
  gatherBatch,
  gatherRows,
  layerAt,
  layerCount,
  orderedDeltas,
  orderedInputs,
  orderRows,
  orders,
  targets,
  trainingRows,
  unordered,
} from './network';
import { drawMask, drawNormals, drawUniforms, Noise, THEANO } from './noise';
import {
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
  run,
  TRAIN_REST,
  TRAIN_WHOLE,
  WATCH,
} from './operation';
import { copyInOrder, drawOrder } from './reduction';
import { beginStep, setNormLane, startSchedule } from './schedule';
import { applyShuffles, continueShuffles, shuffleBytes } from './shuffle';
import { addBatch, endEpoch, startStopping, startSums, watchesTraining, watchesValidation } from './stopping';

/** What predictions are for: noise is added in training only, but Theano draws it in validation as well. */
const TRAINING: u32 = 0;
const VALIDATION: u32 = 1;
const PREDICTION: u32 = 2;

let loss: u32 = 0;
/** Rows behind those that are trained on that are watched. */
let validationRows: u32 = 0;

export function setTraining(lossKind: u32, watchedRows: u32): void {
  loss = lossKind;
  validationRows = watchedRows;
}

/** Starts the training of the first `lanes` lanes: forgets the one before, and puts every lane's rows in natural order. */
export function startTraining(lanes: u32): void {
  startSchedule();
  startStopping(lanes);
  clearState();
  orderRows();
}

/** value · mask / keep, in place or from one row to another. */
function keepRow(from: usize, to: usize, mask: usize, values: u32, keep: f32): void {
  const share = f32x4.splat(keep);
  for (const end = from + <usize>values * V; from < end; from += V, to += V, mask += V) {
    v128.store(to, f32x4.div(v128.and(v128.load(from), v128.load(mask)), share));
  }
}

function addNoiseRow(from: usize, to: usize, normal: usize, values: u32, deviation: f32): void {
  const scale = f32x4.splat(deviation);
  for (const end = from + <usize>values * V; from < end; from += V, to += V, normal += V) {
    v128.store(to, f32x4.add(v128.load(from), f32x4.mul(v128.load(normal), scale)));
  }
}

/** Draws what a layer adds or drops; in validation for the drawing's sake, if at all. */
function drawNoise(layer: Layer, count: u32, mode: u32): void {
  if (mode == PREDICTION) return;
  const noise = changetype<Noise>(layer.noise);
  const values = count * layer.units;
  if (mode == VALIDATION) {
    if (noise.framework == THEANO) drawUniforms(noise, layer.kind == DROPOUT ? values : (values + 1) & ~1);
  } else if (layer.kind == DROPOUT) {
    drawMask(noise, layer.drawn, values, <f32>layer.setting);
  } else {
    drawNormals(noise, layer.drawn, values);
  }
}

/** The outputs of a layer without parameters. */
function forwardRows(layer: Layer, count: u32, mode: u32): void {
  if (layer.kind != ACTIVATION) drawNoise(layer, count, mode);
  const theano = framework == THEANO;
  let from = layer.input;
  let to = layer.outputs;
  let drawn = layer.drawn;
  for (let row: u32 = 0; row < count; row++) {
    if (layer.kind == ACTIVATION)
      activateRow(layer.activation, layer.setting, layer.group, theano, from, to, layer.units);
    else if (mode != TRAINING) memory.copy(to, from, <usize>layer.units * V);
    else if (layer.kind == DROPOUT) keepRow(from, to, drawn, layer.units, <f32>layer.setting);
    else addNoiseRow(from, to, drawn, layer.units, <f32>layer.setting);
    from += layer.inputRow;
    to += outputRow(layer);
    drawn += <usize>layer.units * V;
  }
}

/** Turns the derivatives by the outputs of a layer without parameters into those by its inputs, in place. */
function backwardRows(layer: Layer, count: u32): void {
  if (layer.kind == GAUSSIAN_NOISE) return;
  const theano = framework == THEANO;
  let input = layer.input;
  let output = layer.outputs;
  let delta = layer.deltas;
  let drawn = layer.drawn;
  for (let row: u32 = 0; row < count; row++) {
    if (layer.kind == DROPOUT) keepRow(delta, delta, drawn, layer.units, <f32>layer.setting);
    else differentiateRow(layer.activation, layer.setting, layer.group, theano, input, output, delta, layer.units);
    input += layer.inputRow;
    output += outputRow(layer);
    delta += outputRow(layer);
    drawn += <usize>layer.units * V;
  }
}

/** Puts a layer's inputs and derivatives into the order in which they are to be summed. */
function copyLayerInOrder(layer: Layer, count: u32): void {
  copyInOrder(layer.input, orderedInputs, layer.inputRow, count);
  copyInOrder(layer.deltas, orderedDeltas, outputRow(layer), count);
}

function sumEmbeddingGradient(layer: Layer, count: u32): void {
  const input = unordered ? orderedInputs : layer.input;
  addEmbeddingGradient(layer, input, layer.inputRow, unordered ? orderedDeltas : layer.deltas, count);
}

/** Takes the norm of all gradients, in each lane. */
function takeNorms(): void {
  for (let lane: u32 = 0; lane < LANES; lane++) {
    let sum: f32 = 0;
    for (let index: u32 = 0; index < layerCount; index++) {
      const layer = layerAt(index);
      if (layer.parameterCount > 0) sum += squaredNorm(layer, lane);
    }
    setNormLane(lane, Mathf.sqrt(sum));
  }
}

function top(): Layer {
  return layerAt(layerCount - 1);
}

function differentiateLoss(count: u32): void {
  lossDeltas(loss, top().outputs, outputRow(top()), batchTargets(), batchRow(), top().deltas, targets, count);
}

/** An operation of a list, of the layer of that number, on `count` rows of the gathered batch. */
export function operate(operation: u32, index: u32, count: u32, mode: u32): void {
  switch (operation) {
    case FORWARD_ROWS:
      return forwardRows(layerAt(index), count, mode);
    case LOOK_UP:
      return lookUp(layerAt(index), count);
    case WATCH:
      return addBatch(loss, top(), count);
    case LOSS:
      return differentiateLoss(count);
    case BACKWARD_ROWS:
      return backwardRows(layerAt(index), count);
    case EMBEDDING_GRADIENT:
      return sumEmbeddingGradient(layerAt(index), count);
    case PENALTIES:
      return addPenaltyGradients(layerAt(index));
    case DRAW_ORDER:
      return drawOrder(count);
    case COPY_IN_ORDER:
      return copyLayerInOrder(layerAt(index), count);
    case NORM:
      return takeNorms();
  }
}

function trainBatch(first: u32, count: u32): void {
  beginStep();
  gatherBatch(first, count);
  run(count == batchRows ? TRAIN_WHOLE : TRAIN_REST, count, TRAINING);
}

/** Predicts the validation rows, which moves Theano's noise on whether they are watched or not. */
function validate(): void {
  const end = trainingRows + validationRows;
  for (let first = trainingRows; first < end; first += batchRows) {
    const count = min(batchRows, end - first);
    gatherRows(first, count);
    run(PREDICT, count, VALIDATION);
    if (watchesValidation()) addBatch(loss, top(), count);
  }
}

/**
 * Trains the lanes for `epochs` more epochs, or until all have stopped.
 *
 * @param shuffles each lane's shuffles, one an epoch, from `drawShuffles`; 0 for no shuffling
 * @param laneStride bytes from one lane's shuffles to the next one's
 */
export function train(epochs: u32, shuffles: usize, laneStride: usize): void {
  const step = shuffleBytes(trainingRows);
  const watches = watchesTraining() || watchesValidation();
  for (let epoch: u32 = 0; epoch < epochs; epoch++) {
    if (shuffles != 0) {
      applyShuffles(orders, trainingRows, shuffles, laneStride);
      shuffles += step;
    }
    if (watches) startSums();
    for (let first: u32 = 0; first < trainingRows; first += batchRows) {
      trainBatch(first, min(batchRows, trainingRows - first));
    }
    validate();
    if (watches && endEpoch()) break;
  }
  if (shuffles != 0) continueShuffles(trainingRows, shuffles - step, laneStride);
}

/**
 * A metric of the float32 predictions of `count` rows from `first` on.
 *
 * @param scores receives one float64 a lane
 */
export function score(asked: u32, first: u32, count: u32, scores: usize): void {
  const metric = metricOf(asked, loss, targets);
  clearSums(targets);
  const wanted = exactTargets + ((<usize>(first * targets)) << 3);
  for (let at: u32 = 0; at < count; at += batchRows) {
    const some = min(batchRows, count - at);
    gatherRows(first + at, some);
    run(PREDICT, some, PREDICTION);
    addToSums(metric, top().outputs, outputRow(top()), wanted + ((<usize>(at * targets)) << 3), targets, some);
  }
  finishSums(metric, wanted, targets, count, scores);
}
