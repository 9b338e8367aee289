import { useId, useRef, useState, type FormEvent, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'
import { call } from '../../../../platform/http/endpoint.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { degreesAt, drawnAt, drawnRadius, mostPoints, printPoint, type Area } from '../../../geography/area/rules.ts'
import type { Frame } from '../../../geography/schema.ts'
import { findPlace, type PlaceFound } from '../../endpoints.ts'

/** In units of the drawn map. */
export interface Corner {
  x: number
  y: number
}

interface Sized {
  width: number
  height: number
  frame: Frame | null
  shapes: readonly { district: string; x: number; y: number }[]
}

/** The area of the expression over the map. */
export function AreaShape({ area, frame }: { area: Area; frame: Frame }) {
  const line = { vectorEffect: 'non-scaling-stroke' as const, className: 'stroke-secondary fill-secondary', fillOpacity: 0.18, strokeWidth: 3 } // prettier-ignore
  if ('points' in area) {
    const corners = area.points.map((point) => drawnAt(frame, point))
    return <polygon points={spelled(corners)} pointerEvents="none" data-area {...line} />
  }
  const { x, y } = drawnAt(frame, area.center)
  return <circle cx={x} cy={y} r={drawnRadius(frame, area)} pointerEvents="none" data-area {...line} />
}

const spelled = (corners: readonly Corner[]): string => corners.map(({ x, y }) => `${x},${y}`).join(' ')

export interface Drawn {
  corners: readonly Corner[]
  /** Where the keys stand. */
  at: Corner
}

interface SurfaceProps {
  t: Translate
  map: Sized
  drawn: Drawn
  onDrawn(drawn: Drawn): void
  onFinish(): void
  onCancel(): void
}

/** Over the map while one draws: each press sets a corner, the first one closes the line. Arrow keys and Enter do the same. */
export function DrawingSurface({ t, map, drawn, onDrawn, onFinish, onCancel }: SurfaceProps) {
  const surface = useRef<SVGSVGElement>(null)
  const { corners, at } = drawn
  const [first] = corners
  const near = Math.max(map.width, map.height) / 40
  const add = (corner: Corner): void => {
    if (first && corners.length >= 3 && Math.hypot(corner.x - first.x, corner.y - first.y) < near) onFinish()
    else if (corners.length < mostPoints) onDrawn({ corners: [...corners, corner], at: corner })
  }
  const pressed = (event: PointerEvent<SVGSVGElement>): void => {
    const corner = cornerAt(surface, event)
    if (corner) add(corner)
  }
  const typed = (event: KeyboardEvent<SVGSVGElement>): void => {
    const far = (Math.max(map.width, map.height) / 100) * (event.shiftKey ? 8 : 2)
    const moves: Record<string, [number, number]> = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] } // prettier-ignore
    const move = moves[event.key]
    if (move) {
      const x = Math.min(map.width, Math.max(0, at.x + move[0]))
      const y = Math.min(map.height, Math.max(0, at.y + move[1]))
      onDrawn({ corners, at: { x, y } })
    } else if (event.key === 'Enter' || event.key === ' ') add(at)
    else if (event.key === 'Backspace') onDrawn({ corners: corners.slice(0, -1), at })
    else if (event.key === 'Escape') onCancel()
    else return
    event.preventDefault()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- one draws on it, by keys too
    <svg
      ref={surface}
      viewBox={`0 0 ${map.width} ${map.height}`}
      className="absolute inset-0 h-full w-full cursor-crosshair touch-none"
      role="application"
      aria-label={t('builder.area_surface')}
      tabIndex={0}
      onPointerDown={pressed}
      onKeyDown={typed}
      data-surface
    >
      <polyline
        points={spelled(corners)}
        className="stroke-secondary fill-secondary"
        fillOpacity={0.15}
        strokeWidth={3}
        vectorEffect="non-scaling-stroke"
      />
      {corners.map(({ x, y }, nth) => (
        <circle key={nth} cx={x} cy={y} r={near / (nth === 0 ? 2 : 4)} className="fill-secondary" />
      ))}
      <path
        d={`M${at.x - near} ${at.y}h${near * 2}M${at.x} ${at.y - near}v${near * 2}`}
        className="stroke-base-content"
        strokeWidth={2}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}

