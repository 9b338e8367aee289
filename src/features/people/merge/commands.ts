import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransactionTwice, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { indexPerson } from '../commands.ts'
import { followDues } from '../membership/commands.ts'

/** Columns of the row one chooses between. */
export const mergeFields = [
  'voter_id',
  'last_name',
  'first_name',
  'middle_name',
  'name_hangul',
  'preferred_title',
  'birth_year',
  'sex',
  'language',
  'second_language',
  'community',
  'address',
  'city',
  'zip5',
] as const
export type MergeField = (typeof mergeFields)[number]

/** Tables of ours that hang on a person, and what makes two of their rows the same. */
export const hanging = [
  'person_phone',
  'person_email',
  'person_address',
  'person_tag',
  'note',
  'consent',
  'membership',
  'dues',
  'membership_application',
  'membership_reminder',
  'suppression',
  'refused_match',
  'person_external_id',
  'person_import_known',
  'household_member',
  'mail_wish',
  'mail_topic_wish',
  'mail_journey_person',
  'relationship',
] as const

/**
 * Tables with a person that a merge treats in another way: keys of the search are written anew, of calls only the
 * person changes, for answers hang on them, as of tasks, which somebody may do meanwhile, and of sign-ups for events, of which
 * two become one; what an import did to whom, what was mailed and a roll of voters that was made stay as they were, as money that came in is not written anew: their pages follow the merge.
 * A test fails for a table with a person that stands in neither list.
 */
export const treatedApart = [
  'person',
  'person_search',
  'contact_attempt',
  'follow_up',
  'person_import_row',
  'event_signup',
  'ledger_entry',
  'card_checkout',
  'person_mail',
  'mail_delivery',
  'endorsement_roll',
] as const

/** The same, with their keys: other rows hang on these too, so only their person changes. */
export const pointing = {
  person_stage: 'stage_id',
  person_account: 'person_account_id',
  task: 'task_id',
  help_case: 'case_id',
  one_on_one: 'one_on_one_id',
  person_role: 'role_id',
  training_passed: 'passed_id',
  mentoring_person: 'mentoring_person_id',
  cohort_application: 'application_id',
  sign_in_line: 'line_id',
  event_proposal: 'proposal_id',
  event_part: 'part_id',
  newsletter_signup: 'signup_id',
} as const

type Row = Record<string, unknown>
interface Snapshot {
  people: Row[]
  rows: Record<string, Row[]>
  /** Of calls: whose they are. */
  attempts: { attempt_id: string; person_id: string }[]
  /** Of tasks: the same. */
  follow_ups: { follow_up_id: string; person_id: string }[]
  /** Of each table of `pointing`: the same. */
  pointing: Record<string, { id: string; person_id: string }[]>
  /** For events, with their hosts and guests. */
  signups: Row[]
  signup_shifts: { signup_id: string; shift_id: string }[]
  /** Who answers for whoever of them is under 18. */
  guardians: Row[]
}

/** As stored: merges made before calls moved have none. */
type Late = 'attempts' | 'follow_ups' | 'pointing' | 'signups' | 'signup_shifts' | 'guardians'
type Kept = Omit<Snapshot, Late> & Partial<Pick<Snapshot, Late>>

/** Both have paid for tickets of one event. */
export class PaidTwice extends Error {}

/** Who has both, until the transaction ends. */
async function lockBoth(tx: Db, organization_id: string, ids: readonly string[]) {
  const people = await tx
    .selectFrom('person')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('person_id', 'in', ids)
    .orderBy('person_id')
    .forUpdate()
    .execute()
  return people
}

