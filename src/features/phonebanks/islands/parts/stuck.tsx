import { useState } from 'react'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { focusNew } from './focus.ts'
import { isTold, type StuckEntry, type UnsentCall } from './store.ts'
import type { OwnResult } from '../../result-codes/schema.ts'
import { resultWords, shownName, toldWords } from './names.ts'

interface Props {
  t: Translate
  entries: readonly StuckEntry[]
  /** The organization's own results, where the page knows them. */
  own?: readonly OwnResult[]
  onTryAgain: (entry: StuckEntry) => void
  onRemove: (entry: StuckEntry) => void
}

/** Results and things learned that the server did not take: never dropped silently, but shown until the caller has dealt with them. */
export function Stuck({ t, entries, own = [], onTryAgain, onRemove }: Props) {
  /** Removed from here they are nowhere: asked once more. */
  const [asked, setAsked] = useState<string | null>(null)
  if (entries.length === 0) return null
  return (
    <section
      className="border-warning bg-base-100 rounded-box mb-3 border-2 p-4 text-left text-base"
      aria-labelledby="stuck"
      data-stuck={entries.length}
    >
      <h2 id="stuck" className="font-bold">
        {t('console.stuck_title', { count: entries.length })}
      </h2>
      <p>{t('console.stuck_text')}</p>
      <ul className="divide-base-300 mt-2 divide-y">
        {entries.map((entry) => {
          const name = shownName(entry.card, t.language)
          const id = isTold(entry) ? entry.told_id : entry.attempt_id
          const answers = isTold(entry) ? 0 : Object.keys(entry.result.answers).length
          return (
            <li key={id} className="py-2">
              <p className="font-semibold">
                {name} · {isTold(entry) ? toldWords(t, entry.told) : wordsOf(t, entry, own)}
              </p>
              {entry.problem && <p>{t(`console.stuck_why.${entry.problem}`)}</p>}
              {answers > 0 && <p>{t('console.stuck_answers', { count: answers })}</p>}
              {!isTold(entry) && entry.result.note && <p>{entry.result.note}</p>}
              {asked === id ? (
                <div role="group" aria-labelledby={`stuck-${id}`} className="mt-1">
                  <p id={`stuck-${id}`}>{t('console.stuck_sure', { name })}</p>
                  <p className="mt-1 flex flex-wrap gap-2">
                    <button
                      type="button"
                      ref={focusNew}
                      className="btn h-auto min-h-12 py-2 text-base"
                      onClick={() => setAsked(null)}
                    >
                      {t('console.stuck_keep')}
                    </button>
                    <button
                      type="button"
                      className="btn btn-error h-auto min-h-12 py-2 text-base"
                      onClick={() => onRemove(entry)}
                    >
                      {t('console.stuck_remove_sure')}
                    </button>
                  </p>
                </div>
              ) : (
                <p className="mt-1 flex flex-wrap gap-2">
                  <button
                    type="button"
                    className="btn h-auto min-h-12 py-2 text-base"
                    aria-label={t('console.stuck_again_named', { name })}
                    onClick={() => onTryAgain(entry)}
                  >
                    {t('console.stuck_again')}
                  </button>
                  <button
                    type="button"
                    className="btn btn-ghost h-auto min-h-12 py-2 text-base underline"
                    aria-label={t('console.stuck_remove_named', { name })}
                    onClick={() => setAsked(id)}
                  >
                    {t('console.stuck_remove')}
                  </button>
                </p>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const wordsOf = (t: Translate, { result }: UnsentCall, own: readonly OwnResult[]): string =>
  resultWords(t, {
    disposition: result.disposition,
    result_name: own.find(({ code }) => code === result.result_code)?.name,
  })
