import { memo, useEffect, useState, type MouseEvent } from 'react'
import { formatNumber } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import type { Refresh, Trouble } from './asking.ts'

interface NumbersProps {
  t: Translate
  refresh: Refresh | null
  /** The numbers are of an earlier step. */
  isStale: boolean
  isSlow: boolean
  /** The text cannot be read: nothing is counted until it can. */
  isUnreadable: boolean
  trouble: Trouble
  /** Parts that are still being counted. */
  counting: readonly string[]
  onAgain(): void
}

const lesser = ['households', 'phones', 'mailboxes', 'emails'] as const

/** How many, large; the old numbers stay, dimmed, until the new ones are there. */
export const Numbers = memo(function Numbers(props: NumbersProps) {
  const { t, refresh, isStale, isSlow, isUnreadable, trouble, counting, onAgain } = props
  const number = (value: number | undefined): string => (value === undefined ? '–' : formatNumber(t.language, value))
  const leftOut = refresh?.left_out ?? []
  const missing = leftOut.reduce((sum, { count }) => sum + count, 0)
  const status =
    refresh?.people === 0 && !isUnreadable
      ? `${t('universes.none_found')}. ${t('universes.none_found_text')}`
      : isSlow && refresh?.answered_by === 'database'
        ? t('builder.from_database')
        : ''
  return (
    <section
      className="bg-base-100 rounded-box border-base-300 relative mb-5 border p-4"
      aria-labelledby="builder-numbers-title"
      id="results"
    >
      <h2 id="builder-numbers-title" className="sr-only">
        {t('builder.numbers')}
      </h2>
      <dl
        className={`grid grid-cols-2 items-end gap-x-5 gap-y-3 transition-opacity sm:flex sm:flex-wrap ${isStale ? 'opacity-75' : ''}`}
      >
        <div className="col-span-2 sm:basis-full">
          <dt className="font-semibold">{t('builder.people')}</dt>
          <dd className="text-4xl leading-tight font-bold tabular-nums sm:text-5xl" data-people>
            {number(refresh?.people)}
          </dd>
        </div>
        {lesser.map((name) => (
          <div key={name} className="sm:min-w-20">
            <dt className="text-sm">{t(`builder.${name}`)}</dt>
            <dd className="text-xl font-semibold tabular-nums sm:text-2xl">{number(refresh?.[name])}</dd>
          </div>
        ))}
      </dl>
      {isStale && !trouble && (
        <p className="absolute top-4 right-4 text-sm">{t(isUnreadable ? 'builder.not_counted' : 'builder.counting')}</p>
      )}
      {counting.length > 0 && !trouble && (
        <p role="status" className="border-info mt-2 rounded-lg border-2 p-3 text-sm" data-counting>
          {t('builder.counting_part', { part: counting.join(' · ') })}
        </p>
      )}
      {trouble && (
        <div
          role="alert"
          className="border-warning mt-2 flex flex-wrap items-center gap-3 rounded-lg border-2 p-3 text-sm"
        >
          <p className="min-w-0 flex-1 basis-60">
            {trouble === 'too_slow'
              ? t('universes.too_slow_text')
              : trouble === 'signed_out'
                ? t('builder.signed_out')
                : t('builder.failed')}
          </p>
          {trouble !== 'signed_out' && (
            <button type="button" className="btn btn-sm pointer-coarse:min-h-11" onClick={onAgain}>
              {t('builder.again')}
            </button>
          )}
        </div>
      )}
      <details className="mt-2 text-sm">
        <summary className="flex min-h-8 flex-wrap items-center gap-x-1 pointer-coarse:min-h-11">
          <span className="min-w-0 flex-1 basis-60 underline underline-offset-3">
            {missing > 0 ? t('builder.left_out', { count: missing }) : t('builder.left_out_none')}
          </span>
          {status && <span className="ml-3 font-semibold">{status}</span>}
        </summary>
        <p className="mt-1 max-w-prose">{t('universes.left_out_text')}</p>
        {missing > 0 && (
          <ul className="mt-1 list-disc pl-5">
            {leftOut.map(({ reason, count }) => (
              <li key={reason}>
                {t(`universes.left_out.${reason}`)}:{' '}
                <strong className="tabular-nums">{formatNumber(t.language, count)}</strong>
              </li>
            ))}
          </ul>
        )}
        <p className="mt-1 max-w-prose">{t('builder.left_out_how')}</p>
        <p className="mt-1 max-w-prose">{t('builder.left_out_refused')}</p>
      </details>
      <Said t={t} refresh={isStale ? null : refresh} />
    </section>
  )
})

/** Read out once the numbers have come to rest, not with each step. */
function Said({ t, refresh }: { t: Translate; refresh: Refresh | null }) {
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (!refresh) return undefined
    const timer = setTimeout(
      () =>
        setSaid(t('builder.said', { people: refresh.people, households: refresh.households, phones: refresh.phones })),
      1000,
    )
    return () => clearTimeout(timer)
  }, [t, refresh])
  return (
    <p role="status" aria-live="polite" className="sr-only" data-said>
      {said}
    </p>
  )
}

/** On a phone: always in sight, above the thumb. */
export function CountBar({ t, refresh, isStale }: { t: Translate; refresh: Refresh | null; isStale: boolean }) {
  return (
    <div
      className="bg-base-100 border-base-300 fixed inset-x-0 bottom-0 z-20 border-t px-3 py-2 shadow-[0_-4px_16px_rgb(0_0_0/0.12)] lg:hidden print:hidden"
      data-count-bar
    >
      <div className="flex items-center gap-3">
        <a
          href="#results"
          onClick={stay}
          className={`min-w-0 flex-1 rounded no-underline ${isStale ? 'opacity-75' : ''}`}
        >
          <span className="block text-2xl leading-tight font-bold tabular-nums">
            {refresh ? formatNumber(t.language, refresh.people) : '–'}{' '}
            <span className="text-sm font-normal">{t('builder.people')}</span>
          </span>
        </a>
        <a href="#facets" onClick={stay} className="btn btn-sm min-h-11">
          {t('builder.see_list')}
        </a>
        <a href="#save" onClick={stay} className="btn btn-primary btn-sm min-h-11">
          {t('action.save')}
        </a>
      </div>
    </div>
  )
}

/** Leads to a part of the page without becoming a step one could undo. */
function stay(event: MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault()
  document.querySelector(event.currentTarget.hash)?.scrollIntoView({ block: 'start' })
}
