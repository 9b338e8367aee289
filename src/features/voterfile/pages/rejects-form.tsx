import type { FieldErrors } from '../../../platform/http/form.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Choices } from '../../../platform/ui/components.tsx'
import type { VoterImport } from './voter-files-page.tsx'

export interface RejectsFormProps {
  t: Translate
  run: VoterImport
  errors?: FieldErrors
}

/** Rows of a voter file leave only where the law's limit on use is accepted. */
export function RejectsForm({ t, run, errors }: RejectsFormProps) {
  return (
    <form method="post" action={`/voterfiles/imports/${run.import_id}/rejects`}>
      <p className="mb-2 max-w-prose text-sm">{t('voterfiles.law')}</p>
      <Choices
        t={t}
        name="law"
        kind="checkbox"
        options={[{ value: 'yes', label: t('voterfiles.law_accept') }]}
        {...(errors && { errors })}
      />
      <button className="btn">{t('voterfiles.rejects_download')}</button>
    </form>
  )
}
