import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, PageHead, Select } from '../../../platform/ui/components.tsx'
import { phoneColumnMeanings, type PhoneMeaning } from '../schema.ts'
import type { VoterImport } from './voter-files-page.tsx'

export interface PhoneColumn {
  heading: string
  /** Of the first rows, where something stands in it. */
  examples: string[]
  is: PhoneMeaning | ''
}

interface PhoneColumnsPageProps {
  t: Translate
  run: VoterImport
  columns: readonly PhoneColumn[]
  /** What is missing or said twice, in words. */
  problem: string | null
}

/** Where a person says what the columns of a list of telephones are. */
export function PhoneColumnsPage({ t, run, columns, problem }: PhoneColumnsPageProps) {
  const options = (['none', ...phoneColumnMeanings] as const).map((value) => ({
    value,
    label: t(`voterfiles.phone_is.${value}`),
  }))
  return (
    <>
      <PageHead
        title={t('voterfiles.phone_columns')}
        lead={t('voterfiles.phone_columns_lead')}
        back={{ href: `/voterfiles/imports/${run.import_id}`, label: t('voterlayout.back') }}
      />
      {problem && <Alert kind="error" title={problem} />}
      <form method="post" action={`/voterfiles/imports/${run.import_id}/columns`} className="max-w-xl">
        {columns.map(({ heading, examples, is }, at) => (
          <Select
            key={heading}
            {...{ t, options }}
            name={`is.${at}`}
            label={heading}
            value={is || 'none'}
            required
            {...(examples.length > 0 && { hint: <span className="break-words">{examples.join(' · ')}</span> })}
          />
        ))}
        <button className="btn btn-primary">{t('voterfiles.phone_columns_save')}</button>
      </form>
    </>
  )
}
