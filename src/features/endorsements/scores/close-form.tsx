import type { FieldErrors } from '../../../platform/http/form.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card, Field } from '../../../platform/ui/components.tsx'
import './messages.ts'

export function CloseForm({ t, typed, errors }: { t: Translate; typed: Record<string, string>; errors: FieldErrors }) {
  return (
    <Card title={t('scores.close')} lead={t('scores.close_lead')} id="close">
      <form method="post">
        <Field {...{ t, typed, errors }} label={t('scores.close_reason')} name="reason" rows={2} required maxLength={1000} />
        <button className="btn">{t('scores.close_now')}</button>
      </form>
    </Card>
  )
} // prettier-ignore
