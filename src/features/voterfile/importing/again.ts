import { isOwn } from '../layouts/layout.ts'
import { unsaid } from '../mapping/columns.ts'
import { namedElections } from '../mapping/elections.ts'
import { recordColumns } from '../mapping/mapper.ts'
import { isVoterId } from '../mapping/voter-ids.ts'
import { cityNumber, provisionalBase, provisionalKey, stateKey } from '../rules/keys.ts'
import { manyGone } from '../limits.ts'
import { Refused } from '../reading/source.ts'
import { numberInTheirCounty } from './city-counties.ts'
import { electionDays, newestFirst } from './election-days.ts'
import { partitionOf } from './first.ts'
import { changeKinds, otherBoardsKinds } from './kinds.ts'
import { Marked } from './marked.ts'
import { rejectedRows } from './rejects.ts'
import { previewAgain } from './preview.ts'
import { findWaiting, markUnmatched, rekey } from './rekeying.ts'
import type { Run } from './run.ts'
import { readInThread } from './thread.ts'

/**
 * A later file of a state we know. Read twice: first only each row's id, hash and rank go to the server, which tells the
 * few lines that are new or differ; the second reading takes those alone. What changed is kept as history.
 */
export async function importAgain(run: Run): Promise<void> {
  const { client, counts, layout } = run
  const table = partitionOf(layout.state)
  await client.query("set local work_mem = '128MB'")
  const with_city = await findWaiting(run, table)
  await client.query(
    `create temp table incoming (ordinal integer, key bigint, hash bigint, rank integer, is_purged boolean${with_city ? ', city_number bigint' : ''}) on commit drop`,
  )
  await readInThread(run, { kind: 'keys', with_city }, 'copy incoming from stdin with (format binary)')

  run.progress({ phase: 'comparing' })
  await client.query(
    `create temp table winner on commit drop as
     select distinct on (key) ordinal, key, hash, is_purged${with_city ? ', city_number' : ''} from incoming order by key, rank desc, ordinal`,
  )
  await client.query('analyze winner')
  const rows = await count(run, 'select count(*)::integer as n from incoming')
  const winners = await count(run, 'select count(*)::integer as n from winner')
  if (rows > winners) counts.duplicates = rows - winners
  // A purged row of somebody we have is news, also of who waits for the state's id; of anybody else it is skipped.
  await skipPurged(run, table, with_city ? 'not exists (select from waiting where number = w.city_number)' : 'true')

  const wanted = new Marked(counts.read)
  await wanted.addFrom(
    client,
    `select w.ordinal from winner w left join ${table} v on v.state_key = w.key where v.row_hash is distinct from w.hash`,
  )
  await readDifferent(run, wanted)
  if (with_city) {
    await rekey(run, table)
    await skipPurged(run, table, 'true')
    await client.query('delete from staging s where not exists (select from winner w where w.key = s.state_key)')
  }
  await importStaged(run)
  if (with_city) await markUnmatched(run, table)
}

async function skipPurged({ client, counts, include_purged }: Run, table: string, condition: string): Promise<void> {
  if (include_purged) return
  const skipped = await client.query(
    `delete from winner w where is_purged and ${condition} and not exists (select from ${table} v where v.state_key = w.key)`,
  )
  if (skipped.rowCount) counts.skipped_purged = (counts.skipped_purged ?? 0) + skipped.rowCount
}

/** What is news in `staging`, of all rows of the file in `winner`: compared with the voters we have, counted, and written. */
export async function importStaged(run: Run): Promise<void> {
  const { client } = run
  const table = partitionOf(run.layout.state)
  await client.query('create index on staging (state_key)')
  await client.query('analyze staging')
  await keepUnsaid(run)
  await noteUnreadable(run)
  await findMissing(run, table)

  run.progress({ phase: 'comparing' })
  await compare(run, table)
  if (run.preview) await previewAgain(run, table)
  if (run.writes) await merge(run, table)
}

