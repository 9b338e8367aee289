import type { FieldErrors } from '../../../platform/http/form.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Choices } from '../../../platform/ui/components.tsx'
import '../../targeting/export/messages.ts'

interface Props {
  t: Translate
  base: string
  /** One button for each form of file. */
  forms: readonly { form: string; label: string }[]
  /** Only some of the results, as the address says. */
  only?: { fields: Record<string, string>; count: number } | null
  errors?: FieldErrors
}

/** Results leave as a file only where the law's limit on use is accepted. */
export function ResultsFile({ t, base, forms, only = null, errors = {} }: Props) {
  const query = only ? `?${new URLSearchParams(only.fields)}` : ''
  return (
    <form method="post" action={`${base}/results.csv${query}`} className="max-w-prose">
      {only && <p className="mb-3 font-semibold">{t('phonebanks.export_only', { count: only.count })}</p>}
      <p className="mb-3 text-sm">{t('phonebanks.export_note')}</p>
      <p className="mb-2 text-sm">{t('export.law')}</p>
      <Choices
        t={t}
        name="law"
        kind="checkbox"
        options={[{ value: 'yes', label: t('export.law_accept') }]}
        errors={errors}
      />
      <div className="flex flex-wrap gap-2">
        {forms.map(({ form, label }) => (
          <button key={form} name="form" value={form} className="btn">
            {label}
          </button>
        ))}
      </div>
    </form>
  )
}
