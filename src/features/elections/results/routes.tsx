import { audit } from '../../../platform/audit.ts'
import { byteOrderMark, csvLine } from '../../../platform/csv.ts'
import { found } from '../../../platform/errors.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { allow } from '../../access/allow.ts'
import { districtMap, type Within } from '../../geography/maps.ts'
import { capitalized } from '../../geography/rules.ts'
import { isCrosswalkKind, type DistrictMap } from '../../geography/schema.ts'
import { contestName, linesText, officeName } from '../contests/pages/words.tsx'
import { contest, election, type Contest, type Election } from '../contests/queries.ts'
import { numberOf } from '../contests/routes.tsx'
import './messages.ts'
import { ResultsPage } from './pages/results-page.tsx'
import { choicesOf, partsOf, precinctsOf, resultLines, votesByPlace, type PlaceVotes } from './queries.ts'
import { few_districts } from './rules.ts'
import { voteKinds } from './schema.ts'

const reader = allow('signed-in')

/** What was counted in a contest, place by place. */
export const resultRoutes = room()
  .get('/contests/:contest/results', reader, async (c) => {
    const { t } = c.var
    const { run, of } = await contestOf(c)
    const { commons } = c.var.installation.database
    const { contest_id } = run
    const parts = await partsOf(commons, contest_id)
    const choices = await choicesOf(commons, contest_id)
    const counties = await votesByPlace(commons, contest_id, 'county')
    const assembly = await votesByPlace(commons, contest_id, 'assembly')
    const asked = /^\d{1,3}$/.test(c.req.query('ad') ?? '') ? Number(c.req.query('ad')) : null
    const ad = assembly.some(({ place }) => place === String(asked)) ? asked : null
    const all = await votesByPlace(commons, contest_id, 'ed', { ad })
    const districts = ad !== null || all.length <= few_districts ? all : []
    // Of one county there is nothing to choose.
    const outside = await precinctsOf(commons, contest_id)
    const county = outside.find((each) => outside.length === 1 || each.county === c.req.query('county'))?.county ?? null
    const precincts = county === null ? [] : await votesByPlace(commons, contest_id, 'precinct', { county })
    const chosen = choices.find(({ choice_id }) => String(choice_id) === c.req.query('of')) ?? choices[0]
    const map = chosen ? await mapOf(c, of.state, run, { ad, districts, assembly, counties }) : null
    return page(
      c,
      <ResultsPage
        {...{
          t,
          contest: run,
          election: of,
          parts,
          choices,
          counties,
          assembly,
          districts,
          ad,
          map,
          outside,
          county,
          precincts,
        }}
        placed={ad === null ? all.length : null}
        chosen={chosen ?? null}
      />,
      { title: `${t('results.title')}: ${contestName(t, run)}` },
    )
  })
  /** In the form the import reads. */
  .get('/contests/:contest/results.csv', reader, async (c) => {
    const { run, of } = await contestOf(c)
    const { owner, commons } = c.var.installation.database
    const t = translator('en')
    const lines = await resultLines(commons, run.contest_id)
    await audit(owner, actorOf(c), {
      action: 'contest.results_file',
      subject: 'contest',
      subject_id: run.contest_id,
      after: { rows: lines.length },
      organization_id: null,
    })
    const kinds = voteKinds.filter((kind) => lines.some(({ by_kind }) => by_kind[kind] !== undefined))
    const head = ['county', 'precinct', 'office', 'district', 'party', 'candidate', 'votes', ...kinds]
    const rows = lines.map((each) => [
      ...[capitalized(each.county), each.precinct, officeName(t, run), run.district, linesText(t, [each.line])],
      ...[each.candidate ?? each.name, each.votes, ...kinds.map((kind) => each.by_kind[kind])],
    ])
    return c.body([byteOrderMark, ...[head, ...rows].map(csvLine)].join(''), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="results-${of.held_on}-${run.contest_id}.csv"`,
    })
  })

async function contestOf(c: Ctx): Promise<{ run: Contest; of: Election }> {
  const { commons } = c.var.installation.database
  const run = found(await contest(commons, numberOf(c, 'contest')))
  return { run, of: found(await election(commons, run.election_id)) }
}

interface Counted {
  ad: number | null
  districts: readonly PlaceVotes[]
  assembly: readonly PlaceVotes[]
  counties: readonly PlaceVotes[]
}

/** The finest map there are shapes for: election districts, else assembly districts, else counties. */
async function mapOf(
  c: Ctx,
  state: string,
  { district_kind, district }: Contest,
  { ad, districts, assembly, counties }: Counted,
): Promise<{ map: DistrictMap; places: readonly PlaceVotes[] } | null> {
  const { commons } = c.var.installation.database
  const within: Within | null =
    ad !== null
      ? { state, kind: 'assembly', district: ad }
      : isCrosswalkKind(district_kind)
        ? { state, kind: district_kind, district: Number(district) }
        : null
  const fine = within && districts.length > 0 ? await districtMap(commons, state, 'ed', within) : null
  if (fine) return { map: fine.map, places: districts }
  const places = assembly.length > 0 ? assembly : counties
  if (places.length < 2) return null
  const coarse = await districtMap(commons, state, assembly.length > 0 ? 'assembly' : 'county')
  return coarse && { map: coarse.map, places }
}
