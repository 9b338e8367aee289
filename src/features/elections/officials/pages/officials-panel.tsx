import { formatDate } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Badge, Card } from '../../../../platform/ui/components.tsx'
import { hostOf } from '../../figures/rules.ts'
import '../messages.ts'
import type { Official } from '../queries.ts'
import { standingOf } from '../rules.ts'

/** Name as the reader knows it: the Korean press's spelling first in Korean. */
export function OfficialName({ t, official }: { t: Translate; official: Pick<Official, 'name' | 'name_hangul'> }) {
  if (t.language !== 'ko' || !official.name_hangul) return <span lang="en">{official.name}</span>
  return (
    <>
      {official.name_hangul} <span lang="en">({official.name})</span>
    </>
  )
}

/** Who was elected here, how to reach them, and how old this knowledge is. */
export function OfficialsPanel({
  t,
  officials,
  today,
  may_correct,
}: {
  t: Translate
  officials: readonly Official[]
  today: string
  may_correct: boolean
}) {
  return (
    <Card title={t('officials.title')} id="officials">
      {officials.length === 0 && <p>{t('officials.none')}</p>}
      <ul className="space-y-5">
        {officials.map((official) => (
          <OfficialRow key={official.official_id} {...{ t, official, today, may_correct }} />
        ))}
      </ul>
    </Card>
  )
}

function OfficialRow({
  t,
  official,
  today,
  may_correct,
}: {
  t: Translate
  official: Official
  today: string
  may_correct: boolean
}) {
  const standing = standingOf(official, today)
  const date = (day: string): string => formatDate(t.language, day)
  return (
    <li>
      <p className="text-sm">{t(`officials.office.${official.office}`)}</p>
      <p className="text-lg font-bold">
        <a href={`/public-figures/${official.figure_id}`}>
          <OfficialName t={t} official={official} />
        </a>{' '}
        {official.party && (
          <span className="text-base font-normal">
            ({t(`officials.party.${official.party}`)}
            {official.party_is_assumed && `, ${t('officials.party_assumed')}`})
          </span>
        )}
      </p>
      <ul className="flex flex-wrap gap-x-4 text-sm">
        {official.phone && (
          <li>
            <a href={`tel:+1${official.phone.replace(/\D/g, '')}`} className="inline-block min-h-6">
              {official.phone}
            </a>
          </li>
        )}
        {official.email && (
          <li>
            <a href={`mailto:${official.email}`} className="inline-block min-h-6 break-all">
              {official.email}
            </a>
          </li>
        )}
        {official.website && (
          <li>
            <a href={official.website} rel="noreferrer" className="inline-block min-h-6 break-all">
              {hostOf(official.website)}
            </a>
          </li>
        )}
      </ul>
      {official.address && (
        <p className="text-sm" lang="en">
          {official.address}
        </p>
      )}
      {standing.is === 'elected' && (
        <p className="mt-1 text-sm font-semibold">{t('officials.elected', { date: date(standing.take_office_on) })}</p>
      )}
      {standing.is === 'leaving' && (
        <p className="mt-1 text-sm">{t('officials.leaving', { date: date(standing.take_office_on) })}</p>
      )}
      {standing.is === 'over' && (
        <p className="mt-1 text-sm font-semibold">{t('officials.over', { date: date(standing.since) })}</p>
      )}
      {!official.is_checked && (
        <p className="mt-1">
          <Badge kind="info">{t('officials.unchecked')}</Badge>
        </p>
      )}
      <p className="mt-1 text-sm">
        {official.source_url ? (
          <a href={official.source_url} rel="noreferrer">
            {t('officials.source', { date: date(official.as_of), source: official.source })}
          </a>
        ) : (
          t('officials.source', { date: date(official.as_of), source: official.source })
        )}
        {may_correct && (
          <a
            href={`/officials/${official.official_id}/edit`}
            className="ml-3 inline-block min-h-6 font-semibold print:hidden"
          >
            {t('officials.correct')}
          </a>
        )}
      </p>
    </li>
  )
}
