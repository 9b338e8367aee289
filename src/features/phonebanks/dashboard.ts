import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import { found } from '../../platform/errors.ts'
import { answersTo } from '../contacts/queries.ts'
import type { Disposition } from '../contacts/schema.ts'
import { newestSaid } from '../people/consent.ts'
import type { Answers, AnswerValue } from '../scripts/schema.ts'
import type { PhoneBankTable, TargetState } from './tables.ts'
import type { Selectable } from 'kysely'
import { displayName, hangulOf } from './cards.ts'
import { afterCalling, attemptsPerHour, hoursToFinish, isOpenIn, opensNextAt, paceOf, type Pace } from './rules.ts'
import { alertsOf, type Alert } from './host/alerts.ts'
import { groupsOf, type Group, type GroupDistrict } from './host/groups.ts'
import { lastMessages, type HostMessage } from './host/messages.ts'
import { newcomersLeft, newcomersLeftOf } from './newcomers/queries.ts'
import { here_ms, isCalling } from './callers/here.ts'
import { quotaCounts } from './calling-rules/quotas.ts'
import { allResults, fits, type ResultsFilter } from './results-filter.ts'
import type { CallCard } from './schema.ts'
import '../contacts/tables.ts'
import '../people/tables.ts'
import '../voterfile/tables.ts'
import './bridge/tables.ts'
import './tables.ts'

export type PhoneBank = Selectable<PhoneBankTable>

export async function phoneBank(db: Db, organization_id: string, phone_bank_id: string): Promise<PhoneBank> {
  return found(
    await db
      .selectFrom('phone_bank')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .executeTakeFirst(),
  )
}

/** The running one that this form made; null: none, or it has ended and may be made anew. */
export async function madeByForm(db: Db, organization_id: string, form_key: string): Promise<string | null> {
  const made = await db
    .selectFrom('phone_bank')
    .select('phone_bank_id')
    .where('organization_id', '=', organization_id)
    .where('form_key', '=', form_key)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return made?.phone_bank_id ?? null
}

/** Where the voters of a phone bank stand. The sum is the whole list. */
export interface Standing {
  state: TargetState
  /** waiting: for what; suppressed and finished: why. */
  why: string | null
  /** waiting: the time has come, a caller may get them now. */
  is_due: boolean
  count: number
  /** waiting: when the first of them is due. */
  first_at: Date | null
}

/** `bank`: its hours decide who could be called now. */
export async function standings(db: Db, bank: PhoneBank, now: Date): Promise<Standing[]> {
  const { organization_id, phone_bank_id } = bank
  const { rows } = await sql<Standing & { time_zone: string }>`
    select state, why, is_due, time_zone, count(*)::integer as count, case when state = 'leased' then (select min(l.leased_until) from call_lease l
          where l.organization_id = ${organization_id}::uuid and l.phone_bank_id = ${phone_bank_id}::uuid and not l.is_on_paper)
        else min(next_at) filter (where state = 'waiting' and not is_due) end as first_at
    from (${standing(bank, now)} where t.organization_id = ${organization_id}::uuid and t.phone_bank_id = ${phone_bank_id}::uuid) each
    group by 1, 2, 3, 4
    order by array_position('{ready,waiting,leased,finished,suppressed}', state), is_due desc,
      sum(count(*)) over (partition by state, why, is_due) desc`.execute(db)
  const together = new Map<string, Standing>()
  for (const { time_zone, ...row } of rows) {
    const key = JSON.stringify([row.state, row.is_due, row.why])
    const sum = together.get(key)
    const first = row.state === 'waiting' ? calledFrom(bank, time_zone, row.first_at) : row.first_at
    const firsts = [first, sum?.first_at].flatMap((each) => each ?? []).toSorted((x, y) => x.getTime() - y.getTime())
    together.set(key, { ...row, count: row.count + (sum?.count ?? 0), first_at: firsts[0] ?? null })
  }
  return [...together.values()]
}

