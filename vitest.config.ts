import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    coverage: {
      enabled: process.env.CI === 'true',
      provider: 'v8',
      include: ['src/{registry,docs,coverage,review,report}/**/*.ts'],
      thresholds: { branches: 95 },
      reporter: ['text-summary', 'text'],
    },
  },
});