/** Everything of ours about these people, as PostgreSQL writes it: to the microsecond. */
async function snapshot(tx: Db, organization_id: string, ids: readonly string[]): Promise<Snapshot> {
  const all = async (table: string): Promise<Row[]> => {
    const condition =
      table === 'relationship'
        ? sql`(person_id = any(${ids}::uuid[]) or other_person_id = any(${ids}::uuid[]))`
        : sql`person_id = any(${ids}::uuid[])`
    const { rows } = await sql<{ row: Row }>`
      select to_jsonb(t.*) as row from ${sql.table(table)} t where organization_id = ${organization_id} and ${condition} order by to_jsonb(t.*)::text`.execute(
      tx,
    )
    return rows.map(({ row }) => row)
  }
  const rows: Snapshot['rows'] = {}
  for (const table of hanging) rows[table] = await all(table)
  const attempts = await sql<Snapshot['attempts'][number]>`
    select attempt_id, person_id from contact_attempt where organization_id = ${organization_id} and person_id = any(${ids}::uuid[]) order by attempt_id`.execute(
    tx,
  )
  const follow_ups = await sql<Snapshot['follow_ups'][number]>`
    select follow_up_id, person_id from follow_up where organization_id = ${organization_id} and person_id = any(${ids}::uuid[]) order by follow_up_id`.execute(
    tx,
  )
  const pointers: Snapshot['pointing'] = {}
  for (const [table, key] of Object.entries(pointing)) {
    const found = await sql<{ id: string; person_id: string }>`
      select ${sql.ref(key)} as id, person_id from ${sql.table(table)} where organization_id = ${organization_id} and person_id = any(${ids}::uuid[]) order by 1, 2`.execute(
      tx,
    )
    pointers[table] = found.rows
  }
  const about = sql`(with own as (select signup_id, host_signup_id from event_signup where organization_id = ${organization_id} and person_id = any(${ids}::uuid[]))
    select signup_id from own union select host_signup_id from own where host_signup_id is not null
    union select g.signup_id from event_signup g join own on g.host_signup_id = own.signup_id where g.organization_id = ${organization_id})`
  const signups = await sql<{ row: Row }>`
    select to_jsonb(s.*) as row from event_signup s where organization_id = ${organization_id} and signup_id in ${about} order by signup_id`.execute(
    tx,
  )
  const signup_shifts = await sql<Snapshot['signup_shifts'][number]>`
    select signup_id, shift_id from event_signup_shift where organization_id = ${organization_id} and signup_id in ${about} order by signup_id, shift_id`.execute(
    tx,
  )
  const guardians = await sql<{ row: Row }>`
    select to_jsonb(g.*) as row from event_guardian g where organization_id = ${organization_id} and signup_id in ${about} order by signup_id`.execute(
    tx,
  )
  return {
    people: await all('person'),
    rows,
    attempts: attempts.rows,
    follow_ups: follow_ups.rows,
    pointing: pointers,
    signups: signups.rows.map(({ row }) => row),
    signup_shifts: signup_shifts.rows,
    guardians: guardians.rows.map(({ row }) => row),
  }
}

/**
 * Makes two rows one person: the chosen value of each field, everything that hangs on either. The other row stays,
 * pointing to this one, so that old links still lead somewhere. `person_merge.before` has all to take it back. Conflict:
 * somebody merged or erased one of them meanwhile, or said that they are two; PaidTwice: both have paid for tickets of one event.
 */
export function mergePeople(
  db: Db,
  actor: Actor,
  kept: string,
  merged: string,
  /** Fields to take from the one that goes; own fields of the organization as `custom.KEY`. */
  from_merged: readonly string[],
): Promise<string> {
  // A call recorded at the same moment locks the lists before the person, this the person before the lists.
  return inTransactionTwice(db, async (tx) => {
    const { organization_id } = actor
    const people = await lockBoth(tx, organization_id, [kept, merged])
    const [stays, goes] = [kept, merged].map((id) => found(people.find((each) => each.person_id === id)))
    if (!stays || !goes || kept === merged) return found<string>(null)
    if (
      stays.merged_into ||
      goes.merged_into ||
      stays.erased_at ||
      goes.erased_at ||
      (await areKeptApart(tx, organization_id, kept, merged))
    )
      throw new Conflict()
    const before = await snapshot(tx, organization_id, [kept, merged])

    await tx
      .updateTable('person')
      .set({ merged_into: kept, updated_at: sql`clock_timestamp()` })
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', merged)
      .execute()
    const chosen = Object.fromEntries(
      mergeFields
        .filter((field) => from_merged.includes(field) || stays[field] === null)
        .map((field) => [field, goes[field]]),
    )
    const custom = mergedCustom(stays.custom, goes.custom, from_merged)
    await tx
      .updateTable('person')
      .set({
        ...(chosen as Record<string, never>),
        custom: JSON.stringify(custom),
        updated_at: sql`clock_timestamp()`,
      })
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', kept)
      .execute()
    await combineSignups(tx, actor, kept, merged)
    await moveRows(tx, organization_id, kept, merged)
    await followDues(tx, actor, kept)
    await indexPerson(tx, organization_id, kept)
    await indexPerson(tx, organization_id, merged)

    const after = await snapshot(tx, organization_id, [kept, merged])
    const { merge_id } = await tx
      .insertInto('person_merge')
      .values({ organization_id, kept, merged, before: JSON.stringify({ before, after }), merged_by: actor.name })
      .returning('merge_id')
      .executeTakeFirstOrThrow()
    await decide(tx, actor, kept, merged, 'merged')
    await audit(tx, actor, {
      action: 'person.merge',
      subject: 'person',
      subject_id: kept,
      after: { kept, merged, ...chosen, ...(isSame(custom, stays.custom) ? {} : { custom }) },
    })
    return merge_id
  })
}

