import { stat } from 'node:fs/promises'
import { Counter, Gauge, Histogram } from 'prom-client'
import { sql } from 'kysely'
import type { Database, Db } from '../../../platform/db/db.ts'
import { log } from '../../../platform/log.ts'
import { metrics } from '../../../platform/metrics.ts'
import { TooSlow, type Until } from '../bounded.ts'
import type { CompiledUniverse } from '../queries.ts'
import { prepare, type Prepared } from './answer.ts'
import { look, type Seen } from './changes.ts'
import { CrewEnded } from './crew.ts'
import { columnsPath, FileUnusable, type FileProblem } from './file.ts'
import { filesHave, type FilesHave } from './have.ts'
import { Lane, NotYet } from './lane.ts'
import { FileLeaves, OrganizationLeaves, Outdated, type Uncounted } from './leaves.ts'
import { LoadedColumns, TooMuch, type LoadOptions } from './loaded.ts'
import type { Term } from '../schema.ts'
import type { SetNode } from './steps.ts'
import { changedOverlay, readOverlay, type Overlay } from './overlay.ts'

/** Somebody asked something newer before this one's turn came. */
export class Superseded extends Error {}

/** Part of the question takes a walk over all voter records, which goes on: asked again soon, it is further. */
export class StillCounting extends Error {
  readonly terms: readonly Term[]

  constructor(terms: readonly Term[]) {
    super('a part is still being counted')
    this.terms = terms
  }
}

/** How a question is asked of the columns. */
export interface Asking {
  until?: Until
  /** Of several questions of one asker only the newest is answered, the others end with Superseded. */
  asker?: string | undefined
  /** Longer than this nobody waits for a walk over all voter records: it ends with StillCounting. */
  patience_ms?: number | undefined
  /** The handle is a transaction that reads one snapshot and has written nothing yet: the answer is of its moment. */
  is_within?: boolean
}

/** Questions that wait for their turn; more are turned away. */
const mostWaiting = 64
/**
 * Questions that ask the database at once: each holds a connection, and callers need some too. Walks over all voter records are
 * not among them, see lane.ts.
 */
const mostPreparing = 2
/** What was walked for may be put away for something newer before it is used. */
const mostTurns = 4
/** The file is not looked at more often than this for being another. */
const lookAgain_ms = 1000

const asked = new Counter({
  name: 'hanpyo_targeting_questions_total',
  help: 'Questions of targeting by who answered: columns, database, or nobody (dropped for a newer one, too many).',
  labelNames: ['answered_by'],
  registers: [metrics],
})
const seconds = new Histogram({
  name: 'hanpyo_targeting_question_seconds',
  help: 'Time until all numbers of a question were there, by who answered.',
  labelNames: ['answered_by'],
  buckets: [0.005, 0.01, 0.02, 0.04, 0.08, 0.2, 0.5, 1, 5, 30],
  registers: [metrics],
})
const memory = new Gauge({
  name: 'hanpyo_targeting_columns_bytes',
  help: 'Memory of the columns loaded in this process.',
  registers: [metrics],
})

export function measureQuestion(answered_by: 'columns' | 'database' | 'nobody', started: number): void {
  asked.inc({ answered_by })
  if (answered_by !== 'nobody') seconds.observe({ answered_by }, (performance.now() - started) / 1000)
}

interface Organization {
  overlay: Overlay | null
  seen: Seen | null
  time_zone: string
  leaves: OrganizationLeaves
  /** The look that runs; the next one waits for it. */
  busy: Promise<unknown>
}

interface Generation {
  columns: LoadedColumns
  files: FileLeaves
  organizations: Map<string, Organization>
}

/** Why the columns do not answer now; `failed`: the file is right, and does not fit into memory here. */
export type NotReady = FileProblem | 'stale' | 'loading' | 'failed'

/**
 * The columns of this process: loaded at the start and again when there is a newer file; asked only while they say what the
 * database says. One per database handle, see `columnsOf`.
 */
