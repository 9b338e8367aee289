import { useState } from 'react'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { followUpKinds, type FollowUpKind } from '../../schema.ts'
import type { Draft } from './store.ts'

interface Props {
  t: Translate
  draft: Draft
  onWishes: (follow_ups: NonNullable<Draft['follow_ups']>) => void
}

/** What the voter wants, or the caller asks the organizer: becomes a task, whatever the result of the call. */
export function Wishes({ t, draft, onWishes }: Props) {
  const chosen = draft.follow_ups ?? []
  const [wasChosen] = useState(chosen.length > 0) // taking it back must not fold it under the thumb
  const question = chosen.find(({ kind }) => kind === 'organizer')
  const toggle = (kind: FollowUpKind) =>
    onWishes(
      chosen.some((each) => each.kind === kind)
        ? chosen.filter((each) => each.kind !== kind)
        : [...chosen, { kind, note: '' }],
    )
  return (
    <details className="mt-4" open={wasChosen}>
      <summary className="flex min-h-12 items-center underline">{t('console.wishes')}</summary>
      <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
        {followUpKinds.map((kind) => (
          <button
            key={kind}
            type="button"
            data-wish={kind}
            aria-pressed={chosen.some((each) => each.kind === kind)}
            className="btn not-aria-pressed:bg-base-100 border-base-content/30 aria-pressed:btn-primary h-auto min-h-14 py-2 text-lg"
            onClick={() => toggle(kind)}
          >
            {t(`console.wish.${kind}`)}
          </button>
        ))}
      </div>
      {question && (
        <label className="mt-3 block">
          <span className="mb-1 block text-base">{t('console.wish_question')}</span>
          <textarea
            rows={2}
            maxLength={500}
            className="textarea w-full text-lg"
            defaultValue={question.note}
            onChange={(event) =>
              onWishes(chosen.map((each) => (each.kind === 'organizer' ? { ...each, note: event.target.value } : each)))
            }
          />
        </label>
      )}
    </details>
  )
}
