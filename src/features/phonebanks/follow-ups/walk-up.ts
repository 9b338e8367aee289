import { sql } from 'kysely'
import { inTransactionTwice, type Db } from '../../../platform/db/db.ts'
import { dateIn } from '../../../platform/clock.ts'
import { audit } from '../../../platform/audit.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { actorOfCaller, type Caller } from '../caller.ts'
import { displayName, hangulOf } from '../cards.ts'
import { ageAt } from '../rules.ts'
import type { OtherAtHome } from '../schema.ts'
import { addFromHome } from '../targets/commands.ts'
import '../../contacts/tables.ts'
import '../tables.ts'

export type WalkUp =
  | { voter_id: number; problem: null }
  | { voter_id: null; problem: 'unknown' | 'taken' | 'closed' }
  | { voter_id: null; problem: 'elsewhere'; bank: LocalizedText }

/** Numbers dialled longer ago are called back by nobody. */
export const return_days = 14

/** A building without apartment numbers is no home. */
const most_at_home = 8

interface AtHome {
  voter_id: number
  /** Of the voter in hand who lives there. */
  line: string
  is_on_list: boolean
}

/** Who lives with the voters in this caller's hand and may be called, those in hand left out. */
async function livesThere(db: Db, { organization_id, phone_bank_id, caller_id }: Caller): Promise<AtHome[]> {
  const { rows } = await sql<AtHome>`
    select distinct on (m.voter_id) m.voter_id, t.phones[1] as line,
      o.voter_id is not null and o.state <> 'suppressed' as is_on_list
    from call_lease l
    join phone_bank_target t on t.organization_id = l.organization_id and t.phone_bank_id = l.phone_bank_id and t.voter_id = l.voter_id
    cross join lateral voters_at_home(l.organization_id, l.voter_id, ${most_at_home + 1}) home
    cross join lateral (select unnest(t.together || case when cardinality(home) > ${most_at_home} then '{}' else home end) as voter_id) m
    left join phone_bank_target o on o.organization_id = l.organization_id and o.phone_bank_id = l.phone_bank_id and o.voter_id = m.voter_id
    where l.organization_id = ${organization_id}::uuid and l.phone_bank_id = ${phone_bank_id}::uuid and l.caller_id = ${caller_id}::uuid
      and m.voter_id <> l.voter_id and closed_to_calls(l.organization_id, m.voter_id) is null
    order by m.voter_id, l.voter_id`.execute(db)
  return rows
}

/** Those at home who are not on the list: names for whoever has them on the phone, nobody else's. */
export async function othersAtHome(db: Db, caller: Caller, now: Date): Promise<OtherAtHome[]> {
  const others = (await livesThere(db, caller)).filter((each) => !each.is_on_list)
  if (others.length === 0) return []
  const { rows } = await sql<{
    voter_id: number
    first_name: string | null
    middle_name: string | null
    last_name: string
    name_hangul: string | null
    p_korean: number
    birth_date: string | null
    birth_year: number | null
    time_zone: string
  }>`
    select r.voter_id, coalesce(p.first_name, r.first_name) as first_name, r.middle_name, coalesce(p.last_name, r.last_name) as last_name,
      p.name_hangul, r.p_korean, r.birth_date, coalesce(p.birth_year, r.birth_year) as birth_year,
      o.time_zone
    from voter_record r
    join organization o on o.organization_id = ${caller.organization_id}::uuid
    left join person p on p.organization_id = ${caller.organization_id}::uuid and p.voter_id = r.voter_id and p.merged_into is null
    where r.voter_id = any(${others.map((each) => each.voter_id)}::integer[]) order by r.voter_id`.execute(db)
  await audit(db, actorOfCaller(caller), {
    action: 'phonebank.look_at_home',
    subject: 'phone_bank',
    subject_id: caller.phone_bank_id,
    after: { voters: rows.map(({ voter_id }) => voter_id) },
  })
  return rows.map((row) => ({
    voter_id: row.voter_id,
    name: displayName(row),
    hangul: hangulOf(row),
    age: ageAt(row.birth_date, row.birth_year, dateIn(row.time_zone, now)),
  }))
}

