import type { ReactNode } from 'react'
import { formatDate, formatRange } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import '../messages.ts'
import { districtLabel, districtName, shadeOf, shadesOf, viewOf, widthOf } from '../rules.ts'
import type { DistrictMap, DistrictShape } from '../schema.ts'

interface Props {
  t: Translate
  map: DistrictMap
  /** What is counted, as the head of the list: 'Voters'. */
  measure: string
  values?: ReadonlyMap<string, number> | undefined
  format(value: number): string
  href?: ((district: string) => string) | undefined
  chosen?: string | undefined
  /** Marked beside the chosen one; the map shows these and it. */
  neighbors?: readonly string[]
  /** A word more for a row of the list: who represents it. */
  note?: ((district: string) => ReactNode) | undefined
  /** Leave the list out where the page has one of its own. */
  has_list?: boolean
  /** Show the part of the map that has values, not all of it. */
  is_part?: boolean
  /** Hundreds of rows are for the screen. */
  prints_list?: boolean
}

/** How dark each class is; on paper and in the dark likewise, since only the strength of one colour changes. */
const strengths = [0.12, 0.3, 0.5, 0.7, 0.92] as const

/**
 * A map that needs no script: shapes shaded in at most six classes, their meaning in numbers, and the same numbers as a list, which
 * is what keyboard and screen reader use. The drawing itself is hidden from them: it would be a hundred and fifty stops that say
 * the same.
 */
