import { sql, type Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { AnswerValue } from '../scripts/schema.ts'
import { FormContent, type Differences, type Said } from './schema.ts'
import type { FormTable } from './tables.ts'
import '../contacts/tables.ts'
import '../people/tables.ts'

export type Form = Selectable<FormTable>

export interface FormVersion {
  form_id: string
  version: number
  content: FormContent
  created_by: string
  created_at: Date
  /** Set: somebody may have read it, it is never changed again. */
  first_used_at: Date | null
}

export const formById = (db: Db, organization_id: string, form_id: string): Promise<Form | undefined> =>
  db
    .selectFrom('form')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('form_id', '=', form_id)
    .executeTakeFirst()

export interface PublicForm {
  form: Form
  organization: { organization_id: string; slug: string; name: Record<string, string>; time_zone: string }
}

/** A form by its public address. Asked by nobody in particular: it is there to be read by everybody. */
export async function publicForm(owner: Db, organization: string, slug: string): Promise<PublicForm | undefined> {
  const row = await owner
    .selectFrom('form as f')
    .innerJoin('organization as o', 'o.organization_id', 'f.organization_id')
    .selectAll('f')
    .select(['o.slug as organization_slug', 'o.name as organization_name', 'o.time_zone'])
    .where('o.slug', '=', organization)
    .where('f.slug', '=', slug)
    .executeTakeFirst()
  if (!row) return undefined
  const { organization_slug, organization_name, time_zone, ...form } = row
  const { organization_id } = form
  return { form, organization: { organization_id, slug: organization_slug, name: organization_name, time_zone } }
}

const kept_versions = 100
const frozen = new Map<string, FormVersion>()

/** A certain version, for readers of the public page: one that was used never changes and is read once. */
export async function usedVersion(
  db: Db,
  organization_id: string,
  form_id: string,
  version: number,
): Promise<FormVersion | undefined> {
  const key = `${organization_id} ${form_id} ${version}`
  const known = frozen.get(key)
  if (known) return known
  const read = await formVersion(db, organization_id, form_id, version)
  if (!read?.first_used_at) return read
  if (frozen.size >= kept_versions) frozen.clear()
  frozen.set(key, read)
  return read
}

const parsed = (row: Omit<FormVersion, 'content'> & { content: unknown }): FormVersion => ({
  ...row,
  content: FormContent.parse(row.content),
})

/** The newest version, or a certain one. */
export async function formVersion(
  db: Db,
  organization_id: string,
  form_id: string,
  version: number | null = null,
): Promise<FormVersion | undefined> {
  const row = await db
    .selectFrom('form_version')
    .select(['form_id', 'version', 'content', 'created_by', 'created_at', 'first_used_at'])
    .where('organization_id', '=', organization_id)
    .where('form_id', '=', form_id)
    .$if(version !== null, (asked) => asked.where('version', '=', version ?? 0))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && parsed(row)
}

export async function formVersions(db: Db, organization_id: string, form_id: string): Promise<FormVersion[]> {
  const rows = await db
    .selectFrom('form_version')
    .select(['form_id', 'version', 'content', 'created_by', 'created_at', 'first_used_at'])
    .where('organization_id', '=', organization_id)
    .where('form_id', '=', form_id)
    .orderBy('version', 'desc')
    .execute()
  return rows.map(parsed)
}

export interface ListedForm extends Form {
  responses: number
  last_at: Date | null
}

/** Forms with how many answered, the newest first. */
export async function listForms(db: Db, organization_id: string): Promise<ListedForm[]> {
  const { rows } = await sql<ListedForm>`
    select f.*, coalesce(r.responses, 0) as responses, r.last_at
    from form f left join lateral (
      select count(*)::integer as responses, max(received_at) as last_at from form_response r
      where r.organization_id = f.organization_id and r.form_id = f.form_id) r on true
    where f.organization_id = ${organization_id}::uuid order by f.archived_at is not null, f.created_at desc`.execute(
    db,
  )
  return rows
}

/*
 * Results.
 */

export interface Totals {
  responses: number
  people: number
  unsure: number
  differing: number
  by_paper: number
  last_at: Date | null
  /** Sent in a crowd, and not taken in yet. */
  waiting: number
  /** Sent in a crowd, and no response could be made of it. */
  failed: number
  languages: { language: string; count: number }[]
  days: { day: string; count: number }[]
}

export async function totalsOf(db: Db, organization_id: string, form_id: string, time_zone: string): Promise<Totals> {
  const these = sql`form_response r join contact_attempt a on a.organization_id = r.organization_id and a.attempt_id = r.response_id
    left join person p on p.organization_id = a.organization_id and p.person_id = a.person_id
    where r.organization_id = ${organization_id}::uuid and r.form_id = ${form_id}::uuid and a.undone_at is null`
  const kept = sql`form_intake i where i.organization_id = ${organization_id}::uuid and i.form_id = ${form_id}::uuid`
  const [counted, languages, days] = await Promise.all([
    sql<Omit<Totals, 'languages' | 'days'>>`
      select count(*)::integer as responses, count(distinct a.person_id)::integer as people,
        (count(*) filter (where r.how = 'unsure' and p.voter_id is null))::integer as unsure, (count(*) filter (where r.differs is not null))::integer as differing,
        (count(*) filter (where r.source = 'paper'))::integer as by_paper, max(r.received_at) as last_at,
        (select count(*)::integer from ${kept} and i.failed_at is null) as waiting, (select count(*)::integer from ${kept} and i.failed_at is not null) as failed
      from ${these}`.execute(db),
    sql<{ language: string; count: number }>`
      select r.language, count(*)::integer as count from ${these} group by 1 order by 2 desc`.execute(db),
    sql<{ day: string; count: number }>`
      select (r.received_at at time zone ${time_zone})::date as day, count(*)::integer as count from ${these} group by 1 order by 1 desc limit 14`.execute(
      db,
    ),
  ])
  const totals = counted.rows[0]
  if (!totals) throw new Error('a count without a row')
  return { ...totals, languages: languages.rows, days: days.rows.toReversed() }
}

/** Answers of one form: how often each was given; one of several choices counts each. */
export async function answerCounts(
  db: Db,
  organization_id: string,
  form_id: string,
): Promise<Map<string, Map<string, number>>> {
  const { rows } = await sql<{ question: string; answer: string; count: number }>`
    select c.question, coalesce(each.value, c.value #>> '{}') as answer, count(*)::integer as count
    from form_response r
    join contact_attempt a on a.organization_id = r.organization_id and a.attempt_id = r.response_id and a.undone_at is null
    join contact_answer c on c.organization_id = r.organization_id and c.attempt_id = r.response_id
    left join lateral jsonb_array_elements_text(case when jsonb_typeof(c.value) = 'array' then c.value else '[]' end) each on true
    where r.organization_id = ${organization_id}::uuid and r.form_id = ${form_id}::uuid and jsonb_typeof(c.value) <> 'string' or (
      r.organization_id = ${organization_id}::uuid and r.form_id = ${form_id}::uuid and length(c.value #>> '{}') <= 40)
    group by 1, 2`.execute(db)
  return grouped(rows.map((row) => [row.question, row.answer, row.count]))
}

/** How many people answered each of these questions, by the channel they answered on: one store for all of them. */
export async function channelCounts(
  db: Db,
  organization_id: string,
  questions: readonly string[],
): Promise<Map<string, Map<string, number>>> {
  if (questions.length === 0) return new Map()
  const { rows } = await sql<{ question: string; channel: string; count: number }>`
    select c.question, a.channel, count(distinct coalesce(a.person_id::text, a.voter_id::text))::integer as count
    from contact_answer c join contact_attempt a on a.organization_id = c.organization_id and a.attempt_id = c.attempt_id
    where c.organization_id = ${organization_id}::uuid and c.question = any(${[...questions]}::text[]) and a.undone_at is null
    group by 1, 2`.execute(db)
  return grouped(rows.map((row) => [row.question, row.channel, row.count]))
}

function grouped(rows: readonly (readonly [string, string, number])[]): Map<string, Map<string, number>> {
  const all = new Map<string, Map<string, number>>()
  for (const [question, key, count] of rows) {
    const counts = all.get(question) ?? new Map<string, number>()
    all.set(question, counts.set(key, count))
  }
  return all
}

/** A file of a response that was not taken back. */
export const fileOf = (db: Db, organization_id: string, form_id: string, response_id: string, question: string) =>
  db
    .selectFrom('form_file as f')
    .innerJoin('form_response as r', (join) =>
      join.onRef('r.organization_id', '=', 'f.organization_id').onRef('r.response_id', '=', 'f.response_id'),
    )
    .innerJoin('contact_attempt as a', (join) =>
      join.onRef('a.organization_id', '=', 'f.organization_id').onRef('a.attempt_id', '=', 'f.response_id'),
    )
    .select(['f.name', 'f.kind', 'f.content', 'f.bytes'])
    .where('f.organization_id', '=', organization_id)
    .where('r.form_id', '=', form_id)
    .where('f.response_id', '=', response_id)
    .where('f.question', '=', question)
    .where('a.undone_at', 'is', null)
    .executeTakeFirst()

export interface ResponseRow {
  response_id: string
  version: number
  language: string
  source: 'web' | 'paper'
  sheet: string | null
  said: Said
  how: 'made' | 'linked' | 'joined' | 'unsure'
  differs: Differences | null
  received_at: Date
  person_id: string | null
  voter_id: number | null
  answers: Record<string, AnswerValue>
}

/** Responses, newest first. */
export async function responsesOf(
  db: Db,
  organization_id: string,
  form_id: string,
  {
    from = 0,
    after = null,
    limit,
    only = 'all',
  }: {
    from?: number
    /** The last one read: only those that came before it. */
    after?: string | null
    limit: number
    only?: 'all' | 'open'
  },
): Promise<ResponseRow[]> {
  const further = after
    ? sql`and (r.received_at, r.response_id) < (select l.received_at, l.response_id from form_response l
        where l.organization_id = r.organization_id and l.response_id = ${after}::uuid)`
    : sql``
  const { rows } = await sql<ResponseRow>`
    select r.response_id, r.version, r.language, r.source, r.sheet, r.said, r.how, r.differs, r.received_at,
      a.person_id, coalesce(p.voter_id, a.voter_id) as voter_id,
      coalesce((select jsonb_object_agg(c.question, c.value) from contact_answer c
        where c.organization_id = r.organization_id and c.attempt_id = r.response_id), '{}') as answers
    from form_response r
    join contact_attempt a on a.organization_id = r.organization_id and a.attempt_id = r.response_id and a.undone_at is null
    left join person p on p.organization_id = a.organization_id and p.person_id = a.person_id
    where r.organization_id = ${organization_id}::uuid and r.form_id = ${form_id}::uuid
      and (${only} = 'all' or r.differs is not null or (r.how = 'unsure' and p.voter_id is null))
      ${further}
    order by r.received_at desc, r.response_id desc limit ${limit} offset ${from}`.execute(db)
  return rows
}
