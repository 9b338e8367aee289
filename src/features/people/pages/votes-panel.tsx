import { formatDate } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card } from '../../../platform/ui/components.tsx'
import type { ReadVote } from '../../voterfile/queries.ts'
import type { VoteMethod } from '../../voterfile/layouts/layout.ts'
import type { Profile } from '../queries.ts'
import { barredFrom, lastElections } from '../rules.ts'

/** Did they vote in the last elections, and how: one square each, oldest left; said in words for whoever cannot see it. */
export function VotesPanel({ t, profile, today }: { t: Translate; profile: Profile; today: string }) {
  const { voter, votes } = profile
  if (!voter) return null
  const last = lastElections(profile.elections, today)
  const method = new Map(votes.map((vote) => [vote.election.election_id, vote.method]))
  const possible = last.filter((each) => method.has(each.election_id) || !barredFrom(each, voter))
  const voted = last.filter((each) => method.has(each.election_id)).length
  return (
    <Card title={t('people.votes')} lead={t('people.votes.lead')} id="votes">
      {last.length > 0 && (
        <p className="mb-3 font-semibold">{t('people.votes.summary', { voted, held: possible.length })}</p>
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

/** Districts by number, and the county. */
export function DistrictsPanel({ t, profile }: { t: Translate; profile: Profile }) {
  const { voter } = profile
  if (!voter) return null
  const numbered = (['ccd', 'ad', 'sd', 'cd'] as const).flatMap((kind) =>
    voter[kind] === null ? [] : [{ kind, number: voter[kind] }],
  )
  return (
    <Card title={t('people.districts')} id="districts">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
        {numbered.map(({ kind, number }) => (
          <div key={kind}>
            <dt className="text-sm">{t.dynamic(`people.district.${kind}`)}</dt>
            <dd className="font-semibold">{t('people.district.number', { number: String(number) })}</dd>
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
            <dd className="font-semibold" lang="en">
              {voter.county.replace(
                /(^|-)(\p{L})/gu,
                (_, mark: string, letter: string) => (mark ? ' ' : '') + letter.toUpperCase(),
              )}
            </dd>
          </div>
        )}
      </dl>
    </Card>
  )
}
