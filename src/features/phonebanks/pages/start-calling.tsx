import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card, Choices, PageHead } from '../../../platform/ui/components.tsx'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { spokenLanguages } from '../../contacts/schema.ts'
import type { PhoneBank } from '../dashboard.ts'

/** A member starts calling with their account: only the languages are asked. */
export function StartCallingPage({ t, bank, errors }: { t: Translate; bank: PhoneBank; errors: FieldErrors }) {
  const offered = spokenLanguages.filter((each) => bank.languages.includes(each) || each === t.language)
  return (
    <div className="max-w-xl">
      {/* No way back to the list: a caller may not open it. */}
      <PageHead title={localized(bank.name, t.language).text} lead={t('phonebanks.call_lead')} />
      <Card>
        <form method="post" action={`/phonebanks/${bank.phone_bank_id}/call`}>
          <Choices
            t={t}
            legend={t('phonebanks.join.languages')}
            name="languages"
            kind="checkbox"
            chosen={[t.language]}
            options={offered.map((each) => ({ value: each, label: languageNames[each] ?? each, lang: each }))}
            errors={errors}
          />
          <button className="btn btn-primary btn-lg w-full">{t('phonebanks.join.start')}</button>
        </form>
      </Card>
    </div>
  )
}
