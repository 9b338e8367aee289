import { sql } from 'kysely'
import { allow } from '../features/access/allow.ts'
import { mayDo } from '../features/access/permissions.ts'
import { OfficialsPanel } from '../features/elections/officials/pages/officials-panel.tsx'
import { officials, officialsAndElected, officialsNamed } from '../features/elections/officials/queries.ts'
import { partlyNamed, straddling } from '../features/geography/crosswalk.ts'
import { districtMap } from '../features/geography/maps.ts'
import { districtName, neighborsOf } from '../features/geography/rules.ts'
import { isCrosswalkKind } from '../features/geography/schema.ts'
import { tilesOf } from '../features/geography/tiles.ts'
import { saveUniverse } from '../features/targeting/commands.ts'
import {
  districtCounts,
  districtFigures,
  onTheRolls,
  pageKinds,
  type PageKind,
} from '../features/targeting/district-figures.ts'
import { universes } from '../features/targeting/queries.ts'
import { dateIn } from '../platform/clock.ts'
import type { Db } from '../platform/db/db.ts'
import { found } from '../platform/errors.ts'
import { page } from '../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../platform/http/room.ts'
import { localized } from '../platform/i18n/languages.ts'
import { translator } from '../platform/i18n/messages.ts'
import './district-messages.ts'
import '../features/targeting/messages.ts'
import { districtContacts } from './pages/district-queries.ts'
import { DistrictPage } from './pages/district.tsx'
import { DistrictsPage, type FoundDistrict } from './pages/districts.tsx'

/** Pages of districts, made of several rooms. */
export const districtRoutes = room()
  .get('/districts', allow('universes.view'), async (c) => {
    const { t, installation, organization } = c.var
    const kind = pageKinds.find((each) => each === c.req.query('kind')) ?? 'nyc-council'
    const typed = (c.req.query('q') ?? '').normalize('NFC').trim().slice(0, 80)
    const commons = installation.database.commons
    const today = dateIn(organization?.time_zone ?? 'America/New_York', installation.clock.now())
    const [drawn, counts, listed, match] = await Promise.all([
      districtMap(commons, kind),
      districtCounts(commons, kind),
      officials(commons, kind, today),
      typed === '' ? null : search(commons, typed, today),
    ])
    const [only, another] = match?.districts ?? []
    // A number of the kind one looks at, or a name that only one has: there is nothing to choose.
    if (match && only && !another && match.officials.length === 0)
      return c.redirect(`/districts/${only.kind}/${only.district}`, 303)
    return page(
      c,
      <DistrictsPage
        t={t}
        kind={kind}
        map={found(drawn).map}
        counts={counts}
        officials={listed}
        typed={typed}
        found={match}
        today={today}
        is_steward={mayDo(c.var.actor, 'installation.steward')}
      />,
      { title: t('districts.title') },
    )
  })
  .get('/districts/:kind/:district', allow('universes.view'), async (c) => {
    const { t, db, installation, organization } = c.var
    const actor = actorOf(c)
    const { kind, district } = districtOf(c)
    const now = installation.clock.now()
    const today = dateIn(organization?.time_zone ?? 'America/New_York', now)
    const commons = installation.database.commons
    const [drawn, figures, elected, contacts, doubtful, unnamed, election_districts] = await Promise.all([
      districtMap(commons, kind),
      districtFigures({ commons, ours: db }, actor.organization_id, kind, district, today),
      officialsAndElected(commons, kind, today, district),
      districtContacts(db, actor.organization_id, kind, district, now),
      isCrosswalkKind(kind) ? countStraddling(commons, kind, district) : 0,
      isCrosswalkKind(kind) ? partlyNamed(commons, kind, Number(district)) : 0,
      isCrosswalkKind(kind) ? districtMap(commons, 'ed', { kind, district: Number(district) }) : null,
    ])
    const { map } = found(drawn)
    return page(
      c,
      <DistrictPage
        t={t}
        kind={kind}
        district={district}
        map={map}
        neighbors={neighborsOf(map, district)}
        election_districts={election_districts?.map ?? null}
        figures={figures}
        straddling={doubtful}
        partly_named={unnamed}
        contacts={contacts}
        organization={organization ? localized(organization.name, t.language).text : ''}
        today={today}
        expression={await expressionOf(commons, kind, district)}
        may_make_universe={mayDo(actor, 'universes.edit')}
        may_call={mayDo(actor, 'phonebanks.edit')}
      >
        <OfficialsPanel t={t} officials={elected} today={today} may_correct={mayDo(actor, 'installation.steward')} />
      </DistrictPage>,
      { title: districtName(t, kind, district) },
    )
  })
  // A phone bank calls a universe: the district's own, made the first time.
  .post('/districts/:kind/:district/phonebank', allow('phonebanks.edit'), async (c) => {
    const { t, db, installation, organization } = c.var
    const actor = actorOf(c)
    const { kind, district } = districtOf(c)
    const now = installation.clock.now()
    const today = dateIn(organization?.time_zone ?? 'America/New_York', now)
    const expression = await expressionOf(installation.database.commons, kind, district)
    const known = (await universes(db, actor.organization_id)).find((each) => each.expression === expression)
    if (known) return c.redirect(`/phonebanks/new?universe=${known.universe_id}`, 303)
    const name = districtName(t, kind, district)
    const saved = await saveUniverse(db, actor, { name, expression, note: null }, now, today)
    // The name is taken by something else: let the person name it.
    if (!saved.ok) return c.redirect(`/voters/universes/new?${new URLSearchParams({ q: expression })}`, 303)
    return c.redirect(`/phonebanks/new?universe=${saved.universe_id}`, 303)
  })

