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
  laneParametersAt,
  openNetwork,
  ordersAt,
  parameterTotal,
  scatterLane,
  score,
  startTraining,
  train,
} from './network';
export { philoxGenerate } from './philox4x32';
export { productCount, productsAt, useProducts } from './product';
export { applyShuffle, drawShuffles } from './shuffle';
export { sourceBlock, sourceState, useSource } from './words';
export { xxh64 } from './xxhash64';
