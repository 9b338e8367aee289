import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { inTransactionTwice, type Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { answer } from '../../features/events/commands.ts'
import { lockArrivals } from '../../features/people/arrivals/commands.ts'
import { sha256 } from '../../features/people/suppressions/rules.ts'
import { takeOffPaper } from '../../features/postal/drops/erasing.ts'
import { sweepFiles } from '../../features/postal/printing/files.ts'
import { kept, treatments, type Treatment } from './treatments.ts'

/** A person with whoever was joined with them, and what they are known by. */
interface Known {
  people: string[]
  one: string
  voter: number | null
  /** Proven to be theirs, by a call or the voter file, and nobody else's: what came from there is about them. */
  phones: string[]
  emails: string[]
  /**
   * What is closed when they are erased: not what is wrong, nor a mailbox that somebody only claimed for them, nor a number no
   * call has proven that somebody else has too: whoever types it would have closed it for them.
   */
  closing: { phones: string[]; emails: string[] }
  attempts: string[]
  signups: string[]
}

/** `is_own`: for a private link, where a voter record that was found by what somebody wrote of themselves is nobody's yet. */
async function knownOf(db: Db, organization_id: string, person_id: string, is_own = false): Promise<Known> {
  const voter = sql`case when ${is_own}::boolean and p.matched_by = 'said' then null else p.voter_id end`
  const { rows } = await sql<Omit<Known, 'one'>>`
    with recursive joined as (
      select p.person_id, ${voter} as voter_id from person p where organization_id = ${organization_id}::uuid and person_id = ${person_id}::uuid and merged_into is null and erased_at is null
      union select p.person_id, ${voter} from joined j join person p on p.organization_id = ${organization_id}::uuid and p.merged_into = j.person_id)
    select array(select person_id from joined) as people, (select max(voter_id) from joined) as voter,
      array(select k.phone from (
          select f.phone from person_phone f join joined using (person_id) where f.organization_id = ${organization_id}::uuid and f.quality = 'good'
          union select v.phone from voter_phone v join joined using (voter_id)) k
        where not exists (select from person_phone o where o.organization_id = ${organization_id}::uuid and o.phone = k.phone
            and (o.quality = 'wrong' or o.person_id not in (select person_id from joined)))
          and not exists (select from voter_phone o where o.phone = k.phone
            and o.voter_id not in (select voter_id from joined where voter_id is not null))) as phones,
      array(select distinct f.email from person_email f join joined using (person_id)
        where f.organization_id = ${organization_id}::uuid and f.quality <> 'wrong' and f.claimed_at is null
          and not exists (select from person_email o where o.organization_id = ${organization_id}::uuid and o.email = f.email
            and o.person_id not in (select person_id from joined))) as emails,
      jsonb_build_object(
        'phones', array(select distinct phone from person_phone f join joined using (person_id)
          where f.organization_id = ${organization_id}::uuid and (f.quality = 'good' or f.quality not in ('wrong', 'disconnected')
            and not exists (select from person_phone o where o.organization_id = ${organization_id}::uuid and o.phone = f.phone
              and o.person_id not in (select person_id from joined))
            and not exists (select from voter_phone o where o.phone = f.phone
              and o.voter_id not in (select voter_id from joined where voter_id is not null)))),
        'emails', array(select distinct email from person_email f join joined using (person_id)
          where f.organization_id = ${organization_id}::uuid and f.quality <> 'wrong' and f.claimed_at is null)) as closing,
      array(select a.attempt_id from contact_attempt a where a.organization_id = ${organization_id}::uuid
        and (a.person_id in (select person_id from joined) and not (${is_own}::boolean and a.voter_id is not null
          and a.voter_id not in (select voter_id from joined where voter_id is not null)) or a.voter_id in (select voter_id from joined))) as attempts,
      array(select s.signup_id from event_signup s join joined using (person_id) where s.organization_id = ${organization_id}::uuid) as signups`.execute(
    db,
  )
  const known = rows[0]
  if (!known || known.people.length === 0) return found<Known>(null)
  return { ...known, one: person_id }
}

/** A condition or assignment of treatments.ts with what it is about. */
function filled(text: string, known: Known): RawBuilder<unknown> {
  const values: Record<string, RawBuilder<unknown>> = {
    people: sql`${known.people}::uuid[]`,
    one: sql`${known.one}::uuid`,
    voter: sql`${known.voter}::integer`,
    phones: sql`${known.phones}::text[]`,
    emails: sql`${known.emails}::text[]`,
    attempts: sql`${known.attempts}::uuid[]`,
    signups: sql`${known.signups}::uuid[]`,
  }
  const parts = text.split(/(?<!:):(people|one|voter|phones|emails|attempts|signups)\b/)
  return sql.join(
    parts.map((part, at) => (at % 2 === 1 ? found(values[part]) : sql.raw(part))),
    sql``,
  )
}

export interface HeldTable {
  table: string
  rows: Record<string, unknown>[]
  /** Rows that are not among them. */
  more: number
  /** What becomes of it when they are erased. */
  fate: Treatment['fate'] | 'stays'
}

const mostShown = 500

/** Everything the organization holds about a person, table by table. */
export async function heldAbout(
  db: Db,
  organization_id: string,
  person_id: string,
  { is_own } = { is_own: false },
): Promise<HeldTable[]> {
  const known = await knownOf(db, organization_id, person_id, is_own)
  const asked: (Pick<Treatment, 'table' | 'of'> & { fate: HeldTable['fate'] })[] = [
    { table: 'person', of: 't.person_id = any(:people)', fate: 'nameless' },
    ...[...treatments].reverse(),
    ...hanging,
    ...Object.entries(kept).flatMap(([table, why]) =>
      why === 'books' ? [{ table, of: 't.person_id = any(:people)', fate: 'stays' as const }] : [],
    ),
  ]
  const held: HeldTable[] = []
  for (const { table, of, fate } of asked) {
    if (unread.has(table)) continue
    const { rows } = await sql<{ row: Record<string, unknown>; total: number }>`
      select row_to_json(t.*) as row, count(*) over ()::integer as total from ${sql.table(table)} t where t.organization_id = ${organization_id}::uuid and ${filled(of, known)}
      limit ${mostShown}`.execute(db)
    if (rows.length > 0)
      held.push({ table, fate, rows: rows.map(({ row }) => row), more: (rows[0]?.total ?? 0) - rows.length })
  }
  return held
}

/** What hangs on their rows and goes, or stays, with them. Notes of one-on-ones are their writer's to show. */
const hanging: readonly (Pick<Treatment, 'table' | 'of'> & { fate: HeldTable['fate'] })[] = [
  { table: 'form_signature', of: 't.response_id = any(:attempts)', fate: 'go' },
  { table: 'event_attendance', of: 't.signup_id = any(:signups)', fate: 'nameless' },
]

/** Keys of the search and the like, made of what stands elsewhere. */
export const unread: ReadonlySet<string> = new Set([
  'person_search',
  'person_import_known',
  'webhook_delivery',
  'person_pair',
  'endorsement_credential',
])

/**
 * Erases a person: everything of ours goes or loses its name, in every table and in the activity log. The voter record stays,
 * for the state has it; a mark on it, and hashes of their numbers and mailboxes, see to it that nobody contacts them again.
 */
export async function erasePerson(
  { db, data }: { db: Db; data: string },
  actor: Actor,
  person_id: string,
  now: Date,
): Promise<void> {
  const drop_ids = await inTransactionTwice(db, async (tx) => {
    const { organization_id } = actor
    await lockArrivals(tx, organization_id)
    await cancelComing(tx, actor, await knownOf(tx, organization_id, person_id), now)
    await sql`select from person where organization_id = ${organization_id}::uuid and person_id = ${person_id}::uuid for update`.execute(
      tx,
    )
    const known = await knownOf(tx, organization_id, person_id)
    const off_paper = known.voter === null ? [] : await takeOffPaper(tx, organization_id, known.voter, now)
    const ours = sql`organization_id = ${organization_id}::uuid and person_id = any(${known.people}::uuid[])`
    await sql`update person set erased_at = ${now}, updated_at = ${now} where ${ours}`.execute(tx)
    // It is found by rows which go now.
    await sql`select forget_in_audit(${organization_id}::uuid, ${known.people}::uuid[])`.execute(tx)
    // Whoever asked at a number not to be called asked for everybody there; a wrong number was wrong for them alone.
    await sql`update suppression set person_id = null, note = null where ${ours} and voter_id is null and phone is not null
      and reason <> 'wrong_number'`.execute(tx)
    let rows = 0
    for (const { table, of, fate, set } of treatments) {
      const where = sql`t.organization_id = ${organization_id}::uuid and ${filled(of, known)}`
      const done = await (
        fate === 'go'
          ? sql`delete from ${sql.table(table)} t where ${where}`
          : sql`update ${sql.table(table)} t set ${filled(set ?? '', known)} where ${where}`
      ).execute(tx)
      rows += Number(done.numAffectedRows ?? 0)
    }
    await sql`update person set first_name = null, middle_name = null, last_name = null, name_hangul = null, preferred_title = null,
        birth_year = null, sex = null, language = null, second_language = null, community = null, address = null, city = null, zip5 = null,
        deceased_at = null, deceased_note = null, custom = '{}', voter_id = null, matched_by = null
      where ${ours}`.execute(tx)
    await sql`insert into membership (organization_id, person_id, kind, standing, from_on, recorded_by, recorded_at)
      select m.organization_id, m.person_id, m.kind, 'resigned', greatest(m.from_on, (${now}::timestamptz at time zone o.time_zone)::date), ${actor.name}, ${now}
      from (select distinct on (person_id, kind) * from membership where ${ours} and removed_at is null
        order by person_id, kind, from_on desc, recorded_at desc, membership_id) m join organization o using (organization_id)
      where m.standing not in ('resigned', 'expelled')`.execute(tx)
    await suppress(tx, actor, known, now)
    // What was just changed may have been told to the search and to other programs.
    await sql`delete from person_search where ${ours}`.execute(tx)
    await audit(tx, actor, { action: 'person.erase', subject: 'person', subject_id: person_id, after: { rows } })
    return off_paper
  })
  await sweepFiles(db, data, drop_ids)
}

/** Their seats go to whoever waits. */
async function cancelComing(tx: Db, actor: Actor, { people }: Known, now: Date): Promise<void> {
  const { rows } = await sql<{ event_id: string; signup_id: string }>`
    select s.event_id, s.signup_id from event_signup s join event e using (organization_id, event_id)
    where s.organization_id = ${actor.organization_id}::uuid and s.person_id = any(${people}::uuid[]) and e.starts_at > ${now}
    order by s.event_id, s.signup_id`.execute(tx)
  for (const { event_id, signup_id } of rows)
    for (const act of ['cancel', 'decline', 'remove'] as const)
      if ((await answer(tx, actor, event_id, signup_id, act, now)).ok) break
}

async function suppress(tx: Db, actor: Actor, known: Known, now: Date): Promise<void> {
  const { organization_id } = actor
  const hashes = [
    ...known.closing.phones.map((value) => ({ kind: 'phone', hash: sha256(value) })),
    ...known.closing.emails.map((value) => ({ kind: 'email', hash: sha256(value) })),
  ]
  if (hashes.length > 0) {
    await sql`insert into suppression_list (organization_id, name, counts, imported_by, imported_at, is_of_erased)
      values (${organization_id}::uuid, '', '{"phones":0,"emails":0,"hashes":0,"rejected":0}', '', ${now}, true) on conflict do nothing`.execute(
      tx,
    )
    await sql`insert into suppressed (organization_id, list_id, kind, hash)
      select ${organization_id}::uuid, l.list_id, h.kind, suppression_hash(decode(h.hash, 'hex'))
      from suppression_list l, jsonb_to_recordset(${JSON.stringify(hashes)}::jsonb) as h (kind text, hash text)
      where l.organization_id = ${organization_id}::uuid and l.is_of_erased on conflict do nothing`.execute(tx)
    // Others of the organization may have the same number or mailbox.
    await sql`select close_listed_number(${organization_id}::uuid, k.phone, suppressed_by(${organization_id}::uuid, 'phone', k.phone))
      from unnest(${known.closing.phones}::text[]) k (phone)
      where exists (select from person_phone f where f.organization_id = ${organization_id}::uuid and f.phone = k.phone)
        or exists (select from voter_phone f where f.phone = k.phone)`.execute(tx)
    await sql`update person_email set quality = 'suppressed' where organization_id = ${organization_id}::uuid
      and email = any(${known.closing.emails}::text[]) and quality not in ('wrong', 'suppressed')`.execute(tx)
  }
  if (known.voter !== null)
    await tx
      .insertInto('suppression')
      .values({
        organization_id,
        voter_id: known.voter,
        person_id: null,
        phone: null,
        reason: 'legal',
        marked_by: actor.name,
        marked_at: now,
        note: null,
      })
      .execute()
}
