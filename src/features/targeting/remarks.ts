import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { partlyNamed } from '../geography/crosswalk.ts'
import { isCrosswalkKind, type CrosswalkKind } from '../geography/schema.ts'
import type { Layout, Meaning as ColumnMeaning } from '../voterfile/layouts/layout.ts'
import { layoutBook } from '../voterfile/layouts/own.ts'
import { electionsNamed, everybodyCould, lastElections } from './elections.ts'
import type { FilesHave } from './columns/have.ts'
import { foldedName, foldName } from './names.ts'
import { kindsKnown, nobodyThere } from './nobody-there.ts'
import { parse } from './parse.ts'
import { print, printElection, printTerm } from './print.ts'
import {
  allTermsOf,
  bodyKinds,
  communities,
  isAtEvents,
  takenAway,
  voteMethods,
  type DistrictKind,
  type ElectionName,
  type Expression,
  type Term,
} from './schema.ts'
import { countOurs, isOfNobody, isOurs, type Meaning } from './sql.ts'
import { eventKindWords, meantWord, nearest, printed } from './words.ts'

/** What a reader should know beside the count: what was asked for is not loaded, so that few or nobody is found by it. */
export interface Remark {
  code: RemarkCode
  /** The election, kind of district, tag, … as it is typed. */
  named: string
  /** Where another word may have been meant: the whole expression with it. */
  corrected?: string
}

/** A remark as it is found: which term is meant, and what could stand in its place. */
export interface RemarkFound extends Omit<Remark, 'corrected'> {
  slip?: Slip
}
interface Slip {
  of: Term
  by: Expression
}

export type RemarkCode =
  | 'election_not_loaded'
  | 'few_elections'
  | 'skipping_not_known'
  | 'not_in_files'
  | 'district_not_in_files'
  | 'community_not_estimated'
  | 'community_leaves_out'
  | 'nobody_there'
  | 'nearest_there'
  | 'known_there'
  | 'kinds_there'
  | 'parts_not_named'
  | 'name_is_word'
  | 'not_born_yet'
  | 'no_phones'
  | 'no_places'
  | 'place_not_known'
  | 'events_none'
  | 'phone_bank_name_shared'
  | 'follow_ups_none'
  | 'memberships_none'
  | 'tag_unknown'
  | 'question_unknown'
  | 'own_field_unknown'
  | 'event_kind_unknown'
  | 'event_unknown'
  | 'rung_unknown'
  | 'role_unknown'
  | 'body_unknown'
  | 'office_unknown'
  | 'training_unknown'
  | 'partner_unknown'
  | 'cohort_unknown'
  | 'membership_kind_unknown'
  | 'not_on_file'

/** `typed`: as it was written, with universes by their names. */
export async function remarksOn(
  db: Db,
  expression: Expression,
  meaning: Meaning,
  have?: FilesHave | null,
  typed = expression,
): Promise<Remark[]> {
  const terms = [...allTermsOf(expression)]
  const ofFiles = await onFiles(db, terms)
  const isMissed = (term: Term): boolean =>
    ofFiles.some(({ named }) => named === (term.field === 'district' ? term.kind : `${printed(term.field)}:`))
  const inFiles = terms.filter((term) => !isMissed(term))
  const remarks: RemarkFound[] = [
    ...terms.flatMap((term) => onElections(term, meaning)),
    ...ofFiles,
    ...(have && ofFiles.some(({ code }) => code === 'district_not_in_files') ? kindsKnown(have) : []),
    ...(have === undefined ? [] : await nobodyThere(db, inFiles, have, meaning)),
    ...(await onEstimates(db, terms)),
    ...onGuesses(expression),
    ...onNames(terms),
    ...onYears(terms, meaning),
    ...(await onDoubt(db, terms)),
    ...(await onPhones(db, terms, meaning)),
    ...(await onPlaces(db, terms)),
    ...(await onKept(db, terms, meaning)),
    ...(await onPhoneBanks(db, terms, meaning)),
    ...(await onOurs(db, terms, meaning)),
    ...(await onNamed(db, terms, meaning)),
    ...(await onStrangers(db, terms, meaning)),
  ]
  const alike = new Map<string, RemarkFound & { slips: Slip[] }>()
  for (const { slip, ...remark } of remarks) {
    const key = `${remark.code} ${remark.named}`
    const { slips } = alike.get(key) ?? { slips: [] }
    alike.set(key, { ...remark, slips: slip ? [...slips, slip] : slips })
  }
  return [...alike.values()].map(({ code, named, slips }) => {
    const corrected = print(slips.reduce(put, typed))
    return { code, named, ...(corrected !== print(typed) && { corrected }) }
  })
}

