import { sql, type RawBuilder } from 'kysely'
import { dateIn, timeIn, type Clock } from '../../../platform/clock.ts'
import { inTransaction, type Database, type Db } from '../../../platform/db/db.ts'
import { compilePeople, type CompiledPeople } from '../../targeting/people/queries.ts'
import { recipients, type Recipient } from '../audience/queries.ts'
import type { WhyNot } from '../schema.ts'
import { sendAt } from '../sending/jobs.ts'
import { holdJourney } from './let-go.ts'
import { entersOf, eventOf, journeyById, type Journey, type JourneyEvent } from './queries.ts'
import { isAwake, nextStep, type StepTime } from './rules.ts'
import type { LeftFor } from './schema.ts'
import './tables.ts'

type Which = Pick<Journey, 'organization_id' | 'journey_id'>

/** Whoever comes in or leaves is seen at least so often. */
const look_every_ms = 10 * 60_000
/** Of each step, in one go. */
const batch = 2000

interface Step extends StepTime {
  mailing_id: string
  topic_id: string | null
  /** Of the step before it. */
  before_n: number
}

interface Round extends Which {
  journey: Journey
  event: JourneyEvent | undefined
  steps: Step[]
  asked: { organization_id: string; lane: Journey['lane']; topic_id: null; languages: string[]; today: string }
  now: Date
}

/**
 * Takes in who fits by now, lets out who leaves, and puts whoever's time has come on the list of their step, all in one
 * transaction that holds the journey: however often it runs, each has each step once. When to look again; null: not by itself.
 */
export async function tendJourney({ database, clock }: { database: Database; clock: Clock }, which: Which): Promise<Date | null> {
  const { organization_id, journey_id } = which
  const db = database.of(organization_id)
  const seen = await journeyById(db, organization_id, journey_id)
  if (seen?.state !== 'running') return null
  const now = clock.now()
  const { languages, time_zone } = await db
    .selectFrom('organization')
    .select(['languages', 'time_zone'])
    .where('organization_id', '=', organization_id)
    .executeTakeFirstOrThrow()
  const today = dateIn(time_zone, now)
  const event = await eventOf(db, seen)
  const compile = (expression: string) => compilePeople(db, expression, organization_id, today, { marked: true })
  const enters = await compile(entersOf(seen, event))
  const exits = seen.exits && !seen.event_id ? await compile(seen.exits) : null
  return inTransaction(db, async (tx) => {
    await tx.selectFrom('mail_journey').select('journey_id').where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).forUpdate().execute() // prettier-ignore
    const journey = await journeyById(tx, organization_id, journey_id)
    if (journey?.state !== 'running') return null
    // Changed while we were reading: once more with what it says now.
    if (journey.expression !== seen.expression || journey.exits !== seen.exits) return now
    if (!enters.ok || exits?.ok === false) return stuck(tx, which)
    const steps = await stepTimes(tx, which)
    const round: Round = { ...which, journey, event, steps, asked: { organization_id, lane: journey.lane, topic_id: null, languages, today }, now }
    await letOut(tx, round, enters.people, exits?.ok ? exits.people : null)
    await takeIn(tx, round, enters.people)
    if (event) await timeAnew(tx, round)
    if (isAwake(timeIn(time_zone, now))) for (const step of steps) await handOut(tx, round, step)
    return nextLook(tx, round)
  })
} // prettier-ignore

/** It asks for something that is gone: nobody is written to until somebody has seen to it. */
async function stuck(tx: Db, which: Which): Promise<null> {
  await holdJourney(tx, which, 'expression')
  return null
}

async function stepTimes(tx: Db, { organization_id, journey_id }: Which): Promise<Step[]> {
  const steps = await tx
    .selectFrom('mail_journey_step as s')
    .innerJoin('mailing as m', (join) =>
      join.onRef('m.organization_id', '=', 's.organization_id').onRef('m.mailing_id', '=', 's.mailing_id'),
    )
    .select(['s.n', 's.mailing_id', 's.wait_hours', 'm.topic_id'])
    .where('s.organization_id', '=', organization_id)
    .where('s.journey_id', '=', journey_id)
    .orderBy('s.n')
    .execute()
  return steps.map((step, at) => ({ ...step, before_n: steps[at - 1]?.n ?? 0 }))
}

const inIt = ({ organization_id, journey_id }: Which) =>
  sql`w.organization_id = ${organization_id}::uuid and w.journey_id = ${journey_id}::uuid and w.left_at is null`

