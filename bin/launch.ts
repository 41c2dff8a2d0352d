#!/usr/bin/env node
// As repro.cjs or execution.cjs: loads the bundle of that name that ends in Main as `require` would, and what it asks for, each
// with the bytecode that the build left beside it. An engine other than the one that built it refuses that, and compiles.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Script } from 'node:vm';

function readBytecode(filename: string): Buffer | undefined {
  try {
    return readFileSync(`${filename}.bytecode`);
  } catch {
    return undefined;
  }
}

function load(name: string): unknown {
  const filename = `${__dirname}/${name}`;
  // The bundles are ASCII, which is read faster as Latin-1.
  const source = `(function(exports,require,module,__filename,__dirname){${readFileSync(filename, 'latin1')}\n})`;
  const script = new Script(source, { filename, cachedData: readBytecode(filename) });
  const module = { exports: {} };
  const requireFrom = (id: string): unknown => (id.startsWith('./') ? load(id.slice(2)) : require(id));
  script.runInThisContext()(module.exports, requireFrom, module, filename, __dirname);
  return module.exports;
}

load(`${basename(__filename, '.cjs')}Main.cjs`);
