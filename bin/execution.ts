import { readFileSync } from 'node:fs';
import { executeRequest } from '../src/cli/execution.js';
import { writeBytes } from '../src/cli/writeText.js';

void executeRequest(JSON.parse(readFileSync(0, 'utf8')), (bytes) => writeBytes(1, 'stdout', bytes));
