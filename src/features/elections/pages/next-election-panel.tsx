import { formatDate } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card } from '../../../platform/ui/components.tsx'
import '../messages.ts'
import { daysAhead, daysBetween, forVoters, nextElection } from '../rules.ts'

/** The next election and its days to come, for the start page. */
export function NextElectionPanel({ t, today }: { t: Translate; today: string }) {
  const election = nextElection(today)
  if (!election) return null
  const left = daysBetween(today, election.held_on)
  return (
    <Card
      id="next-election"
      title={t('elections.next')}
      lead={`${t(`elections.kind.${election.kind}`, { year: election.held_on.slice(0, 4) })} · ${election.offices[t.language]}`}
      actions={
        <p className="text-secondary text-xl font-bold tabular-nums">
          {left === 0 ? t('elections.today') : t('elections.in_days', { count: left })}
        </p>
      }
    >
      <dl className="divide-base-300 divide-y">
        {daysAhead(election, today)
          .filter(forVoters)
          .map(({ what, on, until }) => (
            <div
              key={what}
              className={`flex flex-wrap justify-between gap-x-4 py-2 ${what === 'held_on' ? 'font-bold' : ''}`}
            >
              <dt>{t(`elections.day.${what}`)}</dt>
              <dd className="tabular-nums">
                {until
                  ? t('elections.from_to', {
                      from: formatDate(t.language, on, 'short'),
                      to: formatDate(t.language, until, 'short'),
                    })
                  : formatDate(t.language, on)}
              </dd>
            </div>
          ))}
      </dl>
      {!election.is_confirmed && <p className="mt-3 text-sm">{t('elections.computed')}</p>}
      <a href="/elections" className="mt-3 inline-flex min-h-11 items-center font-semibold">
        {t('elections.all')}
      </a>
    </Card>
  )
}
