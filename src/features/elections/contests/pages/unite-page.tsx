import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Card, PageHead } from '../../../../platform/ui/components.tsx'
import '../../figures/messages.ts'
import { FigureName, nameFor, OtherNames } from '../../figures/pages/figure-name.tsx'
import type { Figure } from '../../figures/queries.ts'
import '../../officials/messages.ts'
import { placeName } from '../../officials/pages/officials-page.tsx'
import type { Official } from '../../officials/queries.ts'
import type { Run } from '../queries.ts'
import { contestName, electionTitle, termText } from './words.tsx'

interface Props {
  t: Translate
  figure: Figure
  /** Goes into `figure`, with these. */
  other: Figure
  terms: readonly Official[]
  runs: readonly Run[]
}

/** Before two are made one: who the other is, what they held and what they ran for. */
export function UnitePage({ t, figure, other, terms, runs }: Props) {
  const at = `/public-figures/${figure.figure_id}`
  return (
    <>
      <PageHead
        title={t('figures.unite_title', { name: nameFor(t, figure) })}
        lead={t('figures.unite_what', { name: nameFor(t, figure) })}
        back={{ href: `${at}/edit`, label: t('candidates.correct_of', { name: nameFor(t, figure) }) }}
      />
      <div className="max-w-2xl">
        <Card>
          <p className="text-lg font-bold">
            <a href={`/public-figures/${other.figure_id}`}>
              <FigureName t={t} figure={other} />
            </a>
          </p>
          <p className="text-sm">
            <OtherNames t={t} figure={other} />
          </p>
          <p className="mb-4 text-sm">{t('figures.unite_number', { number: other.figure_id })}</p>
          <h2 className="font-bold">{t('figures.offices')}</h2>
          {terms.length === 0 ? (
            <p className="mb-4">{t('figures.offices_none')}</p>
          ) : (
            <ul className="mb-4">
              {terms.map((term) => (
                <li key={term.official_id}>
                  {[
                    t(`officials.office.${term.office}`),
                    placeName(t, term),
                    termText(t, term.since, term.left_on ?? term.until),
                  ]
                    .filter(Boolean)
                    .join(', ')}
                </li>
              ))}
            </ul>
          )}
          <h2 className="font-bold">{t('figures.runs')}</h2>
          {runs.length === 0 ? (
            <p className="mb-4">{t('figures.runs_none')}</p>
          ) : (
            <ul className="mb-4">
              {runs.map(({ candidacy, contest, election }) => (
                <li key={candidacy.candidate_id}>
                  <a href={`/contests/${contest.contest_id}`}>{contestName(t, contest)}</a> ·{' '}
                  {electionTitle(t, election)}
                </li>
              ))}
            </ul>
          )}
          <form method="post" action={`${at}/unite`} className="flex flex-wrap gap-2">
            <input type="hidden" name="other" value={other.figure_id} />
            <button className="btn btn-primary">{t('figures.unite_do')}</button>
            <a className="btn" href={`${at}/edit`}>
              {t('figures.unite_not')}
            </a>
          </form>
        </Card>
      </div>
    </>
  )
}
