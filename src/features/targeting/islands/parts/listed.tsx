import { memo, useId, useMemo, useState } from 'react'
import { formatNumber } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'

export interface Value {
  value: string
  label: string
  /** Of the label, where it is another than the page's. */
  lang?: string
  /** null: not counted. */
  count: number | null
  /** A value the language has no word for ("not known") can be seen, not chosen. */
  isFixed?: boolean
}

interface ListedProps {
  t: Translate
  name: string
  values: readonly Value[]
  chosen: readonly string[]
  is_left_out: boolean
  isStale: boolean
  onToggle(value: string): void
  onMode?: (is_left_out: boolean) => void
}

const few = 10

/** Values with their counts, any number of which can be chosen; long lists show the ten largest and can be searched. */
export const Listed = memo(function Listed({
  t,
  name,
  values,
  chosen,
  is_left_out,
  isStale,
  onToggle,
  onMode,
}: ListedProps) {
  const id = useId()
  const [isAll, setAll] = useState(false)
  const [wanted, setWanted] = useState('')
  const most = Math.max(1, ...values.map(({ count }) => count ?? 0))
  const isLong = values.length > few
  const shown = useMemo(() => {
    const word = wanted.trim().normalize('NFC').toLowerCase()
    if (word)
      return values.filter(({ value, label }) => label.toLowerCase().includes(word) || value.toLowerCase() === word)
    if (!isLong || isAll) return values
    const kept = new Set(values.slice(0, few).map(({ value }) => value))
    return values.filter(({ value }) => kept.has(value) || chosen.includes(value))
  }, [values, chosen, wanted, isLong, isAll])

  return (
    <>
      {onMode && (
        <div role="radiogroup" aria-label={t('builder.mode', { facet: name })} className="mb-2 flex gap-2 text-sm">
          {[false, true].map((each) => (
            <label
              key={String(each)}
              className="has-checked:border-primary has-checked:bg-primary/10 border-base-300 pointer-coarse:min-h-11 flex min-h-8 flex-1 cursor-pointer items-center justify-center rounded-lg border px-2 has-focus-visible:outline-3"
            >
              <input
                type="radio"
                className="sr-only"
                name={`${id}-mode`}
                checked={is_left_out === each}
                onChange={() => onMode(each)}
              />
              {each ? t('builder.all_but_these') : t('builder.only_these')}
            </label>
          ))}
        </div>
      )}
      {isLong && (
        <input
          type="search"
          className="input input-sm pointer-coarse:min-h-11 mb-2 w-full text-base"
          placeholder={t('builder.find', { facet: name })}
          aria-label={t('builder.find', { facet: name })}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      {values.length === 0 && <p className="text-sm">{t('builder.no_values')}</p>}
      <ul aria-label={name} className={isStale ? 'opacity-70' : ''}>
        {shown.map((each) => (
          <Row
            key={each.value}
            {...each}
            t={t}
            most={most}
            isChosen={chosen.includes(each.value)}
            is_left_out={is_left_out}
            onToggle={onToggle}
          />
        ))}
      </ul>
      {wanted && shown.length === 0 && <p className="text-sm">{t('builder.found_none')}</p>}
      {isLong && !wanted && (
        <button
          type="button"
          className="btn btn-sm btn-ghost pointer-coarse:min-h-11 mt-1"
          aria-expanded={isAll}
          onClick={() => setAll(!isAll)}
        >
          {isAll ? t('builder.show_less') : t('builder.show_all', { count: values.length })}
        </button>
      )}
    </>
  )
})

const Row = memo(function Row({
  t,
  value,
  label,
  lang,
  count,
  isFixed,
  most,
  isChosen,
  is_left_out,
  onToggle,
}: Value & {
  t: Translate
  most: number
  isChosen: boolean
  is_left_out: boolean
  onToggle(value: string): void
}) {
  const body = (
    <>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className={`min-w-0 flex-1 break-words ${isChosen && is_left_out ? 'line-through' : ''}`} lang={lang}>
            {label}
          </span>
          {count !== null && <span className="tabular-nums">{formatNumber(t.language, count)}</span>}
        </span>
        {count !== null && (
          <span className="bg-base-300/60 mt-0.5 block h-1.5 overflow-hidden rounded-full" aria-hidden="true">
            <span
              className={`block h-full rounded-full ${isChosen ? (is_left_out ? 'bg-secondary' : 'bg-primary') : 'bg-primary/45'}`}
              style={{ width: `${(100 * count) / most}%` }}
            />
          </span>
        )}
      </span>
    </>
  )
  if (isFixed)
    return <li className="pointer-coarse:min-h-11 flex min-h-9 items-center gap-2.5 py-1 pl-8 text-sm">{body}</li>
  return (
    <li>
      <label className="hover:bg-base-200 pointer-coarse:min-h-11 -mx-2 flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1 text-sm">
        <input
          type="checkbox"
          className={`checkbox checkbox-sm shrink-0 ${is_left_out ? 'checkbox-secondary' : 'checkbox-primary'}`}
          checked={isChosen}
          onChange={() => onToggle(value)}
        />
        {body}
      </label>
    </li>
  )
})
