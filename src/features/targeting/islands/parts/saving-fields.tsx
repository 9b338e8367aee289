import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Choices, Field } from '../../../../platform/ui/components.tsx'
import '../../builder-messages.ts'
import { universeKinds } from '../../schema.ts'

interface SavingFieldsProps {
  t: Translate
  /** The universe that is changed; null: a new one. */
  saved: { name: string; note: string | null } | null
  /** What was sent, where the form came back. */
  form: { typed: Record<string, string>; errors: Partial<Record<string, string>> } | null
}

/** Name, note and kind of a universe; on the page with JavaScript and without. */
export function SavingFields({ t, saved, form }: SavingFieldsProps) {
  return (
    <>
      <Field
        t={t}
        label={t('universes.name')}
        name="name"
        hint={t('universes.name_hint')}
        required
        maxLength={120}
        value={saved?.name ?? null}
        autoFocus={false}
        {...(form ?? {})}
      />
      <Field
        t={t}
        label={t('universes.note')}
        name="note"
        hint={t('universes.note_hint')}
        rows={2}
        value={saved?.note ?? null}
        autoFocus={false}
        {...(form ?? {})}
      />
      {!saved && <KindChoice t={t} form={form} />}
    </>
  )
}

/** Whether a new universe asks anew each time or keeps those it finds now. */
function KindChoice({ t, form }: Pick<SavingFieldsProps, 't' | 'form'>) {
  const chosen = universeKinds.find((kind) => kind === form?.typed.kind) ?? 'live'
  return (
    <Choices
      t={t}
      legend={t('builder.kind')}
      name="kind"
      kind="radio"
      chosen={[chosen]}
      options={universeKinds.map((value) => ({
        value,
        label: t(`builder.kind.${value}`),
        hint: t(`builder.kind.${value}_hint`),
      }))}
      {...(form ? { errors: form.errors } : {})}
    />
  )
}
