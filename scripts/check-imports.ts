import { cruise } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'

/** Rooms from low to high: each may import those before it, never those after. */
export const rooms = [
  'access',
  'organizations',
  'geography',
  'voterfile',
  'people',
  'ledger',
  'targeting',
  'elections',
  'campaigns',
  'scripts',
  'contacts',
  'events',
  'phonebanks',
  'forms',
  'leadership',
  'contributions',
  'endorsements',
  'voterguides',
  'mailings',
  'postal',
  'webhooks',
]

/** Files (or folders of them) of a room that other rooms may use. */
const doors = [
  'queries',
  'commands',
  'rules',
  'schema',
  'events',
  'tables',
  'endpoints',
  'jobs',
  'messages',
  'limits',
  'layouts',
  'community',
]
/** Further doors of single rooms. */
const moreDoors: Record<string, readonly string[]> = {
  access: ['allow', 'permissions', 'session', 'fields', 'operation'],
  geography: ['new-york-counties', 'time-zones', 'zip-states', 'maps', 'crosswalk', 'places', 'tiles', 'district-map'],
  people: ['consent', 'mail', 'person-name', 'phone-link', 'results-panel', 'public', 'sheet-page', 'states'],
  voterfile: ['multipart', 'keeps-law'],
  scripts: ['walk', 'starters', 'paths', 'words'],
  targeting: ['words', 'bounded', 'closed', 'mail-house', 'homes-queries', 'problem-box'],
  campaigns: ['in-campaign'],
  elections: ['words', 'calendars', 'officials-page', 'photo', 'public-texts'],
  endorsements: ['of-request', 'words', 'letter'],
  forms: ['files', 'sent'],
  events: ['when', 'words', 'mails'],
}
/** What an island may use besides its own folder: what runs in a browser. */
const forIslands = ['schema', 'rules', 'endpoints', 'messages']
/** Further modules of single rooms that know neither server nor database. */
const moreForIslands: Record<string, readonly string[]> = {
  scripts: ['walk', 'editing', 'comparison', 'differences', 'words', 'paths', 'starters'],
  phonebanks: ['voters', 'parts'],
  targeting: ['parse', 'print', 'words', 'problem', 'refresh', 'selection', 'builder', 'labels', 'of-state'],
}

/** Fewer than this means that the tool did not see the program (dependency-cruiser without TypeScript 6 sees nothing and is content). */
const fewestModules = 75

interface Place {
  layer: 'app' | 'features' | 'platform' | 'other'
  room: string | null
  /** Names of folders and file under the room, without extension. */
  names: string[]
}

function placeOf(path: string): Place {
  const [top, layer, room, ...rest] = path.split('/')
  const names = rest.map((name) => name.replace(/\.(test\.)?tsx?$/, ''))
  if (top !== 'src') return { layer: 'other', room: null, names: [] }
  if (layer === 'features') return { layer, room: room ?? null, names }
  if (layer === 'app' || layer === 'platform') return { layer, room: null, names }
  return { layer: 'other', room: null, names: [] }
}

/** Why `from` must not import `to` (paths from the root), or null where it may. */
export function forbidden(from: string, to: string): string | null {
  const [here, there] = [placeOf(from), placeOf(to)]
  const isTest = /\.(test|spec)\.tsx?$|\/testing\.ts$/.test(from)
  // The practice town rings no real telephone and charges no card: it has the fake services of the tests.
  const isDemo =
    /^src\/app\/demo\/(demo|practice-cards)\.ts$/.test(from) && /\/testing\/fake-(twilio|stripe)\.ts$/.test(to)
  if (here.layer === 'other' || there.layer === 'other') return null
  if (/\.test\.tsx?$/.test(to)) return 'nothing imports a test'
  if (
    there.layer === 'platform' &&
    to.startsWith('src/platform/testing/') &&
    !isTest &&
    !from.includes('/testing/') &&
    !isDemo
  ) {
    return 'platform/testing is for tests'
  }
  if (here.layer === 'platform') return there.layer === 'platform' ? null : `platform knows no ${there.layer}`
  if (here.layer === 'app') return null
  if (there.layer === 'app') return isTest ? null : 'rooms do not know app'
  if (here.names[0] === 'islands' && !isTest) {
    if (there.layer === 'platform')
      return /^src\/platform\/(ui|i18n|http\/endpoint|clock|errors)/.test(to) ? null : 'an island runs in the browser'
    if (there.room === here.room && there.names[0] === 'islands') return null
    const known = [...forIslands, ...(moreForIslands[there.room ?? ''] ?? [])]
    if (!there.names.some((name) => known.some((each) => name === each || name.endsWith(`-${each}`))))
      return `an island may use ${forIslands.join(', ')} and platform/ui`
  }
  if (there.layer === 'platform' || here.room === there.room) return null
  const [low, high] = [rooms.indexOf(there.room ?? ''), rooms.indexOf(here.room ?? '')]
  if (low === -1 || high === -1) return `room ${low === -1 ? there.room : here.room} is not in the list of rooms`
  if (low > high) return `${here.room} is a lower room than ${there.room}`
  const open = [...doors, ...(moreDoors[there.room ?? ''] ?? [])]
  if (!isTest && !there.names.some((name) => open.includes(name))) return `not a door of ${there.room}`
  return null
}

/**
 * The way from `start` to the nearest page (`.tsx`), or null where none is reached. Node itself runs benchmarks and scripts, and
 * reads no `.tsx`; `importsOf` gives what a file imports, without what is imported for its types alone or only once it is needed.
 */
export function wayToPage(start: string, importsOf: (path: string) => readonly string[]): string[] | null {
  const before = new Map<string, string | null>([[start, null]])
  for (const path of before.keys()) {
    if (path.endsWith('.tsx')) {
      const way = [path]
      for (let each = before.get(path); each; each = before.get(each)) way.unshift(each)
      return way
    }
    for (const next of importsOf(path)) if (!before.has(next)) before.set(next, path)
  }
  return null
}

async function check(): Promise<number> {
  const result = await cruise(
    ['src', 'bench', 'scripts'],
    {
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      tsConfig: { fileName: 'tsconfig.json' },
      ruleSet: { forbidden: [] },
    },
    undefined,
    { tsConfig: extractTSConfig('tsconfig.json') },
  )
  if (typeof result.output === 'string') throw new Error('dependency-cruiser answered with text')
  const modules = result.output.modules.filter((module) => module.source.startsWith('src/'))
  const found = modules.flatMap((module) =>
    module.dependencies.flatMap((dependency) => {
      const why = forbidden(module.source, dependency.resolved)
      return why ? [`${module.source} → ${dependency.resolved}: ${why}`] : []
    }),
  )
  const imported = new Map(
    result.output.modules.map(({ source, dependencies }) => [
      source,
      dependencies
        .filter((each) => !each.dynamic && !each.dependencyTypes.includes('type-only'))
        .map(({ resolved }) => resolved),
    ]),
  )
  for (const start of imported.keys()) {
    if (!/^(bench|scripts)\//.test(start) || start.endsWith('.test.ts')) continue
    const way = wayToPage(start, (path) => imported.get(path) ?? [])
    if (way) found.push(`${way.join(' → ')}: Node reads no .tsx`)
  }
  for (const line of [...new Set(found)].sort()) console.error(line)
  if (modules.length < fewestModules) {
    console.error(`only ${modules.length} modules were seen; dependency-cruiser needs TypeScript 6 beside it`)
    return 1
  }
  console.log(`imports: ${modules.length} modules, ${found.length} wrong`)
  return found.length ? 1 : 0
}

if (import.meta.main) process.exitCode = await check()
