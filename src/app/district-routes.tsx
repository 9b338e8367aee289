import { sql } from 'kysely'
import { allow } from '../features/access/allow.ts'
import { mayDo } from '../features/access/permissions.ts'
import { OfficialsPanel } from '../features/elections/officials/pages/officials-panel.tsx'
import { officials, officialsAndElected, officialsNamed } from '../features/elections/officials/queries.ts'
import { partlyNamed, straddling } from '../features/geography/crosswalk.ts'
import { districtMap } from '../features/geography/maps.ts'
import { districtName, neighborsOf } from '../features/geography/rules.ts'
import { isCrosswalkKind, isKindOf, mapsState } from '../features/geography/schema.ts'
import { tilesOf } from '../features/geography/tiles.ts'
import { isState } from '../features/geography/time-zones.ts'
import { saveUniverse } from '../features/targeting/commands.ts'
import {
  districtCounts,
  districtFigures,
  onTheRolls,
  pageKinds,
  type District,
  type PageKind,
} from '../features/targeting/district-figures.ts'
import { universes } from '../features/targeting/queries.ts'
import { dateIn } from '../platform/clock.ts'
import type { Db } from '../platform/db/db.ts'
import { found } from '../platform/errors.ts'
import { page } from '../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../platform/http/room.ts'
import { localized } from '../platform/i18n/languages.ts'
import { translator, type Translate } from '../platform/i18n/messages.ts'
import './district-messages.ts'
import '../features/targeting/messages.ts'
import { districtContacts } from './pages/district-queries.ts'
import { DistrictPage } from './pages/district.tsx'
import { districtAddress, DistrictsPage } from './pages/districts.tsx'

