import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { isMarked, newestSaid } from '../../people/consent.ts'
import { inGoodStanding } from '../../people/membership/queries.ts'
import { ask, type Until } from '../../targeting/bounded.ts'
import { compilePeople, type CompiledPeople } from '../../targeting/people/queries.ts'
import type { Mailing } from '../queries.ts'
import type { ContactPurpose } from '../../people/schema.ts'
import { purposeOf, type WhyNot } from '../schema.ts'
import '../tables.ts'

export const hashOf = (organization_id: string, address: RawBuilder<unknown>): RawBuilder<Buffer> =>
  sql`mail_address_hash(${organization_id}::uuid, ${address})`

/** Whether the mailbox is stopped: what they said by a link in a mail holds until they agree anew. */
const isStopped = (organization_id: string, address: RawBuilder<unknown>, reasons: readonly string[]) => sql`
  exists (select from mail_stop s where s.organization_id = ${organization_id}::uuid and s.address_hash = ${hashOf(organization_id, address)}
    and s.reason = any(${[...reasons]}::text[])
    and (s.reason <> 'unsubscribed' or said.is_given is not true or said.recorded_at < s.since))`

/** What person `p` said last of e-mail, as `said`; what they wish, as `wish`. To be joined before `whyNot`. */
export const saidAndWished = (organization_id: string): RawBuilder<unknown> => sql`
  left join lateral (select c.is_given, c.recorded_at, c.recorded_by from consent c where c.organization_id = ${organization_id}::uuid
    and c.person_id = p.person_id and c.channel = 'email' order by ${newestSaid} limit 1) said on true
  left join mail_wish wish on wish.organization_id = ${organization_id}::uuid and wish.person_id = p.person_id`

/** Whether person `p` wants none of a topic: said so, or never asked for one that goes to whoever asks. */
const isUnwanted = (organization_id: string, topic_id: string): RawBuilder<unknown> => sql`not coalesce(
    (select w.is_wanted from mail_topic_wish w where w.organization_id = ${organization_id}::uuid and w.person_id = p.person_id and w.topic_id = ${topic_id}::uuid),
    (select o.is_for_all from mail_topic o where o.organization_id = ${organization_id}::uuid and o.topic_id = ${topic_id}::uuid), true)`

/** Whether e-mail for this needs consent on that day; null: no rule says that it may be written at all. Asked once for all people. */
const needsConsent = (purpose: ContactPurpose, today: string): RawBuilder<boolean | null> => sql`(
    select r.needs_consent from contact_rule r where r.channel = 'email' and r.purpose = ${purpose} and r.valid_from <= ${today}::date
      and (r.valid_until is null or r.valid_until >= ${today}::date) order by r.valid_from desc limit 1)`

/**
 * Why nothing of this topic goes to person `p` at `address` today, whatever the mailing; null: it may. By the rows of
 * `contact_rule`, as `contact_answers`; but what stops e-mail to many by one click is heeded whatever they say.
 */
export const whyNot = (
  organization_id: string,
  address: RawBuilder<unknown>,
  today: string,
  /** null: of none. */
  topic_id: string | null,
  purpose: ContactPurpose = 'news',
  /** Where they said stop: of somebody whose only mailbox mail came back from, that one. */
  known: RawBuilder<unknown> = address,
): RawBuilder<WhyNot | null> => sql`case
  when ${isMarked(organization_id, 'email', sql`p.voter_id`)} or exists (select from person_email x where x.organization_id = ${organization_id}::uuid and x.person_id = p.person_id and x.email = ${address}
      and x.quality = 'suppressed') then 'marked'
  when said.is_given is false or ${isStopped(organization_id, known, ['unsubscribed', 'complaint'])} then 'opted_out'
  when wish.paused_until > ${today}::date then 'paused'
  ${topic_id === null ? sql`` : sql`when ${isUnwanted(organization_id, topic_id)} then 'not_topic'`}
  when ${isStopped(organization_id, address, ['hard_bounce', 'soft_bounces'])} then 'bounced'
  when ${address} is not null and (${needsConsent(purpose, today)} is null or ${needsConsent(purpose, today)} and said.is_given is not true) then 'no_consent' end`

/** Why nothing goes to a mailbox of a list made before: what became of it since, of person `p`, and of their membership; null: it is as good as it was. */
export const whyNotThere = (
  organization_id: string,
  address: RawBuilder<unknown>,
  lane: Mailing['lane'],
  today: string,
): RawBuilder<WhyNot | null> => sql`coalesce(${isNoMember(organization_id, lane, today)}, nullif(coalesce(
  (select case when x.quality in ('bouncing', 'wrong') then 'bounced' when x.claimed_at is not null then 'unchecked' else 'open' end
    from person_email x where x.organization_id = ${organization_id}::uuid and x.person_id = p.person_id and x.email = ${address}), 'no_address'), 'open'))`