function cornerAt(surface: RefObject<SVGSVGElement | null>, event: PointerEvent): Corner | null {
  const turned = surface.current?.getScreenCTM()?.inverse()
  if (!turned) return null
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(turned)
  return { x, y }
}

/** The line as degrees; null: too few corners, or off the map. */
export function areaOf(corners: readonly Corner[], frame: Frame): Area | null {
  const points = corners.flatMap((corner) => degreesAt(frame, corner) ?? [])
  const different = points.filter((point, nth) => points.findIndex((each) => printPoint(each) === printPoint(point)) === nth) // prettier-ignore
  return different.length >= 3 ? { points: different } : null
}

/** What the keys stand in or near, so that one who sees no map knows. */
export const nearestTo = ({ shapes }: Sized, at: Corner): string =>
  shapes.reduce<{ district: string; away: number }>(
    (best, { district, x, y }) => {
      const away = Math.hypot(x - at.x, y - at.y)
      return away < best.away ? { district, away } : best
    },
    { district: '', away: Infinity },
  ).district

const distances = [400, 800, 1600, 3200] as const

/** A circle around an address: what a map and a finger do, with words. */
export function AroundAddress({ t, onArea }: { t: Translate; onArea(area: Area): void }) {
  const id = useId()
  const [answer, setAnswer] = useState<PlaceFound | 'asking' | 'failed' | null>(null)
  const [meters, setMeters] = useState<number>(800)
  const ask = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const address = new FormData(event.currentTarget).get('address')
    if (typeof address !== 'string' || address.trim() === '') return
    setAnswer('asking')
    const result = await call(findPlace, {}, { address })
    if (!result.ok) return setAnswer('failed')
    const { places } = result.value
    const [only] = places
    if (only && places.length === 1) onArea({ center: { latitude: only.latitude, longitude: only.longitude }, meters })
    setAnswer(result.value)
  }
  const found = answer !== null && typeof answer === 'object' ? answer : null
  return (
    <form onSubmit={(event) => void ask(event)} className="grid gap-2 sm:grid-cols-[1fr_auto_auto] sm:items-end">
      <div>
        <label htmlFor={`${id}address`} className="mb-1 block text-sm font-semibold">
          {t('builder.area_address')}
        </label>
        <input
          id={`${id}address`}
          name="address"
          className="input w-full text-base"
          placeholder="136-20 38th Ave"
          autoComplete="off"
        />
      </div>
      <div>
        <label htmlFor={`${id}distance`} className="mb-1 block text-sm font-semibold">
          {t('builder.area_distance')}
        </label>
        <select
          id={`${id}distance`}
          className="select w-full text-base"
          value={meters}
          onChange={(event) => setMeters(Number(event.target.value))}
        >
          {distances.map((each) => (
            <option key={each} value={each}>
              {t(`builder.area_distance.${each}`)}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" className="btn min-h-11" disabled={answer === 'asking'}>
        {t('builder.area_find')}
      </button>
      <div role="status" className="text-sm sm:col-span-full">
        {answer === 'failed' && t('builder.area_failed')}
        {found && !found.has_places && t('builder.area_no_map')}
        {found?.has_places && found.places.length === 0 && t('builder.area_not_found')}
        {found && found.places.length === 1 && t('builder.area_found', { place: found.places[0]?.label ?? '' })}
        {found && found.places.length > 1 && (
          <>
            <p>{t('builder.area_which')}</p>
            <ul className="mt-1 flex flex-wrap gap-2">
              {found.places.map(({ label, latitude, longitude }) => (
                <li key={label}>
                  <button
                    type="button"
                    className="btn btn-sm pointer-coarse:min-h-11"
                    onClick={() => onArea({ center: { latitude, longitude }, meters })}
                  >
                    {label}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </form>
  )
}