/** Voters with a row in the file that could not be read: they are in it all the same, and stay as they are. */
async function noteUnreadable(run: Run): Promise<void> {
  await run.client.query('create temp table unreadable (key bigint) on commit drop')
  if (run.rejects.count === 0) return
  run.rejects.flush()
  let keys: number[] = []
  const flush = () => run.client.query('insert into unreadable select unnest($1::bigint[])', [keys])
  for await (const row of rejectedRows(run.rejects.path)) {
    keys.push(...idsIn(row, run.detected).map((id) => (run.layout.key === 'county_voter_id' ? provisionalKey(cityNumber(id)) : stateKey(id, run.layout.id_prefix)))) // prettier-ignore
    if (keys.length < 10_000) continue
    await flush()
    keys = []
  }
  await flush()
}

/** What can be a voter id in a row as it came, whose columns nobody can tell: by the letters of the state, and about where ids stand. */
function idsIn(row: string, detected: Run['detected']): string[] {
  return detected.flatMap(({ layout, delimiter, columns }) => {
    const lettered = layout.id_prefix && row.match(new RegExp(`\\b${layout.id_prefix}\\d{6,18}\\b`, 'gi'))
    if (lettered) return lettered
    const at = columns.at(layout.key)
    const fields = row.split(delimiter).slice(Math.max(0, at - 1), at + 2)
    return fields.map((field) => field.replaceAll('"', '').trim()).filter((field) => isVoterId(field, layout, true))
  })
}

/** Of whom a file can say that they are gone: the state's of those who have its id, a city's of those it alone knows. */
const isIts = (run: Run): string => (isOfACity(run) ? 'v.id_kind is not null' : 'v.id_kind is null')

const isOfACity = ({ layout }: Run): boolean => layout.key === 'county_voter_id'

/**
 * Who is not in the file though their county is: Ohio and Florida come in pieces, so other counties are not asked about.
 * A file that lacks too many is probably a part of one, cut off on its way; it is refused unless somebody said to go on.
 * A file that is said to be a part tells of nobody that they are gone.
 */
async function findMissing(run: Run, table: string): Promise<void> {
  const { client } = run
  await client.query(
    `create temp table spoken_of on commit drop as
     select coalesce(county, '') as county from staging
     union select coalesce(v.county, '') from winner w join ${table} v on v.state_key = w.key
     where not exists (select from staging s where s.state_key = w.key)
     ${isOfACity(run) ? 'union select county from also_spoken_of' : ''}`,
  )
  const spoken_of = await client.query<{ county: string }>('select county from spoken_of order by county')
  run.counties = run.is_part ? [] : spoken_of.rows.map(({ county }) => county)
  await client.query(
    `create temp table missing on commit drop as
     select v.voter_id from ${table} v
     where ${run.is_part ? 'false and ' : ''}v.gone_in is null and ${isIts(run)} and coalesce(v.county, '') in (select county from spoken_of)
       and not exists (select from winner w where w.key = v.state_key)
       and not exists (select from unreadable u where u.key = v.state_key)`,
  )
  const missing = await count(run, 'select count(*)::integer as n from missing')
  if (run.accept_gone || missing < manyGone.at_least_voters) return
  const present = await count(
    run,
    `select count(*)::integer as n from ${table} v where gone_in is null and ${isIts(run)} and coalesce(county, '') in (select county from spoken_of)`,
  )
  if (missing <= present * manyGone.share) return
  if (isOfACity(run) && !(await lacksMany(run, table))) return
  const number = (value: number): string => value.toLocaleString('en-US')
  const refused = new Refused(
    'many_gone',
    `${number(missing)} / ${number(present)} (${Math.round((missing / present) * 100)}%)`,
    { gone: missing, of: present },
  )
  // Who only looks learns that too, and all the rest beside it.
  if (!run.preview) throw refused
  run.preview.refused ??= { code: refused.code, detail: refused.detail, gone: missing, of: present }
}

/**
 * The city's voters without a state id may be a few left over, of whom many go. Whether the list is cut off all those tell
 * whom a list of the city can name.
 */
