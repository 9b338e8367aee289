import { formatDate } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, EmptyState, PageHead } from '../../../platform/ui/components.tsx'
import type { ListedGuide } from '../queries.ts'
import { list, text } from './fields.tsx'
import '../messages.ts'

export function GuidesPage({ t, guides, may_edit }: { t: Translate; guides: readonly ListedGuide[]; may_edit: boolean }) {
  const start = may_edit && (
    <a className="btn btn-primary" href={`${list}/new`}>
      {t('voterguides.new')}
    </a>
  )
  return (
    <>
      <PageHead
        title={t('voterguides.title')}
        lead={t('voterguides.lead')}
        actions={
          <>
            <a className="btn" href={`${list}/agenda`}>
              {t('voterguides.agenda')}
            </a>
            {start}
          </>
        }
      />
      {guides.length === 0 && (
        <EmptyState icon="compare" title={t('voterguides.none')} action={start}>
          {t('voterguides.none_lead')}
        </EmptyState>
      )}
      <ul className="grid gap-4">
        {guides.map((guide) => (
          <li key={guide.guide_id} className="bg-base-100 rounded-box border-base-300 flex flex-wrap items-center gap-3 border p-4">
            <div className="min-w-0 flex-1 basis-60">
              <a className="link text-lg font-bold" href={`${list}/${guide.guide_id}`}>
                {text(t, guide.title)}
              </a>
              <p className="text-sm">
                {t(`voterguides.kind.${guide.kind}`)} · {formatDate(t.language, guide.held_on)}
              </p>
            </div>
            <Standing t={t} version={guide.version} is_withdrawn={guide.withdrawn_at !== null} />
          </li>
        ))}
      </ul>
    </>
  )
} // prettier-ignore

export function Standing({
  t,
  version,
  is_withdrawn,
}: {
  t: Translate
  version: number | null
  is_withdrawn: boolean
}) {
  if (version === null) return <Badge kind="info">{t('voterguides.draft')}</Badge>
  if (is_withdrawn) return <Badge kind="warning">{t('voterguides.is_withdrawn')}</Badge>
  return <Badge kind="success">{t('voterguides.published', { version })}</Badge>
}
