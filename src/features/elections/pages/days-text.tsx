import { formatDate } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import '../messages.ts'
import type { Dated } from '../rules.ts'

export function DaysText({ t, day: { on, until } }: { t: Translate; day: Pick<Dated, 'on' | 'until'> }) {
  return (
    <>
      {until
        ? t('elections.from_to', { from: formatDate(t.language, on), to: formatDate(t.language, until) })
        : formatDate(t.language, on)}
    </>
  )
}
