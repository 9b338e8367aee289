import { formatDate } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { isMapKind } from '../../../geography/schema.ts'
import { Badge, Card, EmptyState, PageHead } from '../../../../platform/ui/components.tsx'
import '../../figures/messages.ts'
import { FigureName, nameFor, OtherNames, PhotoCredit, Portrait } from '../../figures/pages/figure-name.tsx'
import { hostOf } from '../../figures/rules.ts'
import '../../results/messages.ts'
import '../messages.ts'
import type { CandidateWithPhoto, Contest, Election } from '../queries.ts'
import { hasDecided } from '../rules.ts'
import { contestName, districtOf, electionTitle, lineName, runningOf, StatusBadge, termText } from './words.tsx'

interface Props {
  t: Translate
  contest: Contest
  election: Election
  candidates: readonly CandidateWithPhoto[]
  today: string
  is_steward: boolean
  has_results: boolean
  /** Of districts: who has no role in the organization looks at none. */
  may_look: boolean
}

/** Who runs, side by side, and how the vote is counted. */
export function ContestPage({ t, contest, election, candidates, today, is_steward, has_results, may_look }: Props) {
  const [running, others] = runningOf(candidates)
  return (
    <>
      <PageHead
        title={contestName(t, contest)}
        lead={`${electionTitle(t, election)} · ${formatDate(t.language, election.held_on)}`}
        back={{ href: `/elections/${election.election_id}`, label: electionTitle(t, election) }}
        actions={
          <>
            {has_results && (
              <a className="btn" href={`/contests/${contest.contest_id}/results`}>
                {t('results.see')}
              </a>
            )}
            {is_steward && (
              <>
                <a className="btn btn-primary" href={`/contests/${contest.contest_id}/candidates/new`}>
                  {t('candidates.add')}
                </a>
                <a className="btn" href={`/contests/${contest.contest_id}/edit`}>
                  {t('contests.correct')}
                </a>
              </>
            )}
          </>
        }
      />
      <h2 className="mb-3 text-lg font-bold">
        {running.length > 0 ? t('candidates.count', { count: running.length }) : t('candidates.title')}
      </h2>
      {running.length === 0 ? (
        <div className="mb-6">
          <EmptyState icon="person" title={t('candidates.none')} />
        </div>
      ) : (
        <Cards
          candidates={running}
          {...{ t, is_steward }}
          may_take_office={is_steward && hasDecided(election, contest.office, today)}
        />
      )}
      {others.length > 0 && (
        <>
          <h2 className="mb-3 text-lg font-bold">{t('candidates.no_longer')}</h2>
          <Cards candidates={others} {...{ t, is_steward }} may_take_office={false} />
        </>
      )}
      <About {...{ t, contest, may_look }} />
    </>
  )
}

interface CardsProps {
  t: Translate
  candidates: readonly CandidateWithPhoto[]
  is_steward: boolean
  may_take_office: boolean
}

function Cards({ candidates, ...card }: CardsProps) {
  return (
    <ul className="mb-6 grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
      {candidates.map((candidate) => (
        <li key={candidate.candidate_id} className="bg-base-100 rounded-box border-base-300 min-w-0 border p-4 sm:p-5">
          <CandidateCard candidate={candidate} {...card} />
        </li>
      ))}
    </ul>
  )
}

function CandidateCard({
  t,
  candidate,
  is_steward,
  may_take_office,
}: Omit<CardsProps, 'candidates'> & { candidate: CandidateWithPhoto }) {
  const name = nameFor(t, candidate)
  return (
    <>
      <div className="flex gap-4">
        <Portrait t={t} figure={candidate} photo={candidate.photo} />
        <div className="min-w-0">
          <h3 className="text-lg leading-snug font-bold">
            <a href={`/public-figures/${candidate.figure_id}`}>
              <FigureName t={t} figure={candidate} />
            </a>
          </h3>
          <p className="text-sm">
            <OtherNames t={t} figure={candidate} />
          </p>
          <p className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1">
            {candidate.is_incumbent && <Badge>{t('candidates.incumbent')}</Badge>}
            <StatusBadge t={t} candidacy={candidate} />
            <span className="text-sm">{formatDate(t.language, candidate.status_on)}</span>
          </p>
        </div>
      </div>
      <dl className="mt-3">
        <dt className="text-sm">{t('candidates.lines')}</dt>
        <dd className="font-semibold">
          {candidate.lines.length === 0
            ? t('candidates.no_line')
            : candidate.lines.map((line) => lineName(t, line)).join(' · ')}
        </dd>
      </dl>
      <p className="mt-2 flex flex-wrap gap-x-4">
        {candidate.website && (
          <Link
            href={candidate.website}
            text={hostOf(candidate.website)}
            label={t('candidates.website_of', { name })}
          />
        )}
        {candidate.source_url && <Link href={candidate.source_url} text={t('contests.source')} />}
      </p>
      {is_steward && (
        <p className="border-base-300 mt-2 flex flex-wrap gap-x-4 border-t pt-2 print:hidden">
          <Link
            href={`/candidates/${candidate.candidate_id}/edit`}
            text={t('candidates.correct')}
            label={t('candidates.correct_of', { name })}
          />
          {may_take_office && (
            <Link
              href={`/candidates/${candidate.candidate_id}/office`}
              text={t('candidates.took_office')}
              label={t('candidates.took_office_of', { name })}
            />
          )}
        </p>
      )}
      <PhotoCredit t={t} photo={candidate.photo} />
    </>
  )
}

function Link({ href, text, label }: { href: string; text: string; label?: string }) {
  return (
    <a href={href} aria-label={label} rel="noreferrer" className="inline-flex min-h-8 items-center wrap-anywhere">
      {text}
    </a>
  )
}

function About({ t, contest, may_look }: { t: Translate; contest: Contest; may_look: boolean }) {
  const term = termText(t, contest.term_from, contest.term_until)
  const place = districtOf(t, contest)
  const hasPage = may_look && place && isMapKind(contest.district_kind)
  return (
    <Card id="about" title={t('contests.facts')}>
      <dl className="grid gap-3 sm:grid-cols-[auto_minmax(0,1fr)] sm:gap-x-6">
        <dt className="font-semibold">{t('contests.method')}</dt>
        <dd>
          {t(`contests.method.${contest.method}`)}
          <span className="block max-w-prose text-sm">
            {contest.method === 'plurality'
              ? t('contests.method_text.plurality', { count: contest.seats })
              : t('contests.method_text.ranked_choice')}
          </span>
        </dd>
        <dt className="font-semibold">{t('contests.seats')}</dt>
        <dd>{t('contests.seats_count', { count: contest.seats })}</dd>
        {term && (
          <>
            <dt className="font-semibold">{t('contests.term')}</dt>
            <dd>{term}</dd>
          </>
        )}
        {place && (
          <>
            <dt className="font-semibold">{t('contests.in_district')}</dt>
            <dd>{hasPage ? <a href={`/districts/${contest.district_kind}/${contest.district}`}>{place}</a> : place}</dd>
          </>
        )}
        {contest.source_url && (
          <>
            <dt className="font-semibold">{t('contests.source')}</dt>
            <dd className="wrap-anywhere">
              <a href={contest.source_url} rel="noreferrer">
                {t('officials.source', {
                  date: formatDate(t.language, contest.as_of),
                  source: hostOf(contest.source_url),
                })}
              </a>
            </dd>
          </>
        )}
      </dl>
    </Card>
  )
}