/** What is empty on one side says nothing against the other. */
function mergedCustom(stays: Row, goes: Row, from_merged: readonly string[]): Row {
  const said = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
  const chosen = Object.entries(said(goes)).filter(([key]) => from_merged.includes(`custom.${key}`))
  return { ...said(goes), ...said(stays), ...Object.fromEntries(chosen) }
}

/** "Not the same person" holds until somebody takes it back. */
async function areKeptApart(tx: Db, organization_id: string, one: string, other: string): Promise<boolean> {
  const [person_a = '', person_b = ''] = [one, other].sort()
  const pair = await tx
    .selectFrom('person_pair')
    .select('state')
    .where('organization_id', '=', organization_id)
    .where('person_a', '=', person_a)
    .where('person_b', '=', person_b)
    .executeTakeFirst()
  return pair?.state === 'different'
}

async function moveRows(tx: Db, organization_id: string, kept: string, merged: string): Promise<void> {
  // A row the one that stays has already (same number, mailbox, tag) is not needed twice.
  const same = {
    person_phone: 'phone',
    person_email: 'email',
    person_address: 'address_key',
    person_tag: 'tag',
    refused_match: 'voter_id',
    // One at most of each person: what the one who stays wished holds.
    mail_wish: 'organization_id',
    mail_topic_wish: 'topic_id',
    // And nobody walks a journey twice.
    mail_journey_person: 'journey_id',
  } as const
  for (const [table, column] of Object.entries(same)) {
    await sql`delete from ${sql.table(table)} m where organization_id = ${organization_id} and person_id = ${merged}
      and exists (select from ${sql.table(table)} k where k.organization_id = m.organization_id and k.person_id = ${kept} and k.${sql.ref(column)} = m.${sql.ref(column)})`.execute(
      tx,
    )
  }
  // Post goes to one address: that of the one who stays.
  await sql`update person_address m set is_preferred = false where organization_id = ${organization_id} and person_id = ${merged} and is_preferred
    and exists (select from person_address k where k.organization_id = m.organization_id and k.person_id = ${kept} and k.is_preferred)`.execute(
    tx,
  )
  // Nobody lives in two households: what was said of the one who stays holds.
  await sql`update household_member m set ended_at = clock_timestamp() where organization_id = ${organization_id} and person_id = ${merged} and ended_at is null
    and exists (select from household_member k where k.organization_id = m.organization_id and k.person_id = ${kept} and k.ended_at is null)`.execute(
    tx,
  )
  for (const table of hanging.filter((each) => each !== 'relationship')) {
    await sql`update ${sql.table(table)} set person_id = ${kept} where organization_id = ${organization_id} and person_id = ${merged}`.execute(
      tx,
    )
  }
  for (const table of ['contact_attempt', 'follow_up', 'event_signup', ...Object.keys(pointing)])
    await sql`update ${sql.table(table)} set person_id = ${kept} where organization_id = ${organization_id} and person_id = ${merged}`.execute(
      tx,
    )
  await sql`delete from relationship r where organization_id = ${organization_id} and (person_id = ${merged} or other_person_id = ${merged})
    and (person_id = ${kept} or other_person_id = ${kept} or exists (select from relationship k where k.organization_id = r.organization_id and k.kind = r.kind
      and k.person_id = case r.person_id when ${merged} then ${kept} else r.person_id end
      and k.other_person_id = case r.other_person_id when ${merged} then ${kept} else r.other_person_id end))`.execute(
    tx,
  )
  await sql`update relationship set person_id = case person_id when ${merged} then ${kept}::uuid else person_id end,
      other_person_id = case other_person_id when ${merged} then ${kept}::uuid else other_person_id end
    where organization_id = ${organization_id} and (person_id = ${merged} or other_person_id = ${merged})`.execute(tx)
}

