import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { foldName } from '../names.ts'
import { holds } from '../print.ts'
import { eventFacts, eventStates, type EventFact, type OfEvents, type Range, type Term, type When } from '../schema.ts'
import { dayOfOurs, isOfNobody, unitsBefore, type Meaning } from '../sql.ts'
import type { LoadedColumns } from './loaded.ts'
import { shared, touchedWhere, type Overlay } from './overlay.ts'

/*
 * What an organization's people did at events and how their memberships stood, in memory beside the overlay: so that terms about
 * it are worked out without asking the database, on whatever day they are asked. Same meaning as in sql.ts; property tests hold
 * them together.
 */

/** Of a voter's person, by position; days since 1970 in the organization's time zone. */
interface AtEvent {
  position: number
  fact: EventFact
  event_id: string
  kind: string
  code: string
  day: number
}
interface Served {
  position: number
  kind: string
  day: number
  seconds: number
}
interface Stood {
  position: number
  kind: string
  standing: string
  from: number
}

export interface Facts {
  /** Of the overlay. */
  version: number
  at_events: readonly AtEvent[]
  served: readonly Served[]
  /** Of each person and kind, the newest first. */
  stood: readonly Stood[]
  /** Kinds by each name the organization gave them, as `foldName` writes it. */
  kinds_named: Record<'event_kind' | 'membership_kind', ReadonlyMap<string, ReadonlySet<string>>>
}

type FactTerm = Extract<Term, { field: EventFact | 'event' | 'event_times' | 'hours' | 'member' | 'member_since' }>

const fields: ReadonlySet<string> = new Set<FactTerm['field']>([...eventFacts, 'event', 'event_times', 'hours', 'member', 'member_since']) // prettier-ignore
export const isOfFacts = (term: Term): term is FactTerm => fields.has(term.field)

/** `changed`: the voters whose rows are read anew; null: all of them. In the transaction whose snapshot the overlay is of. */
export async function readFacts(
  db: Db,
  columns: LoadedColumns,
  { organization_id, version }: Overlay,
  before: { facts: Facts; changed: readonly number[] } | null,
): Promise<Facts> {
  const changed = before && sql`p.voter_id = any(${[...before.changed]}::integer[])`
  const ours = sql`p.organization_id = ${organization_id} and p.merged_into is null and p.voter_id is not null`
  /** Of few people each is looked up, of all the rows are gone through once. */
  const rowsOf = (table: string, of: RawBuilder<unknown>, which = sql`true`): RawBuilder<unknown> =>
    changed
      ? sql`select p.voter_id, ${of} from person p cross join lateral (select * from ${sql.table(table)} y
          where y.organization_id = p.organization_id and y.person_id = p.person_id) x where ${ours} and ${changed} and ${which}`
      : sql`select p.voter_id, ${of} from ${sql.table(table)} x join person p on p.organization_id = x.organization_id
          and p.person_id = x.person_id where x.organization_id = ${organization_id} and ${ours} and ${which}`
  const day = (at: string): RawBuilder<unknown> => sql`(${dayOfOurs(sql.ref(at), organization_id)} - date '1970-01-01')`
  const event = sql`x.event_id, x.kind, x.code`
  const { rows: at_events } = await sql<Omit<AtEvent, 'position'> & { voter_id: number }>`
    ${rowsOf('event_presence', sql`case when x.was_there then 'attended' else 'no_show' end as fact, ${event}, ${day('x.starts_at')} as day`, sql`(x.was_there or x.is_no_show)`)}
    union all ${rowsOf('event_expects', sql`'signed_up', ${event}, ${day('x.received_at')}`)}
    union all ${rowsOf('event_invited', sql`'invited', ${event}, ${day('x.invited_at')}`)}
    union all ${rowsOf('event_hosted', sql`'hosted', ${event}, ${day('x.starts_at')}`)}`.execute(db)
  const { rows: served } = await sql<Omit<Served, 'position'> & { voter_id: number }>`
    ${rowsOf('service_time', sql`x.kind, ${day('x.at')} as day, round(x.minutes * 60)::integer as seconds`)}`.execute(
    db,
  )
  const { rows: stood } = await sql<Omit<Stood, 'position'> & { voter_id: number }>`
    ${rowsOf('membership', sql`x.kind, x.standing, x.from_on - date '1970-01-01' as "from"`, sql`x.removed_at is null`)}
    order by p.voter_id, x.kind, x.from_on desc, x.recorded_at desc, x.membership_id`.execute(db)
  const texts = new Map<string, string>()
  /** One text for all rows that say the same. */
  const once = (text: string): string => texts.get(text) ?? (texts.set(text, text), text)
  const placed = <Row extends { voter_id: number; kind: string }>(rows: Row[]): (Omit<Row, 'voter_id'> & { position: number })[] =>
    rows.flatMap(({ voter_id, ...row }) => {
      const position = columns.positionOf(voter_id)
      return position === null ? [] : [{ ...row, kind: once(row.kind), position }]
    }) // prettier-ignore
  const isChanged = new Set(before?.changed.flatMap((voter_id) => columns.positionOf(voter_id) ?? []))
  const stayed = <Row extends { position: number }>(rows: readonly Row[] | undefined): Row[] =>
    rows?.filter(({ position }) => !isChanged.has(position)) ?? []
  return {
    version,
    at_events: [...stayed(before?.facts.at_events), ...placed(at_events).map((row) => ({ ...row, event_id: once(row.event_id), code: once(row.code) }))], // prettier-ignore
    served: [...stayed(before?.facts.served), ...placed(served)],
    stood: [...stayed(before?.facts.stood), ...placed(stood)],
    // Another name of a kind concerns everybody: then all is read.
    kinds_named: before?.facts.kinds_named ?? {
      event_kind: await kindsNamed(db, organization_id, 'event_kind'),
      membership_kind: await kindsNamed(db, organization_id, 'membership_kind'),
    },
  }
}

