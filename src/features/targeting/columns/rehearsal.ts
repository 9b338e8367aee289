import { sql } from 'kysely'
import { dateIn } from '../../../platform/clock.ts'
import type { Database, Db } from '../../../platform/db/db.ts'
import '../../organizations/tables.ts'
import { compileUniverse, inTerm } from '../queries.ts'
import { print } from '../print.ts'
import { many } from './loaded.ts'
import { refreshFromColumns } from './ask.ts'
import type { ColumnStore } from './store.ts'

/*
 * Nobody waits for what could have been done before: after the columns are loaded, what each organization knows is read, and
 * questions as they are usually asked go all the way, so that V8 has compiled well what answers them.
 */

/** Organizations for whom this is done, the ones that counted last. */
const most = 8
/** Frozen universes of each whose members are read, the newest. */
const mostFrozen = 8

/** One of each kind of term, as organizers put them together. */
const usual = [
  '',
  'party:dem,none age:18-34 sex:F',
  'status:active county:queens,kings voted>=2/5',
  'district:congress/3-6 district:assembly/25-40 -party:rep',
  'district:senate/11-16 district:nyc-council/19-24 voted:2021-general',
  'community:korean>=0.6,chinese>=0.7 language:ko,zh',
  'has:phone -has:email household:2-4',
  'household:(age:70-) registered:1y',
  '-household:(party:rep) last-voted>2y',
  'skipped:2023-general method:poll -(sex:M or age:80-)',
  'voted:primary/rep party:dem@2023-06-27 registered-by:agency',
  'skipped>=1/4 born:1980-01-01..1990-12-31',
  'birthday:1 sample:20%@usual',
  'split:A/3 method:mail/2023-general',
  'support:1-2 -contacted:30d tag:volunteer',
  'contacted:60d or attended:any or member:any',
  'attended:any/1y -no-show:any',
  'signed-up:any hours>=2:year',
  'member:good member-since<2027',
]

/** Asks for one organization as its people do. */
export async function rehearse(store: ColumnStore, db: Db, organization_id: string, today: string): Promise<void> {
  const frozen = await db
    .selectFrom('universe')
    .select('name')
    .where('organization_id', '=', organization_id)
    .where('kind', '=', 'frozen')
    .where('archived_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(mostFrozen)
    .execute()
  for (const text of [...usual, ...frozen.map((universe) => print(inTerm(universe)))]) {
    // Closed meanwhile.
    if (!store.ready) return
    const compiled = await compileUniverse(db, text, organization_id, today)
    if (compiled.ok) await refreshFromColumns(store, db, compiled.universe)
  }
}

/** Once the columns are loaded; few voters are counted sooner than all of this is done. */
export async function rehearseAll(store: ColumnStore, database: Database, now: Date): Promise<void> {
  if ((store.ready?.header.voters ?? 0) < many) return
  const { rows } = await sql<{ organization_id: string; time_zone: string }>`
    select o.organization_id, o.time_zone from organization o
    join lateral (select max(greatest(u.created_at, u.counted_at)) as at from universe u where u.organization_id = o.organization_id) used on used.at is not null
    order by used.at desc limit ${most}`.execute(database.owner)
  for (const { organization_id, time_zone } of rows)
    await rehearse(store, database.of(organization_id), organization_id, dateIn(time_zone, now))
}
