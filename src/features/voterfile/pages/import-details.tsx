import { formatNumber } from '../../../platform/i18n/formats.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card } from '../../../platform/ui/components.tsx'
import { importDetails, type ImportDetail } from '../schema.ts'

interface ImportDetailsProps {
  t: Translate
  language: Language
  counts: Partial<Record<ImportDetail, number>>
}

/** What a report counts beside its figures: rows left out on purpose are here, so that the figures add up to those read. */
export function ImportDetails({ t, language, counts }: ImportDetailsProps) {
  const details = importDetails.flatMap((name) => (counts[name] ? [{ name, count: counts[name] }] : []))
  if (details.length === 0) return null
  return (
    <Card title={t('voterfiles.details')}>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        {details.map(({ name, count }) => (
          <div key={name} className="flex justify-between gap-4">
            <dt>{t(`voterfiles.detail.${name}`)}</dt>
            <dd className="font-semibold tabular-nums">{formatNumber(language, count)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
