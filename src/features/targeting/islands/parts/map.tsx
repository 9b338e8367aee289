import { memo, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import { z } from 'zod'
import { formatNumber, formatPercent } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { builderDistricts } from '../../builder.ts'
import { countyLabel } from '../../pages/labels.ts'
import { electionDistrictNumber, type FacetValue } from '../../refresh.ts'
import type { Area } from '../../../geography/area/rules.ts'
import { isKindOf } from '../../../geography/schema.ts'
import { withState } from '../../of-state.ts'
import { useListedDistricts } from './asking.ts'
import { areaOf, AreaShape, AroundAddress, DrawingSurface, nearestTo, type Drawn } from './area.tsx'

/** As `GET /districts/map/:kind` answers. */
const DistrictMap = z.object({
  kind: z.string(),
  is_tiles: z.boolean(),
  width: z.number(),
  height: z.number(),
  as_of: z.string().nullable(),
  source: z.string().nullable(),
  frame: z.object({ scale: z.number(), x: z.number(), y: z.number() }).nullable(),
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

const mapped = [...builderDistricts, 'county'] as const
/** What a map shades: one of the facets. */
export type MapFacet = (typeof mapped)[number]

export const mapFacetOf = (text: string): MapFacet | undefined => mapped.find((each) => each === text)

const kindName = (t: Translate, kind: MapFacet): string =>
  kind === 'county' ? t('targeting.county') : t(`targeting.district.${kind}`)

const districtName = (t: Translate, kind: MapFacet, district: string): string =>
  kind === 'county'
    ? countyLabel(t, district)
    : district === '?'
      ? t('builder.district_in_doubt')
      : `${kindName(t, kind)} ${t('targeting.district.number', { number: district })}`

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
  kind: MapFacet
  /** Whose districts are drawn, and of which states there are voters. */
  state: string
  states: readonly string[]
  onState(state: string): void
  /** Districts are told with their states. */
  hasStates: boolean
  shade: 'count' | 'share'
  /** People by district under all other conditions, and voters at all for shares. */
  counts: readonly FacetValue[]
  voters: readonly FacetValue[] | null
  chosen: readonly string[]
  is_left_out: boolean
  isStale: boolean
  area: Area | null
  /** null: the expression cannot be read. */
  text: string | null
  /** null: the expression says them in a way the list cannot show. */
  election_districts: readonly number[] | null
  /** The district whose election districts are shown. */
  within: string
  onWithin(district: string): void
  onArea(area: Area | null): void
  onElectionDistrict(number: number): void
  onKind(kind: MapFacet): void
  onShade(shade: 'count' | 'share'): void
  onToggle(district: string): void
}

/** Districts of one kind, darker where more of the people live. */
export const DistrictsMap = memo(function DistrictsMap(props: MapProps) {
  const { t, kind, state, states, shade, onKind, onShade, onState } = props
  const [map, setMap] = useState<{ kind: string; state: string; map: DistrictMap | null } | null>(null)
  useEffect(() => {
    let isWanted = true
    void mapOf(`${kind}?state=${state}`).then((found) => isWanted && setMap({ kind, state, map: found }))
    return () => void (isWanted = false)
  }, [kind, state])
  const kinds = mapped.filter((each) => each === kind || isKindOf(state, each))
  const drawn = map?.kind === kind && map.state === state ? map.map : undefined
  // Corners are of one drawn map; another kind is another map.
  const [line, setLine] = useState<{ kind: string; state: string; drawn: Drawn } | null>(null)
  const drawing = line?.kind === kind && line.state === state ? line.drawn : null
  const setDrawing = (drawn: Drawn | null): void => setLine(drawn && { kind, state, drawn })

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
        {states.length > 1 && (
          <Switch
            label={t('builder.map_state')}
            name="map-state"
            options={states.map((each) => [each, each])}
            value={state}
            onChange={onState}
          />
        )}
        <Switch
          label={t('builder.map_kind')}
          name="map-kind"
          options={kinds.map((each) => [each, kindName(t, each)])}
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
          <Drawing {...props} map={drawn} drawing={drawing} onDrawing={setDrawing} />
        ) : (
          <p className="bg-base-200 rounded-lg p-6 text-center text-sm">
            {drawn === null ? t('builder.map_missing') : t('builder.map_loading')}
          </p>
        )}
      </div>
      <AreaTools {...props} map={drawn ?? null} drawing={drawing} onDrawing={setDrawing} />
      {kind !== 'county' && <ElectionDistricts key={`${state} ${kind}`} {...props} kind={kind} map={drawn ?? null} />}
    </section>
  )
})