/** From when on somebody at this place may be called whose rest ends at `rested_at`: they also wait for the hours and the first day. */
function calledFrom(bank: PhoneBank, place: string, rested_at: Date | null): Date | null {
  return rested_at && !bank.ended_at ? (opensNextAt([place], bank, rested_at) ?? rested_at) : rested_at
}

/**
 * `state`, `why`, `is_due` and `next_at` of the rows of phone_bank_target as they are at this hour: who rested long enough is
 * ready again, who is on paper waits for that, and who lives where nobody may be called now waits for the hour.
 */
function standing(bank: PhoneBank, now: Date) {
  const opens = Object.fromEntries(
    bank.zones.map((place) => [place, opensNextAt([place], bank, now)?.toISOString() ?? null]),
  )
  const closed = bank.ended_at ? [] : bank.zones.filter((place) => !isOpenIn(place, bank, now) && opens[place])
  return sql`select t.voter_id, t.time_zone, case when is_shut then 'waiting' else state end as state,
      case when is_shut then 'outside_hours'
        when state in ('ready', 'leased') then null
        when state = 'waiting' and next_at <= ${now} and why in ('resting', 'elsewhere', 'skipped', 'household') then 'again'
        when state = 'waiting' and why = 'elsewhere' and next_at = on_paper_at + interval '24 hours' then 'on_paper'
        when state = 'finished' and why = 'no_number' and is_number_invalid then 'invalid_number' else why end as why,
      not is_shut and why is distinct from 'organizer' and state = 'waiting' and next_at <= ${now} as is_due,
      case when is_shut then (${JSON.stringify(opens)}::jsonb->>time_zone)::timestamptz
        when state = 'waiting' and why <> 'organizer' and next_at > '-infinity' then next_at end as next_at
    from (select *, time_zone = any(${closed}::text[])
      and (state = 'ready' or state = 'waiting' and next_at <= ${now} and why <> 'organizer') as is_shut from phone_bank_target) t`
}

export interface Progress {
  total: number
  /** Finished: by calls, or fitting the done expression. */
  done: number
  /** Ready, in hand or waiting. */
  left: number
  /** Nobody can or may call them: no number, suppressed. Nobody called them for that. */
  closed: number
}

export function progressOf(rows: readonly Pick<Standing, 'state' | 'why' | 'count'>[]): Progress {
  const sumOf = (fits: (row: Pick<Standing, 'state' | 'why'>) => boolean) =>
    rows.filter(fits).reduce((sum, row) => sum + row.count, 0)
  const isClosed = ({ state, why }: Pick<Standing, 'state' | 'why'>) =>
    state === 'suppressed' || (state === 'finished' && (why === 'no_number' || why === 'invalid_number'))
  return {
    total: sumOf(() => true),
    done: sumOf((row) => row.state === 'finished' && !isClosed(row)),
    left: sumOf((row) => row.state !== 'finished' && row.state !== 'suppressed'),
    closed: sumOf(isClosed),
  }
}

export interface ListedBank extends PhoneBank {
  progress: Progress
  /** Who are called beside the list. */
  newcomers: number
  attempts: number
  conversations: number
  callers_now: number
}

