import { sql, type RawBuilder } from 'kysely'
import type pg from 'pg'
import { audit, systemActor } from '../../../platform/audit.ts'
import { dateIn, timeIn, type Clock } from '../../../platform/clock.ts'
import { inTransaction, type Database, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { log } from '../../../platform/log.ts'
import { notingMails, type NotedMail } from '../../people/mail.ts'
import { hasChanged } from '../approval/queries.ts'
import { compileAudience, writeList } from '../audience/queries.ts'
import { mailingById, type Mailing } from '../queries.ts'
import type { DeliveryState, UndeliverableReason } from '../schema.ts'
import { countFor, type Count } from '../counting/commands.ts'
import { countingOf } from '../counting/queries.ts'
import { withNotice } from '../counting/rules.ts'
import { senderOf, type Sender } from '../identity/queries.ts'
import { letGo } from '../journeys/let-go.ts'
import { awake } from '../journeys/rules.ts'
import { readerPath, type DeliveryKey } from '../stopping/links.ts'
import { subjectsOf, subjectTestOf, withSubject } from '../subjects/queries.ts'
import { assignSubjects, settleSubject } from '../subjects/settle.ts'
import { lineFaults } from '../writing/law-line.ts'
import { MailContent, type MailPerson } from '../writing/schema.ts'
import type { Prepare, PreparedMailing } from './prepared.ts'
import { countedAs, enhancedCode, isCountOf, isTooOften, kindOf, nextTry } from './answers.ts'
import { lacksWritten, noteFailure } from './failures.ts'
import { inOne } from './in-one.ts'
import { isRefusing, tookOne, waitLonger, waitsUntil } from './patience.ts'
import { pauseFor } from './pausing.ts'
import { saidBy, type BulkMail, type BulkTransport, type Handed, type Undeliverable } from './transport.ts'
import { whyNow } from './why-now.ts'
import { zoneList, zonesIn } from './zones.ts'

export interface Sending {
  database: Database
  clock: Clock
  secret: string
  /** Address people open. */
  url: string
  transport: BulkTransport
  /** Left out: with what all rooms show in a mail. */
  prepare?: Prepare
  /** Of the installation, for organizations without one that is signed. */
  from_address: string
}

interface Organization {
  organization_id: string
  name: Record<string, string>
  languages: string[]
  time_zone: string
}

export type Next = { again_at: Date } | null

/** Rows looked at together. */
const batch = 400
/** So many that could not even be tried, one after the other: the mail server is away. */
const away_most = 5
/** So many lost after the last dot, one after the other: something on the way takes mails and answers none. */
const unknown_most = 8
/** So many refused for what we are, one after the other of whatever domains: sending is paused. Of one domain: `isTooOften`. */
const policy_most = 20
/** So many that could not be put together, one after the other: it is the mailing, not its readers. */
const unwritten_most = 8

const lockOf = 4_817_011

/**
 * Sends what is due of one mailing, for about `for_ms`. One process at a time does it: a lock says who, and goes with the
 * process however it ends. When there is something left to do, when that is.
 */
export async function sendDue(
  sending: Sending,
  of: { organization_id: string; mailing_id: string },
  { for_ms, signal }: { for_ms: number; signal: AbortSignal },
): Promise<Next> {
  const client = await sending.database.ownerPool.connect()
  try {
    const later = { again_at: new Date(sending.clock.now().getTime() + 2000) }
    if (!(await takeLock(client, of.mailing_id))) return later
    // Of those that count what goes to a domain, one after the other: what each gave counts for the next.
    if ((await isPaced(client, of)) && !(await takeLock(client, paceOf(of)))) return later
    return await sendLocked(sending, of, performance.now() + for_ms, signal)
  } finally {
    // A connection that could not give the lock back ends, and the lock with it.
    const unlocked = await client.query('select pg_advisory_unlock_all()').then(() => true, () => false) // prettier-ignore
    client.release(!unlocked)
  }
}

const paceOf = ({ organization_id }: { organization_id: string }): string => `pace ${organization_id}`

async function isPaced(client: pg.PoolClient, { organization_id, mailing_id }: { organization_id: string; mailing_id: string }) {
  const { rows } = await client.query<{ it: boolean }>('select per_minute is not null as it from mailing where organization_id = $1 and mailing_id = $2', [organization_id, mailing_id])
  return rows[0]?.it === true
} // prettier-ignore

async function takeLock(client: pg.PoolClient, whose: string): Promise<boolean> {
  const { rows } = await client.query<{ it: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as it', [lockOf, whose]) // prettier-ignore
  return rows[0]?.it === true
}

async function sendLocked(
  sending: Sending,
  { organization_id, mailing_id }: { organization_id: string; mailing_id: string },
  until: number,
  signal: AbortSignal,
): Promise<Next> {
  const { database, clock } = sending
  const db = database.of(organization_id)
  const organization = await db
    .selectFrom('organization')
    .select(['organization_id', 'name', 'languages', 'time_zone'])
    .where('organization_id', '=', organization_id)
    .executeTakeFirstOrThrow()
  const mailing = await begin(database, organization, mailing_id, clock.now())
  if (mailing?.state === 'scheduled') return mailing.scheduled_at ? { again_at: mailing.scheduled_at } : null
  if (mailing?.state !== 'sending') return null
  const held_for = await heldFor(db, mailing, organization, clock.now())
  if (held_for) {
    await pauseFor(db, mailing, held_for)
    return null
  }
  const run = new Run(sending, db, organization, mailing, await senderOf(db, organization_id, sending))
  await run.settle()
  await doubtWhatWasLeft(db, mailing, clock.now())
  const zones = mailing.goes_by === 'reader' ? await zonesIn(db, mailing, organization.time_zone) : [organization.time_zone] // prettier-ignore
  // Whatever waits of a journey, it is written by day.
  const hours = mailing.journey_id ? { window_starts: awake.from, window_ends: awake.until } : mailing
  while (!signal.aborted && performance.now() < until) {
    const shut = shutZones(hours, zones, clock.now())
    if (shut.length > 0 && shut.length === zones.length) return { again_at: earliest(shut) }
    if (mailing.journey_id) await letGo(db, { ...mailing, journey_id: mailing.journey_id }, organization, clock.now())
    const held = await settleSubject(db, mailing, clock.now())
    const due = await dueOf(db, mailing, organization.time_zone, shut, clock.now())
    if (due.rows.length === 0) {
      // The rest of the list goes once the better subject is known.
      const held_until = held && held !== 'person' ? held.until : null
      if (due.again_at) return { again_at: held_until && held_until < due.again_at ? held_until : due.again_at }
      if (held) return held_until && { again_at: held_until }
      if (await lacksWritten(db, mailing)) {
        await pauseFor(db, mailing, 'unwritten')
        return null
      }
      // Others come to a step of a journey later.
      return mailing.journey_id ? null : finish(db, mailing, clock.now())
    }
    const refused_until = run.waitsUntil()
    if (refused_until) return { again_at: refused_until }
    const went_on = await run.handOver(due.rows, signal, until)
    if (!went_on) return { again_at: run.waitsUntil() ?? new Date(clock.now().getTime() + 30_000) } // prettier-ignore
    if ((await stateOf(db, mailing)) !== 'sending') return null
  }
  return { again_at: clock.now() }
}

const stateOf = async (db: Db, { organization_id, mailing_id }: Mailing) =>
  (await db.selectFrom('mailing').select('state').where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).executeTakeFirst())?.state // prettier-ignore

/** Why it may not go out as it is now; null: it may. The law may ask for more than when it was let go. */
async function heldFor(
  db: Db,
  mailing: Mailing,
  { name, time_zone }: Organization,
  now: Date,
): Promise<'changed' | 'law_line' | null> {
  if (await hasChanged(db, mailing)) return 'changed'
  const asked = { lane: mailing.lane, today: dateIn(time_zone, now), payers: Object.values(name) }
  return lineFaults(MailContent.parse(mailing.content), asked).length > 0 ? 'law_line' : null
}

/** Where its time has come, the list is made and stands from then on. */
async function begin(
  database: Database,
  organization: Organization,
  mailing_id: string,
  now: Date,
): Promise<Mailing | undefined> {
  const { organization_id, languages, time_zone } = organization
  const db = database.of(organization_id)
  const planned = await mailingById(db, organization_id, mailing_id)
  if (planned?.state !== 'scheduled' || (planned.scheduled_at ?? now) > now) return planned
  const held_for = await heldFor(db, planned, organization, now)
  if (held_for) return pauseFor(db, planned, held_for)
  const today = dateIn(time_zone, now)
  const compiled = await compileAudience(db, planned, today)
  let listed = 0
  const begun = await inTransaction(db, async (tx): Promise<Mailing | undefined> => {
    const actor = systemActor(organization_id)
    await tx.selectFrom('mailing').select('mailing_id').where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).forUpdate().execute() // prettier-ignore
    const mailing = await mailingById(tx, organization_id, mailing_id)
    if (mailing?.state !== 'scheduled' || mailing.expression !== planned.expression) return mailing
    if (!compiled.ok) {
      await tx.updateTable('mailing').set({ state: 'paused', problem: 'expression' }).where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
      await audit(tx, actor, { action: 'mailing.pause', subject: 'mailing', subject_id: mailing_id })
      return { ...mailing, state: 'paused' }
    }
    const asked = { organization_id, lane: mailing.lane, topic_id: mailing.topic_id, languages, today }
    const people = mailing.listed_at ? null : await writeList(tx, mailing_id, compiled.people, asked)
    if (people !== null) await assignSubjects(tx, mailing)
    if (people !== null && mailing.goes_by === 'reader') await zoneList(tx, mailing, time_zone)
    await tx.updateTable('mailing').set({ state: 'sending', listed_at: mailing.listed_at ?? now, problem: null }).where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
    await audit(tx, actor, { action: 'mailing.begin', subject: 'mailing', subject_id: mailing_id, after: { people } })
    listed = people ?? 0
    return { ...mailing, state: 'sending', listed_at: mailing.listed_at ?? now }
  })
  // What was found out of a smaller table, how its rows are best taken, would be kept until PostgreSQL looks by itself.
  if (listed >= 1000) await sql`analyze mail_delivery`.execute(database.owner)
  return begun
}

