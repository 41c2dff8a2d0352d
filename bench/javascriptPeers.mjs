// node javascriptPeers.mjs NAME FOLDER: measures one JavaScript library and prints the result as a line of JSON.
// Libraries are imported when asked for, so that a missing one is no error.
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { median } from './median.mjs';
import { peakMegabytes } from './memory.cjs';
import { trainOnce as trainPlainLoop } from './plainLoop.mjs';
import { readTask } from './task.mjs';

const require = createRequire(import.meta.url);
const meanSquare = (errors) => errors.reduce((sum, error) => sum + error * error, 0) / errors.length;

/** Of a sequential model of TensorFlow.js: dense layers with the defaults of Keras, whose kernels are Glorot uniform. */
function buildModel(tf, { features, layers }) {
  const model = tf.sequential();
  for (const [index, { units, activation }] of layers.entries()) {
    const shape = index === 0 ? { inputShape: [features] } : {};
    model.add(tf.layers.dense({ units, activation, kernelInitializer: 'glorotUniform', ...shape }));
  }
  return model;
}

/** One training → its loss on all rows. */
async function trainTensorFlow(tf, task, inputs, targets) {
  const model = buildModel(tf, task);
  const loss = { mse: 'meanSquaredError', categorical_crossentropy: 'categoricalCrossentropy' }[task.loss];
  const optimizer = tf.train.adam(0.001, 0.9, 0.999, 1e-8);
  model.compile({ loss, optimizer });
  await model.fit(inputs, targets, {
    epochs: task.epochs,
    batchSize: task.batch,
    shuffle: true,
    verbose: 0,
    yieldEvery: 'never',
  });
  const result = model.evaluate(inputs, targets, { batchSize: task.batch });
  const [score] = await result.data();
  tf.dispose(result);
  model.dispose();
  optimizer.dispose();
  return score;
}

async function tensorFlow(backend, task, prepare) {
  const { default: tf } = await import('@tensorflow/tfjs').then((module) =>
    'default' in module ? module : { default: module },
  );
  await prepare?.();
  if (!(await tf.setBackend(backend))) throw new Error(`no ${backend} backend`);
  await tf.ready();
  const inputs = tf.tensor2d(task.inputs, [task.rows, task.features]);
  const targets = tf.tensor2d(task.targets, [task.rows, task.layers.at(-1).units]);
  return { version: tf.version.tfjs, trainOnce: () => trainTensorFlow(tf, task, inputs, targets) };
}

/** One thread: the tables are about one core. */
async function prepareWasm() {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm')) + sep);
  wasm.setThreadsCount(1);
}

/** For one input and one output, with one hidden layer that is to be linear. */
async function brain(task) {
  const { default: library } = await import('brain.js');
  const data = Array.from(task.inputs, (input, row) => ({ input: [input], output: [task.targets[row]] }));
  const options = {
    iterations: task.epochs,
    praxis: 'adam',
    learningRate: 0.001,
    errorThresh: 1e-15,
    errorCheckInterval: 1000,
  };
  const hiddenLayers = [task.layers[0].units];
  const trainOnce = () => {
    const network = new library.NeuralNetwork({ hiddenLayers, activation: 'leaky-relu', leakyReluAlpha: 1 });
    network.train(data, options);
    return meanSquare(data.map(({ input, output }) => network.run(input)[0] - output[0]));
  };
  const { version } = require(join(dirname(require.resolve('brain.js')), 'package.json'));
  return { version, trainOnce, note: 'ReLU, for want of linear units; an update a row; no shuffling' };
}

/** By name: task → { version, trainOnce, note? }. */
const peers = {
  'plain loop, Math.fround': () => ({ version: process.version, trainOnce: trainPlainLoop }),
  'TensorFlow.js, cpu': (task) => tensorFlow('cpu', task),
  'TensorFlow.js, wasm': (task) => tensorFlow('wasm', task, prepareWasm),
  'brain.js': brain,
};

async function measure({ version, trainOnce, note }, { trainings, seconds, atMost }) {
  await trainOnce(); // the first one pays for compilation
  const scores = [];
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  while ((scores.length < trainings || elapsed() < seconds) && elapsed() < atMost) scores.push(await trainOnce());
  const rate = scores.length / elapsed();
  return { version, rate, megabytes: peakMegabytes(), median: median(scores), note };
}

async function measureByName(name, folder) {
  const task = readTask(folder);
  try {
    return await measure(await peers[name](task), task.budget);
  } catch (error) {
    const absent = error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND';
    return { missing: absent ? 'not installed' : `failed: ${error.message.split('\n')[0]}` };
  }
}

console.log(JSON.stringify(await measureByName(...process.argv.slice(2))));
