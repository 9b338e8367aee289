import { formatDate } from '../../../platform/i18n/formats.ts'
import { languageNames, type PublicLanguage } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, Card, PageHead } from '../../../platform/ui/components.tsx'
import { checked_on, type ScheduledElection } from '../calendar.ts'
import { electionName, lawText } from '../calendars.ts'
import '../contests/messages.ts'
import '../imports/messages.ts'
import { electionTitle } from '../contests/pages/words.tsx'
import type { ListedElection } from '../contests/queries.ts'
import { isSameElection, keyOf } from '../contests/rules.ts'
import '../messages.ts'
import { leftText } from '../coming.ts'
import { comingPath } from '../calendars.ts'
import { DaysText } from './days-text.tsx'
import { daysAhead, daysOf, electionsAhead } from '../rules.ts'

/** As far as Election Day of the next one. */
const shown_due = 7

interface Props {
  t: Translate
  today: string
  /** Of the installation. */
  url: string
  /** Languages the calendar is offered in. */
  feeds: readonly PublicLanguage[]
  /** Every election with what is known of its contests. */
  known: readonly ListedElection[]
  is_steward: boolean
}

/** What is coming and what is due: the next days of all elections, then each election with its days and their sources. */
export function ElectionsPage({ t, today, url, feeds, known, is_steward }: Props) {
  const ahead = electionsAhead(today)
  const due = ahead
    .flatMap((election) => daysAhead(election, today).map((day) => ({ ...day, election })))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .slice(0, shown_due)
  return (
    <>
      <PageHead
        title={t('elections.title')}
        lead={t('elections.lead')}
        actions={
          is_steward && (
            <>
              <a className="btn" href="/elections/imports">
                {t('ballot.title')}
              </a>
              <a className="btn" href="/elections/new">
                {t('contests.add_election')}
              </a>
            </>
          )
        }
      />
      {due.length > 0 && (
        <Card id="due" title={t('elections.due')}>
          <ol className="divide-base-300 divide-y">
            {due.map(({ election, ...day }) => (
              <li
                key={`${election.name} ${day.what}`}
                className="grid gap-x-4 py-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-baseline"
              >
                <p>
                  <span className="font-semibold">{t(`elections.day.${day.what}`)}</span>
                  <span className="block text-sm">{electionName(t, election)}</span>
                </p>
                <p className="tabular-nums sm:text-right">
                  <DaysText t={t} day={day} />
                  <span className="text-secondary block text-sm font-semibold">{leftText(t, day, today)}</span>
                </p>
              </li>
            ))}
          </ol>
        </Card>
      )}
      {ahead.map((election) => (
        <ElectionCard
          key={`${election.place} ${election.name}`}
          {...{ t, election, today }}
          contests={known.find((each) => isSameElection(keyOf(election), each))}
        />
      ))}
      <OtherElections
        t={t}
        elections={known.filter((each) => !ahead.some((one) => isSameElection(keyOf(one), each)))}
      />
      <Card id="public" title={t('elections.public_page')} lead={t('elections.public_lead')}>
        <a href={comingPath} className="inline-flex min-h-8 items-center wrap-anywhere">
          {url}
          {comingPath}
        </a>
      </Card>
      <Card id="feed" title={t('elections.feed')} lead={t('elections.feed_lead')}>
        <dl className="grid gap-3">
          {feeds.map((language) => {
            const address = `${url}/elections.ics?lang=${language}`
            return (
              <div key={language}>
                <dt className="font-semibold" lang={language}>
                  {languageNames[language]}
                </dt>
                <dd className="wrap-anywhere">
                  <a href={address} className="inline-flex min-h-8 items-center">
                    {address}
                  </a>
                </dd>
              </div>
            )
          })}
        </dl>
      </Card>
    </>
  )
}

/** Past ones, and those whose deadlines we do not know. */
function OtherElections({ t, elections }: { t: Translate; elections: readonly ListedElection[] }) {
  if (elections.length === 0) return null
  return (
    <Card id="others" title={t('contests.others')} lead={t('contests.others_lead')}>
      <ul className="divide-base-300 -my-2 divide-y">
        {elections.map((each) => (
          <li key={each.election_id} className="flex flex-wrap items-center justify-between gap-x-4 py-2">
            <a href={`/elections/${each.election_id}`} className="inline-flex min-h-8 items-center font-semibold">
              {electionTitle(t, each)}
            </a>
            <span className="tabular-nums">{formatDate(t.language, each.held_on)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function ElectionCard({
  t,
  election,
  today,
  contests,
}: {
  t: Translate
  election: ScheduledElection
  today: string
  contests: ListedElection | undefined
}) {
  const [, district] = election.place.split('/')
  return (
    <Card
      id={`election-${election.name}`}
      title={electionName(t, election)}
      lead={[election.offices[t.language], district && t('elections.place.nyc_council', { district })]
        .filter(Boolean)
        .join(' · ')}
      actions={
        election.is_confirmed ? (
          <Badge kind="success">{t('elections.confirmed')}</Badge>
        ) : (
          <Badge>{t('elections.from_statute')}</Badge>
        )
      }
    >
      {contests && (
        <a href={`/elections/${contests.election_id}`} className="btn mb-4">
          {contests.contests > 0 ? t('contests.see', { count: contests.contests }) : t('contests.see_none')}
        </a>
      )}
      <dl className="divide-base-300 divide-y">
        {daysOf(election).map((day) => (
          <div
            key={day.what}
            className={`grid gap-x-4 py-2 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-baseline ${day.what === 'held_on' ? 'font-bold' : ''}`}
          >
            <dt>
              {t(`elections.day.${day.what}`)}
              <span className="block text-sm font-normal">{lawText(t, election, day.what)}</span>
            </dt>
            <dd className="tabular-nums sm:text-right">
              <DaysText t={t} day={day} />
              {(day.until ?? day.on) < today && (
                <span className="block text-sm font-normal">{t('elections.day_is_over')}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-sm">
        {t('elections.source', { law: t('elections.law'), date: formatDate(t.language, checked_on) })}{' '}
        {!election.is_confirmed && t('elections.computed')}
      </p>
    </Card>
  )
}
