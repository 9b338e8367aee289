import { memo } from 'react'
import { formatNumber } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import type { TurnoutChosen } from '../../selection.ts'
import type { Refresh } from './asking.ts'

const comparisons = ['>=', '<=', '='] as const
const times = ['0', '1', '2', '3', '4'] as const

interface TurnoutProps {
  t: Translate
  values: Refresh['facets']['turnout']
  chosen: TurnoutChosen
  isStale: boolean
  onChange(chosen: TurnoutChosen, isMoving: boolean): void
}

/** How many of the last four: five bars and a slider. */
export const Turnout = memo(function Turnout({ t, values, chosen, isStale, onChange }: TurnoutProps) {
  const count = (value: string): number => values.find((each) => each.value === value)?.count ?? 0
  const most = Math.max(1, ...times.map(count))
  const comparison = chosen.comparison ?? '>='
  const isIn = (number: number): boolean =>
    chosen.comparison === null ||
    (comparison === '>='
      ? number >= chosen.times
      : comparison === '<='
        ? number <= chosen.times
        : number === chosen.times)
  return (
    <div>
      <div className="mb-3 flex gap-2" role="radiogroup" aria-label={t('builder.turnout_how')}>
        {comparisons.map((each) => (
          <label
            key={each}
            className="has-checked:border-primary has-checked:bg-primary/10 border-base-300 pointer-coarse:min-h-11 flex min-h-8 flex-1 cursor-pointer items-center justify-center rounded-lg border px-2 text-sm has-focus-visible:outline-3"
          >
            <input
              type="radio"
              name="turnout-comparison"
              className="sr-only"
              checked={comparison === each}
              onChange={() =>
                onChange({ comparison: each, times: chosen.comparison === null ? 2 : chosen.times }, false)
              }
            />
            {t(`builder.turnout.${each}`)}
          </label>
        ))}
      </div>
      <div className={`grid grid-cols-5 gap-1.5 ${isStale ? 'opacity-70' : ''}`}>
        {times.map((value) => (
          <button
            key={value}
            type="button"
            className="hover:bg-base-200 flex min-h-11 flex-col justify-end rounded-lg px-0.5 pt-1 text-center"
            aria-pressed={chosen.comparison !== null && isIn(Number(value))}
            onClick={() => onChange({ comparison, times: Number(value) }, false)}
          >
            <span className="flex h-16 w-full items-end" aria-hidden="true">
              <span
                className={`block w-full rounded-t ${isIn(Number(value)) ? 'bg-primary' : 'bg-primary/30'}`}
                style={{ height: `${Math.max(2, (100 * count(value)) / most)}%` }}
              />
            </span>
            <span className="mt-1 block text-sm font-semibold tabular-nums">
              <span aria-hidden="true">{value}</span>
              <span className="sr-only">{t('builder.turnout_times', { times: value })}</span>
            </span>
            <span className="block text-xs tabular-nums">{formatNumber(t.language, count(value))}</span>
          </button>
        ))}
      </div>
      <input
        type="range"
        min={0}
        max={4}
        step={1}
        className="range range-primary range-xs pointer-coarse:min-h-11 mx-[7%] mt-2 w-[86%]"
        aria-label={t('builder.turnout_label')}
        aria-valuetext={`${t(`builder.turnout.${comparison}`)} ${t('builder.turnout_times', { times: String(chosen.times) })}`}
        value={chosen.times}
        onChange={(event) => onChange({ comparison, times: Number(event.target.value) }, true)}
      />
      <p className="mt-1 text-xs">{t('builder.turnout_hint')}</p>
    </div>
  )
})
