import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card } from '../../../platform/ui/components.tsx'
import type { KindHours } from '../../events/after/queries.ts'
import { hoursText } from '../../events/after/rules.ts'
import type { ListedKind } from '../../events/queries.ts'
import { kindName } from './hours-page.tsx'
import './messages.ts'

/** On a profile: hours in shifts somebody was there in, by kind. */
export function HoursPanel({
  t,
  hours,
  kinds,
}: {
  t: Translate
  hours: readonly KindHours[]
  kinds: readonly ListedKind[]
}) {
  // prettier-ignore
  if (hours.length === 0) return null
  const minutes = hours.reduce((sum, row) => sum + row.minutes, 0)
  return (
    <Card title={t('after.hours_panel')} id="hours">
      <p className="mb-2 font-semibold">{t('after.hours_panel_sum', { hours: hoursText(t.language, minutes) })}</p>
      <ul>
        {hours.map((row) => (
          <li key={row.kind} className="flex justify-between gap-3 py-1">
            <span className="min-w-0 break-words">{kindName(t, kinds, row.kind)}</span>
            <span className="whitespace-nowrap tabular-nums">
              {t('after.hours_of', { hours: hoursText(t.language, row.minutes) })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
