import { memo, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { formatNumber, formatRange } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { ageProblems } from '../../builder.ts'
import type { Range } from '../../schema.ts'
import type { Refresh } from './asking.ts'

/** Edges of the chart: 15 and younger, 105 and older are open. */
const least = 15
const most = 105
const years = most - least

interface AgeProps {
  t: Translate
  pyramid: Refresh['pyramid']
  /** null: the expression says it in another way. */
  range: Range | null
  isStale: boolean
  onChange(range: Range, isMoving: boolean): void
}

/** The population pyramid, lying: women above, men below. A range is dragged over it, typed, or moved by the arrow keys. */
export const Age = memo(function Age({ t, pyramid, range, isStale, onChange }: AgeProps) {
  const area = useRef<HTMLDivElement>(null)
  const drag = useRef<{ anchor: number; pointer: number; hasMoved: boolean } | null>(null)
  const from = range?.from ?? null
  const to = range?.to ?? null
  const start = Math.max(least, Math.min(most, from ?? least))
  const end = Math.max(start, Math.min(most, to === null ? most : to + 1))

  const edgeAt = (event: PointerEvent): number => {
    const box = area.current?.getBoundingClientRect()
    if (!box || box.width === 0) return least
    return Math.round(least + Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * years)
  }
  const change = (a: number, b: number, isMoving: boolean): void => {
    const [low, high] = a < b ? [a, b] : [b, a]
    onChange({ from: low <= least ? null : low, to: high >= most ? null : Math.max(low, high - 1) }, isMoving)
  }

  const down = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return
    const edge = edgeAt(event)
    const near = 4
    const anchor = Math.abs(edge - start) <= near ? end : Math.abs(edge - end) <= near ? start : edge
    // A handle that is taken moves against the other one; elsewhere a new range begins.
    drag.current = { anchor, pointer: event.pointerId, hasMoved: false }
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent): void => {
    const it = drag.current
    if (!it || it.pointer !== event.pointerId) return
    const edge = edgeAt(event)
    if (!it.hasMoved && Math.abs(edge - it.anchor) < 1) return
    it.hasMoved = true
    change(it.anchor, edge, true)
  }
  const up = (event: PointerEvent): void => {
    const it = drag.current
    drag.current = null
    if (!it || it.pointer !== event.pointerId) return
    const edge = edgeAt(event)
    if (it.hasMoved) return change(it.anchor, edge, false)
    // Pressed without moving: this band of five years.
    const band = Math.min(most - 5, Math.floor(edge / 5) * 5)
    change(band, band + 5, false)
  }

  const key = (which: 'from' | 'to') => (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5 }[event.key]
    const now = which === 'from' ? start : end
    const target = event.key === 'Home' ? least : event.key === 'End' ? most : step === undefined ? null : now + step
    if (target === null) return
    event.preventDefault()
    if (which === 'from') change(Math.max(least, Math.min(end - 1, target)), end, true)
    else change(start, Math.min(most, Math.max(start + 1, target)), true)
  }

  const known = pyramid.filter((band) => band.from !== null)
  const tallest = Math.max(1, ...known.map(({ F, M, X, unknown }) => Math.max(F, M) + (X + unknown) / 2))
  const half = 56
  const place = (age: number): number => (100 * (age - least)) / years
  const unknown = pyramid.find((band) => band.from === null)
  const unknownCount = unknown ? unknown.F + unknown.M + unknown.X + unknown.unknown : 0

  return (
    <div>
      <p className="mb-1 text-xs">{t('builder.age_chart')}</p>
      <div
        ref={area}
        className="relative cursor-crosshair touch-pan-y select-none"
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={() => (drag.current = null)}
        data-age-chart
      >
        <svg
          viewBox={`0 0 ${years * 4} ${half * 2 + 2}`}
          preserveAspectRatio="none"
          className={`text-primary block h-32 w-full ${isStale ? 'opacity-70' : ''}`}
          aria-hidden="true"
        >
          {known.map(({ from: age, F, M, X, unknown: other }) => {
            const band = age ?? least
            const isIn = band + 4 >= start && band < end
            const high = (count: number): number => (half * count) / tallest
            const x = (band - least) * 4 + 1
            const shade = isIn ? 0.95 : 0.28
            const rest = high((X + other) / 2)
            return (
              <g key={band} fill="currentColor">
                <rect x={x} y={half - high(F)} width={18} height={high(F)} fillOpacity={shade} />
                <rect x={x} y={half - high(F) - rest} width={18} height={rest} fillOpacity={shade * 0.5} />
                <rect x={x} y={half + 2} width={18} height={high(M)} fillOpacity={shade * 0.75} />
                <rect x={x} y={half + 2 + high(M)} width={18} height={rest} fillOpacity={shade * 0.5} />
              </g>
            )
          })}
        </svg>
        <span className="pointer-events-none absolute top-0 right-0 text-xs" aria-hidden="true">
          {t('builder.women')}
        </span>
        <span className="pointer-events-none absolute right-0 bottom-0 text-xs" aria-hidden="true">
          {t('builder.men')}
        </span>
        {(['from', 'to'] as const).map((which) => (
          <div
            key={which}
            role="slider"
            tabIndex={0}
            aria-label={which === 'from' ? t('builder.age_from') : t('builder.age_to')}
            aria-valuemin={least}
            aria-valuemax={most}
            aria-valuenow={which === 'from' ? start : end - 1}
            aria-valuetext={
              (which === 'from' ? from : to) === null
                ? t('builder.age_any')
                : t('builder.age_years', { age: String(which === 'from' ? start : end - 1) })
            }
            onKeyDown={key(which)}
            className="absolute inset-y-0 -ml-2.5 w-5 cursor-ew-resize"
            style={{ left: `${place(which === 'from' ? start : end)}%` }}
          >
            <span className="bg-secondary mx-auto block h-full w-0.5" />
            <span className="bg-secondary border-base-100 absolute top-1/2 left-1/2 h-7 w-3 -translate-1/2 rounded-full border-2" />
          </div>
        ))}
      </div>
      <div className="relative mt-1 h-5 text-xs tabular-nums" aria-hidden="true">
        {[20, 40, 60, 80, 100].map((age) => (
          <span key={age} className="absolute -translate-x-1/2" style={{ left: `${place(age)}%` }}>
            {age}
          </span>
        ))}
      </div>
      <Typed t={t} from={from} to={to} onChange={onChange} />
      {unknownCount > 0 && (
        <p className="mt-2 text-xs tabular-nums">{t('builder.age_unknown', { count: unknownCount })}</p>
      )}
      <AgeTable t={t} bands={known} />
    </div>
  )
})

