import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { closedBy, type Who } from './rules.ts'
import type { Channel, ContactPurpose, NoContact } from './schema.ts'
import './tables.ts'

/**
 * Of what somebody said of a channel the newest counts; of two at one moment, as when two records were put together, the
 * refusal. For whoever reads `consent`: what stands after `order by`.
 */
export const newestSaid = sql`recorded_at desc, is_given`

/*
 * What is marked and said against contacting somebody, for queries over very many: half of `contact_answers`, row by row. Every
 * room asks one or the other; that they say the same is tested (app/may-contact.test.ts).
 */

/** Of the person `p` or a voter record: marked so that this channel is closed to us. */
export function isMarked(
  organization_id: string,
  channel: Channel,
  voter_id: RawBuilder<unknown> = sql`v.voter_id`,
): RawBuilder<boolean> {
  const closing = Object.entries(closedBy).flatMap(([reason, closed]) => (closed.includes(channel) ? [reason] : []))
  return sql`(p.deceased_at is not null or exists (select from suppression s where s.organization_id = ${organization_id}::uuid
      and s.taken_back_at is null and s.phone is null and s.reason = any(${closing}::text[])
      and (s.voter_id = ${voter_id} or s.person_id = p.person_id)))`
}

const saidLast = (organization_id: string, channel: Channel, is_given: boolean): RawBuilder<boolean> =>
  sql`coalesce((select c.is_given = ${is_given} from consent c where c.organization_id = ${organization_id}::uuid and c.person_id = p.person_id
      and c.channel = ${channel} order by ${newestSaid} limit 1), false)`
/** What the person `p` said last of this channel was no. */
export const hasRefused = (organization_id: string, channel: Channel): RawBuilder<boolean> =>
  saidLast(organization_id, channel, false)
/** … was yes. Nobody is texted without it. */
export const hasAgreed = (organization_id: string, channel: Channel): RawBuilder<boolean> =>
  saidLast(organization_id, channel, true)

/** The person `p` wants no e-mail for now. */
export const isPaused = (organization_id: string): RawBuilder<boolean> =>
  sql`mail_paused(${organization_id}::uuid, p.person_id)`

/** Of these, those (their places) whose home is closed to paper; asked of a voter by where their post goes, else of the person's own address. */
export type HomesReader = (db: Db, organization_id: string, who: readonly Who[]) => Promise<ReadonlySet<number>>
let closedHomes: HomesReader = () => Promise.resolve(new Set())

/** A room that reads addresses as the post does says so here: how a home is written differs from row to row. */
export function homesReadBy(reader: HomesReader): void {
  closedHomes = reader
}

/** Those (their places) of `who` that paper goes to no more, because their home is closed. */
export const atClosedHomes = (db: Db, organization_id: string, who: readonly Who[]): Promise<ReadonlySet<number>> =>
  closedHomes(db, organization_id, who)

/** Answers for post, with what is said of homes: of today alone, and not of what goes also after an opt-out. */
export async function withClosedHomes(
  db: Db,
  organization_id: string,
  answers: readonly ContactAnswer[],
  purpose: ContactPurpose,
): Promise<ContactAnswer[]> {
  const { heeds_refusal = true } = (await db.selectFrom('contact_rule').select('heeds_refusal').where('channel', '=', 'post').where('purpose', '=', purpose).orderBy('valid_from', 'desc').limit(1).executeTakeFirst()) ?? {} // prettier-ignore
  const open = heeds_refusal ? answers.filter(({ reason }) => reason === null) : []
  const closed = open.length > 0 ? await atClosedHomes(db, organization_id, open) : new Set<number>()
  const atHome = new Set(open.filter((_, at) => closed.has(at)))
  return answers.map((each) => atHome.has(each) ? { ...each, reason: 'closed_home' as const, since: null, evidence: null, said_by: null } : each) // prettier-ignore
}

/** May this person be contacted? And what decided it. */
export interface ContactAnswer extends Who {
  /** Why not; null: they may. */
  reason: NoContact | null
  /** Of the mark, refusal or consent that decided it. */
  since: Date | null
  evidence: string | null
  said_by: string | null
}

/**
 * A table function for other rooms' queries: `from ${contactAnswers(…)} a`, with the columns of `ContactAnswer` and `nth`,
 * from 1, in the order asked. People and voters stand side by side: the nth row is about the nth of either, and one of the two
 * may be null. Made for a million at once; `at` null: as everything stands now. `topic_id`: of e-mail about this. What it says of
 * post lacks homes closed to paper (`withClosedHomes`).
 */
export const contactAnswers = (
  organization_id: string,
  channel: Channel | RawBuilder<unknown>,
  purpose: ContactPurpose,
  people: RawBuilder<unknown>,
  voters: RawBuilder<unknown>,
  at: Date | null = null,
  topic_id: string | null = null,
): RawBuilder<ContactAnswer & { nth: number }> =>
  sql`contact_answers(${organization_id}::uuid, ${channel}::text, ${purpose}::text, ${at}::timestamptz, ${people}::uuid[], ${voters}::integer[], ${topic_id}::uuid)`

/** The answers for these, in their order. */
export async function mayContactAll(
  db: Db,
  organization_id: string,
  who: readonly Who[],
  channel: Channel,
  purpose: ContactPurpose,
  at: Date | null = null,
  topic_id: string | null = null,
): Promise<ContactAnswer[]> {
  const { rows } = await sql<ContactAnswer>`
    select person_id, voter_id, reason, since, evidence, said_by from ${contactAnswers(
      organization_id,
      channel,
      purpose,
      sql`${who.map(({ person_id }) => person_id)}`,
      sql`${who.map(({ voter_id }) => voter_id)}`,
      at,
      topic_id,
    )} order by nth`.execute(db)
  return channel === 'post' && at === null ? withClosedHomes(db, organization_id, rows, purpose) : rows
}

/** May the organization contact this person or voter, by this channel, for this? `at` null: as everything stands now. */
export async function mayContact(
  db: Db,
  organization_id: string,
  who: Who,
  channel: Channel,
  purpose: ContactPurpose,
  at: Date | null = null,
  topic_id: string | null = null,
): Promise<ContactAnswer> {
  const [answer] = await mayContactAll(db, organization_id, [who], channel, purpose, at, topic_id)
  if (!answer) throw new Error('contact_answers has a row for each it is asked about')
  return answer
}

/**
 * Said themselves that they want none of it, or have a mailbox that was stopped and that no later word of theirs opened, whoever of
 * those who read it stopped it: a page where everybody may write anybody's name does not change that.
 */
export async function hasOptedOut(
  db: Db,
  organization_id: string,
  person_id: string,
  channel: Channel,
): Promise<boolean> {
  const last = await db
    .selectFrom('consent')
    .select('is_given')
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .where('channel', '=', channel)
    .orderBy(newestSaid)
    .limit(1)
    .executeTakeFirst()
  if (last?.is_given === false) return true
  return channel === 'email' && (await withStoppedMailbox(db, organization_id, [person_id])).has(person_id)
}

/** Those of them who have a mailbox that was stopped by the link of a mail or a complaint. */
export async function withStoppedMailbox(
  db: Db,
  organization_id: string,
  people: readonly string[],
): Promise<Set<string>> {
  if (people.length === 0) return new Set()
  const { rows } = await sql<{ person_id: string }>`
    select distinct e.person_id from person_email e where e.organization_id = ${organization_id}::uuid and e.person_id = any(${[...people]}::uuid[])
      and mailbox_stopped(${organization_id}::uuid, e.person_id, e.email) = 'opted_out'`.execute(db)
  return new Set(rows.map(({ person_id }) => person_id))
}
