import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card, PageHead } from '../../../platform/ui/components.tsx'
import type { PhoneBank } from '../dashboard.ts'

/** A page of its own: the table of callers is renewed by itself, and a slip there would cut somebody off. */
export function RemoveCallerPage({
  t,
  bank,
  caller,
}: {
  t: Translate
  bank: PhoneBank
  caller: { caller_id: string; name: string }
}) {
  const base = `/phonebanks/${bank.phone_bank_id}`
  return (
    <div className="max-w-xl">
      <PageHead
        title={t('phonebanks.remove_named', { name: caller.name })}
        back={{ href: base, label: localized(bank.name, t.language).text }}
      />
      <Card>
        <p className="mb-4">{t('phonebanks.remove_text', { name: caller.name })}</p>
        <form method="post" action={`${base}/callers/${caller.caller_id}/remove`} className="flex flex-wrap gap-2">
          <button className="btn btn-error">{t('phonebanks.remove')}</button>
          <a className="btn" href={`${base}#callers`}>
            {t('action.cancel')}
          </a>
        </form>
      </Card>
    </div>
  )
}
