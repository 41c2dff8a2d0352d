// What is measured. An experiment's file says what is trained, to `repro` and to every peer alike.
import { fileURLToPath } from 'node:url';
import { columns } from './table.mjs';

const fileOf = (path) => fileURLToPath(new URL(path, import.meta.url));
const tensorFlow = ['TensorFlow.js, cpu', 'TensorFlow.js, wasm'];

/**
 * By name: `experiment`, the file; `small` and `large`, the numbers of repeats whose difference in time is `repro`'s speed;
 * `scored`, of how many repeats the median score is taken; `threads`, the repeats of the runs that compare one thread with two.
 */
export const workloads = {
  article: {
    title: '1-10-1 linear, 9 rows in one batch, Adam, 100 epochs, shuffled',
    experiment: fileOf('../experiments/article.yaml'),
    small: 20_000,
    large: 120_000,
    scored: 1000,
    threads: 400_000,
    javascript: ['plain loop, Math.fround', ...tensorFlow, 'brain.js'],
    python: ['NumPy', 'NumPy, 1,000 networks at once', 'PyTorch'],
    columns: [columns.name, columns.version, columns.rate('repeats/s'), columns.ratio, columns.score, columns.note],
  },
  wide: {
    title: '20-64-64-1 ReLU, 1,000 rows in batches of 32, Adam, 20 epochs, shuffled',
    experiment: fileOf('wide.yaml'),
    small: 8,
    large: 40,
    scored: 8,
    javascript: tensorFlow,
    python: ['NumPy', 'PyTorch', 'scikit-learn'],
    columns: [columns.name, columns.version, columns.rate('trainings/s'), columns.ratio, columns.score, columns.note],
  },
  classifier: {
    title: '784-128-10 ReLU and softmax, 10,000 rows in batches of 128, Adam, 1 epoch, shuffled',
    experiment: fileOf('classifier.yaml'),
    small: 1,
    large: 5,
    scored: 5,
    javascript: tensorFlow,
    python: ['NumPy', 'PyTorch', 'scikit-learn'],
    columns: [
      columns.name,
      columns.version,
      columns.seconds,
      columns.ratio,
      columns.memory,
      columns.score,
      columns.note,
    ],
  },
};
