import { main } from '../src/cli/main.js';
import { stderr, stdout } from '../src/cli/standardStream.js';

main(process.argv.slice(2), { stdout, stderr, env: process.env, cwd: () => process.cwd() }).then((code) => {
  process.exitCode = code;
});
