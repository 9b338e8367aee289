import { formatDate, formatDateTime } from '../../../platform/i18n/formats.ts'
import { Alert, Card, FieldError, PageHead } from '../../../platform/ui/components.tsx'
import { WholeGuide } from '../public-pages.tsx'
import type { Guide } from '../queries.ts'
import type { Sums } from '../replies/pages.tsx'
import { isPayerAsked } from '../law.ts'
import { addressOf, candidateName, Languages, type Reading } from '../reading.tsx'
import type { GuideCandidate } from '../schema.ts'
import '../replies/messages.ts'
import { InLanguages, list, text, type Form } from './fields.tsx'
import '../messages.ts'

interface PreviewProps extends Form {
  guide: Guide
  /** Of candidates who may still reply; null: nobody may. */
  replies: Sums | null
  /** Whose reply will stand beside words they did not read. */
  said_anew: readonly GuideCandidate[]
  /** What stands there in words that were not looked at since those they say the same as were changed. */
  older: readonly string[]
  reading: Reading
  content_key: string
  is_first: boolean
  may_publish: boolean
  actor_id: string
  time_zone: string
}

/** All of it as it stands now, and the button of whoever read it. */
export function PreviewPage({ guide, replies, said_anew, older, reading, content_key, is_first, may_publish, actor_id, time_zone, ...form }: PreviewProps) {
  const { t, typed, errors } = form
  const here = `${list}/${guide.guide_id}`
  const edited = t('voterguides.last_edit', { name: guide.edited_by, at: formatDateTime(t.language, guide.edited_at, time_zone) })
  return (
    <>
      <PageHead title={t('voterguides.preview')} lead={t('voterguides.preview_lead')} back={{ href: here, label: text(t, guide.title) }} />
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      {isPayerAsked(reading.content) && (
        <Alert kind="warning">
          {t('voterguides.problem.payer')}{' '}
          <a className="link" href={`${here}/edit#attribution`}>
            {t('voterguides.attribution')}
          </a>
        </Alert>
      )}
      {replies && (
        <Alert kind="info">
          {t('replies.may_still', { date: formatDate(t.language, guide.reply_until_on ?? ''), count: replies.read, total: replies.total })}
        </Alert>
      )}
      {said_anew.length > 0 && (
        <Alert kind="warning">{t('replies.said_anew', { names: said_anew.map((each) => candidateName(t, each)).join(', ') })}</Alert>
      )}
      {older.length > 0 && (
        <Alert kind="warning">
          {t('voterguides.older_texts')}
          <ul className="list-disc pl-5">
            {older.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Alert>
      )}
      <div className="mb-6" lang={reading.t.language}>
        <Languages r={reading} here={`${here}/preview`} chosen={[]} />
        <WholeGuide r={reading} />
      </div>
      <Card title={t('voterguides.publish')} lead={edited} id="publish">
        {guide.editor_ids.includes(actor_id) ? (
          <p>{t('voterguides.problem.own_edit')}</p>
        ) : (
          may_publish && (
            <form method="post" action={addressOf(`${here}/publish`, reading.language)}>
              <input type="hidden" name="key" value={content_key} />
              {!is_first && (
                <InLanguages {...form} field="reason" most={1000} rows={2} is_needed hint={t('voterguides.reason_hint')} label={(language) => t('voterguides.reason_in', { language })} values={{}} />
              )}
              <label className="mb-3 flex min-h-11 items-center gap-3">
                <input type="checkbox" className="checkbox" name="has_read" value="yes" defaultChecked={typed.has_read === 'yes' && !errors['']} />
                {t('voterguides.has_read')}
              </label>
              <FieldError t={t} name="has_read" errors={errors} />
              <button className="btn btn-primary">{t('voterguides.publish')}</button>
            </form>
          )
        )}
      </Card>
    </>
  )
} // prettier-ignore
