import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { EmptyState, PageHead } from '../../../platform/ui/components.tsx'
import type { SearchResult } from '../../people/search/queries.ts'
import type { PhoneBank } from '../dashboard.ts'

interface Props {
  t: Translate
  bank: PhoneBank
  text: string
  results: readonly SearchResult[]
}

/** Any voter, to ask why they are called or not. */
export function FindVoterPage({ t, bank, text, results }: Props) {
  const base = `/phonebanks/${bank.phone_bank_id}`
  const voters = results.flatMap(({ voter, person }) => (voter ? [{ voter, person }] : []))
  return (
    <>
      <PageHead
        title={t('phonebanks.find')}
        lead={t('phonebanks.find_lead')}
        back={{ href: base, label: localized(bank.name, t.language).text }}
      />
      <form
        method="get"
        action={`${base}/voters`}
        role="search"
        className="mb-6 flex max-w-xl flex-wrap items-end gap-2"
      >
        <label className="min-w-0 flex-1 basis-60">
          <span className="mb-1 block font-semibold">{t('phonebanks.find_field')}</span>
          <input
            name="q"
            type="search"
            defaultValue={text}
            className="input w-full text-base"
            required
            maxLength={200}
          />
        </label>
        <button className="btn btn-primary">{t('action.search')}</button>
      </form>
      {text !== '' && voters.length === 0 && <EmptyState icon="search" title={t('phonebanks.find_none', { text })} />}
      <ul className="max-w-3xl">
        {voters.map(({ voter, person }) => (
          <li key={voter.voter_id} className="border-base-300 border-b py-2">
            <a
              href={`${base}/voters/${voter.voter_id}`}
              className="link inline-flex min-h-8 items-center font-semibold"
            >
              {[voter.first_name, voter.middle_name, voter.last_name].filter(Boolean).join(' ')}
              {person?.name_hangul && (
                <span lang="ko" className="ml-2">
                  {person.name_hangul}
                </span>
              )}
            </a>
            <span className="block text-sm">{[voter.birth_year, voter.city].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