export class ColumnStore {
  readonly #path: string
  readonly #options: LoadOptions
  #now: Generation | null = null
  #problem: NotReady = 'loading'
  #loading: Promise<void> | null = null
  #looked = 0
  #fileSeen = ''
  #turn: Promise<unknown> = Promise.resolve()
  #waiting = 0
  readonly #preparing = new Places(mostPreparing)
  readonly #lane = new Lane<SetNode>()
  readonly #newest = new Map<string, symbol>()
  #isClosed = false
  /** Told when the columns are found to be missing, damaged or older than the voter records. */
  onStale: (() => void) | null = null
  /** Told when there are other columns than before. */
  onLoaded: (() => void) | null = null

  constructor(folder: string, options: LoadOptions = {}) {
    this.#path = columnsPath(folder)
    this.#options = options
  }

  get ready(): { header: LoadedColumns['header']; bytes: number } | null {
    return this.#now && { header: this.#now.columns.header, bytes: this.#now.columns.bytes }
  }

  /** What there is anybody of, of the files that are loaded. */
  get have(): FilesHave | null {
    return this.#now && filesHave(this.#now.columns.header)
  }

  get problem(): NotReady | null {
    return this.#now ? null : this.#problem
  }

  /** Loads the file if it is another than the one loaded. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => (this.#loading = null))
    return this.#loading
  }

  async #load(): Promise<void> {
    this.#looked = performance.now()
    try {
      const { ino, mtimeMs, size } = await stat(this.#path).catch((problem: NodeJS.ErrnoException) => {
        throw problem.code === 'ENOENT' ? new FileUnusable('missing') : problem
      })
      const file = `${ino} ${mtimeMs} ${size}`
      if (file === this.#fileSeen && (this.#now === null || this.#now.columns.problem === null)) return
      this.#fileSeen = file
      const started = performance.now()
      const columns = await LoadedColumns.load(this.#path, this.#options)
      if (this.#isClosed) {
        await columns.close()
        return
      }
      const old = this.#now
      this.#now = { columns, files: new FileLeaves(columns, this.#lane), organizations: new Map() }
      memory.set(columns.bytes)
      log.info({ voters: columns.header.voters, bytes: columns.bytes, seconds: (performance.now() - started) / 1000 }, 'targeting columns loaded') // prettier-ignore
      this.onLoaded?.()
      // Questions that were asked of the old ones end first.
      if (old) void this.#inTurn(() => old.columns.close()).catch(() => old.columns.close())
    } catch (problem) {
      if (!(problem instanceof FileUnusable)) {
        this.#problem = 'failed'
        throw problem
      }
      this.#problem = problem.problem
      if (problem.problem !== 'missing')
        log.warn({ problem: problem.problem, cause: problem.cause }, 'targeting columns cannot be used')
    }
  }

  /** Asks the columns; null: they are not ready for it, and the database has to answer. */
  ask<T>(
    db: Db,
    compiled: CompiledUniverse,
    work: (prepared: Prepared) => Promise<T>,
    asking: Asking = {},
  ): Promise<T | null> {
    return this.askAll(db, [compiled], ([prepared]) => work(prepared), asking)
  }

