import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { confirmedEventOf, unconfirmedOf, type ConfirmedEvent, type ToConfirm } from '../../events/calls/queries.ts'
import { callOutcomes, type CallOutcome } from '../../events/calls/schema.ts'
import { eventById } from '../../events/queries.ts'
import type { Caller } from '../caller.ts'
import { openZones, opensNextAt, type CallingHours } from '../rules.ts'
import { standingOfNewcomer, type Standing } from './rules.ts'
import { most_put_offs, put_off_minutes, result_hours } from './schema.ts'
import './tables.ts'
import type { PhoneBankTable } from '../tables.ts'

/** Those of the event a phone bank asks about who are in no voter file, as far as one can ring them. Reads all who signed up. */
export async function newcomersOf(
  db: Db,
  { organization_id }: { organization_id: string },
  event_id: string,
  now: Date,
): Promise<ToConfirm[]> {
  const rows = await unconfirmedOf(db, organization_id, event_id, { since: now, is_new: true })
  return rows.filter(({ phone, is_closed }) => phone !== null && !is_closed)
}

/** Newcomers a phone bank still has to call, by and by; those who cannot be called or have answered are none of them. */
export async function newcomersLeft(
  db: Db,
  { organization_id, phone_bank_id, ended_at, ...bank }: LeftOf,
  now: Date,
): Promise<number> {
  const confirmed = ended_at ? null : await confirmedEventOf(db, organization_id, phone_bank_id)
  if (!confirmed) return 0
  const { time_zone, canceled_at } = found(await eventById(db, organization_id, confirmed.event_id))
  if (canceled_at) return 0
  const rows = await newcomersOf(db, { organization_id }, confirmed.event_id, now)
  return rows.filter(
    (row) => standingOfNewcomer(row, { ...bank, languages: [row.language], time_zone }, now).is !== 'done',
  ).length
}

/** The same of many phone banks, most of which ask nobody whether they come. */
export async function newcomersLeftOf(
  db: Db,
  organization_id: string,
  banks: readonly LeftOf[],
  now: Date,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ phone_bank_id: string }>`select phone_bank_id from event_phone_bank
    where organization_id = ${organization_id}::uuid and what = 'confirming'`.execute(db)
  const confirming = new Set(rows.map(({ phone_bank_id }) => phone_bank_id))
  const asking = banks.filter(({ phone_bank_id }) => confirming.has(phone_bank_id))
  return new Map(
    await Promise.all(asking.map(async (bank) => [bank.phone_bank_id, await newcomersLeft(db, bank, now)] as const)),
  )
}

type LeftOf = Pick<
  Selectable<PhoneBankTable>,
  | 'organization_id'
  | 'phone_bank_id'
  | 'ended_at'
  | 'max_attempts'
  | 'retry_after_hours'
  | 'spacing'
  | 'is_household_once_a_day'
>

export interface AtHand {
  event: ConfirmedEvent & { time_zone: string }
  /** In this caller's hand. */
  hand: ToConfirm | null
  ready: number
  other_language: number
  /** They have made as many calls as one may in a shift. */
  is_at_limit: boolean
  /** Whom they put off in the last hours and who are still to be called: of so many that nobody else is shown to them, else null. */
  only: string[] | null
  resting: number
  /** When the first of those who rest may be rung again. */
  again_at: Date | null
  /** null: one may call now; else from when on, if ever. */
  closed_until: Date | 'for_good' | null
}

/** What a caller's page of newcomers shows; null: it is no phone bank that asks whether people come. */
export async function atHand(db: Db, caller: Caller, hours: CallingHours, now: Date): Promise<AtHand | null> {
  const { organization_id, phone_bank_id, caller_id } = caller
  const confirmed = await confirmedEventOf(db, organization_id, phone_bank_id)
  if (!confirmed) return null
  const { time_zone, canceled_at } = found(await eventById(db, organization_id, confirmed.event_id))
  const rows = canceled_at ? [] : await newcomersOf(db, caller, confirmed.event_id, now)
  const standings = await standingsOf(db, { ...caller, time_zone }, rows, now)
  const own = await db
    .selectFrom('newcomer_lease')
    .select('signup_id')
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('caller_id', '=', caller_id)
    .where('leased_until', '>', now)
    .executeTakeFirst()
  const those = (is: Standing['is']) => standings.filter((each) => each.is === is)
  // Whom others have called since are put off no more.
  const left = new Map(standings.flatMap(({ is, row }) => (is === 'done' ? [] : [[row.signup_id, row] as const])))
  const put_off = (await putOffBy(db, caller, now)).flatMap(({ signup_id, at }) => {
    const row = left.get(signup_id)
    const isCalledSince = [row?.tried_at, row?.line_at].some((each) => each && each > at)
    return row && !isCalledSince ? signup_id : []
  })
  const only = put_off.length >= most_put_offs ? put_off : null
  const rests = those('resting').flatMap(({ until }) => until ?? [])
  const is_open = openZones([time_zone], hours, now).length > 0
  return {
    event: { ...confirmed, time_zone },
    hand: rows.find(({ signup_id }) => signup_id === own?.signup_id) ?? null,
    ready: those('ready').filter(({ row }) => isFor({ only }, row)).length,
    other_language: those('other_language').length,
    is_at_limit: await isAtLimit(db, caller, now),
    only,
    resting: rests.length,
    again_at: rests.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null,
    closed_until: is_open ? null : (opensNextAt([time_zone], hours, now) ?? 'for_good'),
  }
}