async function letOut(tx: Db, round: Round, enters: CompiledPeople, exits: CompiledPeople | null): Promise<void> {
  const { event, now } = round
  const leave = (why: LeftFor, who: RawBuilder<unknown>) =>
    sql`update mail_journey_person w set left_at = ${now}, left_for = ${why}, next_at = null where ${inIt(round)} and ${who}`.execute(tx) // prettier-ignore
  if (round.journey.event_id) {
    if (!event || event.canceled_at) await leave('event_off', sql`true`)
    else await leave('exit', sql`w.person_id not in (select f.person_id from (${enters.people()}) f)`)
  } else if (exits) await leave('exit', sql`w.person_id in (select f.person_id from (${exits.people()}) f)`)
}

/** Whoever fits and may be written to; those who fitted before it began are noted, so that it does not come to them later. */
async function takeIn(tx: Db, round: Round, enters: CompiledPeople): Promise<void> {
  const { organization_id, journey_id, journey, event, steps, now } = round
  if (journey.met_at === null) {
    await tx.updateTable('mail_journey').set({ met_at: now }).where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).execute() // prettier-ignore
    if (!journey.takes_all && !event)
      await sql`
        insert into mail_journey_person (organization_id, journey_id, person_id, entered_at, left_at, left_for)
        select distinct ${organization_id}::uuid, ${journey_id}::uuid, f.person_id, ${now}::timestamptz, ${now}::timestamptz, 'before' from (${enters.people()}) f
        on conflict do nothing`.execute(tx)
  }
  if (journey.event_id && (!event || event.canceled_at)) return
  if (event) await takeBack(tx, round, enters, event)
  const first = nextStep(steps, 0, { now, starts_at: event?.starts_at ?? null })
  await sql`
    insert into mail_journey_person (organization_id, journey_id, person_id, entered_at, last_n, next_at, left_at, left_for)
    select distinct ${organization_id}::uuid, ${journey_id}::uuid, r.person_id, ${now}::timestamptz, ${first?.last_n ?? 0}::integer, ${first?.at ?? null}::timestamptz,
      ${first ? null : now}::timestamptz, ${first ? null : 'late'}::text
    from (${recipients(enters, round.asked)}) r
    where r.why is null and not exists (select from mail_journey_person w where w.organization_id = ${organization_id}::uuid
      and w.journey_id = ${journey_id}::uuid and w.person_id = r.person_id)
    on conflict do nothing`.execute(tx)
}

/** Whoever gave up the seat and has one again goes on with what is still to come; what they had they do not get twice. */
async function takeBack(tx: Db, round: Round, enters: CompiledPeople, event: JourneyEvent): Promise<void> {
  const { organization_id, journey_id, steps, now } = round
  for (const last_n of [0, ...steps.map(({ n }) => n)]) {
    const next = nextStep(steps, last_n, { now, starts_at: event.starts_at })
    if (!next) continue
    await sql`
      update mail_journey_person w set left_at = null, left_for = null, last_n = ${next.last_n}, next_at = ${next.at}
      where w.organization_id = ${organization_id}::uuid and w.journey_id = ${journey_id}::uuid and w.left_for = 'exit' and w.last_n = ${last_n}
        and w.person_id in (select r.person_id from (${recipients(enters, round.asked)}) r where r.why is null)`.execute(tx)
  }
} // prettier-ignore

/** The event may have been put off since they came in. */
async function timeAnew(tx: Db, round: Round): Promise<void> {
  const { steps, event, now } = round
  for (const { n, before_n, wait_hours } of steps) {
    const at = nextStep([{ n, wait_hours }], 0, { now: new Date(0), starts_at: event?.starts_at ?? null })?.at ?? null
    await sql`update mail_journey_person w set next_at = ${at} where ${inIt(round)} and w.last_n >= ${before_n} and w.last_n < ${n}
      and w.next_at is distinct from ${at} and ${at} > ${now}`.execute(tx)
  }
}

