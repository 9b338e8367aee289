import '../../../../platform/ui/messages.ts'
import { formatDate, formatNumber, formatPercent } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Card, EmptyState, PageHead, Table } from '../../../../platform/ui/components.tsx'
import { DistrictMapFigure } from '../../../geography/pages/district-map.tsx'
import { districtName } from '../../../geography/rules.ts'
import type { DistrictMap } from '../../../geography/schema.ts'
import { contestName, electionTitle, lineName } from '../../contests/pages/words.tsx'
import type { Contest, Election } from '../../contests/queries.ts'
import { FigureName, nameFor } from '../../figures/pages/figure-name.tsx'
import { hostOf } from '../../figures/rules.ts'
import '../messages.ts'
import type { Area, Choice, KeptPart, PlaceVotes } from '../queries.ts'
import { countedIn, counts, few_districts, leaderOf, shareOf } from '../rules.ts'
import { voteKinds } from '../schema.ts'

interface Props {
  t: Translate
  contest: Contest
  election: Election
  parts: readonly KeptPart[]
  choices: readonly Choice[]
  counties: readonly PlaceVotes[]
  assembly: readonly PlaceVotes[]
  /** Of the assembly district that is asked for, or, where they are few, all. */
  districts: readonly PlaceVotes[]
  ad: number | null
  map: { map: DistrictMap; places: readonly PlaceVotes[] } | null
  /** Counties with precincts outside New York City. */
  outside: readonly { county: string; precincts: number }[]
  /** Whose precincts are shown. */
  county: string | null
  precincts: readonly PlaceVotes[]
  /** Election districts of New York City; null: some of them were asked for. */
  placed: number | null
  /** Whose share the map shows. */
  chosen: Choice | null
}

