import { defineConfig } from 'vitest/config'

export default defineConfig({
  define: { 'process.env.NODE_ENV': '"test"' },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'e2e/**/*.spec.ts', 'scripts/**/*.test.ts'],
    globalSetup: ['src/platform/testing/global-setup.ts'],
    // Generous: a time says nothing about what is right, and the machine may be busy.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    reporters: ['default'],
  },
})
