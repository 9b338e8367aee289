import {
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type pg from 'pg'
import { addMissingIndexes } from '../../src/features/voterfile/indexing.ts'
import { runImport } from '../../src/features/voterfile/commands.ts'
import { voterFile } from '../../src/features/voterfile/generator/voters.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { openCluster, type Cluster } from '../../src/platform/db/cluster.ts'
import { openDatabase, type Database } from '../../src/platform/db/db.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { migrateJobs } from '../../src/platform/jobs/jobs.ts'

export const today = '2026-11-23'

/** What filling the folder took; kept beside the database, so that it can be measured again. */
export interface Filled {
  rows: number
  import_seconds: number
  index_seconds: number
  file_bytes: number
  organization_id: string
}

export interface Opened {
  cluster: Cluster
  database: Database
  owner: pg.ClientConfig
  filled: Filled
}

const actor = { kind: 'cli' as const, id: 'bench', name: 'bench', organization_id: '', roles: [], is_steward: true }

/** A database of made-up New York voters in the folder, by the real import; made only where it is not there yet. */
export async function openFilled(folder: string, rows: number): Promise<Opened> {
  mkdirSync(folder, { recursive: true })
  const note = join(folder, 'filled.json')
  const cluster = await openCluster(join(folder, 'database'))
  const owner = cluster.owner('postgres')
  try {
    await migrate(owner)
    const database = openDatabase({ owner })
    await migrateJobs(database.ownerPool)
    if (!existsSync(note)) writeFileSync(note, JSON.stringify(await fill(database, folder, rows)))
    const filled = JSON.parse(readFileSync(note, 'utf8')) as Filled // written by ourselves
    return { cluster, database, owner, filled }
  } catch (problem) {
    await cluster.close()
    throw problem
  }
}

async function fill(database: Database, folder: string, rows: number): Promise<Filled> {
  const say = (text: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${text}`)
  const path = join(folder, 'AllNYSVoters_20261101.txt')
  if (!existsSync(path)) {
    const output = openSync(`${path}.draft`, 'w')
    for (const chunk of voterFile({ rows, seed: 1, today, is_clean: true })) writeSync(output, chunk.voters)
    closeSync(output)
    renameSync(`${path}.draft`, path)
  }
  say(`${Math.round(statSync(path).size / 1e6)} MB generated`)
  const started = performance.now()
  const result = await runImport(
    { database, clock: systemClock, folder, actor },
    { paths: [path], layout: 'us-ny', law_accepted: true, include_purged: true },
  )
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  const import_seconds = (performance.now() - started) / 1000
  const file_bytes = statSync(path).size
  rmSync(path)
  say(`imported in ${import_seconds.toFixed(0)} s: ${JSON.stringify(result.counts)}`)
  const organization_id = await addOrganization(database, rows)
  say('organization added')
  const indexing = performance.now()
  await addMissingIndexes(database, say)
  await sql`vacuum analyze`.execute(database.owner)
  const index_seconds = (performance.now() - indexing) / 1000
  say(`indexes in ${index_seconds.toFixed(0)} s`)
  return { rows: result.counts.added, import_seconds, index_seconds, file_bytes, organization_id }
}

/** A frozen universe of a fortieth of all voters, made where it is not there yet. */
export async function addFrozen(database: Database, organization_id: string, name: string): Promise<void> {
  const { owner } = database
  const found = await owner.selectFrom('universe').select('universe_id').where('name', '=', name).executeTakeFirst()
  if (found) return
  await sql`with made as (insert into universe (organization_id, name, expression, kind, version, created_by, owner)
      values (${organization_id}, ${name}, '', 'frozen', 1, 'bench', 'bench') returning universe_id)
    insert into universe_member (organization_id, universe_id, voter_id, since)
      select ${organization_id}::uuid, universe_id, voter_id, 1 from made, voter_record where voter_id % 40 = 7`.execute(
    owner,
  )
  await sql`analyze universe_member`.execute(owner)
}

/** Of the organization's people, who came to its events and who is a member; made where it is not there yet. */
export async function addOurPeople(database: Database, organization_id: string): Promise<void> {
  const { owner } = database
  const there = await owner.selectFrom('event').select('event_id').where('organization_id', '=', organization_id).limit(1).executeTakeFirst() // prettier-ignore
  if (there) return
  const kinds = ['roundtable', 'leadership_forum', 'community_service', 'social', 'phone_bank', 'canvass']
  // Twelve events of two hours, one in five weeks; two thirds of the tenth who signed up came, a few did not.
  await sql`insert into event (organization_id, code, kind, content, time_zone, starts_at, ends_at, published_at, created_by)
    select ${organization_id}::uuid, 'bench' || lpad(n::text, 3, '0'), (${kinds}::text[])[1 + n % 6], '{"title": {"en": "Bench"}}', 'America/New_York',
      at, at + interval '2 hours', at, 'bench' from (select n, timestamptz '2026-11-20T23:00:00Z' - n * interval '35 days' as at from generate_series(0, 11) n) made`.execute(
    owner,
  )
  await sql`insert into event_shift (organization_id, event_id, starts_at, ends_at) select organization_id, event_id, starts_at, ends_at from event
    where organization_id = ${organization_id}`.execute(owner)
  await sql`with held as (select event_id, starts_at, row_number() over (order by starts_at) as n from event where organization_id = ${organization_id})
    insert into event_signup (organization_id, event_id, person_id, seats, response, source, language, received_at)
    select organization_id, event_id, person_id, 1, 'signed_up', 'web', 'ko', starts_at - interval '5 days'
    from person join held on (voter_id / 10 + n) % 4 = 0 where organization_id = ${organization_id} and voter_id % 10 = 3`.execute(
    owner,
  )
  await sql`insert into event_attendance (organization_id, signup_id, shift_id, attendance, at, made_by)
    select s.organization_id, s.signup_id, h.shift_id, case when s.arrival % 6 = 0 then 'no_show' else 'attended' end, h.starts_at, 'bench'
    from event_signup s join event_shift h on h.organization_id = s.organization_id and h.event_id = s.event_id
    where s.organization_id = ${organization_id} and s.arrival % 6 < 5`.execute(owner)
  await sql`insert into membership (organization_id, person_id, kind, standing, from_on, recorded_by)
    select organization_id, person_id, 'regular', (array['active', 'active', 'grace', 'lapsed'])[1 + voter_id / 25 % 4], date '2026-06-01' - voter_id % 900, 'bench'
    from person where organization_id = ${organization_id} and voter_id % 25 = 3`.execute(owner)
  await sql`analyze event_signup, event_attendance, membership`.execute(owner)
}

/** One organization that has spoken with some fifty thousand voters. */
async function addOrganization(database: Database, rows: number): Promise<string> {
  const added = await database.owner
    .insertInto('organization')
    .values({ slug: 'bench', name: JSON.stringify({ en: 'Bench', ko: '벤치' }) })
    .returning('organization_id')
    .executeTakeFirstOrThrow()
  const { organization_id } = added
  const db = database.of(organization_id)
  const people = Math.min(50_000, Math.ceil(rows / 20))
  await sql`insert into person (organization_id, voter_id, language, community, matched_by)
    select ${organization_id}::uuid, voter_id, (array['ko', 'ko', 'en', 'zh', null])[1 + voter_id % 5], case when voter_id % 3 = 0 then 'korean' end, 'contact'
    from (select distinct 1 + floor(random() * ${rows}::integer)::integer as voter_id from generate_series(1, ${people}::integer)) made
    join voter_record using (voter_id)`.execute(db)
  await sql`insert into tag (organization_id, tag) values (${organization_id}, 'volunteer'), (${organization_id}, 'tenant')`.execute(
    db,
  )
  await sql`insert into person_tag (organization_id, person_id, tag, tagged_by) select organization_id, person_id, 'volunteer', 'bench' from person where voter_id % 10 = 0`.execute(
    db,
  )
  await sql`insert into person_email (organization_id, person_id, email, source) select organization_id, person_id, 'x@example.org', 'bench' from person where voter_id % 4 = 0`.execute(
    db,
  )
  await sql`insert into contact_attempt (organization_id, attempt_id, voter_id, person_id, channel, disposition, is_reached, made_by, attempted_at)
    select organization_id, gen_random_uuid(), voter_id, person_id, (array['phone', 'phone', 'text', 'door'])[1 + voter_id % 4],
      (array['canvassed', 'no_answer', 'no_answer', 'refused'])[1 + (voter_id / 4 + n) % 4], (voter_id + n) % 4 = 0, 'bench',
      timestamptz '2026-11-23T15:00:00Z' - random() ^ 2 * interval '300 days'
    from person, generate_series(1, 2) n where voter_id % 5 > 0`.execute(db)
  await sql`insert into contact_answer (organization_id, attempt_id, question, value) select organization_id, attempt_id, 'support', to_jsonb(1 + floor(random() * 5)::integer)
    from contact_attempt where is_reached`.execute(db)
  await sql`insert into suppression (organization_id, voter_id, reason, marked_by) select organization_id, voter_id, 'do_not_call', 'bench' from person where voter_id % 50 = 0`.execute(
    db,
  )
  return organization_id
}
