import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { holds } from '../print.ts'
import { noHomes } from '../homes.ts'
import { foldName } from '../names.ts'
import { allTermsOf, type Expression, type Field, type Range, type Term, type When } from '../schema.ts'
import { condition, isOfNobody, nobody, ourFacets, speaksOf, unitsBefore, type Meaning, type OurFacet } from '../sql.ts'
import { setNames } from './codes.ts'
import { factsFit, isOfFacts, isWithin, readFacts, unixDay, type Facts } from './facts.ts'
import { inputsOf } from './inputs.ts'
import type { Lane } from './lane.ts'
import type { LoadedColumns } from './loaded.ts'
import { nativeSet, spansOf, understood } from './native.ts'
import { communityCode, flag, never, shared, touchedVoters, touchedWhere, type Overlay } from './overlay.ts'
import type { SetNode } from './steps.ts'

/*
 * Every term as a set. What the columns can say themselves is a calculation; anything else is asked of the database once, by
 * the condition of sql.ts, and kept: terms of the files as long as the file (in a lane of their own, since they walk over all
 * records), terms of an organization for the voters it has touched, brought up to date for those that changed. So the store
 * knows every term the language has, and means the same.
 */

/**
 * On what the answer to a term depends.
 * - file: voter records and numbers of files alone.
 * - place: the same for all voters of a segment, so one of each is asked.
 * - touched: the file, but for voters the organization has touched what it knows of them.
 * - own: the same; and of those nothing of their voter record is asked but its number, so that it need not be opened.
 * - members: those kept by a frozen universe, until its next version.
 * - others: what it asks of the others of the household.
 */
const dependsOn: Record<Field, 'file' | 'place' | 'touched' | 'own' | 'members' | 'others'> = {
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
  first_seen: 'file',
  last_seen: 'file',
  area: 'place',
  event: 'own',
  invited: 'own',
  attended: 'own',
  signed_up: 'own',
  no_show: 'own',
  hosted: 'own',
  partner: 'own',
  event_times: 'own',
  hours: 'own',
  stage: 'own',
  role: 'own',
  body: 'own',
  trained: 'own',
  part: 'own',
  delegated: 'own',
  cohort: 'own',
  next_step: 'own',
  task: 'own',
  follow_up: 'own',
  talks: 'own',
  phone: 'own',
  phone_number: 'own',
  language: 'own',
  community: 'touched',
  tag: 'own',
  contacted: 'own',
  reached: 'own',
  attempts: 'own',
  result: 'own',
  support: 'own',
  answer: 'own',
  household: 'file',
  has: 'touched',
  in: 'members',
  suppressed: 'own',
  first: 'touched',
  last: 'touched',
  middle: 'file',
  suffix: 'file',
  street: 'file',
  birth_date: 'file',
  birthday: 'file',
  registered_by: 'file',
  state_id: 'file',
  party_then: 'file',
  voted_as: 'file',
  method: 'file',
  skipped: 'file',
  skipped_of: 'file',
  last_voted: 'file',
  last_contact: 'own',
  attempts_on: 'own',
  at_phone_bank: 'own',
  answered: 'own',
  speaks: 'own',
  own_field: 'own',
  related: 'own',
  consent: 'own',
  member: 'own',
  member_since: 'own',
  dues: 'own',
  household_with: 'others',
  sample: 'file',
  split: 'file',
}

