import { memo, useEffect, useMemo, useState } from 'react'
import { z } from 'zod'
import { formatNumber, formatPercent } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { builderDistricts } from '../../builder.ts'
import type { FacetValue } from '../../refresh.ts'

/** As `GET /districts/map/:kind` answers. */
const DistrictMap = z.object({
  kind: z.string(),
  is_tiles: z.boolean(),
  width: z.number(),
  height: z.number(),
  as_of: z.string().nullable(),
  source: z.string().nullable(),
  shapes: z.array(
    z.object({
      district: z.coerce.string(),
      label: z.coerce.string(),
      path: z.string(),
      x: z.number(),
      y: z.number(),
    }),
  ),
})
type DistrictMap = z.infer<typeof DistrictMap>

export type DistrictFacet = (typeof builderDistricts)[number]

const maps = new Map<string, Promise<DistrictMap | null>>()

/** Asked once for each kind; null: there is none. */
function mapOf(kind: string): Promise<DistrictMap | null> {
  let found = maps.get(kind)
  if (!found) {
    found = fetch(`/districts/map/${kind}`, { headers: { accept: 'application/json' } })
      .then(async (response) => {
        const read = response.ok ? DistrictMap.safeParse(await response.json()) : null
        return read?.success ? read.data : null
      })
      .catch(() => {
        maps.delete(kind) // no connection: asked again next time
        return null
      })
    maps.set(kind, found)
  }
  return found
}

interface MapProps {
  t: Translate
  kind: DistrictFacet
  shade: 'count' | 'share'
  /** People by district under all other conditions, and voters at all for shares. */
  counts: readonly FacetValue[]
  voters: readonly FacetValue[] | null
  chosen: readonly string[]
  is_left_out: boolean
  isStale: boolean
  onKind(kind: DistrictFacet): void
  onShade(shade: 'count' | 'share'): void
  onToggle(district: string): void
}

/** Districts of one kind, darker where more of the people live. */
export const DistrictsMap = memo(function DistrictsMap(props: MapProps) {
  const { t, kind, shade, onKind, onShade } = props
  const [map, setMap] = useState<{ kind: string; map: DistrictMap | null } | null>(null)
  useEffect(() => {
    let isWanted = true
    void mapOf(kind).then((found) => isWanted && setMap({ kind, map: found }))
    return () => void (isWanted = false)
  }, [kind])
  const drawn = map?.kind === kind ? map.map : undefined

  return (
    <section
      className="bg-base-100 rounded-box border-base-300 mb-5 border p-4"
      aria-labelledby="builder-map-title"
      id="map"
    >
      <h2 id="builder-map-title" className="text-lg font-bold">
        {t('builder.map')}
      </h2>
      <div className="mt-2 flex flex-wrap gap-x-5 gap-y-2">
        <Switch
          label={t('builder.map_kind')}
          name="map-kind"
          options={builderDistricts.map((each) => [each, t(`targeting.district.${each}`)])}
          value={kind}
          onChange={onKind}
        />
        <Switch
          label={t('builder.map_shading')}
          name="map-shade"
          options={[
            ['count', t('builder.map_count')],
            ['share', t('builder.map_share')],
          ]}
          value={shade}
          onChange={onShade}
        />
      </div>
      <div className="mt-3 min-h-80">
        {drawn ? (
          <Drawing {...props} map={drawn} />
        ) : (
          <p className="bg-base-200 rounded-lg p-6 text-center text-sm">
            {drawn === null ? t('builder.map_missing') : t('builder.map_loading')}
          </p>
        )}
      </div>
    </section>
  )
})

function Switch<T extends string>({
  label,
  name,
  options,
  value,
  onChange,
}: {
  label: string
  name: string
  options: readonly (readonly [T, string])[]
  value: T
  onChange(value: T): void
}) {
  return (
    <div role="radiogroup" aria-label={label} className="flex flex-wrap gap-1">
      {options.map(([each, text]) => (
        <label
          key={each}
          className="has-checked:border-primary has-checked:bg-primary has-checked:text-primary-content border-base-300 pointer-coarse:min-h-11 flex min-h-9 cursor-pointer items-center rounded-lg border px-3 text-sm has-focus-visible:outline-3"
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={value === each}
            onChange={() => onChange(each)}
          />
          {text}
        </label>
      ))}
    </div>
  )
}

interface DistrictProps {
  shape: DistrictMap['shapes'][number]
  /** 0-1, how dark. */
  strength: number
  isChosen: boolean
  isPointed: boolean
  is_left_out: boolean
  /** null: too many to be labelled. */
  label_size: number | null
  onToggle(district: string): void
  onPoint(district: string): void
}

