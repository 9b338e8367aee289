import { useState, type ReactNode } from 'react'
import type { Translate } from '../../../../platform/i18n/messages.ts'

/** One facet: its name, what is chosen of it, and, opened, its values. */
export function FacetBox({
  t,
  title,
  said,
  isOpen,
  onClear,
  children,
}: {
  t: Translate
  title: string
  /** What is chosen, in words; '': nothing. */
  said: string
  isOpen: boolean
  onClear?: () => void
  children: ReactNode
}) {
  // What is closed is not drawn: a drag would draw all of it anew with each step.
  const [isShown, setShown] = useState(isOpen)
  return (
    <details
      className="border-base-300 border-t first:border-t-0"
      open={isOpen}
      onToggle={(event) => setShown(event.currentTarget.open)}
    >
      <summary className="hover:bg-base-200 flex min-h-12 items-center gap-2 px-4 py-2">
        <span className="min-w-0 flex-1">
          <span className="font-semibold">{title}</span>
          {said && <span className="text-primary block text-sm font-semibold break-words">{said}</span>}
        </span>
      </summary>
      <div className="px-4 pb-4">
        {isShown && children}
        {onClear && (
          <button
            type="button"
            className={`btn btn-sm pointer-coarse:min-h-11 mt-2 ${said ? '' : 'invisible'}`}
            onClick={onClear}
            aria-label={t('builder.clear_facet', { facet: title })}
          >
            {t('builder.clear')}
          </button>
        )}
      </div>
    </details>
  )
}
