export { setAdam } from './adam';
export { cos, cosf, log, logf, sin, sinf } from './elementary';
export { allocate } from './memory';
export { mrgStreams, mrgUniform } from './mrg31k3p';
export { mtGenerate, mtSeed } from './mt19937';
export {
  addDense,
  closeNetwork,
  dataAt,
  exactTargetsAt,
  gatherLane,
  hashLanes,
  laneParametersAt,
  openNetwork,
  parameterTotal,
  scatterLane,
  score,
  startTraining,
  train,
} from './network';
// Exported, so that the optimizer leaves them out of drawShuffles: an engine is quicker with small functions, of which it need
// not compile all.
export { drawPermutations, preparePermutations } from './permutation';
export { philoxGenerate } from './philox4x32';
export { productCount, productsAt, useProducts } from './product';
export { applyShuffles, continueShuffles, drawShuffles, orderNaturally, shuffleBytes } from './shuffle';
export { drawSwaps, prepareSwaps } from './swaps';
export { philoxUniforms, theanoUniforms } from './uniform';
export { sourceBlock, sourceState, useSource } from './words';
export { digestRepeats, xxh64 } from './xxhash64';