/** Whose time has come, and who may be written to at this moment, goes onto the list of the step. */
async function handOut(tx: Db, round: Round, step: Step): Promise<void> {
  const { organization_id, journey_id, event, steps, now } = round
  const { rows: due } = await sql<{ person_id: string }>`
    select w.person_id from mail_journey_person w where ${inIt(round)} and w.next_at <= ${now} and w.last_n >= ${step.before_n} and w.last_n < ${step.n}
    order by w.next_at, w.person_id limit ${batch} for update`.execute(tx)
  const rested = event ? due.map(({ person_id }) => person_id) : await restedOf(tx, round, due.map(({ person_id }) => person_id)) // prettier-ignore
  if (rested.length === 0) return
  const these: Pick<CompiledPeople, 'people'> = {
    people: () => sql`select unnest(${rested}::uuid[]) as person_id`,
  }
  const { rows } = await sql<Pick<Recipient, 'person_id' | 'why'> & { is_put: boolean }>`
    with r as materialized (${recipients(these, { ...round.asked, topic_id: step.topic_id })}),
    put as (
      insert into mail_delivery (organization_id, mailing_id, n, person_id, address, domain, language)
      select ${organization_id}::uuid, ${step.mailing_id}::uuid, row_number() over (order by r.person_id)
          + coalesce((select max(d.n) from mail_delivery d where d.organization_id = ${organization_id}::uuid and d.mailing_id = ${step.mailing_id}::uuid), 0),
        r.person_id, r.address, split_part(r.address, '@', 2), r.language from r where r.why is null
      on conflict (organization_id, mailing_id, address) do nothing returning person_id)
    select r.person_id, r.why, put.person_id is not null as is_put from r left join put on put.person_id = r.person_id`.execute(
    tx,
  )
  const answered = new Map(rows.map((row) => [row.person_id, row]))
  const had: string[] = []
  const left = new Map<WhyNot, string[]>()
  const later: string[] = []
  for (const person_id of rested) {
    const row = answered.get(person_id)
    if (row?.is_put) had.push(person_id)
    else if (row?.why === 'paused') later.push(person_id)
    else {
      // Whoever is nobody of ours any more, or shares the mailbox of somebody who has it.
      const why = !row ? 'marked' : (row.why ?? 'same_mailbox')
      left.set(why, [...(left.get(why) ?? []), person_id])
    }
  }
  const next = nextStep(steps, step.n, { now, starts_at: event?.starts_at ?? null })
  const set = (people: readonly string[], values: { last_n?: number; next_at: Date | null; left_for?: LeftFor }) =>
    people.length === 0
      ? Promise.resolve()
      : tx
          .updateTable('mail_journey_person')
          .set({ ...values, ...(values.left_for && { left_at: now }) })
          .where('organization_id', '=', organization_id)
          .where('journey_id', '=', journey_id)
          .where('person_id', 'in', people)
          .execute()
  await set(had, next ? { last_n: next.last_n, next_at: next.at } : { last_n: step.n, next_at: null, left_for: 'finished' })
  await set(later, { next_at: new Date(now.getTime() + 86_400_000) })
  for (const [left_for, people] of left) await set(people, { next_at: null, left_for })
  if (had.length > 0) await sendAt(tx, { organization_id, mailing_id: step.mailing_id }, now)
} // prettier-ignore

/** Those with no mail to many within the hours of rest; the others wait for them to be over. */
async function restedOf(tx: Db, { organization_id, journey_id, journey, now }: Round, people: readonly string[]): Promise<string[]> {
  if (journey.rest_hours === 0 || people.length === 0) return [...people]
  const rest = `${journey.rest_hours} hours`
  const { rows } = await sql<{ person_id: string; rested_at: Date }>`
    select asked.person_id, max(coalesce(d.changed_at, ${now}::timestamptz)) + ${rest}::interval as rested_at
    from unnest(${[...people]}::uuid[]) asked (person_id)
    join mail_delivery d on d.organization_id = ${organization_id}::uuid and d.person_id in (select m.person_id from person m
      where m.organization_id = ${organization_id}::uuid and (m.person_id = asked.person_id or m.merged_into = asked.person_id))
    join mailing m on m.organization_id = d.organization_id and m.mailing_id = d.mailing_id
    where (d.state in ('sent', 'unknown', 'handing') or d.state in ('waiting', 'deferred') and m.state = 'sending')
    group by 1 having max(coalesce(d.changed_at, ${now}::timestamptz)) + ${rest}::interval > ${now}::timestamptz`.execute(tx)
  for (const { person_id, rested_at } of rows)
    await tx.updateTable('mail_journey_person').set({ next_at: rested_at }).where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).where('person_id', '=', person_id).execute()
  const tired = new Set(rows.map(({ person_id }) => person_id))
  return people.filter((person_id) => !tired.has(person_id))
} // prettier-ignore

async function nextLook(tx: Db, round: Round): Promise<Date> {
  const { rows } = await sql<{ next_at: Date | null }>`select min(w.next_at) as next_at from mail_journey_person w where ${inIt(round)}`.execute(tx) // prettier-ignore
  const now = round.now.getTime()
  const next = rows[0]?.next_at?.getTime() ?? Infinity
  return new Date(Math.min(Math.max(next, now + 60_000), now + look_every_ms))
}
