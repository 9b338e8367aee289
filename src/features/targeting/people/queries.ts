import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import type { Db } from '../../../platform/db/db.ts'
import type { Channel } from '../../people/schema.ts'
import { ask, fromNow, longest_ms, TooSlow, type Until } from '../bounded.ts'
import { atClosedHomes, hasRefused, isMarked, isPaused } from '../../people/consent.ts'
import { parse } from '../parse.ts'
import { print } from '../print.ts'
import { keptFrom, understand, type UniverseProblem } from '../queries.ts'
import { remarksOn, type Remark } from '../remarks.ts'
import type { Expression } from '../schema.ts'
import { condition, isOwnUsable, strangers, universeCondition, type Meaning } from '../sql.ts'
import type { Only } from './schema.ts'

export interface Found {
  person_id: string
  /** null: no voter record is known of them. */
  voter_id: number | null
}

/** An expression over all people of an organization, those in no voter file too. */
export interface CompiledPeople {
  expression: Expression
  /** Canonical text. */
  text: string
  remarks: Remark[]
  meaning: Meaning
  /** `select person_id, voter_id, … from …` those who fit; `more`: whether they fit something else too, as columns. */
  people<More extends string = never>(
    more?: Readonly<Record<More, Expression>>,
  ): RawBuilder<Found & Record<More, boolean>>
  /** The same of those of whom no voter record is known. */
  strangers<More extends string = never>(
    more?: Readonly<Record<More, Expression>>,
  ): RawBuilder<Found & Record<More, boolean>>
}

export type CompiledForPeople = { ok: true; people: CompiledPeople } | { ok: false; problem: UniverseProblem }

/** What an actor typed: what they may not see anywhere, they cannot ask for. */
export async function compilePeopleTyped(
  db: Db,
  actor: Actor,
  typed: string,
  today: string,
  keeps: Keeps = {},
): Promise<CompiledForPeople> {
  const parsed = parse(typed)
  const kept = parsed.ok && (await keptFrom(db, actor, typed, parsed.expression))
  return kept ? { ok: false, problem: kept } : compilePeople(db, typed, actor.organization_id, today, keeps)
}

/** `marked`: those who must not be contacted too, for whoever says of each why not. */
interface Keeps {
  marked?: boolean
}

/**
 * Our people stay ours whatever the rolls say of them: nobody is left out for the status of the record, or because the newest file
 * lacks it. Those who must not be contacted are left out as everywhere, unless the expression speaks of it.
 */
export async function compilePeople(
  db: Db,
  typed: string,
  organization_id: string,
  today: string,
  { marked = false }: Keeps = {},
): Promise<CompiledForPeople> {
  const parsed = parse(typed)
  if (!parsed.ok) return parsed
  const understood = await understand(db, parsed.expression, organization_id, today, typed, ['suppression'])
  if (!understood.ok) return understood
  const { asSaid, replaced, meaning } = understood
  const speaks = { ...understood.speaks, status: true, gone: true, ...(marked && { suppression: true }) }
  const ofStrangers: Meaning = { ...meaning, over: 'strangers' }
  const columns = (more: Readonly<Record<string, Expression>>, of: Meaning): RawBuilder<unknown> =>
    sql.join(
      Object.entries(more).map(([name, each]) => sql`, (${condition(each, of, false)}) is true as ${sql.id(name)}`),
      sql``,
    )
  const inNoFile = (more: Readonly<Record<string, Expression>> = {}): RawBuilder<never> =>
    sql`select v.person_id, v.voter_id ${columns(more, ofStrangers)} from ${strangers(organization_id)} v
      where ${universeCondition(replaced, ofStrangers, speaks, false)}`
  const all = (more: Readonly<Record<string, Expression>> = {}): RawBuilder<never> =>
    sql`select me.person_id, me.voter_id ${columns(more, meaning)} from person me join voter_record v on v.voter_id = me.voter_id
      where me.organization_id = ${organization_id} and me.merged_into is null and ${universeCondition(replaced, meaning, speaks, false)}
      union all ${inNoFile(more)}`
  const remarks = await remarksOn(db, asSaid, meaning, undefined, parsed.expression)
  return {
    ok: true,
    people: {
      expression: parsed.expression,
      text: print(parsed.expression),
      remarks: remarks.filter(({ code }) => code !== 'not_on_file'),
      meaning,
      people: all,
      strangers: inNoFile,
    },
  }
}