/** These pages are New York's: where another state is loaded too, its districts of that number are left out. */
async function expressionOf(commons: Db, kind: PageKind, district: string): Promise<string> {
  const other = await commons
    .selectFrom('voter_file')
    .select('state')
    .where('state', '<>', 'NY')
    .limit(1)
    .executeTakeFirst()
  return `${kind === 'county' ? `county:${district}` : `district:${kind}/${district}`}${other ? ' state:NY' : ''}`
}

/** A district there is: our own tiles have every one of them. */
function districtOf(c: Ctx): FoundDistrict {
  const kind = found(pageKinds.find((each) => each === c.req.param('kind')))
  const district = c.req.param('district') ?? ''
  return { kind, district: found(tilesOf(kind).find((tile) => tile.district === district)).district }
}

async function countStraddling(db: Db, kind: PageKind, district: string): Promise<number> {
  if (!isCrosswalkKind(kind)) return 0
  // No crosswalk with parts of this district: no walk over the voters.
  const parts = await db
    .selectFrom('crosswalk_divided')
    .select('ed')
    .where('kind', '=', kind)
    .where('district', '=', Number(district))
    .limit(1)
    .execute()
  if (parts.length === 0) return 0
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from voter_record v where ${onTheRolls} and ${straddling(kind, Number(district))}`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/** Districts by number or by the name of a county in either language; officials by name. */
async function search(
  db: Db,
  typed: string,
  today: string,
): Promise<{ districts: FoundDistrict[]; officials: Awaited<ReturnType<typeof officialsNamed>> }> {
  const number = /^\D{0,20}?(\d{1,3})\D{0,6}$/.exec(typed)?.[1]
  const districts = pageKinds.flatMap((kind) =>
    tilesOf(kind).flatMap(({ district }) => {
      const fits =
        kind === 'county'
          ? namesOf(district).some((name) => name.startsWith(folded(typed)))
          : number !== undefined && district === String(Number(number))
      return fits ? [{ kind, district }] : []
    }),
  )
  return { districts, officials: number === undefined ? await officialsNamed(db, typed, today) : [] }
}

const folded = (text: string): string => text.toLowerCase().replace(/[\s-]/g, '')
const bothLanguages = [translator('en'), translator('ko')]
const namesOf = (county: string): string[] => [
  folded(county),
  ...bothLanguages.map((t) => folded(districtName(t, 'county', county))),
]