/** What election law lets an organization say to its members goes to nobody else. */
const isNoMember = (organization_id: string, lane: Mailing['lane'], today: string): RawBuilder<WhyNot | null> =>
  lane === 'member_communication'
    ? sql`case when not (${inGoodStanding(sql`${organization_id}::uuid`, sql.ref('p.person_id'), today)}) then 'not_member' end`
    : sql`null::text`

export interface Recipient {
  person_id: string
  address: string | null
  language: string
  why: WhyNot | null
}

interface Asked {
  organization_id: string
  lane: Mailing['lane']
  topic_id: string | null
  /** The organization's, the first one for whoever reads none of them. */
  languages: readonly string[]
  /** 'YYYY-MM-DD' */
  today: string
}

/** Everybody an expression finds, with the mailbox, the language, and why not. */
export const recipients = (
  people: Pick<CompiledPeople, 'people'>,
  { organization_id, lane, topic_id, languages, today }: Asked,
): RawBuilder<Recipient> => {
  const written = sql`${[...languages]}::text[]`
  return sql`
    with found as materialized (select f.person_id from (${people.people()}) f),
    answered as materialized (
      select p.person_id, box.email as address,
        case when wish.language = any(${written}) then wish.language when p.language = any(${written}) then p.language
          when p.second_language = any(${written}) then p.second_language else ${languages[0] ?? 'en'} end as language,
        coalesce(${whyNot(organization_id, sql`box.email`, today, topic_id, purposeOf[lane], sql`coalesce(box.email, box.bouncing)`)}, case
          when ${isNoMember(organization_id, lane, today)} is not null then 'not_member'
          when box.email is not null then null
          when box.is_listed then 'marked' when box.is_unchecked then 'unchecked' when box.is_bouncing then 'bounced' else 'no_address' end) as why
      from found
      join person p on p.organization_id = ${organization_id}::uuid and p.person_id = found.person_id
      ${saidAndWished(organization_id)}
      left join lateral (select (array_agg(e.email order by e.is_preferred desc, e.quality = 'good' desc, e.email)
          filter (where e.quality in ('good', 'unknown') and e.claimed_at is null))[1] as email,
          (array_agg(e.email order by e.is_preferred desc, e.email) filter (where e.quality = 'bouncing' and e.claimed_at is null))[1] as bouncing,
          bool_or(e.claimed_at is not null and e.quality in ('good', 'unknown')) as is_unchecked, bool_or(e.quality in ('bouncing', 'wrong')) as is_bouncing, bool_or(e.quality = 'suppressed') as is_listed
        from person_email e where e.organization_id = p.organization_id and e.person_id = p.person_id) box on true)
    select person_id, address, language, coalesce(why, case when nth > 1 then 'same_mailbox' end) as why from (
      select answered.*, row_number() over (partition by address, why is null order by person_id) as nth from answered) numbered`
}

export type Compiled = Awaited<ReturnType<typeof compileAudience>>

/** Those who must not be contacted too: of each it is said why not. */
export const compileAudience = (db: Db, { organization_id, expression }: Mailing, today: string) =>
  compilePeople(db, expression, organization_id, today, { marked: true })

export interface AudienceCounts {
  /** Whom the expression finds. */
  meant: number
  /** Who gets it. */
  reached: number
  by_language: { language: string; count: number }[]
  by_why: { why: WhyNot; count: number }[]
}

export async function countAudience(
  db: Db,
  people: CompiledPeople,
  asked: Asked,
  until: Until,
): Promise<AudienceCounts> {
  const rows = await ask(
    db,
    sql<{ language: string; why: WhyNot | null; count: number }>`
      select case when why is null then language end as language, why, count(*)::integer as count
      from (${recipients(people, asked)}) r group by 1, 2 order by 3 desc, 1`,
    until,
  )
  const sum = (counted: readonly { count: number }[]): number => counted.reduce((total, { count }) => total + count, 0)
  const by_language = rows.flatMap(({ why, language, count }) => (why === null ? [{ language, count }] : []))
  const by_why = rows.flatMap(({ why, count }) => (why === null ? [] : [{ why, count }]))
  return { meant: sum(rows), reached: sum(by_language), by_language, by_why }
}

/** Fixes the list: one row for each who gets it. How many they are. */
export async function writeList(tx: Db, mailing_id: string, people: CompiledPeople, asked: Asked): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into mail_delivery (organization_id, mailing_id, n, person_id, address, domain, language)
    select ${asked.organization_id}::uuid, ${mailing_id}::uuid, row_number() over (order by split_part(address, '@', 2), person_id), person_id, address,
      split_part(address, '@', 2), language
    from (${recipients(people, asked)}) r where why is null`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
