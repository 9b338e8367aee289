import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card, PageHead } from '../../../platform/ui/components.tsx'
import type { FieldErrors } from '../../../platform/http/form.ts'
import type { PhoneBank } from '../dashboard.ts'
import { SpokenChoices } from './spoken-choices.tsx'

/** A member starts calling with their account: only the languages are asked. */
export function StartCallingPage({ t, bank, errors }: { t: Translate; bank: PhoneBank; errors: FieldErrors }) {
  return (
    <div className="max-w-xl">
      {/* No way back to the list: a caller may not open it. */}
      <PageHead title={localized(bank.name, t.language).text} lead={t('phonebanks.call_lead')} />
      <Card>
        <form method="post" action={`/phonebanks/${bank.phone_bank_id}/call`}>
          <SpokenChoices t={t} first={[...bank.languages, t.language]} chosen={[t.language]} errors={errors} />
          <button className="btn btn-primary btn-lg w-full">{t('phonebanks.join.start')}</button>
        </form>
      </Card>
    </div>
  )
}
