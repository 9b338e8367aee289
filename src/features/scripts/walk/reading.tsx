import { useLayoutEffect, useState } from 'react'
import type { Translate } from '../../../platform/i18n/messages.ts'

const sizes = ['normal', 'large', 'largest'] as const
type Size = (typeof sizes)[number]

interface Reading {
  size: Size
  has_contrast: boolean
  /** The other language of a text stays open from part to part. */
  is_other_shown: boolean
}

const place = 'hanpyo-reading'
const usual: Reading = { size: 'normal', has_contrast: false, is_other_shown: false }

/** How this device likes to read; remembered where it remembers anything. */
export function useReading(): [Reading, (changed: Partial<Reading>) => void] {
  const [reading, setReading] = useState(kept)
  const change = (changed: Partial<Reading>) => {
    const next = { ...reading, ...changed }
    setReading(next)
    try {
      localStorage.setItem(place, JSON.stringify(next))
    } catch {
      // Forbidden or full: it holds until the page is closed.
    }
  }
  return [reading, change]
}

function kept(): Reading {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(place) ?? 'null')
    if (typeof read !== 'object' || read === null) return usual
    return {
      size: sizes.find((size) => 'size' in read && read.size === size) ?? 'normal',
      has_contrast: 'has_contrast' in read && read.has_contrast === true,
      is_other_shown: 'is_other_shown' in read && read.is_other_shown === true,
    }
  } catch {
    return usual
  }
}

/** Size of type and contrast of the whole page (styles/app.css says what they do). */
export function ReadingSettings({ t }: { t: Translate }) {
  const [{ size, has_contrast }, change] = useReading()
  useLayoutEffect(() => {
    const root = document.documentElement
    root.dataset.size = size
    if (has_contrast) root.dataset.contrast = 'strong'
    else delete root.dataset.contrast
  }, [size, has_contrast])
  return (
    <details className="mt-4">
      <summary className="flex min-h-12 items-center text-base underline">{t('walk.reading')}</summary>
      <fieldset className="mt-1">
        <legend className="mb-1 text-base">{t('walk.size')}</legend>
        <div className="flex flex-wrap gap-2">
          {sizes.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === size}
              className="btn aria-[pressed=false]:bg-base-100 border-base-content/30 aria-pressed:btn-primary min-h-12 flex-1 text-base"
              onClick={() => change({ size: each })}
            >
              {t(`walk.size.${each}`)}
            </button>
          ))}
        </div>
      </fieldset>
      <label className="mt-2 flex min-h-12 items-center gap-3 text-base">
        <input
          type="checkbox"
          className="checkbox"
          checked={has_contrast}
          onChange={(event) => change({ has_contrast: event.target.checked })}
        />
        {t('walk.contrast')}
      </label>
    </details>
  )
}