/** Does the answer to a term change with the day? The others are kept over midnight. */
function isOfDay(term: Term): boolean {
  // oxlint-disable-next-line switch-exhaustiveness-check -- what no day is counted from
  switch (term.field) {
    case 'age':
    case 'turnout':
    case 'skipped':
    case 'skipped_of':
    case 'member':
    case 'member_since':
    case 'dues':
    case 'stage':
    case 'role':
    case 'body':
    case 'trained':
    case 'delegated':
    case 'hosted':
      return true
    case 'registered':
    case 'last_voted':
    case 'first_seen':
    case 'last_seen':
    case 'contacted':
    case 'reached':
    case 'last_contact':
    case 'invited':
    case 'attended':
    case 'signed_up':
    case 'no_show':
      return term.when.is === 'within' || term.when.is === 'before'
    case 'next_step':
    case 'task':
      return term.states.includes('overdue')
    case 'event_times':
      return term.state === 'hosted' || term.when?.is === 'within'
    case 'result':
    case 'hours':
      return term.when?.is === 'within'
    case 'at_phone_bank':
      return isOfDay(term.term)
    case 'household_with':
      return [...allTermsOf(term.of)].some(isOfDay)
    default:
      return false
  }
}

/** Under which a set is kept. */
const keyOf = (term: Term, { today }: Meaning): string => `${isOfDay(term) ? today : ''} ${JSON.stringify(term)}`

/** Sets asked of the database that are kept, of each kind. */
const most = 64
/** Those of the files together take no more memory than so many bitsets over everybody. */
const mostSets = 16
/** Frozen universes whose members one organization has in memory. */
const mostMembers = 16

/** A term that only a walk over all voter records answers; somebody has to wait for it. */
export interface Uncounted {
  key: string
  term: Term
}

/** What holds of the files, for as long as the columns are loaded. */
export class FileLeaves {
  readonly #columns: LoadedColumns
  readonly #places = new Map<string, Promise<SetNode>>()
  /** Answers of walks. */
  readonly #walked = new Map<string, SetNode>()
  readonly #native = new Map<string, SetNode | null>()
  readonly #lane: Lane<SetNode>

  constructor(columns: LoadedColumns, lane: Lane<SetNode>) {
    this.#columns = columns
    this.#lane = lane
  }