/** Drawn again only where its own shade or frame changed: with each answer of a drag most districts stay as they are. */
const District = memo(function District(props: DistrictProps) {
  const { shape, strength, isChosen, isPointed, is_left_out, label_size, onToggle, onPoint } = props
  const { district, label, x, y } = shape
  return (
    <g
      className="cursor-pointer"
      data-district={district}
      onClick={() => onToggle(district)}
      onPointerEnter={() => onPoint(district)}
    >
      <Outline path={shape.path} />
      <path
        d={shape.path}
        fill="currentColor"
        fillOpacity={strength}
        className={isChosen ? 'stroke-secondary' : 'stroke-base-content'}
        strokeOpacity={isChosen ? 1 : isPointed ? 0.9 : 0.3}
        strokeWidth={isChosen ? 4 : isPointed ? 2 : 0.8}
        strokeDasharray={isChosen && is_left_out ? '6 4' : undefined}
        vectorEffect="non-scaling-stroke"
      />
      {label_size !== null && (
        <text
          x={x}
          y={y}
          textAnchor="middle"
          dominantBaseline="central"
          fontSize={label_size}
          className={`pointer-events-none ${isChosen ? 'font-bold' : ''} ${strength > 0.55 ? 'fill-base-100' : 'fill-base-content'}`}
        >
          {label}
        </text>
      )}
    </g>
  )
})

/** The ground under the shade. */
const Outline = memo(function Outline({ path }: { path: string }) {
  return <path d={path} className="fill-base-100" />
})

function Drawing({
  t,
  map,
  kind,
  shade,
  counts,
  voters,
  chosen,
  is_left_out,
  isStale,
  onToggle,
}: MapProps & { map: DistrictMap }) {
  const [pointed, setPointed] = useState<string | null>(null)
  const people = useMemo(() => new Map(counts.map(({ value, count }) => [value, count])), [counts])
  const all = useMemo(() => new Map((voters ?? []).map(({ value, count }) => [value, count])), [voters])
  const valueOf = (district: string): number => {
    const count = people.get(district) ?? 0
    if (shade === 'count') return count
    const whole = all.get(district) ?? 0
    return whole > 0 ? Math.min(1, count / whole) : 0
  }
  const most = Math.max(...map.shapes.map(({ district }) => valueOf(district)), shade === 'count' ? 1 : 0.0001)
  // The square root keeps districts with few people apart; nobody is white.
  const strength = (value: number): number => (value > 0 ? 0.1 + 0.8 * Math.sqrt(value / most) : 0)
  const labelOf = (district: string): string =>
    `${t(`targeting.district.${kind}`)} ${t('targeting.district.number', { number: district })}`
  const sentence = (district: string): string => {
    const count = people.get(district) ?? 0
    const name = labelOf(district)
    if (shade === 'count') return t('builder.map_people', { district: name, count })
    return t('builder.map_people_share', {
      district: name,
      people: count,
      voters: all.get(district) ?? 0,
      percent: formatPercent(t.language, valueOf(district), 1),
    })
  }
  const size = Math.max(9, Math.min(map.width, map.height) / (map.is_tiles ? 34 : 44))
  const hasLabels = map.is_tiles || map.shapes.length <= 70
  const inOrder = useMemo(
    () => [...map.shapes].sort((a, b) => Number(chosen.includes(a.district)) - Number(chosen.includes(b.district))),
    [map, chosen],
  )
  const isWaiting = shade === 'share' && voters === null

  return (
    <>
      <svg
        viewBox={`0 0 ${map.width} ${map.height}`}
        role="img"
        aria-label={t('builder.map_alt', { kind: t(`targeting.district.${kind}`) })}
        className={`text-primary mx-auto block max-h-[30rem] w-full ${isStale || isWaiting ? 'opacity-60' : ''}`}
        onPointerLeave={() => setPointed(null)}
        data-map
      >
        {inOrder.map((shape) => (
          <District
            key={shape.district}
            shape={shape}
            strength={strength(valueOf(shape.district))}
            isChosen={chosen.includes(shape.district)}
            isPointed={pointed === shape.district}
            is_left_out={is_left_out}
            label_size={hasLabels ? size : null}
            onToggle={onToggle}
            onPoint={setPointed}
          />
        ))}
      </svg>
      <p className="mt-2 min-h-7 text-center text-sm font-semibold tabular-nums" aria-hidden="true">
        {pointed ? sentence(pointed) : ' '}
      </p>
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs">
        <span className="text-primary flex items-center gap-1.5" aria-hidden="true">
          <span className="text-base-content tabular-nums">0</span>
          <svg width="110" height="12">
            {[0, 0.06, 0.25, 0.5, 1].map((share, at) => (
              <rect
                key={share}
                x={at * 22 + 0.5}
                y="0.5"
                width="21"
                height="11"
                fill="currentColor"
                fillOpacity={strength(share * most)}
                stroke="currentColor"
                strokeOpacity="0.4"
              />
            ))}
          </svg>
          <span className="text-base-content tabular-nums">
            {shade === 'count' ? formatNumber(t.language, most) : formatPercent(t.language, most, 1)}
          </span>
        </span>
        <span className="min-w-0 flex-1">{t('builder.map_hint')}</span>
      </div>
      <p className="mt-1 text-xs">
        {map.is_tiles
          ? t('builder.map_tiles')
          : map.source && t('builder.map_source', { source: map.source, as_of: map.as_of ?? '' })}
      </p>
    </>
  )
}