/** Turns the database may not have kept, of the mailings of this process: its connections ended before it answered. */
const unsettled = new WeakMap<BulkTransport, Map<string, Unsettled[]>>()

interface Unsettled {
  results: Result[]
  asked: number[]
  /** When they were asked. */
  at: Date
}

function rememberUnsettled(transport: BulkTransport, { mailing_id }: Mailing, turn: Unsettled): void {
  const ofMailings = unsettled.get(transport) ?? new Map<string, Unsettled[]>()
  unsettled.set(transport, ofMailings)
  ofMailings.set(mailing_id, [...(ofMailings.get(mailing_id) ?? []), turn])
}

/**
 * With the lock in our hands nobody else is handing over: what still stands as with the mail server was left by a process
 * that was killed. It may have gone out. Nobody gets anything twice, so it stays as it is, to be seen.
 */
const doubtWhatWasLeft = (db: Db, { organization_id, mailing_id }: Mailing, now: Date) =>
  db
    .updateTable('mail_delivery')
    .set({ state: 'unknown', changed_at: now, answer: 'the program ended while the mail server had it' })
    .where('organization_id', '=', organization_id)
    .where('mailing_id', '=', mailing_id)
    .where('state', '=', 'handing')
    .execute()

/** Null: now. Else when the hours of sending begin. */
export function opensAt(
  { window_starts, window_ends }: Pick<Mailing, 'window_starts' | 'window_ends'>,
  time_zone: string,
  now: Date,
): Date | null {
  if (window_starts === null || window_ends === null) return null
  const isOpen = (instant: Date): boolean => {
    const time = timeIn(time_zone, instant)
    const [starts, ends] = [window_starts.slice(0, 5), window_ends.slice(0, 5)]
    return starts <= ends ? time >= starts && time < ends : time >= starts || time < ends
  }
  const minute = 60_000
  for (let ahead = 0; ahead <= 24 * 60; ahead += 1) {
    const instant = ahead === 0 ? now : new Date(Math.floor(now.getTime() / minute) * minute + ahead * minute)
    if (isOpen(instant)) return ahead === 0 ? null : instant
  }
  return null
}

