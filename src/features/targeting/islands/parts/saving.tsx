import { memo } from 'react'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { SavingFields } from './saving-fields.tsx'

interface SavingProps {
  t: Translate
  save: string
  saved: { name: string; note: string | null; seen: string; seen_at: string } | null
  /** null: cannot be read yet. */
  expression: string | null
  form: { typed: Record<string, string>; errors: Partial<Record<string, string>> } | null
}

/** The ordinary form, with the expression of this moment. */
export const Saving = memo(function Saving({ t, save, saved, expression, form }: SavingProps) {
  return (
    <section
      className="bg-base-100 rounded-box border-base-300 mb-5 border p-4"
      aria-labelledby="builder-save-title"
      id="save"
    >
      <h2 id="builder-save-title" className="text-lg font-bold">
        {saved ? t('universes.edit') : t('builder.save_title')}
      </h2>
      <p className="mb-3 text-sm">{expression === null ? t('builder.save_wait') : t('builder.save_lead')}</p>
      <form method="post" action={save}>
        <input type="hidden" name="expression" value={expression ?? ''} />
        {saved && <input type="hidden" name="seen" value={saved.seen} />}
        {saved && <input type="hidden" name="seen_at" value={saved.seen_at} />}
        <SavingFields t={t} saved={saved} form={form} />
        <button className="btn btn-primary min-h-11" type="submit" disabled={expression === null}>
          {t('action.save')}
        </button>
      </form>
    </section>
  )
})
