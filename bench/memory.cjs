// Peak resident memory of this process. Required before a command, it writes that to file descriptor 3 at the end.
const { readFileSync, writeSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

/** Megabytes (10^6 bytes). Linux' rusage would count what the parent held when it forked; VmHWM begins with the program. */
function peakMegabytes() {
  try {
    return (Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))[1]) * 1024) / 1e6;
  } catch {
    return (process.resourceUsage().maxRSS * 1024) / 1e6;
  }
}

// Whoever imports it has no such option; threads, which inherit it, are part of the process.
if (isMainThread && process.execArgv.includes('--require'))
  process.on('exit', () => writeSync(3, `${peakMegabytes()}`));

module.exports = { peakMegabytes };
