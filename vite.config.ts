import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Islands are found, not listed: every `features/<room>/islands/<name>.tsx` becomes an entry. */
const islands = readdirSync('src/features', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\/islands\/[^/.]+\.tsx$/.test(path))
  .map((path) => `src/features/${path}`)

/** Puts the built names and their hash into sw.js, in place of `__PRECACHE__` and `__VERSION__`. */
function serviceWorkerList(): Plugin {
  return {
    name: 'service-worker-list',
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js']
      if (!worker || worker.type !== 'chunk') return
      const names = Object.keys(bundle)
        .filter((name) => name !== 'sw.js' && /\.(js|css)$/.test(name))
        .map((name) => `/${name}`)
        .sort()
      const version = createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 12)
      worker.code = worker.code
        .replaceAll('__PRECACHE__', JSON.stringify(names))
        .replaceAll('__VERSION__', JSON.stringify(version))
    },
  }
}

export default defineConfig({
  plugins: [react(), tailwindcss(), serviceWorkerList()],
  build: {
    outDir: 'dist/client',
    manifest: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      // How long each plugin took is of use to nobody who starts the program.
      checks: { bundlerTimings: false },
      input: ['styles/app.css', 'styles/guide.css', 'src/platform/ui/live.ts', 'src/sw.ts', ...islands],
      output: {
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
})