/** Another person at the home of a voter in this caller's hand: only them, so that nobody can be looked up this way. */
export async function openMember(db: Db, caller: Caller, voter_id: number, now: Date): Promise<WalkUp> {
  const member = (await livesThere(db, caller)).find((each) => each.voter_id === voter_id)
  if (!member) return { voter_id: null, problem: 'unknown' }
  if (!member.is_on_list) await addFromHome(db, caller, voter_id, member.line)
  return takeForTalk(db, caller, caller.phone_bank_id, voter_id, 'phonebank.take_household', now)
}

/**
 * The voter whom anybody of the organization last called at this number, talked with on this caller's list. One of another
 * list is not shown here; its phone bank is named. What another lane dialed is not known here.
 */
export async function openReturnCall(db: Db, caller: Caller, phone: string, now: Date): Promise<WalkUp> {
  const { organization_id, phone_bank_id } = caller
  const since = new Date(now.getTime() - return_days * 86_400_000).toISOString()
  const { rows } = await sql<{ voter_id: number; is_mine: boolean; bank: LocalizedText | null }>`
    select a.voter_id, t.voter_id is not null as is_mine, case when b.lane = mine.lane then b.name end as bank
    from contact_attempt a
    join phone_bank b on b.organization_id = a.organization_id and b.phone_bank_id = a.phone_bank_id
    join phone_bank mine on mine.organization_id = a.organization_id and mine.phone_bank_id = ${phone_bank_id}::uuid
    left join phone_bank_target t on t.organization_id = a.organization_id and t.phone_bank_id = mine.phone_bank_id and t.voter_id = a.voter_id
    where a.organization_id = ${organization_id}::uuid and mine.ended_at is null and a.phone = ${phone} and a.undone_at is null and a.attempted_at > ${since}::timestamptz
      and a.voter_id is not null
      -- By whose number it is, or of this phone bank: nothing is kept in order by number.
      and (a.voter_id = any(voters_at_number(${organization_id}::uuid, ${phone})) or a.phone_bank_id = ${phone_bank_id}::uuid)
    order by is_mine desc, a.attempted_at desc limit 1`.execute(db)
  const [found] = rows
  if (!found) return { voter_id: null, problem: 'unknown' }
  // Not even that somebody of another lane called them.
  if (!found.is_mine)
    return found.bank
      ? { voter_id: null, problem: 'elsewhere', bank: found.bank }
      : { voter_id: null, problem: 'unknown' }
  return takeForTalk(db, caller, phone_bank_id, found.voter_id, 'phonebank.return_call', now)
}

/** Somebody on this list called the office: whoever answered there talks with them. */
export const openOfficeCall = (db: Db, caller: Caller, voter_id: number, now: Date): Promise<WalkUp> =>
  takeForTalk(db, caller, caller.phone_bank_id, voter_id, 'phonebank.return_call', now)

async function takeForTalk(
  db: Db,
  caller: Caller,
  phone_bank_id: string,
  voter_id: number,
  action: 'phonebank.take_household' | 'phonebank.return_call',
  now: Date,
): Promise<WalkUp> {
  const target = await db
    .selectFrom('phone_bank_target')
    .select(['state', 'leased_to'])
    .where('organization_id', '=', caller.organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('voter_id', '=', voter_id)
    .executeTakeFirst()
  if (!target) return { voter_id: null, problem: 'unknown' }
  if (target.state === 'leased' && target.leased_to !== caller.caller_id) return { voter_id: null, problem: 'taken' }
  if (target.state === 'leased') return { voter_id, problem: null }
  return inTransactionTwice(db, async (tx): Promise<WalkUp> => {
    const { rows } = await sql<{
      is_taken: boolean
    }>`select take_for_talk(b, ${caller.caller_id}::uuid, ${voter_id}::integer, ${now.toISOString()}::timestamptz) as is_taken
    from phone_bank b where organization_id = ${caller.organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(
      tx,
    )
    if (!rows[0]?.is_taken) return { voter_id: null, problem: 'closed' }
    await audit(tx, actorOfCaller(caller), {
      action,
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      after: { voter_id },
    })
    return { voter_id, problem: null }
  })
}
