import { defineConfig } from 'vite'

/** The threads of the server have programs of their own beside it, found by their names, which leaves the server one file. */
export default defineConfig({
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true, external: ['pg-native', '@myriaddreamin/typst-ts-node-compiler', '@resvg/resvg-js'] },
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: false,
    target: 'node24',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      checks: { bundlerTimings: false },
      input: {
        'reading-thread': 'src/features/voterfile/importing/reading-thread.ts',
        'columns-worker': 'src/features/targeting/columns/worker.ts',
        'postal-printer': 'src/features/postal/printing/thread.ts',
        'columns-builder': 'src/features/targeting/columns/builder.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'thread-[name].js' },
    },
  },
  publicDir: false,
})
