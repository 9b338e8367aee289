import { memo } from 'react'
import { formatNumber, formatRange } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { bandsOf, leastPercent } from '../../refresh.ts'
import type { Refresh } from './asking.ts'

interface LikelihoodProps {
  t: Translate
  likelihood: Refresh['likelihood']
  /** Communities, as they are typed; none: of the likeliest. */
  chosen: readonly string[]
  percent: number
  isStale: boolean
  onPercent(percent: number): void
}

/** From where an estimate counts: a slider under how many there are in each band of five percent. */
export const Likelihood = memo(function Likelihood(props: LikelihoodProps) {
  const { t, likelihood, chosen, percent, isStale, onPercent } = props
  const shown = likelihood.filter(({ value }) => (chosen.length === 0 ? value === '' : chosen.includes(value)))
  const charts = shown.map((of) => ({ name: nameOf(t, of.value), value: of.value, bands: bandsOf(of) }))
  return (
    <div className="mt-3 text-sm">
      {charts.map(({ name, value, bands }) => (
        <Bars
          key={value}
          caption={t('builder.likely_chart', { community: name })}
          bands={bands}
          percent={percent}
          isStale={isStale}
        />
      ))}
      <label className="block">
        <span className="sr-only">{t('builder.likely_at', { percent })}</span>
        <input
          type="range"
          min={leastPercent}
          max={100}
          step={5}
          className="range range-primary range-xs pointer-coarse:min-h-11 block w-full"
          value={percent}
          aria-valuetext={`${percent}%`}
          onChange={(event) => onPercent(Number(event.target.value))}
        />
        <span className="mt-1 block font-semibold tabular-nums" aria-hidden="true">
          {t('builder.likely_at', { percent })}
        </span>
      </label>
      {charts.length > 0 && (
        <details className="mt-1">
          <summary className="pointer-coarse:min-h-11 flex min-h-8 items-center underline underline-offset-3">
            {t('builder.likely_numbers')}
          </summary>
          <table className="w-full tabular-nums">
            <thead>
              <tr>
                <th scope="col" className="py-1 text-start">
                  {t('builder.likely_percent')}
                </th>
                {charts.map(({ name, value }) => (
                  <th key={value} scope="col" className="py-1 ps-2 text-end">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {(charts[0]?.bands ?? []).map(({ from, to }, band) => (
                <tr key={from} className="border-base-300 border-t">
                  <th scope="row" className="py-1 text-start font-normal">
                    {from === 100 ? t('builder.likely_said') : `${formatRange(t.language, from, to)}%`}
                  </th>
                  {charts.map(({ value, bands }) => (
                    <td key={value} className="py-1 ps-2 text-end">
                      {formatNumber(t.language, bands[band]?.count ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  )
})

const nameOf = (t: Translate, value: string): string =>
  value === '' ? t('builder.likely_any') : t.dynamic(`targeting.community.${value.replaceAll('-', '_')}`)

interface BarsProps {
  caption: string
  bands: ReturnType<typeof bandsOf>
  percent: number
  isStale: boolean
}

/** A bar above each step of the slider; those that count are dark. */
function Bars({ caption, bands, percent, isStale }: BarsProps) {
  const most = Math.max(1, ...bands.map(({ count }) => count))
  return (
    <figure aria-hidden="true" className={`mb-2 ${isStale ? 'opacity-70' : ''}`} data-likelihood>
      <figcaption className="mb-1 text-xs">{caption}</figcaption>
      <div className="border-base-300 flex h-12 items-end gap-px border-b px-1">
        {bands.map(({ from, to, count }) => (
          <span
            key={from}
            className={`min-w-0 flex-1 rounded-t-sm ${to >= percent ? 'bg-primary' : 'bg-primary/30'}`}
            style={{ height: count === 0 ? 0 : `max(2px, ${(100 * count) / most}%)` }}
          />
        ))}
      </div>
    </figure>
  )
}
