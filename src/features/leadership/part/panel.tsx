import type { ReactNode } from 'react'
import { formatDate, formatDateTime } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card } from '../../../platform/ui/components.tsx'
import '../../access/messages.ts'
import '../../people/membership/messages.ts'
import '../messages.ts'
import type { Part } from './queries.ts'

/** On the start page: what its reader is part of, and what comes next there. `slug`: of the organization's public pages. */
export function PartPanel({ t, slug, part }: { t: Translate; slug: string; part: Part }) {
  const date = (day: string) => formatDate(t.language, day)
  const text = (name: Record<string, string>) => localized(name, t.language).text
  const rows: [key: string, what: ReactNode, next: ReactNode][] = [
    ...part.memberships.map(({ kind, kind_name, standing, paid_until }): [string, ReactNode, ReactNode] => [
      `member-${kind}`,
      `${text(kind_name)}: ${t(`membership.standing.${standing}`)}`,
      paid_until && t('part.paid_until', { date: date(paid_until) }),
    ]),
    ...part.seats.map(({ code, title, starts_at, time_zone }): [string, ReactNode, ReactNode] => [
      `event-${code}`,
      <a key={code} href={`/e/${slug}/${code}?lang=${t.language}`}>
        {text(title)}
      </a>,
      t('part.seat', { when: formatDateTime(t.language, starts_at, time_zone) }),
    ]),
    ...part.cohorts.map(({ cohort_id, name, is_accepted, next }): [string, ReactNode, ReactNode] => [
      `cohort-${cohort_id}`,
      text(name),
      is_accepted
        ? next
          ? t('part.session', { date: date(next.held_on), title: next.title })
          : t('part.in_cohort')
        : t('part.applied'),
    ]),
    ...part.delegations.map(({ delegation_id, what, from_on, until_on }): [string, ReactNode, ReactNode] => [
      `delegation-${delegation_id}`,
      t(`delegation.${what}`),
      t('part.delegated', { from: date(from_on), until: date(until_on) }),
    ]),
  ]
  return (
    <Card title={t('part.title')} id="part">
      <ul className="divide-base-300 divide-y">
        {rows.map(([key, what, next]) => (
          <li key={key} className="py-2">
            <p className="font-semibold break-words">{what}</p>
            {next && <p className="text-sm break-words">{next}</p>}
          </li>
        ))}
      </ul>
    </Card>
  )
}
