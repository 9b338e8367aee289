import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { questionsOf, saltOf } from '../../scripts/rules.ts'
import { firstWording, type AnswerValue, type ScriptContent } from '../../scripts/schema.ts'
import { progressOf, standings, type PhoneBank, type Progress, type ResultCount } from '../dashboard.ts'
import { groupsOf, type Group, type GroupsAsked } from '../host/groups.ts'
import { versionsRead } from '../script-content.ts'
import '../../contacts/tables.ts'
import '../tables.ts'

/** Answers given to a question in one of its wordings. */
export interface AnswerCount {
  question: string
  /** Key of the wording, 'first' where it has one. */
  wording: string
  value: AnswerValue
  count: number
}

/** Calls of one hour of one day of the week, where the organization is. Without those from paper: a sheet knows when it was begun, no more. */
export interface HourCount {
  /** 0 is Sunday. */
  weekday: number
  hour: number
  attempts: number
  conversations: number
}

export interface RoundCount {
  round: number
  started_at: Date | null
  attempts: number
  voters: number
  conversations: number
  answered: number
}

export interface CallerCount {
  name: string
  is_on_paper: boolean
  calls: number
  conversations: number
  answered: number
  /** Hours with a call in them. */
  hours: number
}

/** What a phone bank came to. Calls taken back count nowhere. */
export interface Report {
  progress: Progress
  /** Of the script, in whose words answers were given. */
  script_versions: number[]
  totals: {
    attempts: number
    voters: number
    /** Somebody answered, whoever it was. */
    contacts: number
    conversations: number
    answered: number
    from: Date | null
    to: Date | null
  }
  /** Voters whose last answer to the question of support is 1 or 2, and all who answered it. */
  support: { supporters: number; asked: number } | null
  dispositions: ResultCount[]
  answers: AnswerCount[]
  groups: Group[]
  hours: HourCount[]
  rounds: RoundCount[]
  callers: CallerCount[]
}

/** `versions`: of the script, newest first and numbered from 1 without gaps. */
export async function reportOf(
  db: Db,
  bank: PhoneBank,
  versions: readonly ScriptContent[],
  asked: GroupsAsked,
  support: string | null,
  time_zone: string,
  now: Date,
): Promise<Report> {
  const { organization_id, phone_bank_id } = bank
  const ours = sql`organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid and undone_at is null`
  const [rows, read, totals, supporters, dispositions, answers, groups, hours, rounds, callers] = await Promise.all([
    standings(db, bank, now),
    versionsRead(db, bank),
    sql<Report['totals']>`select count(*)::integer as attempts, count(distinct voter_id)::integer as voters,
        count(*) filter (where is_reached)::integer as contacts, count(*) filter (where is_conversation(disposition, spoke_with))::integer as conversations,
        count(*) filter (where disposition = 'canvassed')::integer as answered, min(attempted_at) as "from", max(attempted_at) as "to"
      from contact_attempt where ${ours}`.execute(db),
    sql<{
      supporters: number
      asked: number
    }>`select count(*)::integer as asked, count(*) filter (where value in ('1', '2'))::integer as supporters from (
        select distinct on (a.voter_id) w.value from contact_attempt a join contact_answer w using (organization_id, attempt_id)
        where a.organization_id = ${organization_id}::uuid and a.phone_bank_id = ${phone_bank_id}::uuid and a.undone_at is null and w.question = ${support}
        order by a.voter_id, a.attempted_at desc) last`.execute(db),
    sql<
      Report['dispositions'][number]
    >`select a.*, (select n.name from result_code n where n.organization_id = a.organization_id and n.code = a.result_code) as result_name
      from (select organization_id, disposition, result_code, count(*)::integer as count from contact_attempt where ${ours} group by 1, 2, 3) a
      order by count desc`.execute(db),
    answersByWording(db, bank, versions),
    groupsOf(db, bank, asked, now),
    sql<HourCount>`select extract(dow from local)::integer as weekday, extract(hour from local)::integer as hour, count(*)::integer as attempts,
        count(*) filter (where is_conversation(disposition, spoke_with))::integer as conversations
      from (select attempted_at at time zone ${time_zone} as local, disposition, spoke_with from contact_attempt where ${ours}
        and (caller_id is null or caller_id not in (select k.caller_id from phone_bank_caller k
          where k.organization_id = ${organization_id}::uuid and k.phone_bank_id = ${phone_bank_id}::uuid and k.is_on_paper))) a
      group by 1, 2 order by 1, 2`.execute(db),
    sql<RoundCount>`with round as (
        select 1 as round, null::timestamptz as started_at union all
        select round, started_at from phone_bank_round where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid)
      select r.round, r.started_at, count(a.attempt_id)::integer as attempts, count(distinct a.voter_id)::integer as voters,
        count(*) filter (where is_conversation(a.disposition, a.spoke_with))::integer as conversations, count(*) filter (where a.disposition = 'canvassed')::integer as answered
      from (select *, lead(started_at) over (order by round) as ended_at from round) r
      left join (select * from contact_attempt where ${ours}) a
        on (r.started_at is null or a.attempted_at >= r.started_at) and (r.ended_at is null or a.attempted_at < r.ended_at)
      group by 1, 2 order by 1`.execute(db),
    sql<CallerCount>`select c.name, c.is_on_paper, count(*)::integer as calls, count(*) filter (where is_conversation(a.disposition, a.spoke_with))::integer as conversations,
        count(*) filter (where a.disposition = 'canvassed')::integer as answered, count(distinct date_trunc('hour', a.attempted_at))::integer as hours
      from (select * from contact_attempt where ${ours}) a join phone_bank_caller c on c.organization_id = a.organization_id and c.caller_id = a.caller_id
      group by c.caller_id, c.name, c.is_on_paper order by 4 desc, 3 desc, 1 limit 200`.execute(db),
  ])
  return {
    progress: progressOf(rows),
    script_versions: read,
    totals: totals.rows[0] as Report['totals'], // an aggregate always has a row
    support: support ? (supporters.rows[0] ?? null) : null,
    dispositions: dispositions.rows,
    answers,
    groups,
    hours: hours.rows,
    rounds: rounds.rows,
    callers: callers.rows,
  }
}

