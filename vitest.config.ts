import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// For the processes and threads of all files: each compiles the same libraries and modules, a tenth of all their time.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compile-tests')

export default defineConfig({
  define: { 'process.env.NODE_ENV': '"test"' },
  oxc: { jsx: { development: false } },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'e2e/**/*.spec.ts', 'scripts/**/*.test.ts'],
    globalSetup: ['src/platform/testing/global-setup.ts'],
    setupFiles: ['src/platform/testing/react-as-served.ts'],
    // Generous: a time says nothing about what is right, and the machine may be busy.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: 2,
    // What our modules keep is of an installation, or of the process as it is when serving; loading them anew for each file is a seventh of all the time.
    isolate: false,
    reporters: ['default'],
  },
})