interface DrawingProps {
  drawing: Drawn | null
  onDrawing(drawing: Drawn | null): void
}

/** Choosing by place instead of by district: drawn, or around an address. */
function AreaTools({
  t,
  map,
  kind,
  area,
  drawing,
  onDrawing,
  onArea,
}: MapProps & DrawingProps & { map: DistrictMap | null }) {
  const finish = (): void => {
    const made = map?.frame && drawing ? areaOf(drawing.corners, map.frame) : null
    if (made) onArea(made)
    onDrawing(null)
  }
  return (
    <div className="border-base-300 mt-4 border-t pt-3">
      <h3 className="font-semibold">{t('builder.area')}</h3>
      <p className="mt-1 max-w-prose text-sm">{t('builder.area_lead')}</p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        {drawing ? (
          <>
            <button
              type="button"
              className="btn btn-primary btn-sm pointer-coarse:min-h-11"
              disabled={drawing.corners.length < 3}
              onClick={finish}
            >
              {t('builder.area_finish')}
            </button>
            <button type="button" className="btn btn-sm pointer-coarse:min-h-11" onClick={() => onDrawing(null)}>
              {t('builder.area_cancel')}
            </button>
          </>
        ) : (
          <button
            type="button"
            className="btn btn-sm pointer-coarse:min-h-11"
            disabled={!map?.frame}
            onClick={() => map && onDrawing({ corners: [], at: { x: map.width / 2, y: map.height / 2 } })}
          >
            {t('builder.area_draw')}
          </button>
        )}
        {area && !drawing && (
          <>
            <span className="text-sm font-semibold">
              {'points' in area
                ? t('builder.area_chosen', { count: area.points.length })
                : t('builder.area_chosen_around', { meters: area.meters })}
            </span>
            <button type="button" className="btn btn-sm pointer-coarse:min-h-11" onClick={() => onArea(null)}>
              {t('builder.area_remove')}
            </button>
          </>
        )}
      </div>
      {map && !map.frame && <p className="mt-2 text-sm">{t('builder.area_no_shapes')}</p>}
      {drawing && <p className="mt-2 max-w-prose text-sm">{t('builder.area_how')}</p>}
      <p role="status" className="text-sm">
        {drawing && map
          ? t('builder.area_corners', {
              count: drawing.corners.length,
              district: districtName(t, kind, nearestTo(map, drawing.at)),
            })
          : ''}
      </p>
      <div className="mt-3">
        <AroundAddress t={t} onArea={onArea} />
      </div>
    </div>
  )
}

/** One by one, of one larger district: as a map, darker where more of the people live, and as a list. */
function ElectionDistricts({
  t,
  kind,
  state,
  map,
  shade,
  text,
  election_districts,
  within,
  onWithin,
  onElectionDistrict,
}: Omit<MapProps, 'kind'> & { kind: DistrictFacet; map: DistrictMap | null }) {
  const [found, setFound] = useState<{ key: string; map: DistrictMap | null } | null>(null)
  const [isOpen] = useState(within !== '')
  const key = within === '' ? '' : `ed?state=${state}&in=${kind}/${encodeURIComponent(within)}`
  useEffect(() => {
    if (key === '') return undefined
    let isWanted = true
    void mapOf(key).then((drawn) => isWanted && setFound({ key, map: drawn }))
    return () => void (isWanted = false)
  }, [key])
  const shown = found?.key === key ? found.map : undefined
  const districts = useMemo(() => [...(map?.shapes ?? [])].sort((a, b) => Number(a.district) - Number(b.district)), [map]) // prettier-ignore
  return (
    <details className="border-base-300 mt-4 border-t pt-3" {...(isOpen && { open: true })}>
      <summary className="min-h-9 cursor-pointer py-1.5 font-semibold">{t('builder.eds')}</summary>
      <label className="mt-2 block text-sm">
        <span className="mb-1 block font-semibold">
          {t('builder.eds_of', { kind: t(`targeting.district.${kind}`) })}
        </span>
        <select
          className="select w-full text-base sm:w-auto"
          value={within}
          onChange={(event) => onWithin(event.target.value)}
          data-eds-of
        >
          <option value="">{t('builder.eds_choose')}</option>
          {districts.map(({ district }) => (
            <option key={district} value={district}>
              {t('targeting.district.number', { number: district })}
            </option>
          ))}
        </select>
      </label>
      {election_districts === null && <p className="mt-2 text-sm">{t('builder.eds_other_way')}</p>}
      {key !== '' && shown === null && <p className="mt-2 text-sm">{t('builder.eds_none')}</p>}
      {shown && (
        <DrawnElectionDistricts
          {...{ t, state, shade, text, onElectionDistrict }}
          within={`${kind}/${within}`}
          map={shown}
          chosen={election_districts}
        />
      )}
    </details>
  )
}

