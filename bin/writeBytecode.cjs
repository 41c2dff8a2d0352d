// A step of the build: executes common commands, and leaves beside every bundle they load the bytecode of what they execute.
const { writeFileSync } = require('node:fs');
const vm = require('node:vm');

const article = ['run', '--seed', '1', '--repeats', '10'];
const commands = [['--help'], article, [...article, '--format', 'plain']];
const launcher = require.resolve('../dist/repro.cjs');

const scripts = new Map();
vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    scripts.set(options.filename, this);
  }
};

for (const command of commands) {
  process.argv.splice(2, Number.POSITIVE_INFINITY, ...command);
  delete require.cache[launcher];
  require(launcher);
}
process.on('exit', () => {
  for (const [filename, script] of scripts) writeFileSync(`${filename}.bytecode`, script.createCachedData());
});
