export { setAdam } from './adam';
export { cosf, log, logf, sinf } from './elementary';
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
export { philoxGenerate } from './philox4x32';
export { productCount, productsAt, useProducts } from './product';
export { applyShuffles, continueShuffles, drawShuffles, orderNaturally, shuffleBytes } from './shuffle';
export { mrgUniforms, philoxUniforms } from './uniform';
export { sourceBlock, sourceState, useSource } from './words';
export { digestRepeats, xxh64 } from './xxhash64';