async function lacksMany(run: Run, table: string): Promise<boolean> {
  const { rows } = await run.client.query<{ voters: number; absent: number }>(
    `select count(*)::integer as voters,
       count(*) filter (where not exists (select from pair p where p.voter_id = v.voter_id)
         and not exists (select from unreadable u where u.key = case when v.id_kind is null then ${provisionalBase} - ${numberInTheirCounty} else v.state_key end))::integer as absent
     from ${table} v where v.gone_in is null and coalesce(v.county, '') in (select county from spoken_of)`,
  )
  const { voters = 0, absent = 0 } = rows[0] ?? {}
  return absent > voters * manyGone.share
}

async function count(run: Run, statement: string): Promise<number> {
  const result = await run.client.query<{ n: number }>(statement)
  return result.rows[0]?.n ?? 0
}

async function readDifferent(run: Run, wanted: Marked): Promise<void> {
  const columns = recordColumns.join(', ')
  await run.client.query(`create temp table staging on commit drop as select ${columns} from voter_record with no data`)
  // Where nothing differs nothing need be read.
  if (wanted.count > 0)
    await readInThread(
      run,
      { kind: 'marked', bits: wanted.bits },
      `copy staging (${columns}) from stdin with (format binary)`,
    )
}

const communityColumns = recordColumns.filter((column) => column.startsWith('p_'))

/** A file may lack what another has told, above all a county's or vendor's: of that it says nothing, so it stays as it is. */
async function keepUnsaid(run: Run): Promise<void> {
  const { client, layout } = run
  const table = partitionOf(layout.state)
  const { columns, addressParts, besideAddress } = unsaid(
    layout,
    run.detected.map((each) => each.columns),
  )
  // Half of one address and half of another is none: it is kept whole or taken whole.
  const isKept = addressParts.map((part) => `v.${part} is not null`).join(' or ')
  const kept = (column: string, condition: string): [string, string][] =>
    condition ? [[column, `case when ${condition} then v.${column} else s.${column} end`]] : []
  const values = [
    ...columns.map((column) => [column, `v.${column}`]),
    ...['household_key', 'house_number', 'street', 'unit', 'zip5'].flatMap((column) => kept(column, isKept)),
    ...(['city', 'zip4'] as const).flatMap((column) => {
      const isHome = besideAddress.includes(column) ? 'v.household_key is not distinct from s.household_key' : ''
      return kept(column, [isKept, isHome].filter(Boolean).join(' or '))
    }),
    // Where somebody lives tells of the community too; the same name is not thought less of for want of it.
    ...communityColumns.flatMap((column) =>
      kept(column, columns.includes('county') ? 'v.last_key = s.last_key and v.first_name = s.first_name' : ''),
    ),
  ]
  // Ids that lost the letters of their state are the same ids; they stay as the state writes them.
  if (layout.id_prefix !== '' && (await hasBareIds(run)))
    values.push([
      'state_voter_id',
      `case when starts_with(upper(s.state_voter_id), '${layout.id_prefix}') then s.state_voter_id else v.state_voter_id end`,
    ])
  // The state's own file lacks a column or two that nothing is stored in: no row of it is written twice for that.
  if (values.length > 0)
    await client.query(
      `update staging s set ${values.map(([column, value]) => `${column} = ${value}`).join(', ')} from ${table} v
       where v.state_key = s.state_key and (${values.map(([column, value]) => `s.${column} is distinct from ${value}`).join(' or ')})`,
    )
  if (layout.history?.style === 'packed' && !isOwn(layout.id)) await keepCityVotes(run, table)
  else if (layout.history && (isOwn(layout.id) || layout.history.style === 'wide')) await keepVotes(run, table)
}

async function hasBareIds({ client, layout }: Run): Promise<boolean> {
  const found = await client.query(
    'select from staging where not starts_with(upper(state_voter_id), $1::text) limit 1',
    [layout.id_prefix],
  )
  return found.rows.length > 0
}