  /** The same of several expressions of one organization and day, all at one moment. */
  async askAll<const Several extends readonly CompiledUniverse[], T>(
    db: Db,
    compiled: Several,
    work: (prepared: { [Each in keyof Several]: Prepared }) => Promise<T>,
    asking: Asking = {},
  ): Promise<T | null> {
    if (this.#isClosed) return null
    const { until = null, asker } = asking
    const mine = Symbol(asker)
    if (asker !== undefined) this.#newest.set(asker, mine)
    const check = (): void => {
      if (asker !== undefined && this.#newest.get(asker) !== mine) throw new Superseded()
      if (until !== null && performance.now() > until) throw new TooSlow()
    }
    try {
      const now = this.#now
      if (!now || now.columns.problem !== null) {
        this.#refreshSoon()
        return null
      }
      const prepared = await this.#prepare(now, db, compiled, asking, check)
      if (!prepared) {
        this.#problem = 'stale'
        this.#refreshSoon()
        return null
      }
      return await this.#inTurn(async () => {
        check()
        return work(prepared as { [Each in keyof Several]: Prepared }) // one for each
      })
    } catch (problem) {
      if (problem instanceof TooMuch) return null
      // The columns it was prepared for were put away for newer ones, or lost a thread: the database answers this one.
      if (problem instanceof CrewEnded) return null
      throw problem
    } finally {
      if (asker !== undefined && this.#newest.get(asker) === mine) this.#newest.delete(asker)
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#loading?.catch(() => undefined) // said to whoever waited for it
    await this.#now?.columns.close()
    this.#now = null
  }

  #refreshSoon(): void {
    if (this.#loading || performance.now() - this.#looked < lookAgain_ms) return
    this.#looked = performance.now()
    const before = this.#now
    this.load().then(
      () => {
        // A file that is right and does not fit into memory would be no better made anew.
        if (this.#now === before && this.#problem !== 'failed') this.onStale?.()
      },
      (problem: unknown) => log.error({ problem }, 'targeting columns could not be loaded'),
    )
  }

  /** One at a time: each uses all threads and the same places. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= mostWaiting) return Promise.reject(new TooSlow())
    this.#waiting++
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined) // the one who asked hears of it
    return done.finally(() => void this.#waiting--)
  }

  /** Terms as sets, all of one snapshot; null: the voter records are newer than the columns. */
  async #prepare(
    now: Generation,
    db: Db,
    compiled: readonly CompiledUniverse[],
    asking: Asking,
    check: () => void,
  ): Promise<Prepared[] | null> {
    const { until = null, is_within = false } = asking
    const [first] = compiled
    if (!first) return []
    const organization = organizationOf(now, first.meaning.organization_id)
    const inSnapshot = async (tx: Db): Promise<{ prepared: Prepared[]; uncounted: Uncounted[] } | null> => {
      // Two looks at once would both read what has changed. What follows may take the database a while, and need not wait.
      const looked = organization.busy.then(async () => {
        check()
        if (until !== null && !is_within) {
          const left_ms = Math.max(1, Math.floor(until - performance.now()))
          await sql`select set_config('statement_timeout', ${String(left_ms)}, true)`.execute(tx)
        }
        return catchUp(now, organization, tx, first.meaning.organization_id)
      })
      organization.busy = looked.catch(() => undefined) // the one who asked hears of it
      const overlay = await looked
      return overlay && prepareAll(now, organization, overlay, tx, compiled)
    }
    const snapshot = () =>
      is_within
        ? inSnapshot(db)
        : db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(inSnapshot)
    try {
      for (let turn = 0; turn < mostTurns; turn++) {
        const found = await this.#preparing.take(snapshot, until)
        if (!found) return null
        if (found.uncounted.length === 0) return found.prepared
        // Their place is given back meanwhile.
        if (is_within) for (const each of found.uncounted) await now.files.walkHere(db, each, first.meaning)
        else await walk(now, db, found.uncounted, first, asking)
        check()
      }
      throw new TooMuch()
    } catch (problem) {
      if (problem instanceof Outdated) return null
      // query_canceled: the time is over.
      if (typeof problem === 'object' && problem !== null && 'code' in problem && problem.code === '57014') throw new TooSlow() // prettier-ignore
      throw problem
    }
  }
}

async function prepareAll(
  { columns, files }: Generation,
  organization: Organization,
  overlay: Overlay,
  tx: Db,
  compiled: readonly CompiledUniverse[],
): Promise<{ prepared: Prepared[]; uncounted: Uncounted[] }> {
  const uncounted: Uncounted[] = []
  const versions = await versionsOf(tx, compiled)
  const prepared: Prepared[] = []
  for (const each of compiled) {
    const { meaning } = each
    const ages = columns.ageColumn(meaning.today)
    const sources = { columns, files, organization: organization.leaves, overlay, meaning, ages, versions, uncounted, db: tx } // prettier-ignore
    prepared.push(await prepare(each, sources))
  }
  return { prepared, uncounted }
}

/** At which version the frozen universes are that are named. */
async function versionsOf(db: Db, compiled: readonly CompiledUniverse[]): Promise<Map<string, number>> {
  const ids = [...new Set(compiled.flatMap(({ meaning }) => [...meaning.frozen.values()]))]
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ universe_id: string; version: number }>`
    select universe_id, version from universe where universe_id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ universe_id, version }) => [universe_id, version]))
}

/** Waits for walks over all voter records, as long as the one who asks does. */
async function walk(
  { files }: Generation,
  db: Db,
  uncounted: readonly Uncounted[],
  { meaning }: CompiledUniverse,
  { until = null, patience_ms = Infinity }: Asking,
): Promise<void> {
  const patient = performance.now() + patience_ms
  const wait = Math.min(until ?? Infinity, patient)
  const walks = await Promise.allSettled(uncounted.map((each) => files.walk(db, each, meaning, wait)))
  const failed = walks.find((each) => each.status === 'rejected')
  if (!failed) return
  if (failed.reason instanceof NotYet && patient < (until ?? Infinity))
    throw new StillCounting(uncounted.map(({ term }) => term))
  throw failed.reason
}

/** So many at once; who waits longer than there is time is turned away. */
class Places {
  #free: number
  readonly #waiting = new Set<() => void>()

  constructor(free: number) {
    this.#free = free
  }

  async take<T>(work: () => Promise<T>, until: Until): Promise<T> {
    if (this.#free > 0) this.#free--
    else if (this.#waiting.size >= mostWaiting) throw new TooSlow()
    else await this.#wait(until)
    try {
      return await work()
    } finally {
      // The place goes to the next one as it is.
      const [next] = this.#waiting
      if (next) next()
      else this.#free++
    }
  }

  #wait(until: Until): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(go)
        resolve()
      }
      const late = (): void => {
        this.#waiting.delete(go)
        reject(new TooSlow())
      }
      const timer = until === null ? undefined : setTimeout(late, Math.max(1, until - performance.now()))
      this.#waiting.add(go)
    })
  }
}

function organizationOf({ columns, organizations }: Generation, organization_id: string): Organization {
  let found = organizations.get(organization_id)
  if (!found) {
    found = { overlay: null, seen: null, time_zone: '', leaves: new OrganizationLeaves(columns), busy: Promise.resolve() } // prettier-ignore
    organizations.set(organization_id, found)
  }
  return found
}

/** What the organization knows now; null: the voter records are of other files. */
async function catchUp(
  { columns }: Generation,
  organization: Organization,
  db: Db,
  organization_id: string,
): Promise<Overlay | null> {
  const { inputs, time_zone, seen, changed } = await look(db, organization_id, organization.seen)
  if (inputs !== columns.header.inputs) return null
  // A transaction that began before others have looked sees less than they do.
  if (organization.seen && endOf(seen.snapshot) < endOf(organization.seen.snapshot)) return null
  const { overlay } = organization
  const isWhole = !overlay || changed === 'all' || changed.length > 20_000 || organization.time_zone !== time_zone
  if (isWhole) {
    organization.overlay = await readOverlay(db, columns, organization_id, (overlay?.version ?? 0) + 1)
    organization.leaves.changed(organization.overlay.version, 'all')
    await organization.leaves.facts(db, organization.overlay)
  } else if (changed.length > 0) {
    organization.overlay = await changedOverlay(db, columns, overlay, changed)
    organization.leaves.changed(organization.overlay.version, changed)
  }
  organization.seen = seen
  organization.time_zone = time_zone
  return organization.overlay
}

/** Of a snapshot 'xmin:xmax:…': the first transaction that had not begun. */
const endOf = (snapshot: string): bigint => BigInt(snapshot.split(':')[1] ?? 0)

const stores = new WeakMap<Database, ColumnStore>()

/** The store of an installation in this process, made at first use. */
export function columnsOf(installation: { database: Database; config: { data: string } }): ColumnStore {
  let store = stores.get(installation.database)
  if (!store) stores.set(installation.database, (store = new ColumnStore(installation.config.data)))
  return store
}
