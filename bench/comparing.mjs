// node bench/comparing.mjs: how often the tests of a comparison call arms different, and how often the intervals of P(better) hold it,
// on the article's own scores. Populations of many repeats stand for all there could be, and arms are drawn from them.
import { existsSync } from 'node:fs';
import seedrandom from 'seedrandom';
import { dist, population } from './population.mjs';

const POPULATION = 200_000;
const TRIALS = 10_000;
const SIZES = [4, 6, 10, 30, 100];
const ALPHA = 0.05;

const percent = (share) => `${(100 * share).toFixed(1)}%`;

async function measure() {
  const { mannWhitney, pairedSuperiority, superiority, wilcoxon } = await import(dist('index.js'));
  const article = population(POPULATION, 'article', '--seed', '1');
  const others = [
    ['itself', article],
    ['200 epochs', population(POPULATION, 'article', 'epochs=200', '--seed', '2')],
    ['500 epochs', population(POPULATION, 'article', 'epochs=500', '--seed', '3')],
  ];
  console.log('| against | P(better) | n | Mann-Whitney: different | covers | Wilcoxon: different | covers |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const [name, other] of others) {
    // The article scores better where its error is the lower one.
    const truth = superiority(other, article).probability;
    for (const n of SIZES) {
      const random = seedrandom(`comparing ${name} ${n}`);
      const draw = (scores) => Array.from({ length: n }, () => scores[Math.floor(random() * POPULATION)]);
      const trials = Array.from({ length: TRIALS }, () => [draw(article), draw(other)]);
      const share = (holds) => percent(trials.filter(([x, y]) => holds(x, y)).length / TRIALS);
      const pairs = (x, y) => y.map((score, i) => score - x[i]);
      const within = ({ low, high }) => low <= truth && truth <= high;
      const cells = [
        ...[name, truth.toFixed(3), n],
        share((x, y) => mannWhitney(x, y).p <= ALPHA),
        share((x, y) => within(superiority(y, x))),
        share((x, y) => wilcoxon(pairs(x, y)).p <= ALPHA),
        share((x, y) => within(pairedSuperiority(pairs(x, y)))),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
}

if (existsSync(dist('index.js'))) {
  await measure();
} else {
  console.error('dist/index.js is missing: run `npm run build` first');
  process.exitCode = 2;
}