interface ShutZone {
  zone: string
  opens_at: Date
}

/** Where it is no hour of sending now. */
const shutZones = (
  mailing: Pick<Mailing, 'window_starts' | 'window_ends'>,
  zones: readonly string[],
  now: Date,
): ShutZone[] =>
  zones.flatMap((zone) => {
    const opens_at = opensAt(mailing, zone, now)
    return opens_at ? [{ zone, opens_at }] : []
  })

const earliest = (shut: readonly ShutZone[]): Date =>
  new Date(Math.min(...shut.map(({ opens_at }) => opens_at.getTime())))

interface Due {
  n: number
  person_id: string
  address: string
  domain: string
  language: string
  /** Which subject; null: there is one. */
  variant: number | null
  tries: number
  first_tried_at: Date | null
  next_at: Date | null
  /** It could not be put together once, and somebody let it go on. */
  was_unwritten: boolean
  resends: number
}

/** The next that may go now; where none may yet, when one may. */
async function dueOf(
  db: Db,
  mailing: Mailing,
  own_zone: string,
  shut: readonly ShutZone[],
  now: Date,
): Promise<{ rows: Due[]; again_at: Date | null }> {
  const { organization_id, mailing_id, per_minute } = mailing
  const room = new Map<string, number>()
  if (per_minute !== null) {
    const minute_ago = new Date(now.getTime() - 60_000)
    // Whichever e-mail of the organization it was: a domain counts what comes from one sender.
    const { rows } = await sql<{ domain: string; count: number }>`
      select domain, count(*)::integer as count from mail_delivery
      where organization_id = ${organization_id}::uuid and state in ('handing', 'sent', 'deferred', 'failed', 'unknown') and changed_at > ${minute_ago}
        and mailing_id in (select m.mailing_id from mailing m where m.organization_id = ${organization_id}::uuid and m.listed_at is not null
          and (m.finished_at is null or m.finished_at > ${minute_ago})) group by 1`.execute(db)
    for (const { domain, count } of rows) room.set(domain, Math.max(0, per_minute - count))
  }
  const full = [...room].flatMap(([domain, left]) => (left === 0 ? [domain] : []))
  const isShut = sql`coalesce(time_zone, ${own_zone}) = any(${shut.map(({ zone }) => zone)}::text[])`
  const { rows } = await sql<Due>`
    select n, person_id, address, domain, language, variant, tries, first_tried_at, next_at, was_unwritten, resends from mail_delivery
    where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid and state in ('waiting', 'deferred')
      and (next_at is null or next_at <= ${now}) and not domain = any(${full}::text[])
      ${shut.length > 0 ? sql`and not ${isShut}` : sql``}
    order by next_at nulls first, n limit ${batch} for update skip locked`.execute(db)
  const taken = rows.filter(({ domain }) => {
    if (per_minute === null) return true
    const left = room.get(domain) ?? per_minute
    room.set(domain, left - 1)
    return left > 0
  })
  if (taken.length > 0) return { rows: taken, again_at: null }
  const { rows: later } = await sql<{ next_at: Date | null }>`
    select min(greatest(coalesce(next_at, ${now}), ${shut.length > 0 ? sql`case when ${isShut} then ${earliest(shut)}::timestamptz end` : sql`null`})) as next_at
    from mail_delivery
    where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid and state in ('waiting', 'deferred')`.execute(
    db,
  )
  const next = later[0]?.next_at ?? null
  // Whoever is due but waits for their domain has room within the minute.
  return { rows: [], again_at: next && new Date(Math.max(next.getTime(), now.getTime() + 5000)) }
}

