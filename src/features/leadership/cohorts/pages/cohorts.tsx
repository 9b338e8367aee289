import { formatDate } from '../../../../platform/i18n/formats.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Badge, EmptyState, OwnText, PageHead } from '../../../../platform/ui/components.tsx'
import '../../messages.ts'
import '../messages.ts'
import type { ListedCohort } from '../queries.ts'

export function CohortsPage({
  t,
  cohorts,
  may_edit,
}: {
  t: Translate
  cohorts: readonly ListedCohort[]
  may_edit: boolean
}) {
  const make = may_edit && (
    <a className="btn btn-primary" href="/leadership/cohorts/new">
      {t('cohort.new')}
    </a>
  )
  return (
    <>
      <PageHead
        title={t('cohort.title')}
        lead={t('cohort.lead')}
        back={{ href: '/leadership', label: t('leadership.title') }}
        actions={
          cohorts.length > 0 && (
            <>
              <a className="btn" href="/leadership/alumni">
                {t('alumni.title')}
              </a>
              {make}
            </>
          )
        }
      />
      {cohorts.length === 0 && (
        <EmptyState icon="team" title={t('cohort.none')} action={make}>
          <p>{t('cohort.none_text')}</p>
        </EmptyState>
      )}
      <ul className="grid gap-3 md:grid-cols-2">
        {cohorts.map((cohort) => (
          <li key={cohort.cohort_id} className="bg-base-100 rounded-box border-base-300 relative border p-5">
            <h2 className="text-lg font-bold">
              <a href={`/leadership/cohorts/${cohort.cohort_id}`} className="after:absolute after:inset-0">
                <OwnText t={t} text={localized(cohort.name, t.language)} language={t.language} />
              </a>
            </h2>
            <p className="mt-1 text-sm">
              {t('leadership.span', {
                from: formatDate(t.language, cohort.starts_on),
                until: formatDate(t.language, cohort.ends_on),
              })}
            </p>
            <p className="mt-2">
              {t('cohort.people', { accepted: cohort.accepted, seats: cohort.seats, applied: cohort.applied })}{' '}
              {cohort.closed_at && <Badge>{t('cohort.closed')}</Badge>}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