async function kindsNamed(db: Db, organization_id: string, table: 'event_kind' | 'membership_kind'): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ kind: string; name: string }>`select k.kind, n.value as name from ${sql.table(table)} k, jsonb_each_text(k.name) n
    where k.organization_id = ${organization_id}`.execute(db)
  const named = new Map<string, Set<string>>()
  for (const { kind, name } of rows) named.set(foldName(name), (named.get(foldName(name)) ?? new Set()).add(kind))
  return named
} // prettier-ignore

/** Of the touched voters those that fit, ascending. */
export function factsFit(term: FactTerm, facts: Facts, overlay: Overlay, meaning: Meaning): Uint32Array {
  const today = unixDay(meaning.today)
  switch (term.field) {
    case 'event': {
      const states: ReadonlySet<string> = new Set(term.states.length > 0 ? term.states : eventStates)
      return listOf(positionsOf(facts.at_events, ({ fact }) => states.has(fact)))
    }
    case 'invited':
    case 'attended':
    case 'signed_up':
    case 'no_show':
    case 'hosted': {
      const isSo = ofFact(term.field, term, facts, today)
      const within = (when: When): Set<number> => {
        const isThen = daysOf(when, meaning.today)
        return positionsOf(facts.at_events, (row) => isSo(row) && isThen(row.day))
      }
      // Longer ago than that: there was one, and none since.
      return term.when.is === 'before'
        ? listOf(without(within({ is: 'ever' }), within({ ...term.when, is: 'within' })))
        : listOf(within(term.when))
    }
    case 'event_times': {
      const isSo = ofFact(term.state, { kinds: term.kinds, events: [] }, facts, today)
      const isThen = daysOf(term.when ?? { is: 'ever' }, meaning.today)
      const events = new Map<number, Set<string>>()
      for (const row of facts.at_events)
        if (isSo(row) && isThen(row.day)) events.set(row.position, (events.get(row.position) ?? new Set()).add(row.event_id))
      return ofEverybody(term, overlay, events, (of) => isWithin(of.size, term.range))
    }
    case 'hours': {
      const isKind = ofKinds(term.kinds, facts, 'event_kind')
      const isThen = daysOf(term.when ?? { is: 'ever' }, meaning.today)
      const seconds = new Map<number, number>()
      for (const row of facts.served)
        if (isKind(row.kind) && isThen(row.day)) seconds.set(row.position, (seconds.get(row.position) ?? 0) + row.seconds)
      return ofEverybody(term, overlay, seconds, (sum) => holds(sum, term.comparison, term.hours * 3600))
    }
    case 'member': {
      const isKind = ofKinds(term.kinds, facts, 'membership_kind')
      const begun = facts.stood.filter(({ from }) => from <= today)
      if (term.standings.length === 0) return listOf(positionsOf(begun, ({ kind }) => isKind(kind)))
      const now = newest(begun)
      const standings: ReadonlySet<string> = new Set(term.standings)
      const found = positionsOf(now, ({ kind, standing }) => isKind(kind) && standings.has(standing))
      if (!standings.has('good')) return listOf(found)
      const holding = positionsOf(now, ({ kind, standing }) => isKind(kind) && isHolding(standing))
      return listOf(new Set([...found, ...[...inGoodStanding(now)].filter((position) => holding.has(position))]))
    }
    case 'member_since': {
      const begun = facts.stood.filter(({ from }) => from <= today)
      const first = new Map<number, number>()
      for (const { position, standing, from } of begun)
        if (standing === 'active') first.set(position, Math.min(from, first.get(position) ?? from))
      const { when } = term
      const isThen = daysOf(when, meaning.today)
      // Open at both ends it asks nothing, not even that there is one.
      const isAny = when.is === 'between' && when.from === null && when.to === null
      const fits = (position: number): boolean => isAny || isThen(first.get(position) ?? Number.NaN)
      return listOf([...inGoodStanding(newest(begun))].filter(fits))
    }
    default:
      return term satisfies never
  }
} // prettier-ignore

