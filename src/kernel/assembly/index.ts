// Exported beside what TypeScript calls: functions of hot loops, so that the optimizer leaves them out of their callers. An
// engine is quicker with small functions, of which it need not compile all.
export { activateRow, differentiateRow } from './activation';
export { cos, cosf, exp, log, log1p, log10, logf, sin, sinf } from './elementary';
export { addEmbeddingGradient, lookUp } from './embedding';
export { seedEntropy } from './entropy';
export { lossDeltas, rowAccuracy, rowLoss } from './loss';
export { allocate } from './memory';
export { addToSums } from './metric';
export { mrgStreams, mrgUniform } from './mrg31k3p';
export { mtGenerate, mtSeed } from './mt19937';
export {
  addActivation,
  addDense,
  addDropout,
  addEmbedding,
  addGaussianNoise,
  areaBytes,
  closeNetwork,
  dataAt,
  errorsAt,
  exactTargetsAt,
  gatherBatch,
  gatherLane,
  hashLanes,
  hashTensors,
  laneParametersAt,
  noiseAt,
  openNetwork,
  panelAt,
  parameterTotal,
  scatterLane,
} from './network';
export { drawMask, drawNormals, newNoise, seedNoiseLane } from './noise';
export { operationCount, operationsAt, useFunctions } from './operation';
export { drawPermutations, preparePermutations } from './permutation';
export { philoxGenerate } from './philox4x32';
export { productCount, productsAt } from './product';
export { averageCounts, countDraws, resampleMeans } from './resampling';
export { constantsAt, setSchedule } from './schedule';
export { applyShuffles, continueShuffles, drawShuffles, orderNaturally, shuffleBytes } from './shuffle';
export { stepCount, stepsAt } from './step';
export { restoreStopped, setStopping, stoppedLanes } from './stopping';
export { drawSwaps, prepareSwaps } from './swaps';
export { operate, score, setTraining, startTraining, train } from './training';
export { philoxUniforms, theanoUniforms } from './uniform';
export { sourceBlock, sourceState, useSource } from './words';
export { digestRepeats, xxh64, xxh64Bytes } from './xxhash64';
