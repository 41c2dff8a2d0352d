// Early stopping: F. Chollet et al., Keras 2.0.3, callbacks.py. Each lane stops by itself: its parameters are kept, and it goes on
// for company only.
import { penaltyOf } from './gradients';
import { LANES, Layer, outputRow } from './layer';
import { isBinary, rowAccuracy, rowLoss } from './loss';
import { allocate } from './memory';
import {
  batchRow,
  batchTargets,
  gatherLane,
  layerAt,
  layerCount,
  parameterTotal,
  scatterLane,
  targets,
} from './network';

/** What is watched after every epoch, as TypeScript passes it. */
export const NOTHING: u32 = 0;
export const LOSS: u32 = 1;
export const VALIDATION_LOSS: u32 = 2;
export const ACCURACY: u32 = 3;
export const VALIDATION_ACCURACY: u32 = 4;

let monitor: u32 = NOTHING;
let patience: u32 = 0;
let leastGain: f64 = 0;

/** Of each lane: what the batches add up to, the best so far, epochs without a better one. */
const sums = memory.data(32, 16);
const bests = memory.data(32, 16);
const waits = memory.data(16, 16);
/** Rows in the sums. */
let seen: u32 = 0;
/** A bit for each lane that has stopped. */
let stopped: u32 = 0;
/** Of each lane, the parameters it stopped with. */
let kept: usize = 0;

export function setStopping(watched: u32, epochsToWait: u32, minDelta: f64): void {
  monitor = watched;
  patience = epochsToWait;
  leastGain = minDelta;
  if (monitor != NOTHING) kept = allocate((<usize>(parameterTotal() * LANES)) << 2);
}

export function watchesTraining(): bool {
  return monitor == LOSS || monitor == ACCURACY;
}

export function watchesValidation(): bool {
  return monitor == VALIDATION_LOSS || monitor == VALIDATION_ACCURACY;
}

function watchesAccuracy(): bool {
  return monitor == ACCURACY || monitor == VALIDATION_ACCURACY;
}

/** Starts a training of the first `lanes` lanes; the others count as stopped. */
export function startStopping(lanes: u32): void {
  stopped = (0xf << lanes) & 0xf;
  for (let lane: usize = 0; lane < <usize>LANES; lane++) {
    store<f64>(bests + (lane << 3), watchesAccuracy() ? -Infinity : Infinity);
    store<u32>(waits + (lane << 2), 0);
  }
}

/** A bit for each lane that has stopped. */
export function stoppedLanes(): u32 {
  return stopped;
}

export function startSums(): void {
  seen = 0;
  memory.fill(sums, 0, 32);
}

/** All penalties of one lane. */
function penalty(lane: u32): f32 {
  let sum: f32 = 0;
  for (let index: u32 = 0; index < layerCount; index++) {
    const layer = layerAt(index);
    if (layer.penalties != 0) sum += penaltyOf(layer, lane);
  }
  return sum;
}

/** What is watched of a batch in one lane: the mean over its rows; of a loss also the penalties. */
function batchValue(loss: u32, top: Layer, lane: u32, rows: u32): f32 {
  const accuracy = watchesAccuracy();
  const binary = isBinary(loss, targets);
  let sum: f64 = 0;
  let prediction = top.outputs + ((<usize>lane) << 2);
  let target = batchTargets() + ((<usize>lane) << 2);
  for (let row: u32 = 0; row < rows; row++, prediction += outputRow(top), target += batchRow()) {
    if (accuracy) sum += rowAccuracy(binary, prediction, target, targets);
    else sum += <f64>rowLoss(loss, prediction, target, targets);
  }
  const mean = <f32>(sum / <f64>rows);
  return accuracy ? mean : mean + penalty(lane);
}

/** Adds what the predictions of the gathered batch are worth. */
export function addBatch(loss: u32, top: Layer, rows: u32): void {
  seen += rows;
  for (let lane: u32 = 0; lane < LANES; lane++) {
    const sum = sums + ((<usize>lane) << 3);
    store<f64>(sum, load<f64>(sum) + <f64>batchValue(loss, top, lane, rows) * <f64>rows);
  }
}

/** Ends an epoch; returns whether all lanes have stopped. */
export function endEpoch(): bool {
  for (let lane: u32 = 0; lane < LANES; lane++) {
    if (stopped & (1 << lane)) continue;
    const wait = waits + ((<usize>lane) << 2);
    const best = bests + ((<usize>lane) << 3);
    const value = load<f64>(sums + ((<usize>lane) << 3)) / <f64>seen;
    const better = watchesAccuracy() ? value - leastGain > load<f64>(best) : value + leastGain < load<f64>(best);
    if (better) {
      store<f64>(best, value);
      store<u32>(wait, 0);
    } else {
      if (load<u32>(wait) >= patience) {
        stopped |= 1 << lane;
        gatherLane(lane, keptAt(lane));
      }
      store<u32>(wait, load<u32>(wait) + 1);
    }
  }
  return stopped == 0xf;
}

function keptAt(lane: u32): usize {
  return kept + ((<usize>(lane * parameterTotal())) << 2);
}

/** Gives the lanes that stopped the parameters that they stopped with. */
export function restoreStopped(lanes: u32): void {
  for (let lane: u32 = 0; lane < lanes; lane++) if (stopped & (1 << lane)) scatterLane(lane, keptAt(lane));
}
