import { formatDate } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card } from '../../../platform/ui/components.tsx'
import type { CrosswalkedDistrict } from '../../geography/crosswalk.ts'
import { districtName, straddlesText } from '../../geography/rules.ts'
import { isKindOf, mapsState } from '../../geography/schema.ts'
import type { ReadVote } from '../../voterfile/queries.ts'
import type { VoteMethod } from '../../voterfile/layouts/layout.ts'
import type { Profile } from '../queries.ts'
import { barredFrom, lastElections } from '../rules.ts'

/** Did they vote in the last elections, and how: one square each, oldest left; said in words for whoever cannot see it. */
export function VotesPanel({ t, profile, today }: { t: Translate; profile: Profile; today: string }) {
  const { voter, votes } = profile
  if (!voter) return null
  // A city's list has no votes: of whom it alone knows, none told is not none cast.
  const isUnknown = voter.id_kind !== null && votes.length === 0
  const last = isUnknown ? [] : lastElections(profile.elections, today)
  const method = new Map(votes.map((vote) => [vote.election.election_id, vote.method]))
  const possible = last.filter((each) => method.has(each.election_id) || !barredFrom(each, voter))
  const voted = last.filter((each) => method.has(each.election_id)).length
  return (
    <Card title={t('people.votes')} lead={t('people.votes.lead')} id="votes">
      {last.length > 0 && (
        <p className="mb-3 font-semibold">
          {possible.length > 0
            ? t('people.votes.summary', { voted, held: possible.length })
            : t('people.votes.none_possible')}
        </p>
      )}
      {last.length > 0 && (
        <ol className="mb-4 grid grid-cols-4 gap-x-2 gap-y-3">
          {[...last].reverse().map((election) => {
            const how = method.get(election.election_id)
            const barred = how ? null : barredFrom(election, voter)
            return (
              <li key={election.election_id} className="flex flex-col items-center gap-1 text-center text-xs">
                <span
                  className={`flex size-11 items-center justify-center rounded-lg border-2 text-lg font-bold ${
                    how
                      ? 'border-primary bg-primary text-primary-content'
                      : barred
                        ? 'border-base-300 border-dashed'
                        : 'border-base-content/40'
                  }`}
                  aria-hidden="true"
                >
                  {how ? '✓' : barred ? '' : '–'}
                </span>
                <span>
                  <span className="block font-semibold tabular-nums">{election.year}</span>
                  {t.dynamic(`people.election.${election.kind}`)}
                  <span className="sr-only">
                    : {how ? t('people.vote.yes') : barred ? t.dynamic(`people.vote.${barred}`) : t('people.vote.no')}
                  </span>
                </span>
                {barred === 'closed_primary' && <span aria-hidden="true">{t('people.vote.closed_primary')}</span>}
                {how && how !== 'unknown' && <span>{t.dynamic(`people.vote.method.${how}`)}</span>}
              </li>
            )
          })}
        </ol>
      )}
      {votes.length === 0 ? (
        <p>{t('people.votes.none')}</p>
      ) : (
        <details>
          <summary className="min-h-8 cursor-pointer text-sm">{t('people.votes.all')}</summary>
          <ul className="mt-2 space-y-1 text-sm">
            {votes.map((vote) => (
              <li key={vote.election.election_id}>{inWords(t, vote)}</li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  )
}

function inWords(t: Translate, { election, method }: ReadVote): string {
  const day = election.held_on ? formatDate(t.language, election.held_on) : String(election.year)
  const how: VoteMethod = method
  return [
    day,
    t.dynamic(`people.election.${election.kind}`),
    how === 'unknown' ? '' : t.dynamic(`people.vote.method.${how}`),
  ]
    .filter(Boolean)
    .join(' · ')
}

interface ShownDistrict {
  column: keyof typeof kindOf
  href: string | null
  /** null: in several. */
  number: number | null
  /** null: the voter file says it itself. */
  crosswalked: CrosswalkedDistrict | null
}

const kindOf = { ccd: 'nyc-council', ad: 'assembly', sd: 'senate', cd: 'congress' } as const

/** Districts by number, and the county. */
export function DistrictsPanel({ t, profile }: { t: Translate; profile: Profile }) {
  const { voter } = profile
  if (!voter) return null
  const shown = (['ccd', 'ad', 'sd', 'cd'] as const).flatMap((column): ShownDistrict[] => {
    const kind = kindOf[column]
    const own = voter[column]
    const page = (district: number): string | null =>
      isKindOf(voter.state, kind)
        ? `/districts/${kind}/${district}${voter.state === mapsState ? '' : `?state=${voter.state}`}`
        : null
    if (own !== null) return [{ column, href: page(own), number: own, crosswalked: null }]
    const crosswalked = profile.crosswalked.find((each) => each.kind === kind)
    const [first, ...others] = crosswalked?.parts ?? []
    if (!crosswalked || !first) return []
    const isWhole = others.length === 0 && first.share >= 0.99
    return [
      { column, href: isWhole ? page(first.district) : null, number: isWhole ? first.district : null, crosswalked },
    ]
  })
  return (
    <Card title={t('people.districts')} id="districts">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
        {shown.map(({ column, href, number, crosswalked }) => (
          <div key={column}>
            <dt className="text-sm">{t.dynamic(`people.district.${column}`)}</dt>
            {number !== null && (
              <dd className="font-semibold">
                {href ? (
                  <a href={href}>{t('people.district.number', { number: String(number) })}</a>
                ) : (
                  t('people.district.number', { number: String(number) })
                )}
              </dd>
            )}
            {crosswalked && number === null && <dd className="font-semibold">{straddlesText(t, crosswalked.parts)}</dd>}
            {crosswalked && number !== null && (
              <dd className="text-sm">
                {crosswalked.as_of
                  ? t('geography.by_crosswalk_as_of', { date: formatDate(t.language, crosswalked.as_of) })
                  : t('geography.by_crosswalk')}
              </dd>
            )}
          </div>
        ))}
        {voter.ed !== null && (
          <div>
            <dt className="text-sm">{t('people.district.ed')}</dt>
            <dd className="font-semibold tabular-nums">{voter.ad === null ? voter.ed : `${voter.ed}/${voter.ad}`}</dd>
          </div>
        )}
        {voter.precinct && (
          <div>
            <dt className="text-sm">{t('people.district.precinct')}</dt>
            <dd className="font-semibold">{voter.precinct}</dd>
          </div>
        )}
        {voter.county && (
          <div>
            <dt className="text-sm">{t('people.district.county')}</dt>
            <dd className="font-semibold">{districtName(t, 'county', voter.county)}</dd>
          </div>
        )}
      </dl>
    </Card>
  )
}
