import type { FieldErrors } from '../../../../platform/http/form.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Card, Choices, Field, PageHead, Select } from '../../../../platform/ui/components.tsx'
import type { PhoneBank } from '../../dashboard.ts'
import type { resultCodes } from '../queries.ts'
import { ownKinds } from '../schema.ts'

type Codes = Awaited<ReturnType<typeof resultCodes>>

interface CodesProps {
  t: Translate
  codes: Codes
  typed: Record<string, string>
  errors: FieldErrors
  said: string | undefined
}

/** The organization's own results. */
export function ResultCodesPage({ t, codes, typed, errors, said }: CodesProps) {
  return (
    <>
      <PageHead
        title={t('result_codes.title')}
        lead={t('result_codes.lead')}
        back={{ href: '/phonebanks', label: t('phonebanks.title') }}
      />
      {said === 'added' && <Alert kind="success" title={t('result_codes.added')} />}
      {said === 'saved' && <Alert kind="success" title={t('result_codes.saved')} />}
      <Card title={t('result_codes.known')} id="known">
        {codes.length === 0 ? (
          <p>{t('result_codes.none')}</p>
        ) : (
          <ul className="divide-base-300 max-w-2xl divide-y">
            {codes.map(({ code, name, counts_as, retired_at }) => {
              const named = localized(name, t.language).text
              const what = retired_at ? 'restore' : 'retire'
              return (
                <li key={code} className="flex flex-wrap items-center justify-between gap-3 py-3">
                  <div>
                    <p className="font-semibold">
                      {named}
                      {retired_at && <span className="ml-2 text-sm font-normal">{t('result_codes.retired')}</span>}
                    </p>
                    <p>{t('result_codes.counts_as', { result: t(`disposition.${counts_as}`) })}</p>
                    <p className="text-sm">{t('result_codes.code', { code })}</p>
                  </div>
                  <form method="post" action={`/phonebanks/result-codes/${code}/${what}`}>
                    <button className="btn" aria-label={t(`result_codes.${what}_named`, { name: named })}>
                      {t(`result_codes.${what}`)}
                    </button>
                  </form>
                </li>
              )
            })}
          </ul>
        )}
      </Card>
      <Card title={t('result_codes.new')} id="new">
        <form method="post" action="/phonebanks/result-codes" className="max-w-xl">
          <Field
            t={t}
            name="name_en"
            label={t('result_codes.name_en')}
            maxLength={40}
            typed={typed}
            errors={errors}
            required
          />
          <Field
            t={t}
            name="name_ko"
            label={t('result_codes.name_ko')}
            maxLength={40}
            typed={typed}
            errors={errors}
            required
          />
          <Select
            t={t}
            name="counts_as"
            label={t('result_codes.kind')}
            hint={t('result_codes.kind_hint')}
            options={[
              { value: '', label: t('phonebanks.choose') },
              ...ownKinds.map((value) => ({ value, label: t(`disposition.${value}`) })),
            ]}
            typed={typed}
            errors={errors}
            required
          />
          <button className="btn btn-primary">{t('result_codes.add')}</button>
        </form>
      </Card>
    </>
  )
}

/** Which of them the callers of one phone bank have. */
export function BankResultsPage({
  t,
  bank,
  codes,
  is_saved,
}: {
  t: Translate
  bank: PhoneBank
  codes: Codes
  is_saved: boolean
}) {
  const base = `/phonebanks/${bank.phone_bank_id}`
  const name = localized(bank.name, t.language).text
  const offered = codes.filter((each) => each.retired_at === null)
  return (
    <>
      <PageHead
        title={t('result_codes.of_bank', { name })}
        lead={t('result_codes.of_bank_lead')}
        back={{ href: base, label: name }}
      />
      {is_saved && <Alert kind="success" title={t('result_codes.saved')} />}
      <Card title={t('result_codes.title')} id="results">
        {offered.length === 0 ? (
          <p className="mb-4">{t('result_codes.none')}</p>
        ) : (
          <form method="post" action={`${base}/result-codes`} className="max-w-2xl">
            <Choices
              t={t}
              legend={t('result_codes.choose')}
              name="codes"
              kind="checkbox"
              options={offered.map((each) => ({
                value: each.code,
                label: localized(each.name, t.language).text,
                hint: t('result_codes.counts_as', { result: t(`disposition.${each.counts_as}`) }),
              }))}
              chosen={bank.result_codes}
            />
            <button className="btn btn-primary">{t('action.save')}</button>
          </form>
        )}
        <a className="btn mt-4" href="/phonebanks/result-codes">
          {t('result_codes.all')}
        </a>
      </Card>
    </>
  )
}
