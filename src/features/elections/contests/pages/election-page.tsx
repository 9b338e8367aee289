import { formatDate } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Badge, Card, EmptyState, PageHead } from '../../../../platform/ui/components.tsx'
import '../../figures/messages.ts'
import { DaysText } from '../../pages/days-text.tsx'
import { FigureName } from '../../figures/pages/figure-name.tsx'
import '../messages.ts'
import type { ContestOfElection, Election } from '../queries.ts'
import { calendarOf, ownDaysOf } from '../rules.ts'
import { districtOf, electionTitle, officeName, primaryName, runningOf } from './words.tsx'

interface Props {
  t: Translate
  election: Election
  contests: readonly ContestOfElection[]
  is_steward: boolean
}

/** What is on the ballot of an election: its contests by office, each with who runs. */
export function ElectionPage({ t, election, contests, is_steward }: Props) {
  const calendar = calendarOf(election)
  const offices = Map.groupBy(contests, (contest) => officeName(t, contest))
  return (
    <>
      <PageHead
        title={electionTitle(t, election)}
        lead={
          <>
            {formatDate(t.language, election.held_on)}
            {calendar && (
              <>
                {' · '}
                <a href={`/elections#election-${calendar.name}`}>{t('contests.days')}</a>
              </>
            )}
          </>
        }
        back={{ href: '/elections', label: t('elections.title') }}
        actions={
          is_steward && (
            <>
              <a className="btn btn-primary" href={`/elections/${election.election_id}/contests/new`}>
                {t('contests.add')}
              </a>
              {!calendar && (
                <a className="btn" href={`/elections/${election.election_id}/edit`}>
                  {t('contests.correct_election')}
                </a>
              )}
            </>
          )
        }
      />
      <OwnDays t={t} election={election} />
      {contests.length === 0 && (
        <EmptyState icon="ballot" title={t('contests.none')}>
          {t('contests.none_text')}
        </EmptyState>
      )}
      {[...offices].map(([office, of], at) => (
        <Card key={office} id={`office-${at}`} title={office}>
          <ul className="divide-base-300 -my-3 divide-y">
            {of.map((contest) => (
              <ContestLine key={contest.contest_id} t={t} contest={contest} />
            ))}
          </ul>
        </Card>
      ))}
    </>
  )
}

/** Of an election that is not in our calendar: what a steward knew of its days. */
function OwnDays({ t, election }: Pick<Props, 't' | 'election'>) {
  const days = ownDaysOf(election)
  if (days.length === 0) return null
  return (
    <Card id="days" title={t('contests.days')}>
      <dl className="divide-base-300 divide-y">
        {days.map((day) => (
          <div key={day.what} className="grid gap-x-4 py-2 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-baseline">
            <dt>{t(`elections.day.${day.what}`)}</dt>
            <dd className="tabular-nums sm:text-right">
              <DaysText t={t} day={day} />
            </dd>
          </div>
        ))}
      </dl>
      {election.source_url && (
        <p className="mt-3 text-sm break-words">
          {t('contests.day_source', { source: election.source_url, date: formatDate(t.language, election.as_of) })}
        </p>
      )}
    </Card>
  )
}

function ContestLine({ t, contest }: { t: Translate; contest: ContestOfElection }) {
  const [running] = runningOf(contest.candidates)
  const name = districtOf(t, contest) ?? officeName(t, contest)
  return (
    <li className="py-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <a href={`/contests/${contest.contest_id}`} className="inline-flex min-h-8 items-center text-lg font-bold">
          {contest.party ? `${name} · ${primaryName(t, contest.party)}` : name}
        </a>
        {contest.method === 'ranked_choice' && <Badge kind="info">{t('contests.method.ranked_choice')}</Badge>}
        {contest.seats > 1 && <Badge>{t('contests.seats_count', { count: contest.seats })}</Badge>}
      </p>
      <p>
        {running.length === 0
          ? t('candidates.none_short')
          : running.map((each, at) => (
              <span key={each.candidate_id}>
                {at > 0 && ', '}
                <FigureName t={t} figure={each} />
              </span>
            ))}
      </p>
    </li>
  )
}