function finish(db: Db, { organization_id, mailing_id }: Mailing, now: Date): Promise<null> {
  return inTransaction(db, async (tx) => {
    const done = await tx
      .updateTable('mailing')
      .set({ state: 'sent', finished_at: now, problem: null })
      .where('organization_id', '=', organization_id)
      .where('mailing_id', '=', mailing_id)
      .where('state', '=', 'sending')
      .returning('mailing_id')
      .execute()
    if (done.length > 0)
      await audit(tx, systemActor(organization_id), { action: 'mailing.finish', subject: 'mailing', subject_id: mailing_id }) // prettier-ignore
    return null
  })
}

interface Result {
  n: number
  state: DeliveryState
  /** Of one that cannot be delivered. */
  why: UndeliverableReason | null
  answer: string
  code: string | null
  next_at: Date | null
  /** A try that does not count, for none was made. */
  untried: boolean
  address: string
  person_id: string
  language: string
  subject: string
}

type Key = Pick<Mailing, 'organization_id' | 'mailing_id'>

/**
 * Writes what became of rows that are with the mail server; its statement answers their numbers. They are found by their numbers:
 * asked for `state` alone, PostgreSQL goes through the index of those that are with it, where all that ever were still stand.
 */
const keeping = (
  { organization_id, mailing_id }: Key,
  results: readonly Result[],
  now: Date,
): RawBuilder<{ n: number }> => sql`
  update mail_delivery d set state = r.state, answer = r.answer, code = r.code, next_at = r.next_at, changed_at = ${now}::timestamptz, left_out_for = r.why,
    tries = d.tries - case when r.untried then 1 else 0 end,
    first_tried_at = case when r.untried and d.tries <= 1 then null when r.untried then d.first_tried_at + (r.next_at - ${now}::timestamptz) else d.first_tried_at end
  from unnest(${results.map(({ n }) => n)}::integer[], ${results.map(({ state }) => state)}::text[], ${results.map(({ answer }) => answer)}::text[],
    ${results.map(({ code }) => code)}::text[], ${results.map(({ next_at }) => next_at)}::timestamptz[], ${results.map(({ untried }) => untried)}::boolean[],
    ${results.map(({ why }) => why)}::text[]) r (n, state, answer, code, next_at, untried, why)
  where d.organization_id = ${organization_id}::uuid and d.mailing_id = ${mailing_id}::uuid and d.n = r.n and d.state || '' = 'handing' returning d.n`

