import { formatDate } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, PageHead } from '../../../../platform/ui/components.tsx'
import '../../figures/messages.ts'
import { nameFor, OtherNames, PhotoCredit, Portrait } from '../../figures/pages/figure-name.tsx'
import type { Figure, Photo } from '../../figures/queries.ts'
import '../../officials/messages.ts'
import { placeName } from '../../officials/pages/officials-page.tsx'
import { TakeBack } from '../../officials/pages/take-back.tsx'
import type { Official } from '../../officials/queries.ts'
import { mayTakeBack } from '../../officials/rules.ts'
import type { Run } from '../queries.ts'
import { contestName, electionTitle, lineName, StatusBadge, termText } from './words.tsx'

interface Props {
  t: Translate
  figure: Figure
  photo: Photo | null
  terms: readonly Official[]
  runs: readonly Run[]
  today: string
  /** Just entered, or a term just taken back. */
  saved: Official | null
  is_taken_back: boolean
  is_steward: boolean
}

/** Somebody who runs or holds office: one person, whatever they were elected to. */
export function FigurePage({ t, figure, photo, terms, runs, today, saved, is_taken_back, is_steward }: Props) {
  return (
    <>
      <PageHead
        title={nameFor(t, figure)}
        lead={<OtherNames t={t} figure={figure} />}
        back={{ href: '/elections', label: t('elections.title') }}
        actions={
          is_steward && (
            <a className="btn" href={`/public-figures/${figure.figure_id}/edit`}>
              {t('figures.correct')}
            </a>
          )
        }
      />
      {saved && (
        <Alert kind="success" title={t('officials.saved', { office: t(`officials.office.${saved.office}`) })}>
          <p className="mb-2">{termText(t, saved.since, saved.until)}</p>
          {is_steward && mayTakeBack(saved) && <TakeBack t={t} official={saved} />}
        </Alert>
      )}
      {is_taken_back && <Alert kind="success" title={t('officials.taken_back')} />}
      <div className="mb-6 flex flex-wrap items-center gap-x-6 gap-y-3">
        <Portrait t={t} figure={figure} photo={photo} />
        <div className="min-w-0">
          <ul>
            {figure.links.map((link) => (
              <li key={link}>
                <a href={link} rel="noreferrer" className="inline-flex min-h-8 items-center wrap-anywhere">
                  {link.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')}
                </a>
              </li>
            ))}
          </ul>
          <PhotoCredit t={t} photo={photo} />
        </div>
      </div>
      <Card title={t('figures.offices')} id="offices">
        {terms.length === 0 ? (
          <p>{t('figures.offices_none')}</p>
        ) : (
          <ul className="divide-base-300 -my-3 divide-y">
            {terms.map((term) => (
              <Term key={term.official_id} {...{ t, term, today, is_steward }} />
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('figures.runs')} id="runs">
        {runs.length === 0 ? (
          <p>{t('figures.runs_none')}</p>
        ) : (
          <ul className="divide-base-300 -my-3 divide-y">
            {runs.map(({ candidacy, contest, election }) => (
              <li key={candidacy.candidate_id} className="py-3">
                <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <a href={`/contests/${contest.contest_id}`} className="inline-flex min-h-8 items-center font-bold">
                    {contestName(t, contest)}
                  </a>
                  <StatusBadge t={t} candidacy={candidacy} />
                </p>
                <p className="text-sm">
                  {[
                    electionTitle(t, election),
                    formatDate(t.language, election.held_on),
                    candidacy.lines.map((line) => lineName(t, line)).join(', '),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </>
  )
}

function Term({ t, term, today, is_steward }: { t: Translate; term: Official; today: string; is_steward: boolean }) {
  const party = term.party && t(`officials.party.${term.party}`)
  const isToCome = term.since !== null && term.since > today
  const isHeld = !isToCome && (term.left_on === null || term.left_on > today)
  return (
    <li className="py-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 font-bold">
        {[t(`officials.office.${term.office}`), placeName(t, term)].filter(Boolean).join(', ')}
        {isHeld && <Badge kind="success">{t('figures.holds_now')}</Badge>}
        {term.since !== null && isToCome && (
          <Badge kind="info">
            {t('officials.standing.elected', { date: formatDate(t.language, term.since, 'short') })}
          </Badge>
        )}
      </p>
      <p className="text-sm">
        {[termText(t, term.since, term.left_on ?? term.until), party].filter(Boolean).join(' · ')}
      </p>
      <p className="text-sm">
        {term.source_url ? (
          <a href={term.source_url} rel="noreferrer">
            {t('officials.source', { date: formatDate(t.language, term.as_of), source: term.source })}
          </a>
        ) : (
          t('officials.source', { date: formatDate(t.language, term.as_of), source: term.source })
        )}
        {is_steward && (
          <a
            href={`/officials/${term.official_id}/edit`}
            className="ml-3 inline-flex min-h-8 items-center font-semibold print:hidden"
          >
            {t('officials.correct')}
          </a>
        )}
      </p>
      {is_steward && mayTakeBack(term) && (
        <div className="mt-2 print:hidden">
          <TakeBack t={t} official={term} />
        </div>
      )}
    </li>
  )
}
