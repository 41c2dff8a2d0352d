// node bench/coverage.mjs: how often the intervals of a summary hold what they estimate, on the article's own scores. A population
// of many repeats stands for all there could be, and samples are drawn from it.
import { existsSync } from 'node:fs';
import seedrandom from 'seedrandom';
import { dist, population } from './population.mjs';

const POPULATION = 200_000;
const TRIALS = 2_000;
const SIZES = [3, 6, 10, 30, 100, 300, 1000];

/** The share of trials whose interval holds the truth, and the shares that miss it below and above. */
function shares(intervals, truth) {
  const some = intervals.filter((interval) => interval !== null);
  const share = (holds) => some.filter(holds).length / some.length;
  return {
    trials: some.length,
    held: share(({ low, high }) => low <= truth && truth <= high),
    above: share(({ low }) => truth < low),
    below: share(({ high }) => high < truth),
    width: some.map(({ low, high }) => (high - low) / truth).toSorted((a, b) => a - b)[some.length >> 1],
  };
}

async function measure() {
  const { interquartileMean, mean, median, summarize, tInterval } = await import(dist('index.js'));
  const scores = [...population(POPULATION, 'article', '--seed', '1')];
  const truth = { mean: mean(scores), median: median(scores), iqm: interquartileMean(scores) };
  console.log(
    `Of ${POPULATION} repeats: mean ${truth.mean}, median ${truth.median}, interquartile mean ${truth.iqm}\n`,
  );
  console.log('| n | interval | method | covers | too low | too high | median width / truth |');
  console.log('| ---: | --- | --- | ---: | ---: | ---: | ---: |');
  for (const n of SIZES) {
    const random = seedrandom(`coverage ${n}`);
    const trials = Array.from({ length: TRIALS }, () => {
      const sample = Array.from({ length: n }, () => scores[Math.floor(random() * POPULATION)]);
      return { ...summarize(sample).intervals, t: tInterval(sample) };
    });
    const row = (name, intervals, wanted) => {
      const percent = (share) => `${(100 * share).toFixed(1)}%`;
      const first = intervals.find((interval) => interval !== null);
      if (!first) return console.log(`| ${n} | ${name} | none | | | | |`);
      const { held, below, above, width } = shares(intervals, wanted);
      const cells = [n, name, first.method, percent(held), percent(below), percent(above), width.toFixed(2)];
      return console.log(`| ${cells.join(' | ')} |`);
    };
    row(
      'mean',
      trials.map(({ mean: interval }) => interval),
      truth.mean,
    );
    row(
      'mean',
      trials.map(({ t }) => t),
      truth.mean,
    );
    row(
      'median',
      trials.map(({ median: interval }) => interval),
      truth.median,
    );
    row(
      'interquartile mean',
      trials.map(({ interquartileMean: interval }) => interval),
      truth.iqm,
    );
  }
}

if (existsSync(dist('index.js'))) {
  await measure();
} else {
  console.error('dist/index.js is missing: run `npm run build` first');
  process.exitCode = 2;
}