/** As `heldBy` in sql.ts: who is to host has not hosted yet. */
function ofFact(fact: EventFact, { kinds, events }: OfEvents, facts: Facts, today: number): (row: AtEvent) => boolean {
  const isKind = ofKinds(kinds, facts, 'event_kind')
  const codes = new Set(events)
  return (row) =>
    row.fact === fact &&
    isKind(row.kind) &&
    (codes.size === 0 || codes.has(row.code)) &&
    (fact !== 'hosted' || row.day <= today)
}

/** By its key or a name the organization gave it; none named: any. */
function ofKinds(wanted: readonly string[], { kinds_named }: Facts, of: keyof Facts['kinds_named']): (kind: string) => boolean {
  if (wanted.length === 0) return () => true
  const kinds = new Set(wanted.flatMap((each) => [each, ...(kinds_named[of].get(foldName(each)) ?? [])]))
  return (kind) => kinds.has(kind)
} // prettier-ignore

/** Of each person and kind, how it stands. */
const newest = (begun: readonly Stood[]): Stood[] =>
  begun.filter(({ position, kind }, at) => begun[at - 1]?.position !== position || begun[at - 1]?.kind !== kind)

const isHolding = (standing: string): boolean => standing === 'active' || standing === 'grace'

/** As `inGoodStanding` of membership. */
const inGoodStanding = (now: readonly Stood[]): Set<number> =>
  without(
    positionsOf(now, ({ standing }) => isHolding(standing)),
    positionsOf(now, ({ standing }) => standing === 'expelled'),
  )

const without = (some: ReadonlySet<number>, others: ReadonlySet<number>): Set<number> =>
  new Set([...some].filter((position) => !others.has(position)))

/** Of whom nothing is told it is so or not, as of nobody. */
function ofEverybody<T>(term: Term, overlay: Overlay, told: ReadonlyMap<number, T>, fits: (of: T) => boolean): Uint32Array {
  if (!isOfNobody(term)) return listOf([...told].flatMap(([position, of]) => (fits(of) ? [position] : [])))
  return touchedWhere(overlay, (index) => {
    const of = told.get(overlay.touched[index] ?? 0)
    return of === undefined || fits(of)
  })
} // prettier-ignore

function positionsOf<Row extends { position: number }>(rows: readonly Row[], is: (row: Row) => boolean): Set<number> {
  const found = new Set<number>()
  for (const row of rows) if (is(row)) found.add(row.position)
  return found
}

const listOf = (positions: Iterable<number>): Uint32Array => shared(Uint32Array.from(positions).sort())

/** As `happened` in sql.ts. */
function daysOf(when: When, today: string): (day: number) => boolean {
  if (when.is === 'ever') return (day) => day > -Infinity
  if (when.is === 'between') {
    const [from, to] = [when.from === null ? -Infinity : unixDay(when.from), when.to === null ? Infinity : unixDay(when.to)]
    return (day) => day >= from && day <= to
  }
  const start = unixDay(unitsBefore(today, when.amount, when.unit))
  return when.is === 'within' ? (day) => day >= start : (day) => day < start
} // prettier-ignore

export const isWithin = (value: number, { from, to }: Range): boolean =>
  (from === null || value >= from) && (to === null || value <= to)

export const unixDay = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000