interface Signup {
  signup_id: string
  host_signup_id: string | null
  response: string
  seats: number
  guests: number
  shift_ids: string[]
  /** Tickets were chosen with it. */
  has_order: boolean
  /** What was paid and not given back. */
  paid_cents: number
}

const holdSeats = ['confirmed', 'signed_up']
/** Which of two open sign-ups for one event stays: the first of these. */
const weight = [...holdSeats, 'wait_listed', 'awaiting_approval', 'invited']

/**
 * Where both have an open sign-up for one event, one stays: the one with the better word, of like ones the one that is
 * nobody's guest; before all that, the one that was paid, and of like ones the one with tickets. If both had seats, it has the
 * shifts and guests of both, and one seat less is taken. Under 18 by one of them is under 18, and a guardian's word for one
 * holds for the one that stays; of two words its own.
 */
async function combineSignups(tx: Db, actor: Actor, kept: string, merged: string): Promise<void> {
  const { organization_id } = actor
  const { rows } = await sql<Signup & { event_id: string }>`
    select s.event_id, s.signup_id, s.host_signup_id, s.response, s.seats, s.guests,
      array(select x.shift_id from event_signup_shift x where x.organization_id = s.organization_id and x.signup_id = s.signup_id) as shift_ids,
      exists (select from event_order o where o.organization_id = s.organization_id and o.signup_id = s.signup_id) as has_order,
      coalesce((select sum(l.amount_cents) from ledger_entry l where l.organization_id = s.organization_id and l.for_id = s.signup_id), 0)::integer as paid_cents
    from event_signup s where s.organization_id = ${organization_id} and s.person_id in (${kept}, ${merged}) and s.response = any(${weight}::text[])
    order by s.arrival for update`.execute(tx)
  for (const [, [first, second]] of Map.groupBy(rows, ({ event_id }) => event_id)) {
    if (!first || !second) continue
    // Two sums cannot become one: the treasurer gives one back first, or an organizer cancels one.
    if (first.paid_cents > 0 && second.paid_cents > 0) throw new PaidTwice()
    const value = ({ response, host_signup_id, has_order, paid_cents }: Signup) =>
      (paid_cents > 0 ? -100 : 0) +
      (holdSeats.includes(response) ? 0 : weight.indexOf(response) * 4) +
      (has_order ? 0 : 2) +
      (host_signup_id ? 1 : 0)
    const [stays, goes] = value(second) < value(first) ? [second, first] : [first, second]
    await sql`update event_signup s set is_minor = true from event_signup g
      where s.organization_id = ${organization_id} and s.signup_id = ${stays.signup_id}
        and g.organization_id = s.organization_id and g.signup_id = ${goes.signup_id} and g.is_minor and not s.is_minor`.execute(
      tx,
    )
    await sql`insert into event_guardian (organization_id, signup_id, name, phone, relation, how, at, made_by)
      select organization_id, ${stays.signup_id}, name, phone, relation, how, at, made_by from event_guardian
      where organization_id = ${organization_id} and signup_id = ${goes.signup_id} on conflict do nothing`.execute(tx)
    const areSeated = [stays, goes].every(({ response }) => holdSeats.includes(response))
    const isAlone = goes.seats <= 1
    const isAlike = goes.shift_ids.toSorted().join() === stays.shift_ids.toSorted().join()
    // Tickets stay with whom they were bought by.
    if (areSeated && !stays.host_signup_id && isAlike && !isAlone && !goes.has_order) {
      await sql`update event_signup set host_signup_id = ${stays.signup_id} where organization_id = ${organization_id}
        and host_signup_id = ${goes.signup_id} and response = any(${weight}::text[])`.execute(tx)
      await sql`update event_signup set seats = seats + ${goes.seats - 1}::integer, guests = guests + ${goes.guests}::integer
        where organization_id = ${organization_id} and signup_id = ${stays.signup_id}`.execute(tx)
    }
    if (areSeated && isAlone && stays.seats === 1) {
      await sql`insert into event_signup_shift (organization_id, signup_id, shift_id)
        select organization_id, ${stays.signup_id}, shift_id from event_signup_shift
        where organization_id = ${organization_id} and signup_id = ${goes.signup_id} on conflict do nothing`.execute(tx)
    }
    await sql`with closed as (update event_signup set response = 'canceled_by_us', accept_by = null where organization_id = ${organization_id}
        and (signup_id = ${goes.signup_id} or host_signup_id = ${goes.signup_id}) and response = any(${weight}::text[]) returning signup_id)
      insert into event_response (organization_id, signup_id, response, why, at, made_by)
      select ${organization_id}, signup_id, 'canceled_by_us', 'merged', clock_timestamp(), ${actor.name} from closed`.execute(
      tx,
    )
    if (goes.host_signup_id) {
      await sql`update event_signup set seats = seats - 1 where organization_id = ${organization_id} and signup_id = ${goes.host_signup_id}`.execute(
        tx,
      )
    }
  }
}

