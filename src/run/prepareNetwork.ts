import type { Backend, RunStream } from '../backends/backend.js';
import type { Dataset, Shape } from '../data/dataset.js';
import { inlineRows, sequence } from '../data/dataset.js';
import { ReproError } from '../errors.js';
import type { Data, FileData, GeneratedData, NetworkExperiment } from '../experiment/experiment.js';
import { dataProblem, fitProblems, type Problem, problem, widthsOf } from '../experiment/fit.js';
import type { Network } from '../network/network.js';
import { type RandomState, type RandomStateSnapshot, randomState } from '../random/randomState.js';
import { loadBackend } from './loadBackend.js';
import type { RunPlan } from './record.js';

/** Where an experiment's files are, and how its mistakes are told. */
export interface Place {
  /** Where paths start, absolute. */
  readonly folder: string;
  /** A path as it is shown. */
  show(path: string): string;
  tell(problem: Problem): string;
}

/** What is made of a network once for a run, before its first repeat. */
export interface PreparedNetwork {
  readonly kind: 'network';
  readonly network: Network;
  /** Where making the data left a sequential stream. */
  readonly state: RandomStateSnapshot | undefined;
}

/** Rows in their final order: trained on, validating, held out for a test. */
interface Parts {
  readonly data: Dataset;
  readonly trainingRows: number;
  readonly validationRows: number;
}

const GIB = 1_073_741_824;
/** Memory that a kernel can address, less what all the rest may need. */
const MOST_BYTES = 3.5 * GIB;

/**
 * Reads or makes the data, splits it, and checks that network and data go together.
 *
 * @throws ReproError with a line for every problem
 */
export async function prepareNetwork(plan: RunPlan<NetworkExperiment>, place: Place): Promise<PreparedNetwork> {
  const { experiment } = plan;
  const backend: Backend = await loadBackend(experiment.backend);
  const stream = backend.open(plan.seed);
  checkAheadOf(experiment, place);
  const whole = await dataOf(experiment.data, stream, place);
  check(experiment, whole, place);
  const network = networkOf(experiment, await partsOf(experiment, whole, stream, place));
  checkSize(network.data, network, place);
  return { kind: 'network', network, state: stream.state() };
}

async function dataOf(data: Data, stream: RunStream, place: Place): Promise<Dataset> {
  switch (data.kind) {
    case 'sequence':
      return sequence(data.length, data.lag, data.step);
    case 'inline':
      return inlineRows(data.inputs, data.targets);
    case 'csv':
    case 'jsonl':
      return readFile(data, place);
    default:
      return generate(data, data.seed === undefined ? stream.random('data') : randomState(data.seed));
  }
}

async function readFile(data: FileData, { folder, show }: Place): Promise<Dataset> {
  const { resolve } = await import('node:path');
  const path = resolve(folder, data.path);
  const options = { ...data, path, shown: show(path) };
  if (data.kind === 'csv') return (await import('../data/csv.js')).readCsv(options);
  return (await import('../data/jsonLines.js')).readJsonLines(options);
}

async function generate(data: GeneratedData, random: RandomState): Promise<Dataset> {
  switch (data.kind) {
    case 'xor':
      return (await import('../data/xor.js')).xor(random, data);
    case 'moons':
      return (await import('../data/moons.js')).moons(random, data);
    case 'circles':
      return (await import('../data/circles.js')).circles(random, data);
    case 'blobs':
      return (await import('../data/blobs.js')).blobs(random, data);
    case 'sine':
      return (await import('../data/sine.js')).sine(random, data);
    case 'friedman1':
      return (await import('../data/friedman1.js')).friedman1(random, { noise: 0, ...data });
  }
}

function fail(problems: readonly Problem[], place: Place): never {
  throw new ReproError(problems.map((each) => place.tell(each)).join('\n'));
}

/** What could not be checked before the data was there. */
function check(experiment: NetworkExperiment, data: Dataset, place: Place): void {
  const problems = fitProblems(experiment, data);
  if (problems.length > 0) fail(problems, place);
  const wrong = dataProblem(experiment, data);
  if (!wrong) return;
  const { row, of, column, message } = wrong;
  const { source } = data;
  if (source) {
    const name = (of === 'inputs' ? source.featureNames : source.targetNames)[column];
    throw new ReproError(`${source.file}:${source.lines[row]} column "${name}" ${message}`);
  }
  const inline = experiment.data.kind === 'inline';
  const at = inline
    ? problem(['data', of, row, column], message)
    : problem(['data'], `row ${row + 1}: ${of} ${message}`);
  fail([at], place);
}