/** Every answer counted, by the wording its voter heard; of several choices, each counts. */
export async function answersByWording(
  db: Db,
  { organization_id, phone_bank_id }: PhoneBank,
  versions: readonly ScriptContent[],
): Promise<AnswerCount[]> {
  const tried = versions.flatMap((content, index) =>
    questionsOf(content)
      .filter(({ wordings }) => wordings.length > 0)
      .map(({ key, wordings }) => ({
        version: versions.length - index,
        question: key,
        salt: saltOf(key),
        wordings: wordings.length + 1,
        keys: [firstWording, ...wordings.map((each) => each.key)],
      })),
  )
  // By the same share as `wordingFor`, by which callers read.
  const { rows } = await sql<{
    question: string
    version: number | null
    nth: number
    value: AnswerValue
    count: number
  }>`
    select question, version, nth, value, count from (
    select w.question, k.version, coalesce(share_of(a.voter_id, k.salt) % k.wordings, 0)::integer as nth, each as value, count(*)::integer as count,
      row_number() over (partition by w.question order by count(*) desc, each) as place
    from contact_attempt a join contact_answer w using (organization_id, attempt_id)
    left join jsonb_to_recordset(${JSON.stringify(tried)}::jsonb) k (version integer, question text, salt integer, wordings integer)
      on k.version = a.script_version and k.question = w.question
    cross join lateral jsonb_array_elements(case when jsonb_typeof(w.value) = 'array' then w.value else jsonb_build_array(w.value) end) each
    where a.organization_id = ${organization_id}::uuid and a.phone_bank_id = ${phone_bank_id}::uuid and a.undone_at is null
      and jsonb_typeof(w.value) <> 'null'
    group by 1, 2, 3, 4) counted where place <= 1000 order by count desc, question, value`.execute(db)
  const counts = new Map<string, AnswerCount>()
  for (const { question, version, nth, value, count } of rows) {
    const wording =
      tried.find((each) => each.version === version && each.question === question)?.keys[nth] ?? firstWording
    const key = JSON.stringify([question, wording, value])
    const before = counts.get(key)
    if (before) before.count += count
    else counts.set(key, { question, wording, value, count })
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count)
}