/** Every phone bank, the newest first. */
export async function phoneBanks(db: Db, organization_id: string, now: Date): Promise<ListedBank[]> {
  const banks = await db
    .selectFrom('phone_bank')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .orderBy(sql`ended_at is not null`)
    .orderBy('created_at', 'desc')
    .execute()
  const { rows: states } = await sql<Standing & { phone_bank_id: string }>`
    select phone_bank_id, state, case when why = 'no_number' then why end as why, count(*)::integer as count
    from phone_bank_target where organization_id = ${organization_id}::uuid group by 1, 2, 3`.execute(db)
  const { rows: calls } = await sql<{ phone_bank_id: string; attempts: number; conversations: number }>`
    select phone_bank_id, count(*)::integer as attempts, count(*) filter (where is_conversation(disposition, spoke_with))::integer as conversations from contact_attempt
    where organization_id = ${organization_id}::uuid and phone_bank_id is not null and undone_at is null group by 1`.execute(
    db,
  )
  const { rows: callers } = await sql<{ phone_bank_id: string; callers: number }>`
    select k.phone_bank_id, count(*)::integer as callers from phone_bank_caller k
    where k.organization_id = ${organization_id}::uuid and ${isCalling(now)} group by 1`.execute(db)
  const newcomers = await newcomersLeftOf(db, organization_id, banks, now)
  return banks.map((bank) => {
    const own = calls.find((each) => each.phone_bank_id === bank.phone_bank_id)
    return {
      ...bank,
      progress: progressOf(states.filter((each) => each.phone_bank_id === bank.phone_bank_id)),
      newcomers: newcomers.get(bank.phone_bank_id) ?? 0,
      attempts: own?.attempts ?? 0,
      conversations: own?.conversations ?? 0,
      callers_now: callers.find((each) => each.phone_bank_id === bank.phone_bank_id)?.callers ?? 0,
    }
  })
}

export interface CallerRow {
  caller_id: string
  name: string
  phone: string | null
  email: string | null
  languages: string[]
  is_member: boolean
  /** Calls from printed sheets: is never on a screen. */
  is_on_paper: boolean
  joined_at: Date
  last_seen_at: Date
  removed_at: Date | null
  /** A host removed them, and may let them in again. */
  may_come_back: boolean
  calls: number
  conversations: number
  answered: number
  /** Conversations of the last hour. */
  conversations_last_hour: number
  last_disposition: Disposition | null
  last_result_name: LocalizedText | null
  last_at: Date | null
  in_hand: number
  /** The line over the bridge: open, or with a voter on it. */
  bridge: 'open' | 'talking' | null
  /** On their own telephone, as the page says. */
  is_talking: boolean
}

export interface RecentAttempt {
  attempt_id: string
  /** null: somebody who is in no voter file. */
  voter_id: number | null
  person_id: string | null
  name: string
  hangul: CallCard['hangul']
  disposition: Disposition
  /** The organization's own, in its words. */
  result_name: LocalizedText | null
  made_by: string
  at: Date
  language: string | null
  answers: Answers
  note: string | null
  call_back_at: Date | null
  undone_at: Date | null
  undone_by: string | null
}

/** How often a result was told; own results apart from the one they count as. */
export interface ResultCount {
  disposition: Disposition
  result_code: string | null
  result_name: LocalizedText | null
  count: number
}

export interface Dashboard {
  standings: Standing[]
  progress: Progress
  /** Who are called beside the list. */
  newcomers: number
  /** `contacts`: somebody answered, whoever it was; `conversations`: the voter did. */
  totals: { attempts: number; contacts: number; conversations: number; answered: number }
  last_hour: { attempts: number; conversations: number }
  /** The last twelve hours in which somebody called, oldest first. */
  by_hour: { hour: Date; attempts: number; conversations: number }[]
  dispositions: ResultCount[]
  answers: { question: string; value: AnswerValue; count: number }[]
  callers: CallerRow[]
  callers_now: number
  /** Of calling; null: nobody calls. */
  hours_left: number | null
  /** When that many hours of calling have passed; null: nobody can say, or not before it ends. */
  done_at: Date | null
  recent: RecentAttempt[]
  pace: Pace
  alerts: Alert[]
  /** Conversations and answers to one question by district, age and language. */
  groups: Group[]
  /** Answers toward each quota. */
  quota_counts: number[]
  messages: HostMessage[]
  open_follow_ups: number
}

/** Different answers told of each question, the most frequent: what is typed freely may be hundreds. */
const answersShown = 50

/** `question`: key of the one that groups are compared by. */
export async function dashboard(
  db: Db,
  bank: PhoneBank,
  now: Date,
  question: string | null = null,
  district: GroupDistrict = 'nyc-council',
): Promise<Dashboard> {
  const { organization_id, phone_bank_id } = bank
  const hour_ago = new Date(now.getTime() - 3_600_000)
  const [rows, totals, by_hour, by_disposition, answers, callers, recent, groups, quota_counts, messages, follow_ups] =
    await Promise.all([
      standings(db, bank, now),
      sql<
        Dashboard['totals'] & {
          recent: number
          recent_conversations: number
          recent_from: Date | null
          hours_called: number
          callers_now: number
        }
      >`
      select count(*)::integer as attempts, count(*) filter (where is_reached)::integer as contacts,
        count(*) filter (where is_conversation(disposition, spoke_with))::integer as conversations, count(*) filter (where disposition = 'canvassed')::integer as answered,
        count(*) filter (where attempted_at > ${hour_ago})::integer as recent,
        count(*) filter (where attempted_at > ${hour_ago} and is_conversation(disposition, spoke_with))::integer as recent_conversations,
        min(attempted_at) filter (where attempted_at > ${hour_ago}) as recent_from,
        count(distinct date_trunc('hour', attempted_at))::integer as hours_called,
        (select count(*)::integer from phone_bank_caller k
          where k.organization_id = ${organization_id}::uuid and k.phone_bank_id = ${phone_bank_id}::uuid and ${isCalling(now)}) as callers_now
      from contact_attempt where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid and undone_at is null`.execute(
        db,
      ),
      sql<Dashboard['by_hour'][number]>`
      select date_trunc('hour', attempted_at) as hour, count(*)::integer as attempts, count(*) filter (where is_conversation(disposition, spoke_with))::integer as conversations
      from contact_attempt where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid and undone_at is null
      group by 1 order by 1 desc limit 12`.execute(db),
      sql<Dashboard['dispositions'][number]>`
      select a.*, (select n.name from result_code n where n.organization_id = a.organization_id and n.code = a.result_code) as result_name from (
        select organization_id, disposition, result_code, count(*)::integer as count from contact_attempt
        where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid and undone_at is null group by 1, 2, 3) a
      order by count desc`.execute(db),
      sql<Dashboard['answers'][number]>`
      select question, value, count from (
      select question, each as value, count(*)::integer as count,
        row_number() over (partition by question order by count(*) desc, each) as nth
      from contact_attempt a join contact_answer w using (organization_id, attempt_id)
      cross join lateral jsonb_array_elements(case when jsonb_typeof(w.value) = 'array' then w.value else jsonb_build_array(w.value) end) each
      where a.organization_id = ${organization_id}::uuid and a.phone_bank_id = ${phone_bank_id}::uuid and a.undone_at is null
        and jsonb_typeof(w.value) <> 'null'
      group by 1, 2) counted where nth <= ${answersShown} order by question, count desc, value`.execute(db),
      callersOf(db, organization_id, phone_bank_id, hour_ago),
      attempts(db, organization_id, phone_bank_id, { limit: 12, from: 0 }),
      groupsOf(db, bank, { question, district }, now),
      quotaCounts(db, bank),
      lastMessages(db, organization_id, phone_bank_id, now),
      sql<{ count: number }>`select count(*)::integer as count from follow_up
      where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid and solved_at is null`.execute(
        db,
      ),
    ])
  const total = totals.rows[0] as NonNullable<(typeof totals.rows)[0]> // an aggregate always has a row
  const progress = progressOf(rows)
  const { callers_now } = total
  const tried = total.attempts > 0 ? (progress.done + progress.left) / Math.max(1, progress.done) : bank.max_attempts
  const hours_left = hoursToFinish(progress.left, Math.min(bank.max_attempts, Math.max(1, tried)), {
    callers: callers_now,
    attempts_per_hour: attemptsPerHour(total.recent, total.recent_from, now),
  })
  const done_at = hours_left ? afterCalling(bank.zones, bank, now, hours_left) : null
  return {
    standings: rows,
    progress,
    newcomers: await newcomersLeft(db, bank, now),
    totals: {
      attempts: total.attempts,
      contacts: total.contacts,
      conversations: total.conversations,
      answered: total.answered,
    },
    last_hour: { attempts: total.recent, conversations: total.recent_conversations },
    by_hour: by_hour.rows.reverse(),
    dispositions: by_disposition.rows,
    answers: answers.rows,
    callers,
    callers_now,
    hours_left,
    done_at,
    recent,
    pace: paceOf(
      {
        goal: bank.goal_contacts,
        conversations: total.conversations,
        conversations_last_hour: total.recent_conversations,
        from: total.recent_from,
        hours_called: total.hours_called,
        left: progress.left,
        done_at,
      },
      bank,
      now,
    ),
    alerts: await alertsOf(db, bank, { standings: rows, callers, callers_now, quota_counts }, now),
    groups,
    quota_counts,
    messages,
    open_follow_ups: follow_ups.rows[0]?.count ?? 0,
  }
}

export const isHere = (caller: Pick<CallerRow, 'last_seen_at' | 'removed_at' | 'is_on_paper'>, now: Date): boolean =>
  caller.removed_at === null && !caller.is_on_paper && now.getTime() - caller.last_seen_at.getTime() < here_ms

export type CallerState = 'removed' | 'on_paper' | 'talking' | 'on_bridge' | 'in_hand' | 'resting' | 'away'

/** What a caller does now. On their own telephone the page says whether they talk; who talks is not away. */
export function callerState(caller: CallerRow, now: Date): CallerState {
  if (caller.removed_at) return 'removed'
  if (caller.is_on_paper) return 'on_paper'
  if (caller.bridge) return caller.bridge === 'talking' ? 'talking' : 'on_bridge'
  if (caller.is_talking) return 'talking'
  if (!isHere(caller, now)) return 'away'
  return caller.in_hand > 0 ? 'in_hand' : 'resting'
}

async function callersOf(db: Db, organization_id: string, phone_bank_id: string, hour_ago: Date): Promise<CallerRow[]> {
  const { rows } = await sql<CallerRow>`
    select c.caller_id, c.name, c.phone, c.email, c.languages, c.user_id is not null as is_member, c.is_on_paper, c.joined_at, c.last_seen_at, c.removed_at,
      c.removed_at is not null and not c.is_removed_as_member and not c.is_on_paper as may_come_back,
      coalesce(a.calls, 0) as calls, coalesce(a.conversations, 0) as conversations, coalesce(a.answered, 0) as answered, coalesce(a.conversations_last_hour, 0) as conversations_last_hour, a.last_disposition, a.last_at,
      (select n.name from result_code n where n.organization_id = c.organization_id and n.code = a.last_result_code) as last_result_name,
      (select count(*)::integer from call_lease l where l.organization_id = c.organization_id and l.caller_id = c.caller_id) as in_hand,
      exists (select from call_lease l where l.organization_id = c.organization_id and l.caller_id = c.caller_id and l.talking_since is not null) as is_talking,
      (select case when exists (select from bridge_call v where v.organization_id = s.organization_id and v.bridge_shift_id = s.bridge_shift_id
          and v.answered_at is not null and v.ended_at is null) then 'talking' else 'open' end
        from bridge_shift s where s.organization_id = c.organization_id and s.caller_id = c.caller_id and s.state = 'joined' order by s.number desc limit 1) as bridge
    from phone_bank_caller c
    left join (
      select caller_id, count(*)::integer as calls, count(*) filter (where is_conversation(disposition, spoke_with))::integer as conversations,
        count(*) filter (where disposition = 'canvassed')::integer as answered, max(attempted_at) as last_at,
        count(*) filter (where is_conversation(disposition, spoke_with) and attempted_at > ${hour_ago})::integer as conversations_last_hour,
        (array_agg(disposition order by attempted_at desc))[1] as last_disposition,
        (array_agg(result_code order by attempted_at desc))[1] as last_result_code
      from contact_attempt where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid and undone_at is null
      group by 1) a using (caller_id)
    where c.organization_id = ${organization_id}::uuid and c.phone_bank_id = ${phone_bank_id}::uuid
    order by c.removed_at is not null, c.last_seen_at desc limit 500`.execute(db)
  return rows
}

interface Shown {
  limit: number
  from: number
  filter?: ResultsFilter
}

/** Attempts of a phone bank, newest first, those taken back too. */
export async function attempts(
  db: Db,
  organization_id: string,
  phone_bank_id: string,
  { limit, from, filter = allResults }: Shown,
): Promise<RecentAttempt[]> {
  const { rows } = await sql<
    RecentAttempt & {
      first_name: string | null
      middle_name: string | null
      last_name: string
      name_hangul: string | null
      p_korean: number
    }
  >`select a.attempt_id, a.voter_id, a.person_id, a.disposition, (select n.name from result_code n where n.organization_id = a.organization_id and n.code = a.result_code) as result_name, a.made_by, a.attempted_at as at, a.language, a.note, a.call_back_at, a.undone_at, a.undone_by,
      coalesce(p.first_name, r.first_name) as first_name, coalesce(p.middle_name, r.middle_name) as middle_name,
      coalesce(p.last_name, r.last_name, '') as last_name, p.name_hangul, coalesce(r.p_korean, 0) as p_korean
    from (select * from contact_attempt a where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid
        and ${fits(filter)}
      order by attempted_at desc, attempt_id limit ${limit} offset ${from}) a
    left join voter_record r on r.voter_id = a.voter_id
    left join person p on p.organization_id = a.organization_id and p.merged_into is null
      and case when a.voter_id is null then p.person_id = a.person_id else p.voter_id = a.voter_id end
    order by a.attempted_at desc, a.attempt_id`.execute(db)
  const answers = await answersTo(
    db,
    organization_id,
    rows.map(({ attempt_id }) => attempt_id),
  )
  return rows.map((row) => ({
    ...row,
    answers: answers.get(row.attempt_id) ?? {},
    name: displayName(row),
    hangul: hangulOf(row),
  }))
}

export async function countAttempts(
  db: Db,
  organization_id: string,
  phone_bank_id: string,
  filter: ResultsFilter,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from contact_attempt a
    where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid and ${fits(filter)}`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

export interface Explained {
  voter_id: number
  name: string
  hangul: CallCard['hangul']
  /** null: not on the list of this phone bank. */
  target: {
    state: TargetState
    why: string | null
    next_at: Date | null
    attempts: number
    phones: string[]
    language: string
    is_language_known: boolean
    is_due: boolean
    holder: string | null
  } | null
  attempts: RecentAttempt[]
  suppressions: {
    suppression_id: string
    reason: string
    phone: string | null
    marked_by: string
    marked_at: Date
    note: string | null
    /** The mark stands on the person, not on the voter record. */
    is_of_person: boolean
  }[]
  /** When they called the organization's number, the last first. */
  called_us_at: Date[]
  /** Consent to calls was taken back. */
  opted_out: { by: string; at: Date; evidence: string } | null
  /** Known to have died, without a mark. */
  deceased_at: Date | null
}

/** Why a voter is or is not being called: where they stand, what was tried, who closed them. */
export async function explainVoter(db: Db, bank: PhoneBank, voter_id: number, now: Date): Promise<Explained | null> {
  const { organization_id, phone_bank_id } = bank
  const { rows } = await sql<{
    first_name: string | null
    middle_name: string | null
    last_name: string
    name_hangul: string | null
    p_korean: number
    person_id: string | null
    deceased_at: Date | null
  }>`select p.person_id, p.deceased_at, coalesce(p.first_name, r.first_name) as first_name, r.middle_name, coalesce(p.last_name, r.last_name) as last_name, p.name_hangul, r.p_korean
    from voter_record r left join person p on p.organization_id = ${organization_id}::uuid and p.voter_id = r.voter_id and p.merged_into is null
    where r.voter_id = ${voter_id}`.execute(db)
  const person = rows[0]
  if (!person) return null
  const { rows: targets } = await sql<NonNullable<Explained['target']> & { time_zone: string }>`
    select n.time_zone, n.state, n.why, n.is_due, n.next_at, t.attempts, t.phones, t.language, t.is_language_known, c.name as holder
    from phone_bank_target t join (${standing(bank, now)} where t.voter_id = ${voter_id} and t.organization_id = ${organization_id}::uuid
      and t.phone_bank_id = ${phone_bank_id}::uuid) n using (voter_id) left join phone_bank_caller c on c.organization_id = t.organization_id and c.caller_id = t.leased_to
    where t.organization_id = ${organization_id}::uuid and t.phone_bank_id = ${phone_bank_id}::uuid and t.voter_id = ${voter_id}`.execute(
    db,
  )
  const target = targets.map(({ time_zone, ...row }) => ({
    ...row,
    next_at: row.state === 'waiting' ? calledFrom(bank, time_zone, row.next_at) : row.next_at,
  }))[0]
  const { rows: own } = await sql<RecentAttempt & { is_of_script: boolean }>`
    select attempt_id, script_id is not distinct from ${bank.script_id}::uuid as is_of_script, voter_id, person_id, '' as name, disposition, (select n.name from result_code n where n.organization_id = a.organization_id and n.code = a.result_code) as result_name, made_by, attempted_at as at, language, note, call_back_at, undone_at, undone_by
    from contact_attempt a where organization_id = ${organization_id}::uuid and voter_id = ${voter_id} order by attempted_at desc limit 20`.execute(
    db,
  )
  const { rows: suppressions } = await sql<Explained['suppressions'][number]>`
    select suppression_id, reason, phone, marked_by, marked_at, note, voter_id is null and phone is null as is_of_person
    from suppression where organization_id = ${organization_id}::uuid and taken_back_at is null
      and (voter_id = ${voter_id} or voter_id is null and (person_id = ${person.person_id}::uuid or reason <> 'wrong_number' and phone in (
        select phone from voter_phone where voter_id = ${voter_id}
        union select phone from person_phone where organization_id = ${organization_id}::uuid and person_id = ${person.person_id}::uuid)))
    order by marked_at desc`.execute(db)
  // The newest statement counts, as the queue takes it (closed_to_calls).
  const { rows: consents } = await sql<{ is_given: boolean; by: string; at: Date; evidence: string }>`
    select is_given, recorded_by as by, recorded_at as at, evidence from consent
    where organization_id = ${organization_id}::uuid and person_id = ${person.person_id}::uuid and channel = 'phone'
    order by ${newestSaid} limit 1`.execute(db)
  const [consent] = consents
  const called_us = await db
    .selectFrom('inbound_call')
    .select('called_at')
    .where('organization_id', '=', organization_id)
    .where('voter_id', '=', voter_id)
    .orderBy('called_at', 'desc')
    .limit(5)
    .execute()
  const answers = await answersTo(
    db,
    organization_id,
    // Another script may ask something else by the same key.
    own.flatMap(({ attempt_id, is_of_script }) => (is_of_script ? [attempt_id] : [])),
  )
  return {
    voter_id,
    name: displayName(person),
    hangul: hangulOf(person),
    target: target ?? null,
    attempts: own.map((each) => ({ ...each, answers: answers.get(each.attempt_id) ?? {}, hangul: null })),
    suppressions,
    opted_out: consent && !consent.is_given ? consent : null,
    called_us_at: called_us.map(({ called_at }) => called_at),
    deceased_at: suppressions.some(({ reason }) => reason === 'deceased') ? null : person.deceased_at,
  }
}