/** What a connection has behind it and before it. */
interface Turn {
  ended: Result | null
  /** null: none. */
  next: number | null
}

/** Those that stand on a timeline. */
const sentOf = (results: readonly Result[]): NotedMail[] =>
  results.flatMap(({ state, person_id, address, subject, language }) =>
    state === 'sent' || state === 'unknown' ? [{ person_id, sent_to: address, subject, language }] : [],
  )

/** Hands over, several at once, and keeps what became of each. */
class Run {
  readonly #sending: Sending
  readonly #db: Db
  /** For what is asked between any two mails. */
  readonly #often: Db
  readonly #organization: Organization
  readonly #mailing: Mailing
  readonly #sender: Sender
  #prepared: Promise<PreparedMailing[]> | null = null
  /** One after the other. */
  #away = 0
  /** Of whom the mail server said the last of them itself, null: of whoever comes; undefined: it said nothing. */
  #refused: string | null | undefined = undefined
  #barred = 0
  #policy = 0
  /** As `countedAs` counts them, in a row; known from turn to turn. */
  readonly #refusedBy: Map<string, number>
  #isRefusedByOne = false
  #hasRefusals = false
  #unknown = 0
  #unwritten = 0
  /** The database does not keep what becomes of them: nothing more is handed over. */
  #isBroken = false

  constructor(sending: Sending, db: Db, organization: Organization, mailing: Mailing, sender: Sender) {
    this.#sending = sending
    this.#db = db
    this.#often = sending.database.keepingPlans(organization.organization_id)
    this.#organization = organization
    this.#mailing = mailing
    this.#sender = sender
    this.#refusedBy = new Map(Object.entries(mailing.refused_in_a_row))
  }