const electionDistrictName = (t: Translate, number: number): string =>
  t('builder.eds_one', { ad: String(Math.floor(number / 1000)), ed: String(number % 1000) })

const byNumber = (values: readonly FacetValue[] | null): ReadonlyMap<number, number> =>
  new Map((values ?? []).map(({ value, count }) => [electionDistrictNumber(value), count]))

function DrawnElectionDistricts({
  t,
  state,
  map,
  shade,
  text,
  within,
  chosen,
  onElectionDistrict,
}: Pick<MapProps, 't' | 'state' | 'shade' | 'text' | 'within' | 'onElectionDistrict'> & {
  map: DistrictMap
  /** null: they can be seen, not chosen. */
  chosen: readonly number[] | null
}) {
  const [pointed, setPointed] = useState<number | null>(null)
  const counts = useListedDistricts('ed', text, { state, district: within })
  const everybody = useListedDistricts(shade === 'share' ? 'ed' : null, '', { state, district: within })
  const isWaiting = !counts || (shade === 'share' && !everybody)
  const numbers = useMemo(() => map.shapes.map(({ district }) => Number(district)).sort((a, b) => a - b), [map])
  const people = useMemo(() => byNumber(counts), [counts])
  const all = useMemo(() => byNumber(everybody), [everybody])
  const { most, valueOf, strength } = shading(shade, people, all, numbers)
  const sentence = (number: number): string =>
    districtSentence(t, shade, {
      district: `${t('targeting.district.ed')} ${electionDistrictName(t, number)}`,
      people: people.get(number) ?? 0,
      voters: all.get(number) ?? 0,
    })
  const drawn = [...map.shapes].sort(
    (a, b) => Number(chosen?.includes(Number(a.district))) - Number(chosen?.includes(Number(b.district))),
  )
  return (
    <>
      <svg
        viewBox={`0 0 ${map.width} ${map.height}`}
        className={`text-primary mx-auto mt-3 block max-h-96 w-full ${isWaiting ? 'opacity-60' : ''}`}
        aria-hidden="true"
        onPointerLeave={() => setPointed(null)}
        data-eds
      >
        {drawn.map(({ district, path }) => {
          const number = Number(district)
          const isChosen = chosen?.includes(number) ?? false
          return (
            <g
              key={district}
              className={chosen ? 'cursor-pointer' : ''}
              onClick={() => chosen && onElectionDistrict(number)}
              onPointerEnter={() => setPointed(number)}
              data-ed={district}
            >
              <Outline path={path} />
              <path
                d={path}
                className={isChosen ? 'stroke-secondary' : 'stroke-base-content'}
                fill="currentColor"
                fillOpacity={isWaiting ? 0 : strength(valueOf(number))}
                strokeOpacity={isChosen ? 1 : pointed === number ? 0.9 : 0.4}
                strokeWidth={isChosen ? 3 : pointed === number ? 2 : 0.8}
                vectorEffect="non-scaling-stroke"
              />
            </g>
          )
        })}
      </svg>
      <p className="mt-2 min-h-7 text-center text-sm font-semibold tabular-nums" aria-hidden="true">
        {pointed !== null && !isWaiting ? sentence(pointed) : ' '}
      </p>
      <Legend {...{ t, shade, most, strength }} />
      <fieldset className="mt-3">
        <legend className="text-sm font-semibold">{t('builder.eds_list')}</legend>
        <div className="mt-1 grid max-h-72 grid-cols-1 gap-x-5 overflow-y-auto pr-3 min-[26rem]:grid-cols-2 xl:grid-cols-3">
          {numbers.map((number) => (
            <label key={number} className="pointer-coarse:min-h-11 flex min-h-8 items-center gap-2 text-sm">
              <input
                type="checkbox"
                className="checkbox checkbox-sm"
                checked={chosen?.includes(number) ?? false}
                disabled={!chosen}
                onChange={() => onElectionDistrict(number)}
              />
              {electionDistrictName(t, number)}
              {!isWaiting && (
                <span className="ml-auto tabular-nums">
                  {shade === 'count'
                    ? formatNumber(t.language, people.get(number) ?? 0)
                    : formatPercent(t.language, valueOf(number), 1)}
                </span>
              )}
            </label>
          ))}
        </div>
      </fieldset>
    </>
  )
}

