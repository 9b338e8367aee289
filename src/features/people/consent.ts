import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { Who } from './rules.ts'
import type { Channel, ContactPurpose, NoContact } from './schema.ts'
import './tables.ts'

/**
 * Of what somebody said of a channel the newest counts; of two at one moment, as when two records were put together, the
 * refusal. For whoever reads `consent`: what stands after `order by`.
 */
export const newestSaid = sql`recorded_at desc, is_given`

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
 * may be null. Made for a million at once; `at` null: as everything stands now.
 */
export const contactAnswers = (
  organization_id: string,
  channel: Channel | RawBuilder<unknown>,
  purpose: ContactPurpose,
  people: RawBuilder<unknown>,
  voters: RawBuilder<unknown>,
  at: Date | null = null,
): RawBuilder<ContactAnswer & { nth: number }> =>
  sql`contact_answers(${organization_id}::uuid, ${channel}::text, ${purpose}::text, ${at}::timestamptz, ${people}::uuid[], ${voters}::integer[])`

/** The answers for these, in their order. */
export async function mayContactAll(
  db: Db,
  organization_id: string,
  who: readonly Who[],
  channel: Channel,
  purpose: ContactPurpose,
  at: Date | null = null,
): Promise<ContactAnswer[]> {
  const { rows } = await sql<ContactAnswer>`
    select person_id, voter_id, reason, since, evidence, said_by from ${contactAnswers(
      organization_id,
      channel,
      purpose,
      sql`${who.map(({ person_id }) => person_id)}`,
      sql`${who.map(({ voter_id }) => voter_id)}`,
      at,
    )} order by nth`.execute(db)
  return rows
}

/** May the organization contact this person or voter, by this channel, for this? `at` null: as everything stands now. */
export async function mayContact(
  db: Db,
  organization_id: string,
  who: Who,
  channel: Channel,
  purpose: ContactPurpose,
  at: Date | null = null,
): Promise<ContactAnswer> {
  const [answer] = await mayContactAll(db, organization_id, [who], channel, purpose, at)
  if (!answer) throw new Error('contact_answers has a row for each it is asked about')
  return answer
}

/** Said themselves that they want none of it: a page where everybody may write anybody's name does not change that. */
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
  return last?.is_given === false
}
