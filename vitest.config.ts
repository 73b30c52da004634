import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    globalSetup: ['tests/ground/global-setup.ts'],
    setupFiles: ['tests/ground/each-file.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A condition that is waited for may take its time on a busy machine; nothing is measured here.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
  },
});
