import { currentFolder } from '../src/cli/currentFolder.js';
import { main } from '../src/cli/main.js';
import { stderr, stdout } from '../src/cli/standardStream.js';

main(process.argv.slice(2), { stdout, stderr, env: process.env, cwd: currentFolder }).then((code) => {
  process.exitCode = code;
});
