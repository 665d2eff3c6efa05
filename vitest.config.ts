import { defineConfig } from 'vitest/config';

/** Pure code keeps nothing from one test file to the next, so these files share their modules: half the time. */
const PURE = ['test/{registry,docs,coverage,review,report}/**/*.test.ts'];

export default defineConfig({
  // As the build does; nothing that is kept outlives a test.
  define: { CODE_DIGEST: JSON.stringify('test') },
  test: {
    testTimeout: 60_000,
    setupFiles: ['test/fixed-seed.ts'],
    // Vitest would leave one core free.
    maxWorkers: '100%',
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      { extends: true, test: { name: 'edge', include: ['test/**/*.test.ts'], exclude: PURE } },
    ],
    coverage: {
      enabled: process.env.CI === 'true',
      provider: 'v8',
      include: ['src/{registry,docs,coverage,review,report}/**/*.ts'],
      thresholds: { branches: 95 },
      reporter: ['text-summary', 'text'],
    },
  },
});