/** Sign-ups as before a merge, but what was said since stays. */
async function signupsBack(tx: Db, actor: Actor, before: Kept, after: Kept, now: Date): Promise<void> {
  const { organization_id } = actor
  const was = before.signups ?? []
  await sql`update event_signup s set person_id = was.person_id
    from jsonb_to_recordset(${JSON.stringify(was)}::jsonb) as was (signup_id uuid, person_id uuid)
    where s.organization_id = ${organization_id} and s.signup_id = was.signup_id and s.person_id is distinct from was.person_id`.execute(
    tx,
  )
  for (const row of was) {
    const left = after.signups?.find(({ signup_id }) => signup_id === row.signup_id)
    if (!left || isSame({ ...left, person_id: null }, { ...row, person_id: null })) continue
    const { rows } = await sql<{ signup_id: string }>`
      update event_signup s set response = was.response, accept_by = was.accept_by, host_signup_id = was.host_signup_id, seats = was.seats, guests = was.guests
      from jsonb_populate_record(null::event_signup, ${JSON.stringify(row)}::jsonb) was, jsonb_populate_record(null::event_signup, ${JSON.stringify(left)}::jsonb) l
      where s.organization_id = ${organization_id} and s.signup_id = was.signup_id
        and (s.response, s.seats, s.guests) = (l.response, l.seats, l.guests) and s.host_signup_id is not distinct from l.host_signup_id
        and not exists (select from event_signup o where o.organization_id = s.organization_id and o.event_id = s.event_id
          and o.person_id = s.person_id and o.signup_id <> s.signup_id and o.response = any(${weight}::text[]))
      returning s.signup_id`.execute(tx)
    if (rows.length > 0 && row.response !== left.response) {
      await sql`insert into event_response (organization_id, signup_id, response, at, made_by)
        values (${organization_id}, ${String(row.signup_id)}, ${String(row.response)}, ${now}, ${actor.name})`.execute(
        tx,
      )
    }
  }
  const added = (after.signup_shifts ?? []).filter((each) => !before.signup_shifts?.some((one) => isSame(one, each)))
  await sql`delete from event_signup_shift x using jsonb_to_recordset(${JSON.stringify(before.signup_shifts ? added : [])}::jsonb) as a (signup_id uuid, shift_id uuid)
    where x.organization_id = ${organization_id} and x.signup_id = a.signup_id and x.shift_id = a.shift_id`.execute(tx)
  await minorsBack(tx, organization_id, before, after)
}