export function DistrictMapFigure(props: Props) {
  const {
    t,
    map,
    measure,
    values,
    format,
    href,
    chosen,
    neighbors = [],
    note,
    has_list = true,
    is_part = false,
    prints_list = true,
  } = props
  const shades = shadesOf([...(values?.values() ?? [])])
  // Few districts of few people leave classes out; the strongest is always the last.
  const strength = (shade: number): number => strengths[strengths.length - shades.length + shade] ?? 0
  const hasShapes = map.shapes.length > 0
  // Around one of them our tiles are shown whole: they are few enough to find it.
  const around = chosen === undefined || map.is_tiles ? [] : [chosen, ...neighbors]
  const view = viewOf(map, is_part ? [...(values?.keys() ?? [])] : around)
  const isNear = (district: string): boolean => neighbors.includes(district)
  const value = ({ district }: Pick<DistrictShape, 'district'>): number => values?.get(district) ?? 0
  // Of a part nothing is known beyond it, not even that it is nothing.
  const isOutside = (district: string): boolean => is_part && values?.has(district) === false
  // A label is as large as a shape lets it be; on a whole map of the city about as a newspaper's.
  const letters = map.is_tiles ? 14 : Math.max(view.width, view.height) / (map.kind === 'ed' ? 55 : 42)
  const fillOf = (shape: DistrictShape): number => {
    if (!values) return shape.district === chosen ? 0.85 : isNear(shape.district) ? 0.25 : 0.06
    const shade = shadeOf(shades, value(shape))
    return shade < 0 ? 0 : strength(shade)
  }
  const unseen = withoutShape(map, values)
  const rows = values ? withValueFirst([...listed(map), ...unseen], value) : listed(map)
  const drawn = [...map.shapes].sort((a, b) => Number(a.district === chosen) - Number(b.district === chosen))
  return (
    <figure className="break-inside-avoid">
      <div
        className={`grid items-start gap-6 ${has_list ? 'lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] print:grid-cols-1' : ''}`}
      >
        <div className={hasShapes ? '' : 'contents'}>
          <svg
            viewBox={`${view.left} ${view.top} ${view.width} ${view.height}`}
            className={hasShapes ? 'mx-auto block h-auto max-h-[42rem] w-full print:max-h-[11cm]' : 'hidden'}
            aria-hidden="true"
            focusable="false"
            data-map={map.kind}
          >
            {drawn.map((shape) => {
              const { district } = shape
              const fill = fillOf(shape)
              const body = (
                <>
                  <title>{`${districtName(t, map.kind, district)}${values && !isOutside(district) ? `: ${format(value(shape))}` : ''}`}</title>
                  <path d={shape.path} className="fill-base-100" />
                  <path
                    d={shape.path}
                    fillOpacity={fill}
                    fillRule="evenodd"
                    strokeLinejoin="round"
                    vectorEffect="non-scaling-stroke"
                    strokeWidth={district === chosen ? 4 : 1}
                    strokeDasharray={chosen !== undefined && isNear(district) ? '4 3' : undefined}
                    className={`fill-primary ${district === chosen ? 'stroke-secondary' : 'stroke-base-content/60'}`}
                  />
                </>
              )
              return href && !isOutside(district) ? (
                <a key={district} href={href(district)} tabIndex={-1} className="no-underline">
                  {body}
                </a>
              ) : (
                <g key={district}>{body}</g>
              )
            })}
            {/* Above all shapes: a narrow one's label reaches into its neighbours. */}
            {drawn
              .filter(({ path, label }) => map.is_tiles || widthOf(path) > letters * label.length * 0.55)
              .map((shape) => (
                <text
                  key={shape.district}
                  x={shape.x}
                  y={shape.y}
                  fontSize={letters}
                  textAnchor="middle"
                  dominantBaseline="central"
                  className={`pointer-events-none font-semibold ${fillOf(shape) >= 0.6 ? 'fill-primary-content' : 'fill-base-content'}`}
                >
                  {shape.label}
                </text>
              ))}
          </svg>
          {hasShapes && values && shades.length > 0 && (
            <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm" aria-label={t('geography.map.legend')}>
              <LegendRow strength={0}>{t('geography.map.none')}</LegendRow>
              {shades.map(({ from, to }, shade) => (
                <LegendRow key={from} strength={strength(shade)}>
                  {from === to ? format(from) : formatRange(t.language, format(from), format(to))}
                </LegendRow>
              ))}
            </ul>
          )}
          {!values && chosen !== undefined && (
            <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm" aria-label={t('geography.map.legend')}>
              <LegendRow strength={0.85}>{t('geography.map.chosen')}</LegendRow>
              <LegendRow strength={0.25}>{t('geography.map.neighbor')}</LegendRow>
            </ul>
          )}
        </div>
        {has_list && (
          <div
            className={`max-h-[42rem] overflow-y-auto ${prints_list ? 'print:max-h-none' : 'print:hidden'}`}
            tabIndex={0}
            role="group"
            aria-label={measure}
          >
            <table className="table-sm table">
              <thead>
                <tr className="text-base-content">
                  <th scope="col">{t('geography.map.district')}</th>
                  {values && (
                    <th scope="col" className="text-right">
                      {measure}
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {rows.map((shape) => (
                  <tr key={shape.district} className={shape.district === chosen ? 'bg-primary/10' : undefined}>
                    <th scope="row" className="font-normal">
                      {href ? (
                        <a href={href(shape.district)} className="inline-block min-h-6 min-w-6 font-semibold">
                          {districtLabel(t, map.kind, shape.district)}
                        </a>
                      ) : (
                        districtLabel(t, map.kind, shape.district)
                      )}
                      {hasShapes && unseen.includes(shape) && (
                        <span className="block text-sm">{t('geography.map.no_shape')}</span>
                      )}
                      {note?.(shape.district)}
                    </th>
                    {values && <td className="text-right align-top tabular-nums">{format(value(shape))}</td>}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
      {hasShapes && (
        <figcaption className="mt-3 text-sm">
          {map.is_tiles && `${t('geography.map.tiles')} `}
          {map.as_of
            ? t('geography.map.source_as_of', { source: map.source, date: formatDate(t.language, map.as_of) })
            : t('geography.map.source', { source: map.source })}
        </figcaption>
      )}
    </figure>
  )
}

type Listed = Pick<DistrictShape, 'district'>

/** By number, or by name. */
const listed = ({ shapes }: DistrictMap): Listed[] => shapes.map(({ district }) => ({ district })).sort(byName)

const byName = (a: Listed, b: Listed): number => a.district.localeCompare(b.district, 'en', { numeric: true })

/** Districts with voters that a map does not draw: one that was imported may be of fewer, or of other years. */
function withoutShape({ shapes }: DistrictMap, values: ReadonlyMap<string, number> | undefined): Listed[] {
  const drawn = new Set(shapes.map(({ district }) => district))
  return [...(values ?? [])]
    .flatMap(([district, count]) => (count > 0 && !drawn.has(district) ? [{ district }] : []))
    .sort(byName)
}

/** Districts where there is something to see stand before the empty ones; both keep their order. */
const withValueFirst = (shapes: Listed[], value: (shape: Listed) => number): Listed[] =>
  [...shapes].sort((a, b) => Number(value(b) > 0) - Number(value(a) > 0))

function LegendRow({ strength, children }: { strength: number; children: ReactNode }) {
  return (
    <li className="flex items-center gap-2">
      <svg width="22" height="16" aria-hidden="true" className="shrink-0">
        <rect
          x="1"
          y="1"
          width="20"
          height="14"
          fillOpacity={strength}
          strokeWidth="1"
          className="fill-primary stroke-base-content/60"
        />
      </svg>
      <span className="tabular-nums">{children}</span>
    </li>
  )
}