/** As turns of the queue count it: calls of the last twelve hours. */
async function isAtLimit(db: Db, { organization_id, phone_bank_id, caller_id }: Caller, now: Date): Promise<boolean> {
  const { rows } = await sql<{ is_so: boolean }>`
    select (select count(*) from contact_attempt a where a.caller_id = ${caller_id}::uuid and a.organization_id = b.organization_id
      and a.recorded_at > ${now}::timestamptz - interval '12 hours' and a.undone_at is null) >= b.most_per_caller as is_so
    from phone_bank b where b.organization_id = ${organization_id}::uuid and b.phone_bank_id = ${phone_bank_id}::uuid
      and b.most_per_caller is not null`.execute(db)
  return rows[0]?.is_so ?? false
}

/** May this one be shown to a caller who has put off others? */
export const isFor = ({ only }: Pick<AtHand, 'only'>, { signup_id }: Pick<ToConfirm, 'signup_id'>): boolean =>
  only === null || only.includes(signup_id)

const putOffBy = (db: Db, { organization_id, caller_id }: Caller, now: Date) =>
  db
    .selectFrom('newcomer_hand')
    .select(['signup_id', 'at'])
    .where('organization_id', '=', organization_id)
    .where('caller_id', '=', caller_id)
    .where('is_put_off', '=', true)
    .where('at', '>', new Date(now.getTime() - result_hours * 3_600_000))
    .execute()

export interface SavedCall {
  attempt_id: string
  first_name: string | null
  last_name: string | null
  name_hangul: string | null
  said: CallOutcome
}

/** What this caller saved with a call; null: it is another's, or was undone. */
export async function savedCall(
  db: Db,
  { organization_id, caller_id }: Caller,
  attempt_id: string,
): Promise<SavedCall | null> {
  const { rows } = await sql<Omit<SavedCall, 'said'> & { said: string | null; disposition: string }>`
    select a.attempt_id, p.first_name, p.last_name, p.name_hangul, c.said, a.disposition from contact_attempt a
    join person p on p.organization_id = a.organization_id and p.person_id = a.person_id
    left join event_confirming c on c.organization_id = a.organization_id and c.attempt_id = a.attempt_id
    where a.organization_id = ${organization_id}::uuid and a.attempt_id = ${attempt_id}::uuid and a.caller_id = ${caller_id}::uuid
      and a.undone_at is null`.execute(db)
  const [row] = rows
  const said = row && callOutcomes.find((each) => each === (row.said ?? row.disposition))
  return row && said ? { ...row, said } : null
}

/** The last of them a caller called, as long as it may be undone. */
export async function lastCall(db: Db, caller: Caller, now: Date): Promise<SavedCall | null> {
  const last = await db
    .selectFrom('contact_attempt')
    .select('attempt_id')
    .where('organization_id', '=', caller.organization_id)
    .where('phone_bank_id', '=', caller.phone_bank_id)
    .where('caller_id', '=', caller.caller_id)
    .where('voter_id', 'is', null)
    .where('undone_at', 'is', null)
    .where('attempted_at', '>', new Date(now.getTime() - result_hours * 3_600_000))
    .orderBy('attempted_at', 'desc')
    .executeTakeFirst()
  return last ? savedCall(db, caller, last.attempt_id) : null
}