/** The chart in numbers; whoever is neither has a column where there are any. */
function AgeTable({ t, bands }: { t: Translate; bands: Refresh['pyramid'] }) {
  const hasOthers = bands.some(({ X, unknown }) => X + unknown > 0)
  const heads = [t('builder.women'), t('builder.men'), ...(hasOthers ? [t('builder.other_sex')] : [])]
  return (
    <details className="mt-1 text-sm">
      <summary className="pointer-coarse:min-h-11 flex min-h-8 items-center underline underline-offset-3">
        {t('builder.age_numbers')}
      </summary>
      <table className="w-full tabular-nums">
        <thead>
          <tr>
            <th scope="col" className="py-1 text-start">
              {t('builder.facet.age')}
            </th>
            {heads.map((head) => (
              <th key={head} scope="col" className="py-1 ps-2 text-end">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bands.map(({ from: age, F, M, X, unknown }) => (
            <tr key={age} className="border-base-300 border-t">
              <th scope="row" className="py-1 text-start font-normal">
                {age === 100 ? '100+' : formatRange(t.language, age ?? 0, (age ?? 0) + 4)}
              </th>
              {[F, M, ...(hasOthers ? [X + unknown] : [])].map((count, column) => (
                <td key={heads[column]} className="py-1 ps-2 text-end">
                  {formatNumber(t.language, count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

const written = (age: number | null): string => (age === null ? '' : String(age))

/** Ages typed as numbers, taken over as soon as they are; what cannot be used stays and says why. */
function Typed({
  t,
  from,
  to,
  onChange,
}: { t: Translate; from: number | null; to: number | null } & Pick<AgeProps, 'onChange'>) {
  const [typed, setTyped] = useState({ age_from: written(from), age_to: written(to) })
  const [focused, setFocused] = useState<'age_from' | 'age_to' | null>(null)
  const isFocused = useRef(false)
  useEffect(() => {
    if (!isFocused.current) setTyped({ age_from: written(from), age_to: written(to) })
  }, [from, to])
  const problems = ageProblems(typed)
  const take = (ages: typeof typed): void => {
    if (Object.keys(ageProblems(ages)).length > 0) return
    const [least, most] = [ages.age_from, ages.age_to].map((age) => (age === '' ? null : Number(age)))
    if (least !== from || most !== to) onChange({ from: least ?? null, to: most ?? null }, true)
  }
  return (
    <div className="mt-2 grid grid-cols-2 items-start gap-3">
      {(['age_from', 'age_to'] as const).map((name) => {
        // One digit may be the first of two.
        const isBegun = focused === name && typed[name].length === 1
        const problem = isBegun ? undefined : problems[name]
        return (
          <label key={name} className="block text-xs">
            {t(`builder.${name}`)}
            <input
              type="text"
              inputMode="numeric"
              maxLength={10}
              className={`input input-sm pointer-coarse:min-h-11 mt-0.5 w-full text-base tabular-nums ${problem ? 'input-error' : ''}`}
              value={typed[name]}
              aria-invalid={problem ? true : undefined}
              aria-describedby={problem ? `${name}-problem` : undefined}
              onFocus={() => {
                isFocused.current = true
                setFocused(name)
              }}
              onBlur={() => {
                isFocused.current = false
                setFocused(null)
                take(typed)
              }}
              onChange={(event) => {
                const now = { ...typed, [name]: event.target.value.trim() }
                setTyped(now)
                if (now[name].length !== 1) take(now)
              }}
            />
            {problem && (
              <span id={`${name}-problem`} role="alert" className="text-error mt-1 block text-sm font-semibold">
                {t(`targeting.age_problem.${problem}`)}
              </span>
            )}
          </label>
        )
      })}
    </div>
  )
}
