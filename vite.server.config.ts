import { defineConfig } from 'vite'

/**
 * The server program: one file with every dependency in it starts three times faster than a folder of them. Threads have a
 * program of their own beside it (columns/thread.ts).
 */
export default defineConfig({
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true, external: ['pg-native', 'typescript', 'cosmiconfig'] },
  build: {
    ssr: true,
    outDir: 'dist/server',
    target: 'node24',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: {
        main: 'src/app/main.ts',
        'reading-thread': 'src/features/voterfile/importing/reading-thread.ts',
        'columns-worker': 'src/features/targeting/columns/worker.ts',
        'columns-builder': 'src/features/targeting/columns/builder.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
  publicDir: false,
})