  /** Until when the mail server is not asked; null: it may be. */
  waitsUntil(): Date | null {
    return waitsUntil(this.#sending.transport, this.#sender.from_address, this.#sending.clock.now())
  }

  /** False: the mail server is away, or takes nothing from us. */
  async handOver(due: readonly Due[], signal: AbortSignal, until: number): Promise<boolean> {
    const prepared = await (this.#prepared ??= this.#prepare())
    const people = await this.#people(due)
    let next = 0
    const isRefused = (): boolean =>
      this.#barred > 0 ||
      this.#policy >= policy_most ||
      this.#isRefusedByOne ||
      this.#unknown >= unknown_most ||
      this.#unwritten >= unwritten_most
    const { transport, clock } = this.#sending
    const { from_address } = this.#sender
    const isAway = (): boolean => this.#away >= (isRefusing(transport, from_address) ? 1 : away_most)
    const isStopped = (): boolean => isAway() || isRefused()
    const work = async (): Promise<void> => {
      let ended: Result | null = null
      while (!signal.aborted && performance.now() < until && !isStopped() && !this.#isBroken) {
        const row = due[next++]
        if (!row) break
        ended = await this.#handOne(ended, row, found(prepared[row.variant ?? 0]), people.get(row.n))
      }
      if (ended) await this.#turn({ ended, next: null })
    }
    const working = (): Promise<void> =>
      work().catch((problem: unknown) => {
        this.#isBroken = true
        throw problem
      })
    const at_once = isRefusing(transport, from_address) ? 1 : transport.at_once
    // The lock is ours until the last one has ended: a mail with the mail server is nobody else's to doubt.
    const ended = await Promise.allSettled(Array.from({ length: at_once }, working))
    const broken = ended.find((each) => each.status === 'rejected')
    if (broken) throw broken.reason
    if (this.#hasRefusals) await this.#keepRefusals()
    if (isRefused()) await this.#pause()
    else if (isAway() && this.#refused !== undefined) waitLonger(transport, this.#refused, clock.now())
    return !isStopped()
  }

  /** With each of its subjects; where the organization counts something, readers are told and the links are known. */
  async #prepare(): Promise<PreparedMailing[]> {
    const { url, secret, clock, prepare = (await import('./prepare.ts')).readersOf } = this.#sending
    const here = { url, now: clock.now() }
    const counting = await countingOf(this.#db, this.#mailing.organization_id)
    const isCounted = counting.counts_clicks || counting.counts_opens
    const own = this.#mailing.content
    const content = isCounted ? withNotice(MailContent.parse(own), this.#organization, counting) : own
    const test = await subjectTestOf(this.#db, this.#mailing)
    const contents = test
      ? subjectsOf(content, test).map((_, variant) => withSubject(content, test, variant))
      : [content]
    const prepared = await Promise.all(contents.map((each) => prepare(this.#db, this.#organization, { ...this.#mailing, content: each }, here))) // prettier-ignore
    const [first] = prepared
    if (!isCounted || !first) return prepared
    const nobody = { first_name: null, last_name: null, name_hangul: null, preferred_title: null }
    const htmlIn = (language: string) => first(language, nobody, { unsubscribe: '', preferences: '' }).html
    this.#counted = await countFor(this.#db, this.#mailing, counting, this.#organization.languages, htmlIn, { url, secret }) // prettier-ignore
    return prepared
  }

  async #people(due: readonly Due[]): Promise<Map<number, MailPerson>> {
    const { rows } = await sql<MailPerson & { n: number }>`
      select u.n, coalesce(p.first_name, v.first_name) as first_name, coalesce(p.last_name, v.last_name) as last_name, p.name_hangul, p.preferred_title
      from unnest(${due.map(({ n }) => n)}::integer[], ${due.map(({ person_id }) => person_id)}::uuid[]) u (n, person_id)
      join lateral (select x.* from person x where x.organization_id = ${this.#mailing.organization_id}::uuid and x.person_id = mail_person(${this.#mailing.organization_id}::uuid, u.person_id) limit 1) p on true
      left join voter_record v on v.voter_id = p.voter_id`.execute(this.#db)
    return new Map(rows.map(({ n, ...person }) => [n, person]))
  }

  /** Keeps what became of the one before in the same moment in which this one is taken. What becomes of it, if it went. */
  async #handOne(
    ended: Result | null,
    row: Due,
    prepared: PreparedMailing,
    person: MailPerson | undefined,
  ): Promise<Result | null> {
    const mail = this.#written(row, prepared, person)
    if (!(await this.#turn({ ended, next: row.n }))) return null
    const handed = 'result' in mail ? mail : await this.#sending.transport.send(mail)
    this.#count(handed, row.domain)
    return this.#resultOf(row, 'result' in mail ? '' : mail.subject, handed)
  }

  /** Of one that cannot be put together its row says so, and the others go on. */
  #written(row: Due, prepared: PreparedMailing, person: MailPerson | undefined): BulkMail | Undeliverable {
    try {
      const mail = this.#mailFor(row, prepared, person)
      this.#unwritten = 0
      return mail
    } catch (err) {
      log.error(
        { err, mailing_id: this.#mailing.mailing_id, n: row.n },
        'a mail could not be put together for its reader',
      )
      // Somebody has seen these already and let it go on.
      if (!row.was_unwritten) this.#unwritten += 1
      if (this.#unwritten >= unwritten_most) this.#problem = 'unwritten'
      return { result: 'undeliverable', why: 'unwritten', answer: saidBy(err) }
    }
  }

  #mailFor(
    { n, address, language, resends }: Due,
    prepared: PreparedMailing,
    person: MailPerson | undefined,
  ): BulkMail {
    const { organization_id, mailing_id } = this.#mailing
    const key = { organization_id, mailing_id, n }
    const mail = bulkMail(this.#sending, this.#sender, this.#organization, prepared, key, { address, language, person, resends }) // prettier-ignore
    return this.#counted ? { ...mail, html: this.#counted(mail.html, language, key) } : mail
  }
  #counted: Count | null = null

  #count(handed: Handed, domain: string): void {
    if (handed.result === 'undeliverable') return
    if (handed.result === 'unknown') {
      this.#unknown += 1
      if (this.#unknown >= unknown_most) this.#problem = 'unknown'
      return
    }
    // Where it is said of one after the other, it is the server that goes.
    const isClosing = handed.result === 'away' || (handed.result === 'deferred' && handed.reply === 421)
    this.#away = isClosing ? this.#away + 1 : 0
    const { from_address } = this.#sender
    const isSaid = handed.result === 'away' && handed.reply !== undefined
    this.#refused = isSaid ? (handed.isOfSender ? from_address : null) : undefined
    if (handed.result === 'sent') tookOne(this.#sending.transport, from_address)
    if (handed.result !== 'away') this.#unknown = 0
    if (handed.result === 'barred') this.#barred += 1
    const isPolicy = handed.result === 'refused' && this.#kindOf(handed) === 'policy'
    if (handed.result === 'refused' || handed.result === 'sent') this.#policy = isPolicy ? this.#policy + 1 : 0
    if (handed.result === 'barred' && handed.isOfCertificate) this.#problem = 'certificate'
    else if (handed.result === 'barred' || isPolicy) this.#problem = handed.answer
    if (isPolicy) this.#countRefusal(domain, handed.answer)
    else if (handed.result === 'sent') this.#forgetRefusals(domain)
  }

  #countRefusal(domain: string, answer: string): void {
    const key = countedAs(domain, answer, this.#today())
    const count = (this.#refusedBy.get(key) ?? 0) + 1
    this.#refusedBy.set(key, count)
    this.#hasRefusals = true
    if (isTooOften(count, answer, this.#today())) this.#isRefusedByOne = true
  }

  #forgetRefusals(domain: string): void {
    for (const key of this.#refusedBy.keys())
      if (isCountOf(key, domain)) this.#hasRefusals = this.#refusedBy.delete(key)
  }

  async #keepRefusals(): Promise<void> {
    const { organization_id, mailing_id } = this.#mailing
    await this.#db.updateTable('mailing').set({ refused_in_a_row: JSON.stringify(Object.fromEntries(this.#refusedBy)) }).where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
    this.#hasRefusals = false
  }
  #problem = ''

  readonly #kindOf = ({ answer, reply }: { answer: string; reply: number }) => kindOf(answer, reply, this.#today())

  readonly #today = (): string => dateIn(this.#organization.time_zone, this.#sending.clock.now())

  #resultOf(
    { n, address, person_id, language, tries, first_tried_at, next_at: due_at }: Due,
    subject: string,
    handed: Handed,
  ): Result {
    const now = this.#sending.clock.now()
    const { answer } = handed
    const kept = {
      n,
      why: null,
      answer,
      code: enhancedCode(answer),
      next_at: null,
      untried: false,
      address,
      person_id,
      language,
      subject,
    }
    switch (handed.result) {
      case 'sent':
        return { ...kept, state: 'sent' }
      case 'unknown':
        return { ...kept, state: 'unknown' }
      case 'refused':
        return { ...kept, state: 'failed' }
      case 'undeliverable':
        return { ...kept, state: 'undeliverable', why: handed.why, code: null, untried: true }
      case 'deferred': {
        const idle_ms = due_at && due_at < now ? now.getTime() - due_at.getTime() : 0
        const tried_since = first_tried_at ? new Date(first_tried_at.getTime() + idle_ms) : now
        const next_at = nextTry(tries + 1, tried_since, now)
        return { ...kept, state: next_at ? 'deferred' : 'failed', next_at }
      }
      case 'away':
      case 'barred':
        return { ...kept, state: 'deferred', next_at: new Date(now.getTime() + 60_000), untried: true }
      default:
        return handed satisfies never
    }
  }

  /**
   * Between two mails of a connection: what became of the one is kept and the next is taken, for several connections in one
   * question. True: the next may go.
   */
  readonly #turn = inOne<Turn, boolean>(async (turns) => {
    const results = turns.flatMap(({ ended }) => ended ?? [])
    const asked = turns.flatMap(({ next }) => next ?? [])
    const at = this.#sending.clock.now()
    try {
      const hasFailed = results.some(({ state }) => state === 'failed')
      if (hasFailed) await inTransaction(this.#db, (tx) => this.#keepAlone(tx, results, at))
      const taken = await this.#take(hasFailed ? [] : results, asked, at)
      return turns.map(({ next }) => next !== null && taken.has(next))
    } catch (problem) {
      rememberUnsettled(this.#sending.transport, this.#mailing, { results, asked, at })
      throw problem
    }
  })

  /**
   * Takes rows to hand them over, in the same moment in which it is asked whether they may still go: nobody who has just opted
   * out, nothing of a mailing that was paused. For as long as they could have been tried and were not, nobody tries them.
   */
  async #take(results: readonly Result[], asked: readonly number[], now: Date): Promise<Set<number>> {
    const { organization_id, mailing_id } = this.#mailing
    const today = dateIn(this.#organization.time_zone, now)
    const { rows } = await sql<{ n: number; why: string | null }>`
      with kept as (${keeping(this.#mailing, results, now)}),
      noted as (${notingMails(organization_id, sentOf(results), now)}),
      asked as materialized (
        ${whyNow(this.#mailing, today, sql`d.n = any(${[...asked]}::integer[])`)})
      update mail_delivery d set state = case when a.why is null then 'handing' else 'left_out' end, left_out_for = a.why, changed_at = ${now},
        tries = d.tries + case when a.why is null then 1 else 0 end,
        first_tried_at = case when a.why is null then coalesce(d.first_tried_at + greatest(${now}::timestamptz - coalesce(d.next_at, ${now}::timestamptz), '0'), ${now}::timestamptz) else d.first_tried_at end
      from asked a
      where d.organization_id = ${organization_id}::uuid and d.mailing_id = ${mailing_id}::uuid and d.n = a.n and d.state || '' in ('waiting', 'deferred')
        and exists (select from mailing m where m.organization_id = d.organization_id and m.mailing_id = d.mailing_id and m.state = 'sending')
      returning d.n, a.why`.execute(this.#often)
    return new Set(rows.flatMap(({ n, why }) => (why === null ? [n] : [])))
  }

  /** Without taking others. A refusal for good may stop the mailbox, which takes questions of its own. */
  async #keepAlone(tx: Db, results: readonly Result[], now: Date): Promise<void> {
    const { rows } = await keeping(this.#mailing, results, now).execute(tx)
    const kept = results.filter(({ n }) => rows.some((row) => row.n === n))
    await notingMails(this.#mailing.organization_id, sentOf(kept), now).execute(tx)
    for (const { address, answer, state } of kept)
      if (state === 'failed') await noteFailure(tx, this.#mailing, { address, answer, reply: Number(/\b[45]\d\d\b/.exec(answer)?.[0] ?? 0) || null }, dateIn(this.#organization.time_zone, now), now) // prettier-ignore
  }

  /**
   * Says now what the database could not be told when it went away: what became of mails that were handed over, and that others
   * were not, though their rows may say they were taken. Killed, nobody knows of them; then they stay in doubt.
   */
  async settle(): Promise<void> {
    const { organization_id, mailing_id } = this.#mailing
    const turns = unsettled.get(this.#sending.transport)
    for (const { results, asked, at } of turns?.get(mailing_id) ?? []) {
      await inTransaction(this.#db, async (tx) => {
        // By this very turn: another process may have taken them since, and been killed.
        await sql`update mail_delivery set state = 'waiting', tries = tries - 1,
          first_tried_at = case when tries <= 1 then null else first_tried_at end where organization_id = ${organization_id}::uuid
          and mailing_id = ${mailing_id}::uuid and n = any(${asked}::integer[]) and state = 'handing' and changed_at = ${at}`.execute(
          tx,
        )
        await this.#keepAlone(tx, results, at)
      })
    }
    turns?.delete(mailing_id)
  }

  async #pause(): Promise<void> {
    log.warn({ mailing_id: this.#mailing.mailing_id, problem: this.#problem }, 'nothing can be handed over; the mailing is paused') // prettier-ignore
    await pauseFor(this.#db, this.#mailing, this.#problem)
  }
}

/** One mail, with what mail programs need to stop it by one click (RFC 8058). */
export function bulkMail(
  { secret, url }: Pick<Sending, 'secret' | 'url'>,
  { from_address, reply_to, signing }: Sender,
  organization: Organization,
  prepared: PreparedMailing,
  key: DeliveryKey,
  {
    address,
    language,
    person,
    resends = 0,
  }: { address: string; language: string; person: MailPerson | undefined; resends?: number },
): BulkMail {
  const link = `${url}${readerPath(secret, key)}`
  const nobody = { first_name: null, last_name: null, name_hangul: null, preferred_title: null }
  const { subject, html, text } = prepared(language, person ?? nobody, { unsubscribe: link, preferences: link })
  const domain = from_address.split('@')[1] ?? 'localhost'
  return {
    message_id: `<${key.mailing_id}.${key.n}${resends > 0 ? `.r${resends}` : ''}@${domain}>`,
    from: { name: organization.name[language] ?? Object.values(organization.name)[0] ?? '', address: from_address },
    to: address,
    subject,
    text,
    html,
    language,
    reply_to,
    signing,
    headers: {
      'List-Unsubscribe': `<${link}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': `<${key.organization_id}.${domain}>`,
      Precedence: 'bulk',
      'Content-Language': language,
    },
  }
}