/** Where each stands for this caller, in the order of arrival; who is in somebody else's hand, or was put off by this one, rests. */
export async function standingsOf(
  db: Db,
  { organization_id, phone_bank_id, caller_id, languages, time_zone }: Caller & { time_zone: string },
  rows: readonly ToConfirm[],
  now: Date,
): Promise<(Standing & { row: ToConfirm })[]> {
  const bank = await db
    .selectFrom('phone_bank')
    .select(['max_attempts', 'retry_after_hours', 'spacing', 'is_household_once_a_day'])
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .executeTakeFirstOrThrow()
  const leases = await db
    .selectFrom('newcomer_lease as n')
    .innerJoin('event_signup as s', (join) =>
      join.onRef('s.organization_id', '=', 'n.organization_id').onRef('s.signup_id', '=', 'n.signup_id'),
    )
    .select(['n.signup_id', 's.person_id', 'n.line', 'n.caller_id', 'n.leased_at', 'n.leased_until', 'n.is_put_off'])
    .where('n.organization_id', '=', organization_id)
    .execute()
  const held = await heldLines(db, organization_id, rows.flatMap(({ phone }) => phone ?? [])) // prettier-ignore
  return rows.map((row) => {
    const standing = standingOfNewcomer(row, { languages, ...bank, time_zone }, now)
    if (standing.is !== 'ready') return { ...standing, row }
    const untils = leases.flatMap((each) => {
      const isTheirs = each.signup_id === row.signup_id || each.person_id === row.person_id || each.line === row.phone
      if (!isTheirs) return []
      if (each.is_put_off)
        return each.caller_id === caller_id ? new Date(each.leased_at.getTime() + put_off_minutes * 60_000) : []
      return each.signup_id === row.signup_id && each.caller_id === caller_id ? [] : each.leased_until
    })
    // What ran out is given back at the next turn of the queue.
    const soon = new Date(now.getTime() + 60_000)
    for (const { line, leased_until } of held)
      if (line === row.phone) untils.push(leased_until > now ? leased_until : soon)
    const until = untils.filter((each) => each > now).toSorted((a, b) => b.getTime() - a.getTime())[0]
    return until ? { is: 'resting', until, row } : { ...standing, row }
  })
}

export interface InHand {
  /** The account or caller, or a sheet. */
  hand: string
  /** null: it is a sheet. */
  by: string | null
  until: Date
}

/** Who rings these people, or somebody else at their number, just now: by the queue, beside it, by hand, or from a sheet. */
export async function handsOf(
  db: Db,
  organization_id: string,
  rows: readonly Pick<ToConfirm, 'signup_id' | 'person_id' | 'voter_id' | 'phone'>[],
  now: Date,
): Promise<Map<string, InHand>> {
  const asked = rows.map(({ signup_id, person_id, voter_id, phone }) => ({ signup_id, person_id, voter_id, phone }))
  const { rows: hands } = await sql<InHand & { signup_id: string }>`
    select r.signup_id, h.hand, case when not h.is_on_paper then coalesce(h.taken_by, k.name, '') end as by, h.until
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) r (signup_id uuid, person_id uuid, voter_id integer, phone text)
    cross join lateral (
      select n.caller_id as hand, n.phone_bank_id, n.taken_by, false as is_on_paper, n.leased_until as until
        from newcomer_lease n join event_signup s on s.organization_id = n.organization_id and s.signup_id = n.signup_id
        where n.organization_id = ${organization_id}::uuid and (n.signup_id = r.signup_id or n.line = r.phone or s.person_id = r.person_id)
      union all
      select l.caller_id, l.phone_bank_id, null, l.is_on_paper, l.leased_until from call_lease l
        where l.organization_id = ${organization_id}::uuid and (l.voter_id = r.voter_id or l.line = r.phone or l.voter_id in (
          select f.voter_id from further_line f where f.line = r.phone and f.organization_id = ${organization_id}::uuid))
      union all
      select o.caller_id, (select c.phone_bank_id from phone_bank_caller c
          where c.organization_id = o.organization_id and c.caller_id = o.caller_id limit 1), null, false, o.shown_until
        from line_on_screen o where o.organization_id = ${organization_id}::uuid and o.line = r.phone
      order by until desc limit 1) h
    left join phone_bank_caller k on k.organization_id = ${organization_id}::uuid and k.phone_bank_id = h.phone_bank_id and k.caller_id = h.hand
    where h.until > ${now}::timestamptz`.execute(db)
  return new Map(hands.map(({ signup_id, ...hand }) => [signup_id, hand]))
}

/** Which of these numbers are in a hand of the queue, or on a sheet, and until when. */
async function heldLines(
  db: Db,
  organization_id: string,
  lines: readonly string[],
): Promise<{ line: string; leased_until: Date }[]> {
  const { rows } = await sql<{ line: string; leased_until: Date }>`
    select l.line, l.leased_until from call_lease l where l.line = any(${[...lines]}::text[]) and l.organization_id = ${organization_id}::uuid
    union all
    select f.line, l.leased_until from further_line f join call_lease l on l.voter_id = f.voter_id and l.organization_id = f.organization_id
    where f.line = any(${[...lines]}::text[]) and f.organization_id = ${organization_id}::uuid
    union all
    select o.line, o.shown_until from line_on_screen o
    where o.line = any(${[...lines]}::text[]) and o.organization_id = ${organization_id}::uuid`.execute(db)
  return rows
}