/** The expression with what was meant; a term of a universe it names stays as it is. */
function put(expression: Expression, { of, by }: Slip): Expression {
  const inTerm = (term: Term): Expression => {
    if (isSame(term, of)) return by
    if (term.field === 'household_with') return { op: 'term', term: { ...term, of: put(term.of, { of, by }) } }
    if (by.op !== 'term' || !('values' in term && 'values' in of && 'values' in by.term)) return { op: 'term', term }
    const [[wrong], [right]] = [of.values, by.term.values] as [unknown[], unknown[]]
    if (!isSame({ ...term, values: [wrong] }, of)) return { op: 'term', term }
    const values = term.values.map((value) => (isSame(value, wrong) ? right : value))
    const once = values.filter((value, at) => values.findIndex((each) => isSame(each, value)) === at)
    return { op: 'term', term: { ...term, values: once } as Term } // values of the same field
  }
  if (expression.op === 'term') return inTerm(expression.term)
  if (expression.op === 'not') return { op: 'not', of: put(expression.of, { of, by }) }
  return { op: expression.op, of: expression.of.map((each) => put(each, { of, by })) }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A community or party without its field is looked for among names. */
const onNames = (terms: readonly Term[]): RemarkFound[] =>
  terms.flatMap((term) => {
    if (term.field !== 'name' || !term.is_bare) return []
    return term.names.flatMap((name): RemarkFound[] => {
      const named = meantWord(name)
      if (named === null) return []
      // A field alone asks nothing yet.
      const meant = parse(named)
      return [{ code: 'name_is_word', named, ...(meant.ok && term.names.length === 1 && { slip: { of: term, by: meant.expression } }) }] // prettier-ignore
    })
  })

/** Years of birth that are still to come: nobody, and mostly a slip of the finger. */
function onYears(terms: readonly Term[], { today }: Meaning): Remark[] {
  const firsts = terms.flatMap((term): (number | null)[] => {
    if (term.field === 'born') return term.ranges.map(({ from }) => from)
    return term.field === 'birth_date' && term.from ? [Number(term.from.slice(0, 4))] : []
  })
  return firsts
    .filter((year) => year !== null && year > Number(today.slice(0, 4)))
    .map((year): Remark => ({ code: 'not_born_yet', named: String(year) }))
}

function onElections(term: Term, { elections, states, today }: Meaning): Remark[] {
  const missing = (names: readonly ElectionName[]): Remark[] =>
    names
      .filter((name) => electionsNamed(name, elections).length === 0)
      .map((name): Remark => ({ code: 'election_not_loaded', named: printElection(name) }))
  if (term.field === 'voted' || term.field === 'voted_as' || term.field === 'method') return missing(term.elections)
  if (term.field === 'skipped') {
    const local = term.elections.filter((name) => {
      const found = electionsNamed(name, elections)
      return found.length > 0 && !found.some(everybodyCould)
    })
    return [
      ...missing(term.elections),
      ...local.map((name): Remark => ({ code: 'skipping_not_known', named: printElection(name) })),
    ]
  }
  if (term.field !== 'turnout' && term.field !== 'skipped_of') return []
  const counts = states.map((state) => lastElections(elections, state, term.kind, term.of, today).length)
  const most = Math.max(0, ...counts)
  return most < term.of ? [{ code: 'few_elections', named: `${most}/${term.of}` }] : []
}

/** Columns of the files a term reads; one of them must be there. */
const readsOf: Partial<Record<Term['field'], readonly ColumnMeaning[]>> = {
  party: ['party'],
  party_then: ['party'],
  voted_as: ['party'],
  sex: ['sex'],
  age: ['birth_date', 'birth_year'],
  born: ['birth_date', 'birth_year'],
  birth_date: ['birth_date', 'birth_year'],
  birthday: ['birth_date'],
  registered: ['registered_on'],
  registered_by: ['registered_by'],
  middle: ['middle_name'],
  suffix: ['suffix'],
  city: ['city'],
  zip: ['zip5', 'zip'],
  county: ['county'],
  street: ['street_name', 'address_line'],
  household: ['street_name', 'address_line'],
}
const typedAs: Partial<Record<Term['field'], string>> = { party_then: 'party', birth_date: 'born' }

const districtColumns: Partial<Record<DistrictKind, { column: ColumnMeaning; stored: string }>> = {
  congress: { column: 'cd', stored: 'cd' },
  senate: { column: 'sd', stored: 'sd' },
  assembly: { column: 'ad', stored: 'ad' },
  'nyc-council': { column: 'ccd', stored: 'ccd' },
  ed: { column: 'ed', stored: 'ed' },
  precinct: { column: 'precinct', stored: 'precinct' },
}

/** What no loaded file has, by its layout; for districts also no voter, since they may come from elsewhere. */
async function onFiles(db: Db, terms: readonly Term[]): Promise<Remark[]> {
  const asked = terms.filter(({ field }) => readsOf[field])
  const coded = terms.filter((term) => term.field === 'status' || term.field === 'method')
  const dated = terms.filter(({ field }) => field === 'first_seen' || field === 'last_seen')
  const districts = [...new Set(terms.flatMap((term) => (term.field === 'district' ? [term.kind] : [])))]
  if ([...asked, ...coded, ...dated, ...districts].length === 0) return []
  const files = await db
    .selectFrom('voter_file')
    .select(({ fn }) => ['layout', fn.count<number>('first_voter_id').as('bringing')])
    .where('kind', '<>', 'phones') // tells of no voters, and in no layout
    .groupBy('layout')
    .execute()
  if (files.length === 0) return []
  const columns = new Set<ColumnMeaning>()
  const loaded: Layout[] = []
  const book = await layoutBook(db)
  for (const { layout: id } of files) {
    const layout = book.byId(id)
    // Of a layout we no longer know we cannot say what it lacks.
    if (!layout) return []
    loaded.push(layout)
    for (const { is } of layout.columns.flat()) if (is) columns.add(is)
    if (layout.county || layout.county_by) columns.add('county')
  }
  const has = (...wanted: readonly ColumnMeaning[]): boolean => wanted.some((column) => columns.has(column))
  const remarks = asked
    .filter(({ field }) => !has(...(readsOf[field] ?? [])))
    .map(({ field }): Remark => ({ code: 'not_in_files', named: `${typedAs[field] ?? printed(field)}:` }))
  if (files.every(({ bringing }) => bringing === 0))
    remarks.push(...dated.map(({ field }): Remark => ({ code: 'not_in_files', named: `${printed(field)}:` })))
  for (const term of coded) {
    const known = term.field === 'status' ? statusesOf(loaded) : methodsOf(loaded)
    for (const value of term.field === 'status' ? term.values : term.methods)
      if (!known.has(value)) remarks.push({ code: 'not_in_files', named: `${term.field}:${printed(value)}` })
  }
  for (const kind of districts) {
    const own = districtColumns[kind]
    if (has(own ? own.column : `district:${kind}`)) continue
    if (isCrosswalkKind(kind) && (await hasCrosswalk(db, kind))) continue
    const filled = own ? sql`${sql.ref(own.stored)} is not null` : sql`districts ? ${kind}`
    // The first voters of each state: everybody would take seconds.
    const { rows } = await sql`select from (select distinct state from voter_file) file
      cross join lateral (select * from voter_record v where v.state = file.state limit 20000) first where ${filled} limit 1`.execute(
      db,
    )
    if (rows.length === 0) remarks.push({ code: 'district_not_in_files', named: kind })
  }
  return remarks
}

async function hasCrosswalk(db: Db, kind: CrosswalkKind): Promise<boolean> {
  const found = await db.selectFrom('crosswalk').select('kind').where('kind', '=', kind).limit(1).execute()
  return found.length > 0
}

/** Statuses the layouts can tell of; who is gone is known by the next file. */
const statusesOf = (layouts: readonly Layout[]): Set<string> =>
  new Set(['gone', ...layouts.flatMap((each) => [...Object.values(each.statuses), each.status_otherwise])])

/** Ways of voting the layouts can tell of: New York's grammar has them all, a column for an election none. */
const methodsOf = (layouts: readonly Layout[]): Set<string> =>
  new Set(
    layouts.flatMap(({ history }) => {
      if (!history) return []
      if (history.style === 'packed') return voteMethods
      if (history.style === 'wide') return ['unknown', ...Object.values(history.methods ?? {})]
      return [...Object.values(history.methods), history.otherwise]
    }).filter((method) => method !== null),
  ) // prettier-ignore

/** Estimates are made with each import; where there are none, a community is what people said of themselves. */
async function onEstimates(db: Db, terms: readonly Term[]): Promise<Remark[]> {
  if (!terms.some(({ field }) => field === 'community')) return []
  // Among the first voters of each state: everybody would take seconds. Mostly the first of them is enough.
  const first = sql`(select distinct state from voter_file) file
    cross join lateral (select * from voter_record v where v.state = file.state limit 20000) v`
  const percents = sql.join(communities.map((name) => sql.ref(`v.p_${name}`)))
  const { rows } = await sql<{ has_voters: boolean; is_estimated: boolean }>`
    select exists (select from ${first}) as has_voters, exists (select from ${first} where greatest(${percents}) > 0) as is_estimated`.execute(
    db,
  )
  const [of] = rows
  return of?.has_voters && !of.is_estimated ? [{ code: 'community_not_estimated', named: 'community:' }] : []
}

/** Nobody is left out by a guess about a name; by what people said of themselves (`>=1`) they may be. */
const onGuesses = (expression: Expression): Remark[] =>
  [...takenAway(expression)].flatMap((term) =>
    term.field === 'community' && !(term.comparison === '>=' && term.percent === 100)
      ? [{ code: 'community_leaves_out', named: `-community:${term.values.map(printed).join(',')}` } satisfies Remark]
      : [],
  )

/** Who perhaps lives in 20 is found where the crosswalk says so; one that names the largest part alone leaves the rest unsaid. */
async function onDoubt(db: Db, terms: readonly Term[]): Promise<Remark[]> {
  const remarks: Remark[] = []
  for (const term of terms) {
    if (term.field !== 'district' || !isCrosswalkKind(term.kind) || term.values.includes('?')) continue
    const isPerhaps = term.values.some((value) => typeof value === 'string' && value.endsWith('?'))
    if (isPerhaps && (await partlyNamed(db, term.kind)) > 0)
      remarks.push({ code: 'parts_not_named', named: `district:${term.kind}/?` })
  }
  return remarks
}

async function onPhones(db: Db, terms: readonly Term[], { organization_id }: Meaning): Promise<Remark[]> {
  const asks = terms.some(
    (term) =>
      term.field === 'phone' ||
      term.field === 'phone_number' ||
      (term.field === 'has' && term.values.includes('phone')),
  )
  if (!asks) return []
  const { rows } = await sql`select where exists (select from voter_phone)
    or exists (select from person_phone where organization_id = ${organization_id})`.execute(db)
  return rows.length > 0 ? [] : [{ code: 'no_phones', named: '' }]
}

/** Who is in an area is told by the map of election districts. */
async function onPlaces(db: Db, terms: readonly Term[]): Promise<Remark[]> {
  const asked = terms.find((term) => term.field === 'area' && term.area !== null)
  if (!asked) return []
  const { rows } = await sql`select from district_center where kind = 'ed' limit 1`.execute(db)
  return rows.length > 0
    ? [{ code: 'place_not_known', named: 'area:unknown' }]
    : [{ code: 'no_places', named: 'area:' }]
}

/** What nobody has recorded yet, and what there is no room for yet. */
async function onKept(db: Db, terms: readonly Term[], { organization_id }: Meaning): Promise<Remark[]> {
  const remarks: Remark[] = []
  const asks = (field: Term['field']): boolean => terms.some((term) => term.field === field)
  const isEmpty = async (table: 'follow_up' | 'membership' | 'event_signup'): Promise<boolean> => {
    const { rows } = await sql`select from ${sql.id(table)} where organization_id = ${organization_id} limit 1`.execute(
      db,
    )
    return rows.length === 0
  }
  if (asks('follow_up') && (await isEmpty('follow_up'))) remarks.push({ code: 'follow_ups_none', named: 'follow-up:' })
  if (asks('member') && (await isEmpty('membership'))) remarks.push({ code: 'memberships_none', named: 'member:' })
  const ofEvents = terms.filter((term) => term.field === 'event' || (asksOfEvents(term) && factOf(term) !== 'hosted'))
  if (ofEvents.length > 0 && (await isEmpty('event_signup')))
    remarks.push(...ofEvents.map((term): Remark => ({ code: 'events_none', named: printTerm(term) })))
  return remarks
}

/** A name one phone bank has and another had means the calls of both. */
async function onPhoneBanks(db: Db, terms: readonly Term[], { organization_id }: Meaning): Promise<Remark[]> {
  const named = terms.flatMap((term) => (term.field === 'at_phone_bank' ? term.phone_banks : []))
  if (named.length === 0) return []
  const { rows } = await sql<{ name: string }>`select distinct f.name from phone_bank_former_name f
    join phone_bank b on b.organization_id = f.organization_id and b.phone_bank_id <> f.phone_bank_id
    join jsonb_each_text(b.name) n on ${foldedName(sql`n.value`)} = f.name
    where f.organization_id = ${organization_id} and f.name = any(${named.map(foldName)}::text[])`.execute(db)
  const shared = new Set(rows.map(({ name }) => name))
  return named
    .filter((name) => shared.has(foldName(name)))
    .map((name): Remark => ({ code: 'phone_bank_name_shared', named: name }))
}

/** What the organization's own words of a term are, each with where they are kept: rows of `name` in several languages or one. */
interface NamedBy {
  code: RemarkCode
  names: (term: Term) => string[]
  known: ReadonlySet<string>
  rows: (organization_id: string) => ReturnType<typeof sql<{ name: string }>>
}

const asksOfEvents = (term: Term) => isAtEvents(term) || term.field === 'event_times' || term.field === 'hours'
/** What it asks of them; hours are of those who were there. */
const factOf = (term: Term) => (term.field === 'event_times' ? term.state : term.field)
const kindsOf = (term: Term): string[] =>
  isAtEvents(term) || term.field === 'event_times' || term.field === 'hours' ? term.kinds : []
const inTexts = (table: string, organization_id: string) =>
  sql<{ name: string }>`select n.value as name from ${sql.table(table)} t, jsonb_each_text(t.name) n where t.organization_id = ${organization_id}` // prettier-ignore
const keysAndNames = (table: string, organization_id: string) =>
  sql<{
    name: string
  }>`${inTexts(table, organization_id)} union select kind from ${sql.table(table)} where organization_id = ${organization_id}`
const nothingElse: ReadonlySet<string> = new Set()

const namedBy: readonly NamedBy[] = [
  { code: 'event_kind_unknown', names: kindsOf, known: new Set(eventKindWords.values()), rows: (id) => keysAndNames('event_kind', id) },
  { code: 'event_unknown', names: (term) => ('events' in term ? term.events : []), known: nothingElse,
    rows: (id) => sql<{ name: string }>`select code as name from event where organization_id = ${id}` },
  { code: 'rung_unknown', names: (term) => (term.field === 'stage' ? term.rungs : []), known: nothingElse, rows: (id) => inTexts('rung', id) },
  { code: 'role_unknown', names: (term) => (term.field === 'role' ? term.names : []), known: nothingElse,
    rows: (id) => sql<{ name: string }>`select distinct name from role_named where organization_id = ${id} and removed_at is null` },
  ...bodyKinds.map((kind): NamedBy => ({ code: 'body_unknown', names: (term) => (term.field === 'body' && term.kind === kind ? term.names : []), known: nothingElse,
    rows: (id) => sql<{ name: string }>`${inTexts('body', id)} and t.kind = ${kind}` })),
  { code: 'office_unknown', names: (term) => (term.field === 'body' ? term.offices : []), known: nothingElse, rows: (id) => inTexts('body_office', id) },
  { code: 'training_unknown', names: (term) => (term.field === 'trained' ? term.names : []), known: nothingElse, rows: (id) => inTexts('training', id) },
  { code: 'partner_unknown', names: (term) => (term.field === 'partner' ? term.names : []), known: nothingElse, rows: (id) => inTexts('event_partner', id) },
  { code: 'cohort_unknown', names: (term) => (term.field === 'cohort' ? term.names : []), known: nothingElse, rows: (id) => inTexts('cohort', id) },
  { code: 'membership_kind_unknown', names: (term) => (term.field === 'member' ? term.kinds : []), known: nothingElse, rows: (id) => keysAndNames('membership_kind', id) },
] // prettier-ignore

/** Kinds, events, rungs, roles, bodies, trainings, partners and cohorts nobody has, with the nearest there is. */
async function onNamed(db: Db, terms: readonly Term[], { organization_id }: Meaning): Promise<RemarkFound[]> {
  const remarks: RemarkFound[] = []
  for (const { code, names, known, rows } of namedBy) {
    const asked = terms.filter((term) => names(term).some((name) => !known.has(name)))
    if (asked.length === 0) continue
    const found = await rows(organization_id).execute(db)
    const there = new Map(found.rows.map(({ name }) => [foldName(name), name]))
    for (const term of asked) {
      for (const name of names(term)) {
        if (known.has(name) || there.has(foldName(name))) continue
        remarks.push({ code, named: name })
        const meant = there.get(nearest(name, there.keys()) ?? '')
        if (meant === undefined || code === 'event_unknown') continue
        const by = ofTerm(withName(term, name, meant))
        remarks.push({ code: 'nearest_there', named: print(by), slip: { of: term, by } })
      }
    }
  }
  return remarks
}

function withName(term: Term, from: string, to: string): Term {
  const put = (list: readonly string[]): string[] => [...new Set(list.map((name) => (name === from ? to : name)))]
  if ('rungs' in term) return { ...term, rungs: put(term.rungs) }
  if (term.field === 'role' || term.field === 'trained' || term.field === 'partner' || term.field === 'cohort') return { ...term, names: put(term.names) } // prettier-ignore
  if (term.field === 'body') return { ...term, names: put(term.names), offices: put(term.offices) }
  if (term.field === 'member') return { ...term, kinds: put(term.kinds) }
  return 'kinds' in term ? ({ ...term, kinds: put(term.kinds as string[]) } as Term) : term // kinds of events
}

/** Voters are counted: how many of our people a term means whom no voter record is known of. */
async function onStrangers(db: Db, terms: readonly Term[], meaning: Meaning): Promise<Remark[]> {
  const asked = terms.filter(isOurs).filter((term) => !isOfNobody(term))
  const counts = await countOurs(db, asked, meaning, 'strangers')
  return asked.flatMap((term, index): Remark[] => {
    const count = counts[index] ?? 0
    return count > 0 ? [{ code: 'not_on_file', named: `${printTerm(term)} (${count})` }] : []
  })
}

const ofTerm = (term: Term): Expression => ({ op: 'term', term })

/** Words of our own nobody made: a tag, a question, a field. */
async function onOurs(db: Db, terms: readonly Term[], { organization_id }: Meaning): Promise<RemarkFound[]> {
  const unknown = async (
    code: RemarkCode,
    named: readonly string[],
    known: Promise<Set<string>>,
    slipOf?: (name: string, meant: string) => Slip[],
  ): Promise<RemarkFound[]> => {
    const found = await known
    return named
      .filter((name) => !found.has(name))
      .flatMap((name): RemarkFound[] => {
        const meant = slipOf ? nearest(name, found) : null
        const slips = meant === null ? [] : (slipOf?.(name, meant) ?? [])
        return [{ code, named: name }, ...slips.map((slip): RemarkFound => ({ code: 'nearest_there', named: print(slip.by), slip }))] // prettier-ignore
      })
  }
  const tags = terms.flatMap((term) => (term.field === 'tag' ? term.values : []))
  const keys = terms.flatMap((term) => (term.field === 'own_field' ? [term.key] : []))
  const questions = terms.flatMap((term) =>
    term.field === 'answer' || term.field === 'answered' ? [term.question] : [],
  )
  const column = async (query: ReturnType<typeof sql<{ name: string }>>): Promise<Set<string>> =>
    new Set((await query.execute(db)).rows.map(({ name }) => name))
  const lists = await Promise.all([
    tags.length === 0
      ? []
      : unknown(
          'tag_unknown',
          tags,
          column(sql<{ name: string }>`select tag as name from tag where organization_id = ${organization_id}`),
          (name, meant) => [{ of: { field: 'tag', values: [name] }, by: ofTerm({ field: 'tag', values: [meant] }) }],
        ),
    keys.length === 0
      ? []
      : unknown(
          'own_field_unknown',
          keys,
          column(
            sql<{ name: string }>`select key as name from custom_field where organization_id = ${organization_id}`,
          ),
          (name, meant) =>
            terms.flatMap((term) =>
              term.field === 'own_field' && term.key === name ? { of: term, by: ofTerm({ ...term, key: meant }) } : [],
            ),
        ),
    questions.length === 0
      ? []
      : unknown(
          'question_unknown',
          questions,
          column(sql<{ name: string }>`select wanted.name from unnest(${questions}::text[]) wanted (name) where exists (
              select from contact_answer ca where ca.question = wanted.name and ca.organization_id = ${organization_id})
            or exists (select from script_version sv, jsonb_array_elements(sv.content -> 'steps') step
              where sv.organization_id = ${organization_id} and step ->> 'key' = wanted.name)`),
        ),
  ])
  return lists.flat()
}