/** A packed history of the state's own is whole, or is not there at all; but of what the city alone told it knows nothing. */
async function keepCityVotes(run: Run, table: string): Promise<void> {
  await electionDays(run)
  await run.client.query(
    `update staging s set votes = m.votes, last_voted_on = greatest(s.last_voted_on, m.last)
     from (
       select f.state_key, coalesce(merged.votes, '{}') as votes, merged.last
       from staging f join ${table} v using (state_key),
       lateral (
         select ${newestFirst} as votes, max(held_on) as last
         from (
           select distinct on (code >> 3) code
           from (select code, true as is_new from unnest(f.votes) code union all select code, false from unnest(v.city_votes) code) each
           order by code >> 3, is_new desc
         ) one join election_day on election_id = code >> 3
       ) merged
       where v.city_votes is not null
     ) m where m.state_key = s.state_key`,
  )
}

/**
 * Such a file knows some elections: of those it is believed, votes in all others stay. A method that is stored stays
 * where the file only says that somebody voted.
 */
async function keepVotes(run: Run, table: string): Promise<void> {
  const { client, layout, detected, elections } = run
  await electionDays(run)
  // Of several files only what each names: a row of one that lacks the column does not say that somebody stayed at home.
  const [first = new Set<number>(), ...others] = detected.map(
    ({ columns }) => new Set(namedElections(layout, columns, elections).map(({ election_id }) => election_id)),
  )
  const named = [...first].filter((election_id) => others.every((each) => each.has(election_id)))
  if (!isOwn(layout.id)) {
    const left = 'select count(*)::integer as n from election_day where election_id <> all($1::integer[])'
    const { rows } = await client.query<{ n: number }>(left, [named])
    if (rows[0]?.n === 0) return
  }
  await client.query(
    `update staging s set votes = m.votes, votes_unread = m.votes_unread, last_voted_on = m.last_voted_on
     from (
       select f.state_key, coalesce(merged.votes, '{}') as votes, coalesce(f.votes_unread, v.votes_unread) as votes_unread,
         greatest(f.last_voted_on, merged.last, case when denied.last_voted_on is null then v.last_voted_on end) as last_voted_on
       from staging f join ${table} v using (state_key),
       lateral (
         select ${newestFirst} as votes, max(held_on) as last
         from (
           select distinct on (code >> 3) code
           from (
             select code, true as is_new from unnest(f.votes) code
             union all
             select code, false from unnest(v.votes) code
             where code >> 3 <> all($1::integer[]) or code >> 3 in (select of_file >> 3 from unnest(f.votes) of_file)
           ) each
           order by code >> 3, code & 7 = 0, is_new desc
         ) one join election_day on election_id = code >> 3
       ) merged,
       lateral (
         select max(held_on) as last_voted_on from election_day
         where held_on = v.last_voted_on and election_id = any($1::integer[])
           and election_id not in (select code >> 3 from unnest(merged.votes) code)
       ) denied
     ) m where m.state_key = s.state_key`,
    [named],
  )
}

/** What the file changes, counted before anything is written, so that whoever only looks is told the same. */
async function compare(run: Run, table: string): Promise<void> {
  const { client, counts } = run
  const tuple = (alias: string, columns: readonly string[]): string =>
    `(${columns.map((column) => `${alias}.${column}`).join(', ')})`
  const differs = (columns: readonly string[]): string =>
    `${tuple('v', columns)} is distinct from ${tuple('s', columns)}`
  await client.query('create temp table if not exists rekeyed (voter_id integer) on commit drop')
  await client.query(
    `create temp table difference on commit drop as
     select s.state_key, v.voter_id, ${Object.entries(changeKinds)
       .map(
         ([kind, columns]) =>
           `v.voter_id is not null and case when r.voter_id is null then ${differs(columns)} else ${differs(otherBoardsKinds[kind as keyof typeof changeKinds])} end as ${kind}`, // entries() forgets the names
       )
       .join(', ')}
     from staging s left join ${table} v using (state_key) left join rekeyed r on r.voter_id = v.voter_id`,
  )
  await client.query('analyze difference')
  await client.query(
    `create temp table back on commit drop as
     select v.voter_id from winner w join ${table} v on v.state_key = w.key where v.gone_in is not null`,
  )
  const returned = await count(run, 'select count(*)::integer as n from back')
  if (returned) counts.returned = returned
  counts.updated = await count(run, 'select count(voter_id)::integer as n from difference')
  counts.added = (await count(run, 'select count(*)::integer as n from difference')) - counts.updated
  counts.unchanged = (await count(run, 'select count(*)::integer as n from winner')) - counts.updated - counts.added
  counts.gone = await count(run, 'select count(*)::integer as n from missing')
}

