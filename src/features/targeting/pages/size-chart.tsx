import { formatDate, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Table } from '../../../platform/ui/components.tsx'
import type { Size } from '../sizes.ts'

const width = 600
const height = 140
const edge = 8

/** Points of the line, days evenly by date, from nothing to the largest. */
function points(sizes: readonly Size[], wide: number, high: number, margin: number): { x: number; y: number }[] {
  const days = sizes.map(({ day }) => Date.parse(`${day}T00:00:00Z`))
  const [first = 0] = days
  const span = Math.max(1, (days.at(-1) ?? 0) - first)
  const most = Math.max(1, ...sizes.map(({ size }) => size))
  return sizes.map(({ size }, nth) => ({
    x: margin + ((wide - 2 * margin) * ((days[nth] ?? 0) - first)) / span,
    y: high - margin - ((high - 2 * margin) * size) / most,
  }))
}

const line = (of: readonly { x: number; y: number }[]): string =>
  of.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')

/** Its size day by day as a line, and as a table for those who cannot see it. */
export function SizeChart({ t, sizes }: { t: Translate; sizes: readonly Size[] }) {
  const [first, last] = [sizes[0], sizes.at(-1)]
  if (!first || !last) return <p className="text-sm">{t('universes.size_none')}</p>
  const number = (value: number): string => formatNumber(t.language, value)
  const most = Math.max(...sizes.map(({ size }) => size))
  const least = Math.min(...sizes.map(({ size }) => size))
  if (sizes.length === 1) {
    return <p>{t('universes.size_one', { day: formatDate(t.language, first.day), size: number(first.size) })}</p>
  }
  const at = points(sizes, width, height, edge)
  return (
    <>
      <svg
        role="img"
        aria-label={t('universes.size_told', {
          from: formatDate(t.language, first.day),
          to: formatDate(t.language, last.day),
          first: number(first.size),
          last: number(last.size),
          least: number(least),
          most: number(most),
        })}
        viewBox={`0 0 ${width} ${height}`}
        className="block h-auto w-full max-w-3xl"
      >
        <line x1={edge} x2={width - edge} y1={height - edge} y2={height - edge} className="stroke-base-300" />
        <polyline points={line(at)} fill="none" strokeWidth={2.5} className="stroke-primary" />
        {at.map(({ x, y }, nth) => (
          <circle key={nth} cx={x} cy={y} r={sizes.length > 60 ? 1.5 : 3} className="fill-primary" />
        ))}
      </svg>
      <p className="flex max-w-3xl justify-between gap-4 text-sm tabular-nums">
        <span>
          {formatDate(t.language, first.day, 'short')}: {number(first.size)}
        </span>
        <span className="text-right">
          {formatDate(t.language, last.day, 'short')}: <strong>{number(last.size)}</strong>
        </span>
      </p>
      <details className="mt-3">
        <summary className="min-h-8 cursor-pointer text-sm">{t('universes.size_table')}</summary>
        <Table caption={t('universes.size')} head={[t('universes.size_day'), t('universes.voters')]}>
          {sizes.toReversed().map(({ day, size }) => (
            <tr key={day}>
              <th scope="row" className="font-normal">
                {formatDate(t.language, day)}
              </th>
              <td className="tabular-nums">{number(size)}</td>
            </tr>
          ))}
        </Table>
      </details>
    </>
  )
}

/** The same, small enough for a row of the list; the number beside it says what it shows. */
export function SparkLine({ sizes }: { sizes: readonly Size[] }) {
  if (sizes.length < 2) return null
  return (
    <svg width="90" height="24" viewBox="0 0 90 24" role="presentation" className="block">
      <polyline points={line(points(sizes, 90, 24, 2))} fill="none" strokeWidth={1.5} className="stroke-primary" />
    </svg>
  )
}
