import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { holds } from '../print.ts'
import { type Field, type Range, type Term, type When } from '../schema.ts'
import { condition, unitsBefore, type Meaning } from '../sql.ts'
import type { LoadedColumns } from './loaded.ts'
import { nativeSet, spansOf } from './native.ts'
import { communityCode, flag, never, shared, touchedVoters, touchedWhere, type Overlay } from './overlay.ts'
import type { SetNode } from './steps.ts'

/*
 * Every term as a set. What the columns can say themselves is a calculation; anything else is asked of the database once, by
 * the condition of sql.ts, and kept: terms of the files as long as the file, terms of an organization for the voters it has
 * touched, brought up to date for those that changed. So the store knows every term the language has, and means the same.
 */

/**
 * On what the answer to a term depends.
 * - file: voter records and numbers of files alone.
 * - place: the same for all voters of a segment, so one of each is asked.
 * - touched: the file, but for voters the organization has touched what it knows of them.
 * - anything: asked of the database each time.
 */
const dependsOn: Record<Field, 'file' | 'place' | 'touched' | 'anything'> = {
  name: 'touched',
  status: 'file',
  party: 'file',
  state: 'place',
  county: 'place',
  city: 'file',
  zip: 'file',
  district: 'place',
  age: 'file',
  born: 'file',
  sex: 'file',
  voted: 'file',
  turnout: 'file',
  registered: 'file',
  phone: 'touched',
  phone_number: 'touched',
  language: 'touched',
  community: 'touched',
  tag: 'touched',
  contacted: 'touched',
  reached: 'touched',
  attempts: 'touched',
  result: 'touched',
  support: 'touched',
  answer: 'touched',
  household: 'file',
  has: 'touched',
  // A frozen universe: its members change without a change of theirs.
  in: 'anything',
  suppressed: 'touched',
  first: 'touched',
  last: 'touched',
  middle: 'file',
  suffix: 'file',
  street: 'file',
  birth_date: 'file',
  birthday: 'file',
  registered_by: 'file',
  party_then: 'file',
  voted_as: 'file',
  method: 'file',
  skipped: 'file',
  skipped_of: 'file',
  last_voted: 'file',
  last_contact: 'touched',
  attempts_on: 'touched',
  at_phone_bank: 'touched',
  answered: 'touched',
  speaks: 'touched',
  own_field: 'touched',
  related: 'touched',
  consent: 'touched',
  member: 'touched',
  // What others of the household are may be a matter of any of the above.
  household_with: 'anything',
  sample: 'file',
  split: 'file',
}

/** Asked of the database each time, over all voter records. */
export const isNeverKept = ({ field }: Term): boolean => dependsOn[field] === 'anything'

/** Sets asked of the database that are kept, of each kind. */
const most = 64

const nobody = '00000000-0000-0000-0000-000000000000'

/** Answers of the database to terms of the files, for as long as the columns are loaded. */
export class FileLeaves {
  readonly #columns: LoadedColumns
  readonly #sets = new Map<string, Promise<SetNode>>()

  constructor(columns: LoadedColumns) {
    this.#columns = columns
  }

