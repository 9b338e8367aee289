import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/db/db.ts'
import type { Asked, Counts, KnownValues } from './complete.ts'
import type { OurWords } from './complete.ts'
import { eventFactOf, parse } from './parse.ts'
import { printCohort, printKind, quote } from './print.ts'
import { countOurs, isOurs, lastAnswers, rungName, type Meaning, type OurTerm } from './sql.ts'
import {
  delegatedWords,
  duesWords,
  eventKindWords,
  eventPartWords,
  membershipKindWords,
  printed,
  standingWords,
} from './words.ts'
import { bodyKinds, cohortStates, taskStates } from './schema.ts'
import { closedBankNames, openTo } from './closed.ts'
import { foldName } from './names.ts'
import { electionsLoaded, phoneBankNames, tagNames, universes } from './queries.ts'

/** What an organization's own words are: tags, universes, phone banks, questions, fields; and the elections loaded. */
export async function knownValues(db: Db, actor: Actor): Promise<KnownValues> {
  const { organization_id } = actor
  const closed = await closedBankNames(db, actor)
  const [tags, saved, elections, phone_banks, questions, own_fields, ours] = await Promise.all([
    tagNames(db, organization_id),
    universes(db, organization_id).then((rows) => openTo(db, actor, rows)),
    electionsLoaded(db),
    phoneBankNames(db, organization_id),
    sql<{ key: string; value: string | null }>`select distinct step ->> 'key' as key, choice ->> 'key' as value
      from script_version sv cross join lateral jsonb_array_elements(sv.content -> 'steps') step
      left join lateral jsonb_array_elements(case when jsonb_typeof(step -> 'choices') = 'array' then step -> 'choices' else '[]' end) choice on true
      where sv.organization_id = ${organization_id} and step ->> 'kind' <> 'say' order by 1, 2`.execute(db),
    sql<{
      key: string
      value: string | null
    }>`select f.key, coalesce(choice ->> 'value', case when f.kind = 'yes_no' then answer end) as value from custom_field f
      left join lateral jsonb_array_elements(f.choices) choice on true
      left join lateral unnest(case when f.kind = 'yes_no' then array['yes', 'no'] end) answer on true
      where f.organization_id = ${organization_id} and f.archived_at is null order by f.position, f.key`.execute(db),
    ourWords(db, organization_id),
  ])
  return {
    tags,
    universes: saved.map(({ name }) => name),
    elections,
    phone_banks: phone_banks.filter((name) => !closed.has(foldName(name))),
    questions: byKey(questions.rows),
    own_fields: byKey(own_fields.rows),
    ours,
  }
}

/** Events offered by their code: those around today. */
const mostEvents = 20

/** What an organization calls its events, memberships, rungs, roles, trainings, partners and cohorts. */
export async function ourWords(db: Db, organization_id: string): Promise<OurWords> {
  type Row = { of: string; key: string; name: Record<string, string> }
  const { rows } = await sql<Row>`
    select 'event_kinds' as of, kind as key, name, 0 as place from event_kind where organization_id = ${organization_id} and archived_at is null
    union all select 'membership_kinds', kind, name, position from membership_kind where organization_id = ${organization_id} and archived_at is null
    union all select 'rungs', ${rungName(sql`name`)}, name, position from rung where organization_id = ${organization_id} and archived_at is null
    union all select 'trainings', n.value, t.name, 0 from training t, jsonb_each_text(t.name) n where t.organization_id = ${organization_id} and t.archived_at is null and n.value <> ''
    union all select kind, ${rungName(sql`name`)}, name, 0 from body where organization_id = ${organization_id} and archived_at is null
    union all select 'office', ${rungName(sql`name`)}, name, 0 from body_office where organization_id = ${organization_id} and archived_at is null
    union all select 'partners', ${rungName(sql`name`)}, (array_agg(name))[1], 0 from event_partner where organization_id = ${organization_id} group by 2
    union all select 'cohorts', ${rungName(sql`name`)}, name, -extract(epoch from starts_on)::integer from cohort where organization_id = ${organization_id}
    union all select 'roles', name, '{}', 0 from role_named where organization_id = ${organization_id} and removed_at is null group by name
    union all (select 'events', code, content -> 'title', 0 from event where organization_id = ${organization_id} and published_at is not null
      order by abs(extract(epoch from starts_at - now())) limit ${mostEvents})
    order by 1, 4, 2`.execute(db)
  const named = (of: string): Map<string, Record<string, string>> =>
    new Map(rows.flatMap((row) => (row.of === of && row.key !== '' ? [[row.key, row.name] as const] : [])))
  return {
    event_kinds: named('event_kinds'),
    membership_kinds: named('membership_kinds'),
    rungs: named('rungs'),
    events: [...named('events')].map(([code, title]) => ({ code, title })),
    roles: [...named('roles').keys()],
    bodies: {
      chapter: named('chapter'),
      committee: named('committee'),
      board: named('board'),
      office: named('office'),
    },
    trainings: [...named('trainings').keys()],
    partners: named('partners'),
    cohorts: named('cohorts'),
  }
}

const isNamedByUs: ReadonlySet<string> = new Set(['stage', 'role', 'trained', 'partner', ...bodyKinds])

