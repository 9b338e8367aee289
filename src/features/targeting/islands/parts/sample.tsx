import { memo } from 'react'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { ageOn, countyLabel } from '../../pages/labels.ts'
import type { Refresh } from './asking.ts'

/** Who they are, by twenty of them. */
export const SampleStrip = memo(function SampleStrip({
  t,
  voters,
  today,
  isStale,
}: {
  t: Translate
  /** null: nobody was counted yet, as where the expression cannot be read. */
  voters: Refresh['sample'] | null
  today: string
  /** They are of an earlier expression. */
  isStale: boolean
}) {
  return (
    <section
      className="bg-base-100 rounded-box border-base-300 mb-5 border p-4"
      aria-labelledby="builder-sample-title"
      id="sample"
    >
      <h2 id="builder-sample-title" className="text-lg font-bold">
        {t('builder.sample')}
      </h2>
      <p className="mb-2 text-sm">{isStale ? t('builder.sample_waits') : t('builder.sample_lead')}</p>
      {voters === null ? null : voters.length === 0 ? (
        <p className="bg-base-200 rounded-lg p-4 text-sm">
          {t('universes.none_found')}. {t('universes.none_found_text')}
        </p>
      ) : (
        <ul className={`grid gap-x-4 sm:grid-cols-2 ${isStale ? 'opacity-75' : ''}`}>
          {voters.map((voter) => {
            const age = ageOn(today, voter)
            return (
              <li key={voter.voter_id} className="border-base-300 border-b">
                <a
                  href={`/voters/${voter.voter_id}`}
                  className="hover:bg-base-200 block min-h-11 rounded-lg px-2 py-1.5 no-underline"
                >
                  <span className="flex items-baseline gap-2">
                    <span className="min-w-0 truncate font-semibold underline underline-offset-3" lang="en">
                      {[voter.first_name, voter.middle_name, voter.last_name].filter(Boolean).join(' ')}
                    </span>
                    {voter.name_hangul && (
                      <span lang="ko" className="shrink-0">
                        {voter.name_hangul}
                      </span>
                    )}
                  </span>
                  <span className="block truncate text-sm tabular-nums">
                    {[
                      age === null ? t('builder.age_unknown_short') : t('builder.age_years', { age: String(age) }),
                      t.dynamic(`targeting.party.${voter.party}`),
                      voter.city ?? (voter.county ? countyLabel(t, voter.county) : null),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </a>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
})
