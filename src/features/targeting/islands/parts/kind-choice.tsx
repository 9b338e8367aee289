import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Choices } from '../../../../platform/ui/components.tsx'
import '../../builder-messages.ts'
import { universeKinds } from '../../schema.ts'

interface KindChoiceProps {
  t: Translate
  /** What was sent, where the form came back. */
  form: { typed: Record<string, string>; errors: Partial<Record<string, string>> } | null
}

/** Whether a new universe asks anew each time or keeps those it finds now; on the page with JavaScript and without. */
export function KindChoice({ t, form }: KindChoiceProps) {
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