interface Shading<D> {
  /** People, or their share of the voters. */
  valueOf(district: D): number
  most: number
  /** 0-1, how dark. */
  strength(value: number): number
}

function shading<D>(
  shade: 'count' | 'share',
  people: ReadonlyMap<D, number>,
  voters: ReadonlyMap<D, number>,
  drawn: readonly D[],
): Shading<D> {
  const valueOf = (district: D): number => {
    const count = people.get(district) ?? 0
    if (shade === 'count') return count
    const whole = voters.get(district) ?? 0
    return whole > 0 ? Math.min(1, count / whole) : 0
  }
  const most = Math.max(...drawn.map(valueOf), shade === 'count' ? 1 : 0.0001)
  // The square root keeps districts with few people apart; nobody is white.
  return { valueOf, most, strength: (value) => (value > 0 ? 0.1 + 0.8 * Math.sqrt(value / most) : 0) }
}

const districtSentence = (
  t: Translate,
  shade: 'count' | 'share',
  { district, people, voters }: { district: string; people: number; voters: number },
): string =>
  shade === 'count'
    ? t('builder.map_people', { district, count: people })
    : t('builder.map_people_share', {
        district,
        people,
        voters,
        percent: formatPercent(t.language, voters > 0 ? Math.min(1, people / voters) : 0, 1),
      })

/** What the shades mean. */
function Legend({
  t,
  shade,
  most,
  strength,
}: { t: Translate; shade: 'count' | 'share' } & Pick<Shading<unknown>, 'most' | 'strength'>) {
  return (
    <span className="text-primary flex items-center gap-1.5 text-xs" aria-hidden="true">
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
  )
}

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
  onToggle(district: string): void
  onPoint(district: string): void
}

/** Drawn again only where its own shade or frame changed: with each answer of a drag most districts stay as they are. */
const District = memo(function District(props: DistrictProps) {
  const { shape, strength, isChosen, isPointed, is_left_out, onToggle, onPoint } = props
  const { district } = shape
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
    </g>
  )
})

/** Above all districts: what is drawn later would lie over a number that reaches over its border. */
const Label = memo(function Label({
  shape: { label, x, y },
  size,
  isChosen,
  isOnDark,
}: Pick<DistrictProps, 'shape' | 'isChosen'> & { size: number; isOnDark: boolean }) {
  return (
    <text
      x={x}
      y={y}
      textAnchor="middle"
      dominantBaseline="central"
      fontSize={size}
      className={`pointer-events-none ${isChosen ? 'font-bold' : ''} ${isOnDark ? 'fill-base-100' : 'fill-base-content'}`}
    >
      {label}
    </text>
  )
})

/** The ground under the shade. */
const Outline = memo(function Outline({ path }: { path: string }) {
  return <path d={path} className="fill-base-100" />
})

/** As large as the longest label allows, for a phone makes tiles small: letters are about six tenths as wide as high. */
function tileLabelSize({ shapes }: DistrictMap): number {
  const longest = Math.max(2, ...shapes.map(({ label }) => label.length))
  return Math.min(16, tileWidth / (0.62 * longest))
}
const tileWidth = 34