/** Pages of districts, made of several rooms. */
export const districtRoutes = room()
  .get('/districts', allow('universes.view'), async (c) => {
    const { t, installation, organization } = c.var
    const states = await statesShown(installation.database.commons)
    const state = states.find((each) => each === c.req.query('state')) ?? states[0] ?? mapsState
    const kinds = pageKinds.filter((each) => isKindOf(state, each))
    const kind = kinds.find((each) => each === c.req.query('kind')) ?? kinds[0] ?? 'assembly'
    const typed = (c.req.query('q') ?? '').normalize('NFC').trim().slice(0, 80)
    const commons = installation.database.commons
    const today = dateIn(organization?.time_zone ?? 'America/New_York', installation.clock.now())
    const [drawn, counts, listed, match] = await Promise.all([
      districtMap(commons, state, kind),
      districtCounts(commons, state, kind),
      state === mapsState ? officials(commons, kind, today) : [],
      typed === '' ? null : search(commons, state, typed, today),
    ])
    const [only, another] = match?.districts ?? []
    // A number of the kind one looks at, or a name that only one has: there is nothing to choose.
    if (match && only && !another && match.officials.length === 0) return c.redirect(districtAddress(only), 303)
    return page(
      c,
      <DistrictsPage
        t={t}
        state={state}
        states={states}
        kind={kind}
        kinds={kinds}
        map={drawn?.map ?? null}
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
    const commons = installation.database.commons
    const of = await districtOf(c)
    const { state, kind, district } = of
    const now = installation.clock.now()
    const today = dateIn(organization?.time_zone ?? 'America/New_York', now)
    const [drawn, figures, elected, contacts, doubtful, unnamed, election_districts] = await Promise.all([
      districtMap(commons, state, kind),
      districtFigures({ commons, ours: db }, actor.organization_id, of, today),
      state === mapsState ? officialsAndElected(commons, kind, today, district) : [],
      districtContacts(db, actor.organization_id, of, now),
      countStraddling(commons, of),
      isCrosswalkKind(kind) ? partlyNamed(commons, kind, Number(district), state) : 0,
      isCrosswalkKind(kind) ? districtMap(commons, state, 'ed', { state, kind, district: Number(district) }) : null,
    ])
    const map = drawn?.map ?? null
    return page(
      c,
      <DistrictPage
        t={t}
        of={of}
        map={map}
        neighbors={map ? neighborsOf(map, district) : []}
        election_districts={election_districts?.map ?? null}
        figures={figures}
        straddling={doubtful}
        partly_named={unnamed}
        contacts={contacts}
        organization={organization ? localized(organization.name, t.language).text : ''}
        today={today}
        expression={await expressionOf(commons, of)}
        may_make_universe={mayDo(actor, 'universes.edit')}
        may_call={mayDo(actor, 'phonebanks.edit')}
      >
        {state === mapsState && (
          <OfficialsPanel t={t} officials={elected} today={today} may_correct={mayDo(actor, 'installation.steward')} />
        )}
      </DistrictPage>,
      { title: nameOf(t, of) },
    )
  })
  // A phone bank calls a universe: the district's own, made the first time.
  .post('/districts/:kind/:district/phonebank', allow('phonebanks.edit'), async (c) => {
    const { t, db, installation, organization } = c.var
    const actor = actorOf(c)
    const of = await districtOf(c)
    const now = installation.clock.now()
    const today = dateIn(organization?.time_zone ?? 'America/New_York', now)
    const expression = await expressionOf(installation.database.commons, of)
    const known = (await universes(db, actor.organization_id)).find((each) => each.expression === expression)
    if (known) return c.redirect(`/phonebanks/new?universe=${known.universe_id}`, 303)
    const name = nameOf(t, of)
    const saved = await saveUniverse(db, actor, { name, expression, note: null }, now, today)
    // The name is taken by something else: let the person name it.
    if (!saved.ok) return c.redirect(`/voters/universes/new?${new URLSearchParams({ q: expression })}`, 303)
    return c.redirect(`/phonebanks/new?universe=${saved.universe_id}`, 303)
  })

/** Where another state is loaded too, its districts of that number are left out. */
async function expressionOf(commons: Db, { state, kind, district }: District): Promise<string> {
  const other = await commons
    .selectFrom('voter_file')
    .select('state')
    .where('state', '<>', state)
    .limit(1)
    .executeTakeFirst()
  return `${kind === 'county' ? `county:${district}` : `district:${kind}/${district}`}${other ? ` state:${state}` : ''}`
}

/** States with voters, New York first; it stands for itself where nothing is loaded. */
async function statesShown(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('voter_file').select('state').distinct().orderBy('state').execute()
  const states = rows.flatMap(({ state }) => state ?? [])
  return [...(states.length === 0 || states.includes(mapsState) ? [mapsState] : []), ...states.filter((state) => state !== mapsState)] // prettier-ignore
}

/** A district there is. */
async function districtOf(c: Ctx): Promise<District> {
  const kind = found(pageKinds.find((each) => each === c.req.param('kind')))
  const state = found([c.req.query('state') ?? mapsState].find(isState))
  const asked = c.req.param('district') ?? ''
  const districts = isKindOf(state, kind) ? await districtsOf(c.var.installation.database.commons, state, kind) : []
  const isNamed = (isCrosswalkKind(kind) ? /^[1-9]\d{0,2}$/ : /^[a-z][a-z-]{0,40}$/).test(asked)
  return { state, kind, district: found(isNamed && (!districts || districts.includes(asked)) ? asked : null) }
}

/** Of New York our own tiles have every one; elsewhere those of the map, and those somebody lives in. null: still being counted. */
async function districtsOf(db: Db, state: string, kind: PageKind): Promise<string[] | null> {
  if (state === mapsState) return tilesOf(kind).map(({ district }) => district)
  const [drawn, counts] = await Promise.all([districtMap(db, state, kind), districtCounts(db, state, kind)])
  return counts && [...new Set([...(drawn?.map.shapes ?? []).map(({ district }) => district), ...counts.keys()])]
}

const nameOf = (t: Translate, { state, kind, district }: District): string =>
  state === mapsState
    ? districtName(t, kind, district)
    : t('districts.of_state', { name: districtName(t, kind, district), state })

async function countStraddling(db: Db, { state, kind, district }: District): Promise<number> {
  if (!isCrosswalkKind(kind)) return 0
  // No crosswalk with parts of this district: no walk over the voters.
  const parts = await db
    .selectFrom('crosswalk_divided')
    .select('ed')
    .where('state', '=', state)
    .where('kind', '=', kind)
    .where('district', '=', Number(district))
    .limit(1)
    .execute()
  if (parts.length === 0) return 0
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from voter_record v where v.state = ${state} and ${onTheRolls} and ${straddling(kind, Number(district))}`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/** Districts by number or by the name of a county in either language; officials by name. */
async function search(
  db: Db,
  state: string,
  typed: string,
  today: string,
): Promise<{ districts: District[]; officials: Awaited<ReturnType<typeof officialsNamed>> }> {
  const number = /^\D{0,20}?(\d{1,3})\D{0,6}$/.exec(typed)?.[1]
  const districts = await Promise.all(
    pageKinds
      .filter((kind) => isKindOf(state, kind))
      .map(async (kind) =>
        ((await districtsOf(db, state, kind)) ?? []).flatMap((district) => {
          const fits =
            kind === 'county'
              ? namesOf(district).some((name) => name.startsWith(folded(typed)))
              : number !== undefined && district === String(Number(number))
          return fits ? [{ state, kind, district }] : []
        }),
      ),
  )
  return {
    districts: districts.flat(),
    officials: number === undefined && state === mapsState ? await officialsNamed(db, typed, today) : [],
  }
}

const folded = (text: string): string => text.toLowerCase().replace(/[\s-]/g, '')
const bothLanguages = [translator('en'), translator('ko')]
const namesOf = (county: string): string[] => [
  folded(county),
  ...bothLanguages.map((t) => folded(districtName(t, 'county', county))),
]