/** What was counted: all of it, then as a map, by county, by assembly district and by election district. */
export function ResultsPage(props: Props) {
  const { t, contest, election, parts, choices, counties, assembly, districts, ad, map, chosen, outside, county, precincts } = props // prettier-ignore
  const at = `/contests/${contest.contest_id}/results`
  const names = { t, choices }
  return (
    <>
      <PageHead
        title={t('results.title')}
        lead={`${contestName(t, contest)} · ${electionTitle(t, election)} · ${formatDate(t.language, election.held_on)}`}
        back={{ href: `/contests/${contest.contest_id}`, label: contestName(t, contest) }}
        actions={
          choices.length > 0 && (
            <a className="btn" href={`${at}.csv`}>
              {t('results.download')}
            </a>
          )
        }
      />
      {choices.length === 0 && <EmptyState icon="ballot" title={t('results.none')} />}
      {contest.method === 'ranked_choice' && choices.length > 0 && (
        <Alert kind="info" title={t('results.first_choices')} />
      )}
      {choices.length > 0 && <Totals {...props} />}
      {map && chosen && (
        <Card id="map" title={t('results.map', { name: choiceName(t, chosen) })}>
          <form method="get" action={`${at}#map`} className="mb-4 flex flex-wrap items-end gap-2 print:hidden">
            {ad !== null && <input type="hidden" name="ad" value={ad} />}
            <label className="min-w-0">
              <span className="mb-1 block font-semibold">{t('results.map_of')}</span>
              <select name="of" defaultValue={String(chosen.choice_id)} className="select text-base">
                {choices.filter(counts).map((each) => (
                  <option key={each.choice_id} value={each.choice_id}>
                    {choiceName(t, each)}
                  </option>
                ))}
              </select>
            </label>
            <button className="btn">{t('action.show')}</button>
          </form>
          <DistrictMapFigure
            t={t}
            map={map.map}
            measure={t('results.share')}
            values={
              new Map(
                map.places.flatMap((each): [string, number][] => {
                  const share = shareOf(each.votes.get(chosen.choice_id) ?? 0, countedIn(each, choices))
                  return share === null ? [] : [[each.place, share]]
                }),
              )
            }
            format={(share) => formatPercent(t.language, share, 1)}
            href={map.map.kind === 'assembly' ? (district) => `${at}?ad=${district}` : undefined}
            has_list={false}
            is_part
          />
        </Card>
      )}
      {counties.length > 1 && (
        <Places
          {...names}
          area="county"
          places={counties}
          href={(place) =>
            outside.some((each) => each.county === place) ? `${at}?county=${place}#precinct` : undefined
          }
          chosen={county}
        />
      )}
      {outside.length > 0 && county === null && (
        <p className="mb-6">
          {t('results.unplaced_votes', { count: outside.reduce((sum, { precincts: each }) => sum + each, 0) })}
        </p>
      )}
      {county !== null && (
        <Places
          {...names}
          area="precinct"
          places={precincts}
          title={t('results.by.precinct_of', { place: districtName(t, 'county', county) })}
        />
      )}
      {assembly.length > 0 && (
        <Places
          {...names}
          area="assembly"
          places={assembly}
          href={(place) => `${at}?ad=${place}#ed`}
          chosen={ad === null ? null : String(ad)}
        />
      )}
      {props.placed !== null && props.placed > few_districts && <p className="mb-6">{t('results.choose_assembly')}</p>}
      {districts.length > 0 && (
        <Places
          {...names}
          area="ed"
          places={districts}
          title={
            ad === null ? t('results.by.ed') : t('results.by.ed_of', { place: districtName(t, 'assembly', String(ad)) })
          }
        />
      )}
      {parts.length > 0 && (
        <Card id="sources" title={t('results.sources')}>
          <ul>
            {parts.map(({ county, source_url, as_of, file }) => (
              <li key={county} className="py-1 wrap-anywhere">
                <a href={source_url} rel="noreferrer" className="inline-block min-h-6 wrap-anywhere">
                  {t('results.source', {
                    place: districtName(t, 'county', county),
                    source: hostOf(source_url),
                    date: formatDate(t.language, as_of),
                    file,
                  })}
                </a>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}

function choiceName(t: Translate, { kind, name, figure }: Choice): string {
  if (kind === 'write_in' || kind === 'blank') return t(`results.kind.${kind}`)
  return figure ? nameFor(t, figure) : name
}

function Totals({ t, choices, contest }: Props) {
  const number = (value: number): string => formatNumber(t.language, value)
  const all = choices.reduce((sum, each) => sum + (counts(each) ? each.votes : 0), 0)
  const kinds = voteKinds.filter((kind) => choices.some(({ by_kind }) => by_kind[kind] !== undefined))
  return (
    <section className="mb-6">
      <Table
        caption={contestName(t, contest)}
        head={[
          t('results.candidate'),
          t('results.votes'),
          t('results.share'),
          t('results.lines_of'),
          ...kinds.map((kind) => t(`results.vote.${kind}`)),
        ]}
      >
        {choices.map((choice) => {
          const share = counts(choice) ? shareOf(choice.votes, all) : null
          const lines = choice.lines.filter(({ line }) => line !== '')
          return (
            <tr key={choice.choice_id}>
              <th scope="row" className="min-w-40">
                {choice.figure ? (
                  <a href={`/public-figures/${choice.figure.figure_id}`} className="inline-block min-h-6">
                    <FigureName t={t} figure={choice.figure} />
                  </a>
                ) : (
                  choiceName(t, choice)
                )}
              </th>
              <td className="text-right tabular-nums">{number(choice.votes)}</td>
              <td className="text-right tabular-nums">{share === null ? '–' : formatPercent(t.language, share, 1)}</td>
              <td className="min-w-40">
                {lines.map(({ line, votes }) => `${lineName(t, line)} ${number(votes)}`).join(' · ') || '–'}
              </td>
              {kinds.map((kind) => (
                <td key={kind} className="text-right tabular-nums">
                  {choice.by_kind[kind] === undefined ? '–' : number(choice.by_kind[kind])}
                </td>
              ))}
            </tr>
          )
        })}
      </Table>
      <p className="mt-2 text-sm">{t('results.of_those')}</p>
    </section>
  )
}

/** Candidates with a column of their own; all others stand in the file. */
const columns = 4

function Places({
  t,
  choices,
  area,
  places,
  href,
  chosen = null,
  title = area === 'precinct' ? '' : t(`results.by.${area}`),
}: {
  t: Translate
  choices: readonly Choice[]
  area: Area
  places: readonly PlaceVotes[]
  /** undefined: of this one there is no more. */
  href?: (place: string) => string | undefined
  chosen?: string | null
  title?: string
}) {
  const shown = choices.filter(counts).slice(0, columns)
  const number = (value: number): string => formatNumber(t.language, value)
  return (
    <section className="mb-6" id={area}>
      <h2 className="mb-3 text-lg font-bold">{title}</h2>
      <div className="max-h-[36rem] overflow-y-auto print:max-h-none" tabIndex={0} role="group" aria-label={title}>
        <Table
          caption={title}
          head={[
            t('results.place'),
            t('results.leader'),
            ...shown.map((each) => choiceName(t, each)),
            t('results.total'),
          ]}
        >
          {places.map((each) => {
            const leader = leaderOf(each, choices)
            const all = countedIn(each, choices)
            const share = leader && shareOf(each.votes.get(leader.choice_id) ?? 0, all)
            const name = area === 'precinct' ? each.place : districtName(t, area, each.place)
            const address = href?.(each.place)
            return (
              <tr key={each.place} className={each.place === chosen ? 'bg-primary/10' : undefined}>
                <th scope="row" className="whitespace-nowrap">
                  {address ? (
                    <a href={address} className="inline-block min-h-6">
                      {name}
                    </a>
                  ) : (
                    name
                  )}
                </th>
                <td className="whitespace-nowrap">
                  {leader && share !== null
                    ? `${choiceName(t, leader)} ${formatPercent(t.language, share, 1)}`
                    : all > 0
                      ? t('results.tied')
                      : '–'}
                </td>
                {shown.map(({ choice_id }) => (
                  <td key={choice_id} className="text-right tabular-nums">
                    {number(each.votes.get(choice_id) ?? 0)}
                  </td>
                ))}
                <td className="text-right tabular-nums">{number(each.total)}</td>
              </tr>
            )
          })}
        </Table>
      </div>
    </section>
  )
}
