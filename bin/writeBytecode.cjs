// A step of the build: executes what a bundle is commonly asked for, and leaves beside every file that this loads the bytecode of
// what it executes. The argument names the bundle.
const { writeFileSync } = require('node:fs');
const vm = require('node:vm');

const article = ['run', '--seed', '1', '--repeats', '10'];
const commands = {
  repro: [
    ['--help'],
    article,
    [...article, '--format', 'plain'],
    ['check', ...article.slice(1)],
    ['compare', ...article.slice(1)],
  ],
  // Asked on stdin.
  execution: [[]],
};
const name = process.argv[2];
const launcher = require.resolve(`../dist/${name}.cjs`);

const scripts = new Map();
vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    scripts.set(options.filename, this);
  }
};

for (const command of commands[name]) {
  process.argv.splice(2, Number.POSITIVE_INFINITY, ...command);
  delete require.cache[launcher];
  require(launcher);
}
process.on('exit', () => {
  for (const [filename, script] of scripts) writeFileSync(`${filename}.bytecode`, script.createCachedData());
});