const keysOf = (columns: readonly { key: string }[]): Set<string> => new Set(columns.map(({ key }) => key))

async function merge(run: Run, table: string): Promise<void> {
  const { client, layout, file_id } = run
  for (const [kind, columns] of Object.entries(changeKinds)) {
    const object = (alias: string): string =>
      `jsonb_strip_nulls(jsonb_build_object(${columns.map((column) => `'${column}', ${alias}.${column}`).join(', ')}))`
    await client.query(
      `insert into voter_change (voter_id, file_id, kind, before, after)
       select v.voter_id, $1, $2, ${object('v')}, ${object('s')}
       from difference d join staging s using (state_key) join ${table} v on v.voter_id = d.voter_id where d.${kind}`,
      [file_id, kind],
    )
  }
  await client.query(
    `with returned as (update ${table} v set gone_in = null from back b where b.voter_id = v.voter_id returning v.voter_id)
     insert into voter_change (voter_id, file_id, kind, before, after) select voter_id, $1, 'returned', '{}', '{}' from returned`,
    [file_id],
  )

  // What other files brought (votes from a history file, districts of the city's) stays where this one says nothing of it;
  // districts only of whom still lives there.
  const isHome = '(v.county, v.household_key) is not distinct from (s.county, s.household_key)'
  const saidOf = (columns: 'districts' | 'others'): string[] => {
    const [first = new Set<string>(), ...others] = run.detected.map((file) => keysOf(file.columns[columns]))
    return [...first].filter((key) => others.every((each) => each.has(key)))
  }
  const kept = new Set(['voter_id', 'state_key', 'state', ...(layout.history ? [] : ['votes', 'votes_unread'])])
  const value = (column: string): string => {
    if (column === 'ccd') return `coalesce(s.ccd, case when ${isHome} then v.ccd end)`
    if (column === 'districts')
      return `nullif(case when ${isHome} then coalesce(v.districts, '{}') - $1::text[] else '{}' end || coalesce(s.districts, '{}'), '{}')`
    if (column === 'other') return `nullif(coalesce(v.other, '{}') - $2::text[] || coalesce(s.other, '{}'), '{}')`
    if (column === 'last_voted_on' && !layout.history) return 'greatest(s.last_voted_on, v.last_voted_on)'
    return `s.${column}`
  }
  const changed = recordColumns.filter((column) => !kept.has(column))
  await client.query(
    `update ${table} v set ${changed.map((column) => `${column} = ${value(column)}`).join(', ')} from staging s where v.state_key = s.state_key`,
    [saidOf('districts'), saidOf('others')],
  )

  const columns = recordColumns.filter((column) => column !== 'voter_id')
  await client.query(
    `insert into ${table} (voter_id, ${columns.join(', ')})
     select $1 - 1 + row_number() over (order by state_key), ${columns.map((column) => `s.${column}`).join(', ')}
     from staging s where not exists (select from ${table} v where v.state_key = s.state_key)`,
    [run.next_voter_id],
  )

  await client.query(
    `with away as (update ${table} v set gone_in = $1 from missing m where m.voter_id = v.voter_id returning v.voter_id)
     insert into voter_change (voter_id, file_id, kind, before, after) select voter_id, $1, 'gone', '{}', '{}' from away`,
    [file_id],
  )
}