/** A guardian's word that the merge brought along goes back, but whoever gave one since stays, and with them that it is somebody under 18. */
async function minorsBack(tx: Db, organization_id: string, before: Kept, after: Kept): Promise<void> {
  const { guardians, signups = [] } = before
  if (!guardians) return
  const brought = (after.guardians ?? []).filter(
    ({ signup_id }) => !guardians.some((each) => each.signup_id === signup_id),
  )
  await sql`delete from event_guardian g using jsonb_to_recordset(${JSON.stringify(brought)}::jsonb) as b (signup_id uuid, at timestamptz)
    where g.organization_id = ${organization_id} and g.signup_id = b.signup_id and g.at = b.at`.execute(tx)
  const grown = signups.filter(
    ({ signup_id, is_minor }) =>
      is_minor === false && after.signups?.some((each) => each.signup_id === signup_id && each.is_minor === true),
  )
  await sql`update event_signup s set is_minor = false from jsonb_to_recordset(${JSON.stringify(grown)}::jsonb) as g (signup_id uuid)
    where s.organization_id = ${organization_id} and s.signup_id = g.signup_id
      and not exists (select from event_guardian w where w.organization_id = s.organization_id and w.signup_id = s.signup_id)`.execute(
    tx,
  )
}

async function decide(tx: Db, actor: Actor, one: string, other: string, state: 'merged' | 'open'): Promise<void> {
  const [person_a = '', person_b = ''] = [one, other].sort()
  await tx
    .updateTable('person_pair')
    .set({
      state,
      decided_by: state === 'open' ? null : actor.name,
      decided_at: state === 'open' ? null : sql<Date>`now()`,
    })
    .where('organization_id', '=', actor.organization_id)
    .where('person_a', '=', person_a)
    .where('person_b', '=', person_b)
    .execute()
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What was there before the merge, but what somebody changed since stays as it is now. */
function takenBack(was: Row, after: Row, now: Row): Row {
  return Object.fromEntries(
    [...new Set([...Object.keys(was), ...Object.keys(now)])].map((key) => [
      key,
      isSame(now[key], after[key]) ? was[key] : now[key],
    ]),
  )
}

/** The rows of one table as they go back: those before the merge with what changed since, and those added since. */
function rowsTakenBack(kept: string, keys: readonly string[], was: Row[], after: Row[], now: Row[]): Row[] {
  const identity = (row: Row): string => JSON.stringify(keys.map((key) => row[key]))
  const byId = (rows: Row[]): Map<string, Row> => new Map(rows.map((row) => [identity(row), row]))
  const [left, current, own] = [byId(after), byId(now), byId(was.filter((row) => row.person_id === kept))]
  const back = was.flatMap((row) => {
    const id = identity(row)
    const merged = row.person_id === kept || !own.has(id) ? left.get(id) : undefined
    if (!merged) return [row] // the other one had the same; the merge did without this one
    const still = current.get(id)
    return still ? [takenBack(row, merged, still)] : []
  })
  return [...back, ...now.filter((row) => !left.has(identity(row)))]
}

/**
 * Takes a merge back: both rows as they were, except what was changed since, which stays changed, and what was added,
 * which stays with the one that was kept. Where that one was merged on since, that merge comes first.
 */
export function undoMerge(
  db: Db,
  actor: Actor,
  merge_id: string,
  now: Date,
): Promise<{ ok: true } | { ok: false; problem: 'merged_on' }> {
  return inTransactionTwice(db, async (tx) => {
    const { organization_id } = actor
    const merge = found(
      await tx
        .selectFrom('person_merge')
        .selectAll()
        .where('organization_id', '=', organization_id)
        .where('merge_id', '=', merge_id)
        .where('undone_at', 'is', null)
        .forUpdate()
        .executeTakeFirst(),
    )
    const ids = [merge.kept, merge.merged]
    const people = await lockBoth(tx, organization_id, ids)
    if (people.some((each) => each.person_id === merge.kept && each.merged_into !== null))
      return { ok: false, problem: 'merged_on' } as const
    await tx
      .updateTable('person_merge')
      .set({ undone_at: now, undone_by: actor.name })
      .where('organization_id', '=', organization_id)
      .where('merge_id', '=', merge_id)
      .execute()
    const { before, after } = merge.before as unknown as { before: Kept; after: Kept }
    const current = await snapshot(tx, organization_id, ids)
    // Person rows are rewritten in place: deleting one would take what hangs on it along.
    let voter_id: unknown = null
    for (const was of [...before.people].sort((a) => (a.person_id === merge.kept ? -1 : 1))) {
      const [left = {}, still = {}] = [after, current].map(({ people: rows }) =>
        rows.find(({ person_id }) => person_id === was.person_id),
      )
      const person = takenBack(was, left, still)
      person.custom = takenBack(was.custom as Row, left.custom as Row, still.custom as Row)
      // Whom somebody linked to this voter since stays so.
      if (person.voter_id === voter_id) person.voter_id = null
      voter_id = person.voter_id
      const { rows } = await sql<{ column: string }>`
        select column_name as column from information_schema.columns where table_schema = current_schema() and table_name = 'person'
          and column_name not in ('organization_id', 'person_id')`.execute(tx)
      const columns = rows.map(({ column }) => sql.ref(column))
      await sql`update person p set (${sql.join(columns)}) = (select ${sql.join(columns)} from jsonb_populate_record(null::person, ${JSON.stringify(person)}::jsonb))
        where organization_id = ${organization_id} and person_id = ${String(person.person_id)}`.execute(tx)
    }
    for (const table of hanging) {
      const { rows: keys } = await sql<{ key: string }>`
        select attname as key from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
        where indrelid = ${table}::regclass and indisprimary and attname not in ('organization_id', 'person_id')`.execute(
        tx,
      )
      const rows = rowsTakenBack(
        merge.kept,
        keys.map(({ key }) => key),
        ...([before, after, current].map((each) => each.rows[table] ?? []) as [Row[], Row[], Row[]]),
      )
      const condition =
        table === 'relationship'
          ? sql`(person_id = any(${ids}::uuid[]) or other_person_id = any(${ids}::uuid[]))`
          : sql`person_id = any(${ids}::uuid[])`
      await sql`delete from ${sql.table(table)} where organization_id = ${organization_id} and ${condition}`.execute(tx)
      await sql`insert into ${sql.table(table)} select * from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb) on conflict do nothing`.execute(
        tx,
      )
    }
    await sql`update contact_attempt c set person_id = was.person_id
      from jsonb_to_recordset(${JSON.stringify(before.attempts ?? [])}::jsonb) as was (attempt_id uuid, person_id uuid)
      where c.organization_id = ${organization_id} and c.attempt_id = was.attempt_id and c.person_id is distinct from was.person_id`.execute(
      tx,
    )
    await sql`update follow_up f set person_id = was.person_id
      from jsonb_to_recordset(${JSON.stringify(before.follow_ups ?? [])}::jsonb) as was (follow_up_id uuid, person_id uuid)
      where f.organization_id = ${organization_id} and f.follow_up_id = was.follow_up_id and f.person_id is distinct from was.person_id`.execute(
      tx,
    )
    for (const [table, key] of Object.entries(pointing)) {
      await sql`update ${sql.table(table)} t set person_id = ${merge.merged}::uuid
        from jsonb_to_recordset(${JSON.stringify(before.pointing?.[table] ?? [])}::jsonb) as was (id uuid, person_id uuid)
        where t.organization_id = ${organization_id} and t.${sql.ref(key)} = was.id and was.person_id = ${merge.merged}::uuid and t.person_id = ${merge.kept}`.execute(
        tx,
      )
    }
    await signupsBack(tx, actor, before, after, now)
    for (const id of ids) {
      await followDues(tx, actor, id)
      await indexPerson(tx, organization_id, id)
    }
    await decide(tx, actor, merge.kept, merge.merged, 'open')
    await audit(tx, actor, {
      action: 'person.unmerge',
      subject: 'person',
      subject_id: merge.kept,
      after: { merged: merge.merged },
    })
    return { ok: true } as const
  })
}
