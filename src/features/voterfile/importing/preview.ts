import type { ImportPreview, PreviewKind, PreviewedVoter } from '../schema.ts'
import { changeKinds } from './kinds.ts'
import type { Run } from './run.ts'

/** Of each kind of change so many voters are shown. */
const mostExamples = 8

/** Whom organizations keep that is linked to a voter; read only, as targeting does. */
const linkedPeople = 'select organization_id, voter_id from person where voter_id is not null and merged_into is null'

const nameOf = (alias: string): string => `concat_ws(' ', ${alias}.first_name, ${alias}.last_name)`
const partsOf = (alias: string, columns: readonly string[]): string =>
  `jsonb_strip_nulls(jsonb_build_object(${columns.map((column) => `'${column}', ${alias}.${column}`).join(', ')}))`

async function rowsOf(run: Run, statement: string): Promise<PreviewedVoter[]> {
  return (await run.client.query<PreviewedVoter>(`${statement} limit ${mostExamples}`)).rows
}

/** Of the first file of a state: some of the voters it brings. */
export async function previewFirst(run: Run, table: string): Promise<void> {
  const added = await rowsOf(
    run,
    `select ${nameOf('v')} as name, '{}'::jsonb as before, ${partsOf('v', changeKinds.moved)} as after from ${table} v`,
  )
  run.preview?.examples.push(...added.map((each) => ({ kind: 'added' as const, ...each })))
}

/** Of a later file: what changes by kind, some voters of each, and whose people they are. Reads what again.ts compared. */
export async function previewAgain(run: Run, table: string): Promise<void> {
  const { preview, client } = run
  if (!preview) return
  const kinds = Object.keys(changeKinds) as (keyof typeof changeKinds)[]
  // Votes and the like are no change that is kept as one, yet most of what a new file brings after an election.
  const isNone = kinds.map((kind) => `not d.${kind}`).join(' and ')
  const { rows } = await client.query<Record<string, number>>(
    `select ${kinds.map((kind) => `count(*) filter (where d.${kind})::integer as ${kind}`).join(', ')},
       count(*) filter (where d.voter_id is not null and ${isNone})::integer as other,
       (select count(*)::integer from back) as returned
     from difference d`,
  )
  for (const [kind, count] of Object.entries(rows[0] ?? {})) {
    const known = kind as keyof ImportPreview['changes'] // the columns just asked for
    preview.changes[known] += count
  }

  const show = async (kind: PreviewKind, statement: string): Promise<void> => {
    for (const each of await rowsOf(run, statement)) preview.examples.push({ kind, ...each })
  }
  for (const kind of kinds) {
    const columns = kind === 'districts' ? changeKinds.districts : changeKinds[kind]
    await show(
      kind,
      `select ${nameOf('v')} as name, ${partsOf('v', columns)} as before, ${partsOf('s', columns)} as after
       from difference d join ${table} v using (voter_id) join staging s on s.state_key = d.state_key where d.${kind} order by v.voter_id`,
    )
  }
  await show(
    'added',
    `select ${nameOf('s')} as name, '{}'::jsonb as before, ${partsOf('s', changeKinds.moved)} as after
     from difference d join staging s using (state_key) where d.voter_id is null order by d.state_key`,
  )
  for (const [kind, from] of [
    ['gone', 'missing'],
    ['returned', 'back'],
  ] as const) {
    await show(
      kind,
      `select ${nameOf('v')} as name, ${partsOf('v', changeKinds.moved)} as before, '{}'::jsonb as after
       from ${from} m join ${table} v using (voter_id) order by v.voter_id`,
    )
  }

  const people = await client.query<ImportPreview['people'][number]>(
    `select o.organization_id::text, ${kinds.map((kind) => `count(*) filter (where d.${kind})::integer as ${kind}`).join(', ')},
       count(m.voter_id)::integer as gone, count(b.voter_id)::integer as returned
     from (${linkedPeople}) o left join difference d using (voter_id) left join missing m using (voter_id) left join back b using (voter_id)
     where d.voter_id is not null or m.voter_id is not null or b.voter_id is not null group by 1`,
  )
  preview.people.push(...people.rows)
}
