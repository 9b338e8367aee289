import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Folder of the built browser files, also when the program is bundled into dist/server. */
export const clientFolder = join(
  import.meta.dirname,
  import.meta.dirname.endsWith('server') ? '../client' : '../../../dist/client',
)

interface Entry {
  file: string
  css?: string[]
  imports?: string[]
}

let manifest: Record<string, Entry> | null = null

function read(): Record<string, Entry> {
  const path = join(clientFolder, '.vite/manifest.json')
  if (!existsSync(path)) throw new Error(`The browser files are not built (${path} is missing): run npm run build`)
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Entry>
}

/** Address of a built file, by its source path: `asset('styles/app.css')`. */
export function asset(source: string): string {
  manifest ??= read()
  const entry = manifest[source]
  if (!entry) throw new Error(`no built file for ${source}`)
  return `/${entry.file}`
}

export interface InlineStyles {
  text: string
  /** As a content security policy names it. */
  hash: string
}
const inlined = new Map<string, InlineStyles>()

/** A built stylesheet to stand in the page itself, by its source path. */
export function inlineStyles(source: string): InlineStyles {
  const known = inlined.get(source)
  if (known) return known
  const text = readFileSync(join(clientFolder, asset(source)), 'utf8').trim()
  const styles = { text, hash: `'sha256-${createHash('sha256').update(text).digest('base64')}'` }
  inlined.set(source, styles)
  return styles
}

/** Stylesheets an island brings along. */
export function stylesOf(source: string): string[] {
  manifest ??= read()
  return (manifest[source]?.css ?? []).map((file) => `/${file}`)
}