function Drawing({
  t,
  map,
  kind,
  state,
  hasStates,
  shade,
  counts,
  voters,
  chosen,
  is_left_out,
  isStale,
  area,
  drawing,
  onDrawing,
  onArea,
  onToggle,
}: MapProps & DrawingProps & { map: DistrictMap }) {
  const [pointed, setPointed] = useState<string | null>(null)
  const [isListed, setListed] = useState(false)
  const people = useMemo(() => new Map(counts.map(({ value, count }) => [value, count])), [counts])
  const all = useMemo(() => new Map((voters ?? []).map(({ value, count }) => [value, count])), [voters])
  /** A shape's district as it is counted and typed. */
  const named = useCallback(
    (district: string) => (hasStates ? withState(state, district) : district),
    [hasStates, state],
  )
  const isChosen = (district: string): boolean => chosen.includes(district) || chosen.includes(named(district))
  const toggleShape = useCallback(
    (district: string) => onToggle(chosen.includes(district) ? district : named(district)),
    [onToggle, chosen, named],
  )
  const { valueOf, most, strength } = shading(
    shade,
    people,
    all,
    map.shapes.map(({ district }) => named(district)),
  )
  const sentence = (district: string): string =>
    districtSentence(t, shade, {
      district: districtName(t, kind, district),
      people: people.get(district) ?? 0,
      voters: all.get(district) ?? 0,
    })
  const size = map.is_tiles ? tileLabelSize(map) : Math.max(9, Math.min(map.width, map.height) / 44)
  const hasLabels = map.is_tiles || map.shapes.length <= 70
  const inOrder = useMemo(() => {
    const isOn = ({ district }: DistrictMap['shapes'][number]): number =>
      Number(chosen.includes(district) || chosen.includes(named(district)))
    return [...map.shapes].sort((a, b) => isOn(a) - isOn(b))
  }, [map, chosen, named])
  const drawn = useMemo(() => new Set(map.shapes.map(({ district }) => named(district))), [map, named])
  // A map that was imported may know fewer districts than the voters do, and knows one state.
  const districts = [...people.keys()].filter((each) => each !== '' && valueOf(each) > 0)
  const unseen = districts.filter((each) => !drawn.has(each))
  const unplaced = unseen.reduce((sum, each) => sum + (people.get(each) ?? 0), people.get('') ?? 0)
  const isWaiting = shade === 'share' && voters === null

  let surface: ReactNode = null
  if (drawing && map.frame) {
    const { frame } = map
    surface = (
      <DrawingSurface
        {...{ t, map, onDrawn: onDrawing }}
        drawn={drawing}
        onFinish={() => {
          const made = areaOf(drawing.corners, frame)
          if (made) onArea(made)
          onDrawing(null)
        }}
        onCancel={() => onDrawing(null)}
      />
    )
  }

  return (
    <>
      <div className="relative">
        <svg
          viewBox={`0 0 ${map.width} ${map.height}`}
          role="img"
          aria-label={t('builder.map_alt', { kind: kindName(t, kind) })}
          className={`text-primary mx-auto block max-h-[30rem] w-full ${isStale || isWaiting ? 'opacity-60' : ''}`}
          onPointerLeave={() => setPointed(null)}
          data-map
        >
          {inOrder.map((shape) => (
            <District
              key={shape.district}
              shape={shape}
              strength={strength(valueOf(named(shape.district)))}
              isChosen={isChosen(shape.district)}
              isPointed={pointed === shape.district}
              is_left_out={is_left_out}
              onToggle={toggleShape}
              onPoint={setPointed}
            />
          ))}
          {hasLabels &&
            map.shapes.map((shape) => (
              <Label
                key={shape.district}
                shape={shape}
                size={size}
                isChosen={isChosen(shape.district)}
                isOnDark={strength(valueOf(named(shape.district))) > 0.55}
              />
            ))}
          {area && map.frame && <AreaShape area={area} frame={map.frame} />}
        </svg>
        {surface}
      </div>
      <p className="mt-2 min-h-7 text-center text-sm font-semibold tabular-nums" aria-hidden="true">
        {pointed ? sentence(named(pointed)) : ' '}
      </p>
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs">
        <Legend {...{ t, shade, most, strength }} />
        <span className="min-w-0 flex-1">{t('builder.map_hint')}</span>
      </div>
      {unplaced > 0 && (
        <p className="mt-2 text-sm" data-map-unplaced>
          {t('builder.map_unplaced', { count: unplaced })}
        </p>
      )}
      <details className="mt-2 text-sm" onToggle={(event) => setListed(event.currentTarget.open)}>
        <summary className="link pointer-coarse:min-h-11 inline-flex cursor-pointer items-center">
          {t('builder.map_list')}
        </summary>
        {isListed && (
          <ol className="mt-1 grid gap-x-6 gap-y-1 tabular-nums sm:grid-cols-2" data-map-list>
            {districts
              .sort((a, b) => valueOf(b) - valueOf(a))
              .map((district) => (
                <li key={district}>
                  {sentence(district)}
                  {!drawn.has(district) && district !== '?' && ` ${t('builder.map_no_shape')}`}
                </li>
              ))}
            {(people.get('') ?? 0) > 0 && (
              <li>{t('builder.map_people', { district: t('targeting.unknown'), count: people.get('') ?? 0 })}</li>
            )}
          </ol>
        )}
      </details>
      <p className="mt-1 text-xs">
        {map.is_tiles
          ? t('builder.map_tiles')
          : map.source && t('builder.map_source', { source: map.source, as_of: map.as_of ?? '' })}
      </p>
    </>
  )
}