  get(db: Db, term: Term, of: Meaning): Promise<SetNode> {
    // Kept for every organization: what the one who asks knows is laid over it, nobody else may see it.
    const meaning = { ...of, organization_id: nobody }
    const key = `${meaning.today} ${JSON.stringify(term)}`
    const known = this.#sets.get(key)
    if (known) {
      this.#sets.delete(key)
      this.#sets.set(key, known)
      return known
    }
    const asked =
      dependsOn[term.field] === 'place' ? this.#askPlaces(db, term, meaning) : this.#askAll(db, term, meaning)
    this.#sets.set(key, asked)
    asked.catch(() => this.#sets.delete(key))
    const [oldest] = this.#sets.keys()
    if (this.#sets.size > most && oldest !== undefined) this.#sets.delete(oldest)
    return asked
  }

  #askAll(db: Db, term: Term, meaning: Meaning): Promise<SetNode> {
    return setOf(db, this.#columns, sql`select v.voter_id from voter_record v where ${condition({ op: 'term', term }, meaning)}`) // prettier-ignore
  }

  /** One voter of each segment speaks for all. */
  async #askPlaces(db: Db, term: Term, meaning: Meaning): Promise<SetNode> {
    const { bounds } = this.#columns.header.segments
    const first = bounds.slice(0, -1).map((position) => this.#columns.voterAt(position))
    const { rows } = await sql<{ voter_id: number }>`select v.voter_id from voter_record v
      where v.voter_id = any(${first}::integer[]) and ${condition({ op: 'term', term }, meaning)}`.execute(db)
    const chosen = new Set(rows.map(({ voter_id }) => voter_id))
    return spansOf(this.#columns, (_, segment) => chosen.has(first[segment] ?? 0))
  }
}

/** Voters a query names, as a set: a list where they are few. Ids come packed, since thirteen million rows would be too many. */
export async function setOf(db: Db, columns: LoadedColumns, voters: RawBuilder<unknown>): Promise<SetNode> {
  const { rows } = await sql<{ ids: Buffer }>`select string_agg(int4send(voter_id), ''::bytea) as ids
    from (${voters}) chosen group by voter_id >> 16`.execute(db)
  const total = rows.reduce((sum, { ids }) => sum + ids.length / 4, 0)
  const isList = total * 64 < columns.header.voters
  const list: number[] = []
  const bits = new Uint8Array(new SharedArrayBuffer(isList ? 0 : columns.header.set_bytes))
  for (const { ids } of rows) {
    for (let at = 0; at < ids.length; at += 4) {
      const position = columns.positionOf(ids.readInt32BE(at))
      if (position === null) continue
      if (isList) list.push(position)
      else bits[position >> 3] = (bits[position >> 3] ?? 0) | (1 << (position & 7))
    }
    if (!isList) await new Promise((resolve) => setImmediate(resolve))
  }
  return isList ? { is: 'list', list: shared(list.sort((a, b) => a - b)) } : { is: 'foreign', bits }
}

interface Kept {
  version: number
  /** Positions of the touched voters that fit. */
  list: Uint32Array
}

/** Answers of the database to terms of one organization, for the voters it has touched. */
export class OrganizationLeaves {
  readonly #columns: LoadedColumns
  readonly #kept = new Map<string, Kept>()
  /** Who changed with each version; before the first of them everything has to be asked anew. */
  #log: { version: number; changed: readonly number[] }[] = []
  #logged = 0

  constructor(columns: LoadedColumns) {
    this.#columns = columns
  }

  changed(version: number, changed: readonly number[] | 'all'): void {
    if (changed === 'all') {
      this.#log = []
      this.#logged = 0
      this.#kept.clear()
    } else {
      this.#log.push({ version, changed })
      this.#logged += changed.length
      while (this.#log.length > 500 || this.#logged > 200_000) this.#logged -= this.#log.shift()?.changed.length ?? 0
    }
  }

  /** In the transaction whose snapshot the overlay is of. */
  async get(db: Db, term: Term, meaning: Meaning, overlay: Overlay): Promise<Uint32Array> {
    const key = `${meaning.today} ${JSON.stringify(term)}`
    const kept = this.#kept.get(key)
    this.#kept.delete(key)
    if (kept?.version === overlay.version) {
      this.#kept.set(key, kept)
      return kept.list
    }
    const since = kept && this.#since(kept.version, overlay.version)
    const where = since
      ? sql`v.voter_id = any(${since}::integer[])`
      : sql`v.voter_id in (${touchedVoters(overlay.organization_id, null)})`
    const { rows } = await sql<{
      ids: Buffer | null
    }>`select string_agg(int4send(v.voter_id), ''::bytea) as ids from voter_record v
      where ${where} and ${condition({ op: 'term', term }, meaning)}`.execute(db)
    const isChanged = new Set((since ?? []).flatMap((id) => this.#columns.positionOf(id) ?? []))
    const stayed = kept && since ? kept.list.filter((position) => !isChanged.has(position)) : new Uint32Array()
    const list = this.#with(stayed, rows[0]?.ids ?? null)
    this.#kept.set(key, { version: overlay.version, list })
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > most && oldest !== undefined) this.#kept.delete(oldest)
    return list
  }

  /** Positions and those of the voters named, in order. */
  #with(positions: Uint32Array, ids: Buffer | null): Uint32Array {
    const found: number[] = []
    for (let at = 0; at < (ids?.length ?? 0); at += 4) {
      const position = this.#columns.positionOf(ids?.readInt32BE(at) ?? 0)
      if (position !== null) found.push(position)
    }
    const list = new Uint32Array(new SharedArrayBuffer((positions.length + found.length) * 4))
    list.set(positions)
    list.set(found, positions.length)
    return list.sort()
  }

  /** Who changed after a version; null: too long ago, or too many to ask for them one by one. */
  #since(version: number, until: number): number[] | null {
    const later = this.#log.filter((each) => each.version > version && each.version <= until)
    if (later.length < until - version) return null
    const all = new Set(later.flatMap(({ changed }) => changed))
    return all.size > 20_000 ? null : [...all]
  }
}

/** Where the set of a term is known, or made. */
export interface Sources {
  columns: LoadedColumns
  files: FileLeaves
  organization: OrganizationLeaves
  overlay: Overlay
  meaning: Meaning
  ages: number
  /** The organization's handle, in a transaction of one snapshot. */
  db: Db
}

export async function setOfTerm(term: Term, sources: Sources): Promise<SetNode> {
  const { columns, files, organization, overlay, meaning, db, ages } = sources
  switch (dependsOn[term.field]) {
    case 'file':
    case 'place':
      return kept(term, nativeSet(term, columns, meaning, ages) ?? (await files.get(db, term, meaning)), meaning)
    case 'touched': {
      const base = kept(
        term,
        nativeSet(term, columns, meaning, ages) ?? untouched(term, sources) ?? (await files.get(db, term, meaning)),
        meaning,
      )
      const by = knownOf(term, sources) ?? (await organization.get(db, term, meaning, overlay))
      // Where nobody else is meant, those who are meant are all there is to it.
      return base.is === 'none' ? { is: 'list', list: by } : { is: 'replace', of: base, within: overlay.touched, by }
    }
    case 'anything':
      return setOf(db, columns, sql`select v.voter_id from voter_record v where ${condition({ op: 'term', term }, meaning)}`) // prettier-ignore
    default:
      return dependsOn[term.field] as never
  }
}

/** What takes a walk over columns or a long list is kept as a set for the next questions. */
function kept(term: Term, node: SetNode, meaning: Meaning): SetNode {
  const isCheap = node.is === 'all' || node.is === 'none' || node.is === 'bits' || (node.is === 'list' && node.list.length < 4096) // prettier-ignore
  return isCheap ? node : { is: 'kept', key: `${meaning.today} ${JSON.stringify(term)}`, of: node }
}

/** What holds of voters the organization has never touched; null: the database knows. */
function untouched(term: Term, sources: Sources): SetNode | null {
  const { columns } = sources
  // oxlint-disable-next-line switch-exhaustiveness-check -- the database knows the others
  switch (term.field) {
    case 'tag':
    case 'language':
    case 'contacted':
    case 'reached':
    case 'result':
    case 'support':
    case 'answer':
    case 'suppressed':
    case 'last_contact':
    case 'answered':
    case 'speaks':
    case 'own_field':
    case 'related':
    case 'member':
      return { is: 'none' }
    case 'consent':
      return { is: term.state === 'unknown' && term.channels.length > 0 ? 'all' : 'none' }
    case 'attempts':
    case 'attempts_on':
      return { is: term.ranges.some(({ from }) => (from ?? 0) <= 0) ? 'all' : 'none' }
    case 'at_phone_bank':
      return untouched(term.term, sources)
    case 'has':
      // Where mail can be sent is said by the file, in more columns than are kept.
      if (term.values.includes('mail')) return null
      return term.values.includes('phone') ? { is: 'bits', at: columns.address('phone') } : { is: 'none' }
    default:
      return null
  }
}

/** Lists made of an overlay, which is never changed, only made anew. */
const lists = new WeakMap<Overlay, Map<string, Uint32Array>>()

/** `ofOverlay`, kept: while somebody drags one thing the other terms stay. */
function knownOf(term: Term, { overlay, meaning, columns }: Sources): Uint32Array | null {
  const key = `${meaning.today} ${JSON.stringify(term)}`
  let known = lists.get(overlay)
  if (!known) lists.set(overlay, (known = new Map()))
  const found = known.get(key) ?? ofOverlay(term, overlay, meaning, columns)
  if (found === null) return null
  known.delete(key)
  known.set(key, found)
  const [oldest] = known.keys()
  if (known.size > most && oldest !== undefined) known.delete(oldest)
  return found
}

/** Of the touched voters those that fit, where the overlay knows; null: the database does. */
function ofOverlay(term: Term, overlay: Overlay, meaning: Meaning, columns: LoadedColumns): Uint32Array | null {
  // oxlint-disable-next-line switch-exhaustiveness-check -- the database knows the others
  switch (term.field) {
    case 'language': {
      const codes = new Set(term.values.flatMap((each) => overlay.languages.indexOf(each, 1)))
      return touchedWhere(overlay, (index) => codes.has(overlay.language[index] ?? 0))
    }
    case 'contacted':
      return term.channel === null && isOfLast(term.when) ? touchedAt(overlay, thenOf(term.when, meaning.today)) : null
    case 'support': {
      if (overlay.support.includes(255)) return null
      return touchedWhere(overlay, (index) => {
        const score = overlay.support[index] ?? 0
        return score > 0 && term.ranges.some((range) => isWithin(score, range))
      })
    }
    case 'community': {
      const wanted = term.values.map((name) => ({ code: communityCode(name), column: columns.address(`p_${name}`) }))
      return touchedWhere(overlay, (index) => {
        const said = overlay.community[index] ?? 0
        return wanted.some(({ code, column }) => {
          const percent = said === 0 ? columns.byte(column + (overlay.touched[index] ?? 0)) : said === code ? 100 : 0
          return holds(percent, term.comparison, term.percent)
        })
      })
    }
    case 'has': {
      if (term.values.some((what) => what !== 'phone' && what !== 'email' && what !== 'person')) return null
      const wanted = term.values.reduce((sum, what) => sum | (what === 'phone' ? flag.phone : what === 'email' ? flag.email : flag.person), 0) // prettier-ignore
      const phone = term.values.includes('phone') ? columns.address('phone') : null
      return touchedWhere(
        overlay,
        (index) =>
          ((overlay.flags[index] ?? 0) & wanted) !== 0 ||
          (phone !== null && columns.isIn(phone, overlay.touched[index] ?? 0)),
      )
    }
    default:
      return null
  }
}

const isWithin = (value: number, { from, to }: Range): boolean =>
  (from === null || value >= from) && (to === null || value <= to)

/** Can it be told from the last contact alone? Not whether there was one before some day, when there was a later one. */
const isOfLast = (when: When): boolean => when.is !== 'between' || when.to === null

const unixDay = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000

/** Of a day of last contact; worked out once, for it is asked of all the organization ever touched. */
function thenOf(when: When, today: string): (last: number) => boolean {
  if (when.is === 'ever') return (last) => last !== never
  if (when.is === 'between') {
    const from = when.from === null ? never + 1 : unixDay(when.from)
    return (last) => last >= from
  }
  const day = unixDay(unitsBefore(today, when.amount, when.unit))
  return when.is === 'within' ? (last) => last >= day : (last) => last !== never && last < day
}

const touchedAt = (overlay: Overlay, isThen: (last: number) => boolean): Uint32Array =>
  touchedWhere(overlay, (index) => isThen(overlay.contacted[index] ?? never))

/** Days up to which a contact counts as of the last 14, 30, 90 days. */
export const contactBuckets = (today: string): number[] =>
  [14, 30, 90].map((days) => unixDay(unitsBefore(today, days, 'd')))