/** Splits as Keras does after scikit-learn: a test drawn from all rows; of the others the last part validates. */
async function partsOf(
  { testSplit, validationSplit, data: settings }: NetworkExperiment,
  whole: Dataset,
  stream: RunStream,
  place: Place,
): Promise<Parts> {
  let data = whole;
  let testRows = 0;
  if (testSplit > 0) {
    const { splitRows } = await import('../data/split.js');
    ({ data, testRows } = splitRows(stream.random('split'), whole, testSplit));
  }
  const fittedRows = data.rows - testRows;
  const trainingRows = Math.trunc(fittedRows * (1 - validationSplit)); // F. Chollet et al., Keras 2.0.3, models.py
  if (trainingRows === 0) {
    fail(
      [problem([fittedRows === 0 ? 'testSplit' : 'validationSplit'], `leaves none of ${whole.rows} rows to train on`)],
      place,
    );
  }
  if ('standardize' in settings && settings.standardize) {
    const { standardize } = await import('../data/standardize.js');
    data = standardize(data, trainingRows);
  }
  return { data, trainingRows, validationRows: fittedRows - trainingRows };
}

/** The network that an experiment describes, on its data. */
function networkOf(experiment: NetworkExperiment, { data, trainingRows, validationRows }: Parts): Network {
  const { layers, loss, optimizer, epochs, batchSize, shuffle, earlyStopping, reduction, score } = experiment;
  const firsts = { train: 0, all: 0, validation: trainingRows, test: trainingRows + validationRows };
  const rows = {
    train: trainingRows,
    validation: validationRows,
    test: data.rows - trainingRows - validationRows,
    all: data.rows,
  };
  // Noise is drawn batch by batch, in validation as well.
  const batchRows = batchSize === 'all' ? trainingRows : Math.min(batchSize, Math.max(trainingRows, validationRows));
  return {
    ...{ data, trainingRows, validationRows, layers, loss, optimizer, epochs, batchRows, shuffle, reduction },
    ...(earlyStopping ? { earlyStopping } : {}),
    score: { metric: score.metric, first: firsts[score.on], rows: rows[score.on] },
  };
}

/** Bytes of the kernel's memory: four repeats' parameters with gradients and an optimizer's state, a batch; and the data's. */
function kernelBytes({ rows, features, targets }: Shape, { layers, batchRows }: Sizes): { all: number; data: number } {
  // Float32 and float64 rows, and for each of four lanes a row's place in its order and in two shuffles that wait.
  const data = rows * (4 * (features + 1 + targets) + 8 * targets + 4 * 12);
  let width = features;
  let bytes = data + 16 * batchRows * (features + 1 + targets);
  for (const layer of layers) {
    if (layer.type === 'dense') {
      bytes += 68 * (width + 1) * layer.units;
      width = layer.units;
    } else if (layer.type === 'embedding') {
      bytes += 68 * layer.inputDim * layer.outputDim;
      width *= layer.outputDim;
    }
    bytes += 64 * batchRows * (width + 1);
  }
  return { all: bytes, data };
}

type Sizes = Pick<Network, 'layers' | 'batchRows'>;

function checkSize(shape: Shape, sizes: Sizes, place: Place): void {
  const { all, data } = kernelBytes(shape, sizes);
  if (all <= MOST_BYTES) return;
  const size = (all / GIB).toFixed(1);
  const part = data > all / 2 ? 'data' : 'layers';
  const message = `and the batches need ${size} GiB, more than the ${MOST_BYTES / GIB} there are: make them smaller`;
  fail([problem([part], message)], place);
}

/** What has its size without being read is not made before it is known to fit. */
function checkAheadOf({ data, layers, batchSize, testSplit, validationSplit }: NetworkExperiment, place: Place): void {
  const widths = widthsOf(data);
  if (!widths || data.kind === 'inline') return;
  const rows = data.kind === 'sequence' ? data.length - data.lag : 'rows' in data ? data.rows : 0;
  const fitted = rows * (1 - testSplit);
  const trained = Math.trunc(fitted * (1 - validationSplit));
  const most = Math.max(trained, Math.ceil(fitted * validationSplit));
  checkSize(
    { rows, ...widths },
    { layers, batchRows: batchSize === 'all' ? trained : Math.min(batchSize, most) },
    place,
  );
}
