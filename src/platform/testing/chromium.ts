import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser } from 'playwright-core'

interface Program {
  path: string
  environment: Record<string, string>
}

/** Pages live for seconds: what would make them fast in minutes takes a third of all their time, what does at once saves a tenth. */
const shortLived = ['--js-flags=--no-opt --no-maglev --always-sparkplug']

/** All pages are of one site, and a process for each window costs a fifth of their time. */
const together = ['--renderer-process-limit=1', '--disable-site-isolation-trials']

/** Enough for a container or root; the packaged list of switches would turn web security off. */
const switches = ['--no-sandbox', '--headless=shell', '--disable-gpu', ...shortLived, ...together]

/** A Chromium for tests and pictures: HANPYO_CHROMIUM, the one that came by npm, an installed one, or Playwright's. */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const { path, environment } = findChromium()
  return chromium.launch({
    executablePath: path,
    args: [...switches, ...more],
    // Playwright has pictures and scripts shared through files, for containers with little of this; memory is faster.
    ignoreDefaultArgs: hasSharedMemory() ? ['--disable-dev-shm-usage'] : [],
    env: { ...(process.env as Record<string, string>), ...environment },
  })
}

function hasSharedMemory(): boolean {
  if (!existsSync('/dev/shm')) return false
  const { bavail, bsize } = statfsSync('/dev/shm')
  return bavail * bsize > 1e9
}

function findChromium(): Program {
  const named = process.env.HANPYO_CHROMIUM
  if (named) {
    if (!existsSync(named)) throw new Error(`HANPYO_CHROMIUM names ${named}, which is not there`)
    return { path: named, environment: {} }
  }
  if (process.platform === 'linux' && process.arch === 'x64') return packaged()
  const installed = installedPaths.find((path) => existsSync(path)) ?? chromium.executablePath()
  if (existsSync(installed)) return { path: installed, environment: {} }
  throw new Error(
    'No Chrome or Chromium was found for the browser tests. Run "npx playwright-core install --with-deps chromium", or set HANPYO_CHROMIUM to the program.',
  )
}

const installedPaths = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * The npm package unpacks itself into TMPDIR and takes whatever lies there under its name, also another version's or
 * another user's. So it gets a folder per version and user, filled beside and renamed: of two at once both are well.
 */
function packaged(): Program {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const root = join(dirname(entry), '..')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const folder = join(tmpdir(), `hanpyo-chromium-${version}-${process.getuid?.() ?? 0}`)
  const path = join(folder, 'chromium')
  if (!existsSync(path)) unpack(entry, root, folder)
  return { path, environment: { ...libraries(path, folder), ...fonts(folder) } }
}

function unpack(entry: string, root: string, folder: string): void {
  const draft = mkdtempSync(`${folder}.`)
  const program = `
    const { default: chromium, inflate } = await import(${JSON.stringify(pathToFileURL(entry).href)})
    await chromium.executablePath()
    await inflate(${JSON.stringify(join(root, 'bin/al2023.tar.br'))})`
  const made = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, TMPDIR: draft },
    encoding: 'utf8',
  })
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true })
    throw new Error(`Chromium could not be unpacked into ${folder}: ${made.stderr || made.error?.message}`)
  }
  try {
    renameSync(draft, folder)
  } catch (problem) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(join(folder, 'chromium'))) throw problem // else another process was first
  }
}

/** The package's own libnss and libexpat, where the machine has none. */
function libraries(path: string, folder: string): Record<string, string> {
  const works =
    spawnSync(path, ['--version', '--headless=shell', '--no-sandbox'], { encoding: 'utf8', timeout: 20_000 }).status ===
    0
  if (works) return {}
  return { LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') }
}

/** A machine without any fonts shows the packaged ones; Hangul comes with our pages in either case. */
const fonts = (folder: string): Record<string, string> =>
  existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }
