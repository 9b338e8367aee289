import { sql } from 'kysely'
import { dateIn } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { found, NotSignedIn } from '../../platform/errors.ts'
import type { Installation } from '../../platform/http/room.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import { dispositions, SpokenLanguage } from '../contacts/schema.ts'
import { mayText } from './bridge/queries.ts'
import type { WayOfCalling } from './bridge/schema.ts'
import type { Caller } from './caller.ts'
import { cardsOf, displayName, hangulOf } from './cards.ts'
import { undoableSince } from './endpoints.ts'
import {
  FollowUpKind,
  type DoorState,
  type MadeOutput,
  type RecentCall,
  type Session,
  type Tally,
  type UndoOutput,
} from './schema.ts'
import { offeredResults } from './result-codes/queries.ts'
import { eventsToBook } from '../events/calls/queries.ts'
import { callerTags } from './told/queries.ts'
import { scriptContent, texts } from './script-content.ts'
import { ticketFor } from './turns.ts'
import '../contacts/tables.ts'
import '../people/tables.ts'
import '../organizations/tables.ts'
import './tables.ts'

export interface BankToJoin {
  phone_bank_id: string
  name: LocalizedText
  organization: LocalizedText
  languages: string[]
  way_of_calling: WayOfCalling
  starts_on: string
  ends_on: string
  calling_starts: string
  calling_ends: string
  is_closed: boolean
  is_ended: boolean
}

/** What somebody with the link may know before joining. `owner`: nobody is known yet. */
export async function bankToJoin(owner: Db, code: string): Promise<BankToJoin | null> {
  const row = await owner
    .selectFrom('phone_bank as b')
    .innerJoin('organization as o', 'o.organization_id', 'b.organization_id')
    .select([
      'b.phone_bank_id',
      'b.name',
      'o.name as organization',
      'b.languages',
      'b.way_of_calling',
      'b.starts_on',
      'b.ends_on',
      'b.calling_starts',
      'b.calling_ends',
      sql<boolean>`b.join_closed_at is not null`.as('is_closed'),
      sql<boolean>`b.ended_at is not null`.as('is_ended'),
    ])
    .where('b.join_code', '=', code)
    .executeTakeFirst()
  return row ?? null
}

/** Phone banks people call in or will, the newest first. */
export const runningBanks = (db: Db, organization_id: string) =>
  db
    .selectFrom('phone_bank')
    .select(['phone_bank_id', 'name'])
    .where('organization_id', '=', organization_id)
    .where('ended_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(8)
    .execute()

/** All that stays the same from call to call, for one caller. */
export async function sessionOf(installation: Installation, caller: Caller): Promise<Session> {
  const db = installation.database.of(caller.organization_id)
  const now = installation.clock.now()
  const row = await db
    .selectFrom('phone_bank as b')
    .innerJoin('organization as o', 'o.organization_id', 'b.organization_id')
    .innerJoin('phone_bank_caller as c', (join) =>
      join.onRef('c.organization_id', '=', 'b.organization_id').onRef('c.phone_bank_id', '=', 'b.phone_bank_id'),
    )
    .selectAll('b')
    .select(['o.name as organization_name', 'o.call_back_phone', 'o.time_zone', 'c.removed_at'])
    .where('b.phone_bank_id', '=', caller.phone_bank_id)
    .where('c.caller_id', '=', caller.caller_id)
    .executeTakeFirst()
  if (!row || row.removed_at) throw new NotSignedIn()
  const content = found(await scriptContent(db, caller.organization_id, row.script_id, row.script_version))
  const today = dateIn(row.time_zone, now)
  const door: DoorState = row.ended_at
    ? 'ended'
    : row.paused_at
      ? 'paused'
      : today < row.starts_on
        ? 'not_started'
        : today > row.ends_on
          ? 'over'
          : 'open'
  return {
    phone_bank: {
      phone_bank_id: row.phone_bank_id,
      name: texts(row.name),
      languages: row.languages,
      calling_starts: row.calling_starts.slice(0, 5),
      calling_ends: row.calling_ends.slice(0, 5),
      caller_id_note: texts(row.caller_id_note),
      lane: row.lane,
      lease_minutes: row.lease_minutes,
      rest_minutes: row.rest_minutes,
      hours: {
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        calling_starts: row.calling_starts,
        calling_ends: row.calling_ends,
        weekdays: row.weekdays,
        quiet_groups: row.quiet_groups,
        quiet_days: row.quiet_days,
      },
      way_of_calling: row.way_of_calling,
    },
    caller: { caller_id: caller.caller_id, name: caller.name, languages: caller.languages },
    organization: {
      name: texts(row.organization_name),
      phone: row.call_back_phone,
      time_zone: row.time_zone,
      sends_texts: row.way_of_calling === 'bridge' && (await mayText(installation, db, caller.organization_id)),
    },
    script: { version: row.script_version, content },
    candidate: row.candidate ? texts(row.candidate) : null,
    dispositions: [...dispositions],
    own_results: await offeredResults(db, caller.organization_id, row.result_codes),
    tags: await callerTags(db, caller.organization_id),
    events: await eventsToBook(db, caller.organization_id, now),
    ...(await recentOf(db, caller, now)),
    board: row.has_leaderboard && !row.ended_at ? await boardOf(db, caller) : [],
    door,
    server_time: now.toISOString(),
  }
}

/** The five callers with the most conversations: names and numbers, nothing else. */
const boardOf = (db: Db, { organization_id, phone_bank_id }: Caller): Promise<Session['board']> =>
  db
    .selectFrom('contact_attempt as a')
    .innerJoin('phone_bank_caller as c', (join) =>
      join.onRef('c.organization_id', '=', 'a.organization_id').onRef('c.caller_id', '=', 'a.caller_id'),
    )
    .select(['c.name', sql<number>`count(*)::integer`.as('reached')])
    .where('a.organization_id', '=', organization_id)
    .where('a.phone_bank_id', '=', phone_bank_id)
    .where(sql<boolean>`is_conversation(a.disposition, a.spoke_with)`)
    .where('a.undone_at', 'is', null)
    .groupBy(['c.caller_id', 'c.name'])
    .orderBy('reached', 'desc')
    .orderBy('c.name')
    .limit(5)
    .execute()

/** A caller's own tally and last ten results; nobody else's. After the end the tally alone: names are for those who call. */
export async function recentOf(db: Db, caller: Caller, now: Date): Promise<{ tally: Tally; recent: RecentCall[] }> {
  const since = undoableSince(now)
  const own = () =>
    db
      .selectFrom('contact_attempt as a')
      .where('a.organization_id', '=', caller.organization_id)
      .where('a.phone_bank_id', '=', caller.phone_bank_id)
      .where('a.caller_id', '=', caller.caller_id)
      .where('a.undone_at', 'is', null)
  const tally = await own()
    .select([
      sql<number>`count(*)::integer`.as('calls'),
      sql<number>`count(*) filter (where is_conversation(disposition, spoke_with))::integer`.as('reached'),
      sql<number>`count(*) filter (where disposition = 'canvassed')::integer`.as('answered'),
    ])
    .executeTakeFirstOrThrow()
  const rows = await own()
    .innerJoin('phone_bank as b', (join) =>
      join.onRef('b.organization_id', '=', 'a.organization_id').onRef('b.phone_bank_id', '=', 'a.phone_bank_id'),
    )
    .where('b.ended_at', 'is', null)
    .innerJoin('voter_record as r', 'r.voter_id', 'a.voter_id')
    .leftJoin('person as p', (join) =>
      join
        .onRef('p.organization_id', '=', 'a.organization_id')
        .onRef('p.voter_id', '=', 'a.voter_id')
        .on('p.merged_into', 'is', null),
    )
    .leftJoin('result_code as n', (join) =>
      join.onRef('n.organization_id', '=', 'a.organization_id').onRef('n.code', '=', 'a.result_code'),
    )
    .select([
      'n.name as result_name',
      'a.attempt_id',
      'r.voter_id',
      'a.disposition',
      'a.attempted_at',
      'a.recorded_at',
      'r.p_korean',
      'p.name_hangul',
    ])
    .select((eb) => [
      eb.fn.coalesce('p.first_name', 'r.first_name').as('first_name'),
      eb.fn.coalesce('p.last_name', 'r.last_name').as('last_name'),
      eb.fn.coalesce('p.middle_name', 'r.middle_name').as('middle_name'),
    ])
    .orderBy('a.recorded_at', 'desc')
    .orderBy('a.attempted_at', 'desc')
    .limit(10)
    .execute()
  return {
    tally,
    recent: rows.map((row) => ({
      attempt_id: row.attempt_id,
      voter_id: row.voter_id,
      display_name: displayName({ ...row, last_name: row.last_name ?? '' }),
      hangul: hangulOf({ ...row, last_name: row.last_name ?? '' }),
      disposition: row.disposition,
      result_name: row.result_name ? texts(row.result_name) : null,
      at: row.attempted_at.toISOString(),
      can_undo: row.recorded_at >= since,
    })),
  }
}

/** May this caller take this result of theirs back? */
export async function whyNoUndo(
  db: Db,
  { organization_id, phone_bank_id, caller_id }: Caller,
  attempt_id: string,
  now: Date,
): Promise<'unknown' | 'too_late' | null> {
  const row = await db
    .selectFrom('contact_attempt')
    .select('recorded_at')
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('caller_id', '=', caller_id)
    .where('attempt_id', '=', attempt_id)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  if (!row) return 'unknown'
  return row.recorded_at < undoableSince(now) ? 'too_late' : null
}

/** Why a voter whose result was taken back is not with this caller again. */
export async function whyGone(
  db: Db,
  { organization_id, phone_bank_id, caller_id }: Caller,
  voter_id: number,
): Promise<NonNullable<UndoOutput['gone']>> {
  const target = await db
    .selectFrom('phone_bank_target as t')
    .leftJoin('call_lease as l', (join) =>
      join.onRef('l.organization_id', '=', 't.organization_id').onRef('l.voter_id', '=', 't.voter_id'),
    )
    .select(['t.state', 'l.caller_id'])
    .where('t.organization_id', '=', organization_id)
    .where('t.phone_bank_id', '=', phone_bank_id)
    .where('t.voter_id', '=', voter_id)
    .executeTakeFirst()
  if (target?.caller_id && target.caller_id !== caller_id) return 'taken'
  return !target || target.state === 'finished' || target.state === 'suppressed' ? 'closed' : 'later'
}

/** One of a caller's own results as they gave it, with the voter, to be corrected. After the end nobody's card is shown any more. */
export async function madeBy(
  db: Db,
  caller: Caller,
  attempt_id: string,
  secret: string,
  now: Date,
): Promise<Pick<MadeOutput, 'problem' | 'made'>> {
  const { organization_id, phone_bank_id, caller_id } = caller
  const row = await db
    .selectFrom('contact_attempt as a')
    .innerJoin('phone_bank as b', (join) =>
      join.onRef('b.organization_id', '=', 'a.organization_id').onRef('b.phone_bank_id', '=', 'a.phone_bank_id'),
    )
    .innerJoin('organization as o', 'o.organization_id', 'a.organization_id')
    .leftJoin('result_code as n', (join) =>
      join.onRef('n.organization_id', '=', 'a.organization_id').onRef('n.code', '=', 'a.result_code'),
    )
    .leftJoin('phone_bank_target as t', (join) =>
      join
        .onRef('t.organization_id', '=', 'a.organization_id')
        .onRef('t.phone_bank_id', '=', 'a.phone_bank_id')
        .onRef('t.voter_id', '=', 'a.voter_id')
        .onRef('t.last_attempt_id', '=', 'a.attempt_id'),
    )
    .select([
      'a.result_code',
      'n.name as result_name',
      'a.call_back_at',
      't.call_back_for',
      'a.spoke_with',
      'a.voter_id',
      'a.channel',
      'a.phone',
      'a.language',
      'a.note',
      'a.started_at',
      'a.attempted_at',
      'a.recorded_at',
      'a.script_version',
      'b.script_id',
      'b.script_version as bank_script_version',
      'b.ended_at as bank_ended_at',
      'o.time_zone',
    ])
    .where('a.organization_id', '=', organization_id)
    .where('a.phone_bank_id', '=', phone_bank_id)
    .where('a.caller_id', '=', caller_id)
    .where('a.attempt_id', '=', attempt_id)
    .where('a.undone_at', 'is', null)
    .executeTakeFirst()
  if (!row || row.voter_id === null) return { problem: 'unknown', made: null }
  if (row.bank_ended_at || row.recorded_at < undoableSince(now)) return { problem: 'too_late', made: null }
  const bank = { organization_id, phone_bank_id, script_version: row.bank_script_version }
  const script_version = row.script_version ?? row.bank_script_version
  const [faces, script_content, answers, follow_ups] = await Promise.all([
    cardsOf(db, bank, [row.voter_id], dateIn(row.time_zone, now), now),
    scriptContent(db, organization_id, row.script_id, script_version).then(found),
    db
      .selectFrom('contact_answer')
      .select(['question', 'value'])
      .where('organization_id', '=', organization_id)
      .where('attempt_id', '=', attempt_id)
      .execute(),
    db
      .selectFrom('follow_up')
      .select(['kind', 'note'])
      .where('organization_id', '=', organization_id)
      .where('attempt_id', '=', attempt_id)
      .where('solved_at', 'is', null)
      .execute(),
  ])
  const face = faces.get(row.voter_id)
  if (!face) return { problem: 'unknown', made: null }
  return {
    problem: null,
    made: {
      card: {
        ...face,
        // They may be in another hand by now: nothing to dial but what was, which may have been a further number of theirs.
        phones: row.phone
          ? [face.phones.find(({ phone }) => phone === row.phone) ?? { phone: row.phone, kind: 'unknown' }]
          : [],
        ticket: ticketFor(secret, phone_bank_id, caller_id, row.voter_id),
        leased_until: now.toISOString(),
      },
      answers: Object.fromEntries(answers.map(({ question, value }) => [question, value])),
      result_code: row.result_code,
      result_name: row.result_name ? texts(row.result_name) : null,
      call_back_at: row.call_back_at?.toISOString() ?? null,
      is_call_back_mine: row.call_back_at === null || row.call_back_for === caller_id,
      spoke_with: row.spoke_with,
      language: SpokenLanguage.safeParse(row.language).data ?? null,
      note: row.note ?? '',
      follow_ups: follow_ups.flatMap(({ kind, note }) => {
        const known = FollowUpKind.safeParse(kind)
        return known.success ? { kind: known.data, note: note ?? '' } : []
      }),
      is_inbound: row.channel === 'inbound_phone',
      phone: row.phone,
      script_version,
      script_content,
      started_at: row.started_at?.toISOString() ?? null,
      ended_at: row.attempted_at.toISOString(),
    },
  }
}