/** How many of our people each value of a field about them means; null: it is about something else. */
export async function ourCounts(db: Db, meaning: Meaning, { field, of }: Asked): Promise<Counts | null> {
  const isEvents = eventFactOf[field] !== undefined
  if (of !== null && !(of === '@' && isEvents)) return null
  const words = await ourWords(db, meaning.organization_id)
  const kinds = [...new Set([...eventKindWords.values(), ...words.event_kinds.keys()])]
  const values: Partial<Record<Asked['field'], readonly string[]>> = {
    stage: [...words.rungs.keys()],
    role: words.roles,
    committee: [...words.bodies.committee.keys()],
    chapter: [...words.bodies.chapter.keys()],
    board: [...words.bodies.board.keys()],
    trained: words.trainings,
    partner: [...words.partners.keys()],
    part: [...new Set(eventPartWords.values())],
    delegated: [...new Set(delegatedWords.values())],
    dues: [...new Set(duesWords.values())],
    'next-step': taskStates,
    task: taskStates,
    cohort: [...[...words.cohorts.keys()].map(printCohort), ...cohortStates.map(printed)],
    member: [...new Set(standingWords.values())],
    'member-kind': [...new Set([...membershipKindWords.values(), ...words.membership_kinds.keys()])],
  }
  const textOf = (value: string): string => {
    if (field === 'member-kind') return printKind(value, membershipKindWords)
    if (isEvents && of === null) return printKind(value, eventKindWords)
    if (field === 'cohort') return value
    return isNamedByUs.has(field) ? value : printed(value)
  }
  const asked = isEvents ? (of === '@' ? words.events.map(({ code }) => code) : kinds) : values[field]
  if (!asked) return null
  const terms = asked.flatMap((value): [string, OurTerm][] => {
    const text = textOf(value)
    const parsed = parse(`${field}:${of === '@' ? `@${text}` : field === 'cohort' ? text : quote(text)}`)
    return parsed.ok && parsed.expression.op === 'term' && isOurs(parsed.expression.term)
      ? [[text, parsed.expression.term]]
      : []
  })
  const counts = await countOurs(db, terms.map(([, term]) => term), meaning, 'voters') // prettier-ignore
  return new Map(terms.map(([text], index) => [text, counts[index] ?? 0]))
}

function byKey(rows: readonly { key: string; value: string | null }[]): Map<string, string[]> {
  const values = new Map<string, string[]>()
  for (const { key, value } of rows) values.set(key, [...(values.get(key) ?? []), ...(value === null ? [] : [value])])
  return values
}

/**
 * How many people of the organization each value concerns. Only what lies in its own tables, which are small beside the voter
 * records: counting those for each key pressed is the column store's work.
 */
export async function countsOf(db: Db, organization_id: string, { field, of }: Asked): Promise<Counts | null> {
  const person = sql`from person p where p.organization_id = ${organization_id} and p.merged_into is null and p.voter_id is not null`
  const queries: Partial<Record<Asked['field'], ReturnType<typeof sql<{ value: string; count: number }>>>> = {
    tag: sql`select t.tag as value, count(p.voter_id) as count from tag t
      left join person_tag pt on pt.organization_id = t.organization_id and pt.tag = t.tag
      left join person p on p.organization_id = pt.organization_id and p.person_id = pt.person_id and p.merged_into is null
      where t.organization_id = ${organization_id} group by t.tag`,
    language: sql`select p.language as value, count(*) as count ${person} and p.language is not null group by 1`,
    speaks: sql`select l.language as value, count(*) as count from (
        select p.language ${person} union all select p.second_language ${person} and p.second_language is distinct from p.language) l
      where l.language is not null group by 1`,
    in: sql`select name as value, counted as count from universe where organization_id = ${organization_id} and archived_at is null and counted is not null`,
    result: sql`select replace(told.result, '_', '-') as value, count(distinct coalesce(a.voter_id, p.voter_id)) as count from contact_attempt a
      cross join lateral unnest(array[a.disposition, a.result_code]) as told (result)
      left join person p on p.organization_id = a.organization_id and p.person_id = a.person_id
      where a.organization_id = ${organization_id} and a.undone_at is null and told.result is not null
      and (${of}::text is null or replace(a.channel, '_', '-') = ${of}) group by 1`,
    ...(field === 'answer' &&
      of !== null && {
        answer: sql`select said.value, count(*) as count from (${lastAnswers(organization_id, sql`ca.question = ${of}`)}) last,
          lateral (select jsonb_array_elements_text(last.value) as value where jsonb_typeof(last.value) = 'array'
            union all select last.value #>> '{}' where jsonb_typeof(last.value) <> 'array') said
          where said.value <> '' group by said.value order by 2 desc, 1 limit 50`,
      }),
    ...(field === 'field' &&
      of !== null && {
        field: sql`select p.custom ->> ${of.replaceAll('-', '_')}::text as value, count(*) as count ${person}
          and coalesce(p.custom ->> ${of.replaceAll('-', '_')}::text, '') not in ('', 'true', 'false') group by 1 order by 2 desc limit 50`,
      }),
  }
  const query = queries[field]
  if (!query) return null
  const { rows } = await query.execute(db)
  return new Map(rows.map(({ value, count }) => [value, count]))
}
