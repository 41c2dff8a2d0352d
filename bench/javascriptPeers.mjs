// JavaScript libraries with the article's network; each export → { name, version, trainOnce, note? }.
// They are imported when asked for, so that a missing one is no error.
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';

const require = createRequire(import.meta.url);
const rows = Array.from({ length: 9 }, (_, row) => ({ input: row / 10, output: (row + 1) / 10 }));
const meanSquare = (errors) => errors.reduce((sum, error) => sum + error * error, 0) / errors.length;

/** One training of the sequential model of TensorFlow.js → its mean squared error. */
async function trainTensorFlow(tf, inputs, targets) {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 10, inputShape: [1] }));
  model.add(tf.layers.dense({ units: 1 }));
  model.compile({ loss: 'meanSquaredError', optimizer: tf.train.adam() });
  await model.fit(inputs, targets, {
    epochs: 100,
    batchSize: rows.length,
    shuffle: true,
    verbose: 0,
    yieldEvery: 'never',
  });
  const predictions = model.predict(inputs);
  const errors = Array.from(await predictions.data(), (value, row) => value - rows[row].output);
  tf.dispose(predictions);
  model.dispose();
  return meanSquare(errors);
}

async function tensorFlow(backend, prepare) {
  const { default: tf } = await import('@tensorflow/tfjs').then((module) =>
    'default' in module ? module : { default: module },
  );
  await prepare?.();
  if (!(await tf.setBackend(backend))) throw new Error(`no ${backend} backend`);
  await tf.ready();
  const inputs = tf.tensor2d(rows.map(({ input }) => [input]));
  const targets = tf.tensor2d(rows.map(({ output }) => [output]));
  const trainOnce = () => trainTensorFlow(tf, inputs, targets);
  return { name: `TensorFlow.js, ${backend}`, version: tf.version.tfjs, trainOnce };
}

/** One thread: the table is about one core. */
async function prepareWasm() {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm')) + sep);
  wasm.setThreadsCount(1);
}

const tensorFlowCpu = () => tensorFlow('cpu');
const tensorFlowWasm = () => tensorFlow('wasm', prepareWasm);

async function brain() {
  const { default: library } = await import('brain.js');
  const data = rows.map(({ input, output }) => ({ input: [input], output: [output] }));
  const options = {
    iterations: 100,
    praxis: 'adam',
    learningRate: 0.001,
    errorThresh: 1e-15,
    errorCheckInterval: 1000,
  };
  const trainOnce = () => {
    const network = new library.NeuralNetwork({ hiddenLayers: [10], activation: 'leaky-relu', leakyReluAlpha: 1 });
    network.train(data, options);
    return meanSquare(data.map(({ input, output }) => network.run(input)[0] - output[0]));
  };
  const { version } = require(join(dirname(require.resolve('brain.js')), 'package.json'));
  return {
    name: 'brain.js',
    version,
    trainOnce,
    note: 'ReLU, for want of linear units; an update a row; no shuffling',
  };
}

export const javascriptPeers = {
  'TensorFlow.js, cpu': tensorFlowCpu,
  'TensorFlow.js, wasm': tensorFlowWasm,
  'brain.js': brain,
};
