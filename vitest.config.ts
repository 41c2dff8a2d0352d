import { defineConfig } from 'vitest/config';

export default defineConfig({
  // By default one core is left free, which of two is half.
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, maxWorkers: '100%' },
});