const said = (text: string): Expression => {
  const parsed = parse(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.code}`)
  return parsed.expression
}

/** Whom each channel reaches who has not refused it, as for voters. */
export const reached = {
  phone: said('has:phone -consent:refused/phone'),
  email: said('has:email -consent:refused/email'),
  email_agreed: said('has:email consent:email'),
  post: said('has:mail -consent:refused/post'),
} as const

export type Reached = Record<keyof typeof reached | 'people' | 'strangers', number>

const those = <More extends string = never>(
  asked: CompiledPeople,
  only: Only,
  more?: Readonly<Record<More, Expression>>,
): RawBuilder<Found & Record<More, boolean>> => (only === 'strangers' ? asked.strangers(more) : asked.people(more))

/** How many they are, and by which channel one reaches them. */
export async function countReached(db: Db, asked: CompiledPeople, only: Only, until: Until = null): Promise<Reached> {
  const counts = Object.keys(reached).map(
    (name) => sql`count(*) filter (where found.${sql.id(name)}) as ${sql.id(name)}`,
  )
  const query = sql<Reached>`select count(*) as people, count(*) filter (where found.voter_id is null) as strangers, ${sql.join(counts)}
    from (${those(asked, only, reached)}) found`
  const [row] = await ask(db, query, until)
  if (!row) throw new Error('sums without a row')
  return row
}

export async function countPeople(
  db: Db,
  asked: CompiledPeople,
  only: Only = 'all',
  until: Until = null,
): Promise<number> {
  const [row] = await ask(
    db,
    sql<{ count: number }>`select count(*) as count from (${those(asked, only)}) found`,
    until,
  )
  return row?.count ?? 0
}

export const peopleIds = async (db: Db, asked: CompiledPeople, only: Only, until: Until = null): Promise<string[]> =>
  (await ask(db, those(asked, only), until)).map(({ person_id }) => person_id)

/** For a page of another room: null where it takes longer than a page may wait. */
export async function peopleIdsInTime(db: Db, asked: CompiledPeople, only: Only): Promise<string[] | null> {
  try {
    return await peopleIds(db, asked, only, fromNow(longest_ms))
  } catch (problem) {
    if (problem instanceof TooSlow) return null
    throw problem
  }
}

/** Ids in the order of their names. */
export async function peopleInOrder(
  db: Db,
  asked: CompiledPeople,
  only: Only,
  { from, size }: { from: number; size: number },
  until: Until = null,
): Promise<string[]> {
  const { organization_id } = asked.meaning
  const query = sql<{ person_id: string }>`select found.person_id from (${those(asked, only)}) found
    join person p on p.organization_id = ${organization_id} and p.person_id = found.person_id
    left join voter_record r on r.voter_id = found.voter_id
    order by lower(coalesce(p.last_name, r.last_name, p.name_hangul, '')), lower(coalesce(p.first_name, r.first_name, '')), found.person_id
    limit ${size} offset ${from}`
  return (await ask(db, query, until)).map(({ person_id }) => person_id)
}

export interface PersonLine {
  person_id: string
  last_name: string | null
  first_name: string | null
  name_hangul: string | null
  preferred_title: string | null
  language: string | null
  phone: string | null
  email: string | null
  address: string | null
  city: string | null
  zip5: string | null
  tags: string
  is_in_file: boolean
}

/** Of `p` and `v`: a channel that is closed to us, or that they refused, is left empty in a file. */
const isOpen = (organization_id: string, channel: Channel): RawBuilder<boolean> =>
  sql<boolean>`(not ${isMarked(organization_id, channel)} and not ${hasRefused(organization_id, channel)}
    ${channel === 'email' ? sql`and not ${isPaused(organization_id)}` : sql``})`

/** Everybody with what we know of them ourselves, and of a voter file the name alone. */
export async function peopleLines(
  db: Db,
  asked: CompiledPeople,
  only: Only,
  until: Until = null,
): Promise<PersonLine[]> {
  const { organization_id } = asked.meaning
  const lines = await ask(
    db,
    sql<PersonLine>`select p.person_id, coalesce(p.last_name, v.last_name) as last_name, coalesce(p.first_name, v.first_name) as first_name,
        p.name_hangul, p.preferred_title, p.language, found.voter_id is not null as is_in_file,
        case when ${isOpen(organization_id, 'phone')} then (select pp.phone from person_phone pp where pp.organization_id = p.organization_id and pp.person_id = p.person_id
          and ${isOwnUsable(organization_id)} order by pp.is_preferred desc, pp.quality = 'good' desc, pp.phone limit 1) end as phone,
        case when ${isOpen(organization_id, 'email')} then (select case when mailbox_stopped(e.organization_id, e.person_id, e.email) is null then e.email end from person_email e where e.organization_id = p.organization_id and e.person_id = p.person_id
          and e.quality in ('good', 'unknown') and e.claimed_at is null order by e.is_preferred desc, e.quality = 'good' desc, e.email limit 1) end as email,
        case when home.is_open then p.address end as address, case when home.is_open then p.city end as city,
        case when home.is_open then p.zip5 end as zip5,
        (select coalesce(string_agg(t.tag, ' ' order by t.tag), '') from person_tag t
          where t.organization_id = p.organization_id and t.person_id = p.person_id) as tags
      from (${those(asked, only)}) found
      join person p on p.organization_id = ${organization_id} and p.person_id = found.person_id
      left join voter_record v on v.voter_id = found.voter_id
      cross join lateral (select ${isOpen(organization_id, 'post')} as is_open) home
      order by lower(coalesce(p.last_name, v.last_name, p.name_hangul, '')), lower(coalesce(p.first_name, v.first_name, '')), p.person_id`,
    until,
  )
  const at_home = lines.filter(({ address }) => address !== null)
  const closed = await atClosedHomes(
    db,
    organization_id,
    at_home.map(({ person_id }) => ({ person_id, voter_id: null })),
  )
  const closedOnes = new Set(at_home.filter((_, at) => closed.has(at)))
  return lines.map((line) => (closedOnes.has(line) ? { ...line, address: null, city: null, zip5: null } : line))
}

export interface EventAhead {
  event_id: string
  title: Record<string, string>
  starts_at: Date
  time_zone: string
}

/** Events one can be invited to, the next first. */
export async function eventsAhead(db: Db, organization_id: string, now: Date): Promise<EventAhead[]> {
  const { rows } = await sql<EventAhead>`
    select event_id, content -> 'title' as title, starts_at, time_zone from event
    where organization_id = ${organization_id} and canceled_at is null and ends_at > ${now} order by starts_at, event_id limit 50`.execute(
    db,
  )
  return rows
}