  /** What the columns say themselves; null: they do not. */
  native(term: Term, meaning: Meaning, ages: number): SetNode | null {
    const key = `${term.field === 'age' ? ages : ''} ${keyOf(term, meaning)}`
    const known = this.#native.get(key)
    if (known !== undefined) return known
    const made = nativeSet(term, this.#columns, meaning, ages)
    this.#native.set(key, made)
    const [oldest] = this.#native.keys()
    if (this.#native.size > most && oldest !== undefined) this.#native.delete(oldest)
    return made
  }

  /** One voter of each segment speaks for all. */
  place(db: Db, term: Term, of: Meaning): Promise<SetNode> {
    const meaning = { ...of, organization_id: nobody, homes: noHomes }
    const key = keyOf(term, meaning)
    const known = this.#places.get(key)
    if (known) return known
    const asked = this.#askPlaces(db, term, meaning)
    this.#places.set(key, asked)
    asked.catch(() => this.#places.delete(key))
    const [oldest] = this.#places.keys()
    if (this.#places.size > most && oldest !== undefined) this.#places.delete(oldest)
    return asked
  }

  async #askPlaces(db: Db, term: Term, meaning: Meaning): Promise<SetNode> {
    const { bounds } = this.#columns.header.segments
    const first = bounds.slice(0, -1).map((position) => this.#columns.voterAt(position))
    const { rows } = await sql<{ voter_id: number }>`select v.voter_id from voter_record v
      where v.voter_id = any(${first}::integer[]) and ${condition({ op: 'term', term }, meaning)}`.execute(db)
    const chosen = new Set(rows.map(({ voter_id }) => voter_id))
    return spansOf(this.#columns, (_, segment) => chosen.has(first[segment] ?? 0))
  }

  /** The answer of a walk that has been made; else what is to be walked for. */
  walked(term: Term, meaning: Meaning): SetNode | Uncounted {
    const key = keyOf(term, meaning)
    const known = this.#walked.get(key)
    if (!known) return { key, term }
    this.#walked.delete(key)
    this.#walked.set(key, known)
    return known
  }

  /** Walks, when there is a place in the lane; several who want the same wait together. Throws what `Lane.wanted` throws. */
  async walk(db: Db, { key, term }: Uncounted, of: Meaning, until: number): Promise<void> {
    // Kept for every organization: what the one who asks knows is laid over it, nobody else may see it.
    const meaning = { ...of, organization_id: nobody, homes: noHomes }
    this.#keep(key, await this.#lane.wanted(db, key, until, (tx) => this.#ask(tx, term, meaning)))
  }

  /** The same in a transaction of one's own, which cannot wait for others. */
  async walkHere(tx: Db, { key, term }: Uncounted, of: Meaning): Promise<void> {
    this.#keep(key, await this.#ask(tx, term, { ...of, organization_id: nobody, homes: noHomes }))
  }

  async #ask(tx: Db, term: Term, meaning: Meaning): Promise<SetNode> {
    if ((await inputsOf(tx)) !== this.#columns.header.inputs) throw new Outdated()
    const { set } = await setOf(tx, this.#columns, sql`select v.voter_id from voter_record v where ${condition({ op: 'term', term }, meaning)}`) // prettier-ignore
    return set
  }

  #keep(key: string, set: SetNode): void {
    this.#walked.set(key, set)
    let bytes = 0
    for (const [each, kept] of [...this.#walked].reverse()) {
      bytes += bytesOf(kept)
      if (each !== key && bytes > mostSets * this.#columns.header.set_bytes) this.#walked.delete(each)
    }
  }
}

/** The voter records are of other files than the columns. */
export class Outdated extends Error {}

const bytesOf = (set: SetNode): number =>
  set.is === 'list' ? set.list.byteLength : set.is === 'foreign' ? set.bits.byteLength : 0

/**
 * Voters a query names, as a set: a list where they are few. Ids come packed, since thirteen million rows would be too many.
 * `unknown`: ids no voter of the columns has.
 */
async function setOf(
  db: Db,
  columns: LoadedColumns,
  voters: RawBuilder<unknown>,
): Promise<{ set: SetNode; unknown: number[] }> {
  const { rows } = await sql<{ ids: Buffer }>`select string_agg(int4send(voter_id), ''::bytea) as ids
    from (${voters}) chosen group by voter_id >> 16`.execute(db)
  const total = rows.reduce((sum, { ids }) => sum + ids.length / 4, 0)
  const isList = total * 64 < columns.header.voters
  const list: number[] = []
  const unknown: number[] = []
  const bits = new Uint8Array(new SharedArrayBuffer(isList ? 0 : columns.header.set_bytes))
  for (const { ids } of rows) {
    for (let at = 0; at < ids.length; at += 4) {
      const position = columns.positionOf(ids.readInt32BE(at))
      if (position === null) unknown.push(ids.readInt32BE(at))
      else if (isList) list.push(position)
      else bits[position >> 3] = (bits[position >> 3] ?? 0) | (1 << (position & 7))
    }
    if (!isList) await new Promise((resolve) => setImmediate(resolve))
  }
  return { set: isList ? { is: 'list', list: shared(list.sort((a, b) => a - b)) } : { is: 'foreign', bits }, unknown }
}

/** Members of a frozen universe. */
export interface Members {
  version: number
  set: SetNode
  /** Ids of members whose voter record is gone. */
  unknown: number[]
}

interface Kept {
  version: number
  /** Positions of the touched voters that fit. */
  list: Uint32Array
}

/** What the builder shows of our people, as of a version of the overlay and a day. */
export interface OurFacets {
  version: number
  today: string
  rows: readonly OurFacet[]
}

/** Answers of the database to terms of one organization, for the voters it has touched. */
export class OrganizationLeaves {
  readonly #columns: LoadedColumns
  readonly #kept = new Map<string, Kept>()
  readonly #members = new Map<string, Members>()
  #facets: OurFacets | null = null
  #facts: Facts | null = null
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

  /** Members as of a version: versions are never used twice, so they are read once for each. In the transaction that read it. */
  async members(db: Db, organization_id: string, universe_id: string, version: number): Promise<Members> {
    let members = this.#members.get(universe_id)
    this.#members.delete(universe_id)
    if (members?.version !== version) {
      const query = sql`select voter_id from universe_member um where um.organization_id = ${organization_id}
        and um.universe_id = ${universe_id} and um.until is null`
      members = { version, ...(await setOf(db, this.#columns, query)) }
    }
    this.#members.set(universe_id, members)
    const [oldest] = this.#members.keys()
    if (this.#members.size > mostMembers && oldest !== undefined) this.#members.delete(oldest)
    return members
  }

  /** The same again while nothing changes. In the transaction whose snapshot the overlay is of. */
  async facets(db: Db, { organization_id, today }: Meaning, { version }: Overlay): Promise<OurFacets> {
    const kept = this.#facets?.today === today ? this.#facets : null
    if (kept?.version === version) return kept
    const since = kept && this.#since(kept.version, version)
    const { rows } = await ourFacets(organization_id, today, since).execute(db)
    const isChanged = new Set(since ?? [])
    const stayed = kept && since ? kept.rows.filter(({ voter_id }) => !isChanged.has(voter_id)) : []
    return (this.#facets = { version, today, rows: [...stayed, ...rows] })
  }

  /** What its people did at events and their memberships, as of the overlay. In the transaction whose snapshot that is of. */
  async facts(db: Db, overlay: Overlay): Promise<Facts> {
    const facts = this.#facts
    if (facts?.version === overlay.version) return facts
    const changed = facts && this.#since(facts.version, overlay.version)
    return (this.#facts = await readFacts(db, this.#columns, overlay, facts && changed && { facts, changed }))
  }

  /** In the transaction whose snapshot the overlay is of. */
  async get(db: Db, term: Term, meaning: Meaning, overlay: Overlay): Promise<Uint32Array> {
    const key = keyOf(term, meaning)
    const kept = this.#kept.get(key)
    this.#kept.delete(key)
    if (kept?.version === overlay.version) {
      this.#kept.set(key, kept)
      return kept.list
    }
    const since = kept && this.#since(kept.version, overlay.version)
    const isOwn = dependsOn[term.field] === 'own'
    const voters = isOwn
      ? sql`unnest(${`{${(since ?? overlay.voter_ids).join(',')}}`}::integer[]) v (voter_id)`
      : sql`voter_record v`
    const where = isOwn
      ? sql`true`
      : since
        ? sql`v.voter_id = any(${since}::integer[])`
        : sql`v.voter_id in (${touchedVoters(overlay.organization_id, null)})`
    const { rows } = await sql<{
      ids: Buffer | null
    }>`select string_agg(int4send(v.voter_id), ''::bytea) as ids from ${voters}
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
  /** At which version each frozen universe is that is named. */
  versions: ReadonlyMap<string, number>
  /** Terms that have to be walked for; while there are some, the set says nothing. */
  uncounted: Uncounted[]
  /** The organization's handle, in a transaction of one snapshot. */
  db: Db
}

/** An expression as a set, its terms asked of whoever knows them. Live universes are in their place already. */
export async function setOfExpression(expression: Expression, sources: Sources): Promise<SetNode> {
  if (expression.op === 'term') return setOfTerm(expression.term, sources)
  if (expression.op === 'not') return { is: 'not', of: await setOfExpression(expression.of, sources) }
  const of: SetNode[] = []
  // One after the other: they share a connection.
  for (const each of expression.of) of.push(await setOfExpression(each, sources))
  return { is: expression.op, of }
}

async function setOfTerm(term: Term, sources: Sources): Promise<SetNode> {
  const { files, organization, overlay, meaning, db, ages } = sources
  const key = keyOf(term, meaning)
  switch (dependsOn[term.field]) {
    case 'file': {
      const base = kept(key, files.native(term, meaning, ages) ?? walked(term, sources))
      return term.field === 'household' ? homesPutRight(base, term.ranges, sources) : base
    }
    case 'place':
      return kept(key, files.native(term, meaning, ages) ?? (await files.place(db, term, meaning)))
    case 'touched':
    case 'own': {
      const base = kept(key, files.native(term, meaning, ages) ?? untouched(term, sources) ?? walked(term, sources))
      const facts = isOfFacts(term) ? await organization.facts(db, overlay) : null
      const by = knownOf(term, sources, facts) ?? (await organization.get(db, term, meaning, overlay))
      // Where nobody else is meant, those who are meant are all there is to it.
      return base.is === 'none' ? { is: 'list', list: by } : { is: 'replace', of: base, within: overlay.touched, by }
    }
    case 'members': {
      const of: SetNode[] = []
      for (const name of (term as Term & { field: 'in' }).universes) of.push((await membersNamed(name, sources)).set)
      return of.length === 1 && of[0] ? of[0] : { is: 'or', of }
    }
    case 'others': {
      const { of } = term as Term & { field: 'household_with' }
      const inside = await setOfExpression(of, sources)
      const speaks = speaksOf(of)
      const { all, left_positions, version } = overlay.homes
      const list = speaks.suppression ? new Uint32Array() : left_positions
      const there: SetNode[] = list.length === 0 ? [] : [{ is: 'not', of: { is: 'list', list } }]
      const set: SetNode = { is: 'and', of: [inside, ...understood(sources.columns, speaks), ...there] }
      const others: SetNode = { is: 'others', of: set, grouping: sources.columns.grouping('household'), hand: all }
      const hand = all.positions.length + list.length > 0 ? `${overlay.organization_id} ${version}` : ''
      return kept(`${key} ${knowledge(of, sources)} ${hand}`, others)
    }
    default:
      return dependsOn[term.field] as never
  }
}

/** What the file says of the size of homes, but of those changed by hand and those somebody left what holds there. */
function homesPutRight(base: SetNode, ranges: readonly Range[], { overlay }: Sources): SetNode {
  const { positions, sizes } = overlay.homes.sizes
  if (positions.length === 0) return base
  const by = positions.filter((_, index) => {
    const size = sizes[index] ?? 0
    return size > 0 && ranges.some((range) => isWithin(size, range))
  })
  return { is: 'replace', of: base, within: positions, by: shared(by) }
}

/** Members of a frozen universe an expression names. */
export async function membersNamed(name: string, sources: Sources): Promise<Members> {
  const { organization, overlay, meaning, versions, db } = sources
  const universe_id = meaning.frozen.get(foldName(name))
  const version = universe_id === undefined ? undefined : versions.get(universe_id)
  if (universe_id === undefined || version === undefined) throw new Error(`universe ${name} was not put in place`)
  const members = await organization.members(db, overlay.organization_id, universe_id, version)
  return { ...members, set: kept(`${universe_id} ${version}`, members.set) }
}

/** As of when a set of the files is right that is made of what an organization knows: '' where it is made of none of it. */
function knowledge(expression: Expression, { overlay, meaning, versions }: Sources): string {
  const terms = [...allTermsOf(expression)]
  const known = terms.some(({ field }) => dependsOn[field] === 'touched' || dependsOn[field] === 'own') ? `${overlay.organization_id} ${overlay.version}` : '' // prettier-ignore
  const named = terms.flatMap((term) => (term.field === 'in' ? term.universes : [])).map((name) => {
    const universe_id = meaning.frozen.get(foldName(name)) ?? ''
    return `${universe_id} ${versions.get(universe_id)}`
  }) // prettier-ignore
  return [known, ...named].join(' ')
}

/** What a walk has answered; until it has, nobody, and it is noted that somebody has to wait. */
function walked(term: Term, { files, meaning, uncounted }: Sources): SetNode {
  const found = files.walked(term, meaning)
  if ('is' in found) return found
  uncounted.push(found)
  return { is: 'none' }
}

/** What takes a walk over columns or a long list is kept as a set for the next questions. */
function kept(key: string, node: SetNode): SetNode {
  const isCheap = node.is === 'all' || node.is === 'none' || node.is === 'bits' || (node.is === 'list' && node.list.length < 4096) || (node.is === 'listed' && node.count < 4096) // prettier-ignore
  return isCheap ? node : { is: 'kept', key, of: node }
}

/** What holds of voters the organization has never touched; null: the database knows. */
function untouched(term: Term, sources: Sources): SetNode | null {
  const { columns } = sources
  // oxlint-disable-next-line switch-exhaustiveness-check -- the database knows the others
  switch (term.field) {
    case 'tag':
    case 'contacted':
    case 'reached':
    case 'result':
    case 'support':
    case 'answer':
    case 'suppressed':
    case 'last_contact':
    case 'answered':
    case 'own_field':
    case 'related':
    case 'member':
    case 'member_since':
    case 'dues':
    case 'event':
    case 'invited':
    case 'attended':
    case 'signed_up':
    case 'no_show':
    case 'hosted':
    case 'partner':
    case 'stage':
    case 'role':
    case 'body':
    case 'trained':
    case 'part':
    case 'delegated':
    case 'cohort':
    case 'next_step':
    case 'task':
    case 'follow_up':
      return { is: 'none' }
    case 'event_times':
    case 'hours':
      return { is: isOfNobody(term) ? 'all' : 'none' }
    case 'language':
    case 'speaks':
      return { is: term.values.includes('unknown') ? 'all' : 'none' }
    case 'consent':
      return { is: term.state === 'unknown' && term.channels.length > 0 ? 'all' : 'none' }
    case 'attempts':
    case 'attempts_on':
    case 'talks':
      return { is: term.ranges.some(({ from }) => (from ?? 0) <= 0) ? 'all' : 'none' }
    case 'at_phone_bank':
      return untouched(term.term, sources)
    case 'has':
      return {
        is: 'or',
        of: [setNames.phone, setNames.mail].flatMap((what): SetNode[] =>
          term.values.includes(what) ? [{ is: 'bits', at: columns.address(what) }] : [],
        ),
      }
    default:
      return null
  }
}

/** Lists made of an overlay, which is never changed, only made anew. */
const lists = new WeakMap<Overlay, Map<string, Uint32Array>>()

/** `ofOverlay`, kept: while somebody drags one thing the other terms stay. */
function knownOf(term: Term, { overlay, meaning, columns }: Sources, facts: Facts | null): Uint32Array | null {
  const key = keyOf(term, meaning)
  let known = lists.get(overlay)
  if (!known) lists.set(overlay, (known = new Map()))
  const made = () =>
    facts && isOfFacts(term) ? factsFit(term, facts, overlay, meaning) : ofOverlay(term, overlay, meaning, columns)
  const found = known.get(key) ?? made()
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
      const codes = new Set(term.values.map((each) => (each === 'unknown' ? 0 : overlay.languages.indexOf(each, 1))))
      return touchedWhere(overlay, (index) => codes.has(overlay.language[index] ?? 0))
    }
    case 'tag':
      return touchedWhere(overlay, (index) => overlay.tags[index]?.some((tag) => term.values.includes(tag)) ?? false)
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
      if (term.values.some((what) => what === 'note' || what === 'hangul')) return null
      const wanted = term.values.reduce((sum, what) => sum | (what === 'note' || what === 'hangul' ? 0 : flag[what]), 0)
      return touchedWhere(overlay, (index) => ((overlay.flags[index] ?? 0) & wanted) !== 0)
    }
    default:
      return null
  }
}

/** Can it be told from the last contact alone? Not whether there was one before some day, when there was a later one. */
const isOfLast = (when: When): boolean => when.is !== 'between' || when.to === null

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
