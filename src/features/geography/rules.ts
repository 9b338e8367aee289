import type { Translate } from '../../platform/i18n/messages.ts'
import './messages.ts'
import type { DistrictMap, MapKind } from './schema.ts'

/** 'In 19 or 20 (62 % / 38 %): the election district is divided.' */
export function straddlesText(t: Translate, parts: readonly { district: number; share: number }[]): string {
  const [first] = parts
  if (!first) return ''
  // Never 100 %: then it would not be divided.
  const percent = (share: number): string => `${Math.min(99, Math.max(1, Math.round(share * 100)))}%`
  if (parts.length === 1)
    return t('geography.straddles_another', { district: String(first.district), share: percent(first.share) })
  return t('geography.straddles', {
    districts: parts.map(({ district }) => district).join(t('geography.straddles_or')),
    shares: parts.map(({ share }) => percent(share)).join(' / '),
  })
}

export const capitalized = (slug: string): string =>
  slug
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ')

/** One class of a shaded map: from and to, both included. */
export interface Shade {
  from: number
  to: number
}

/** Classes of a map beside "none": no eye tells more apart. */
const mostShades = 5

/** Classes with about as many districts each, their bounds as the numbers are. */
export function shadesOf(values: readonly number[]): Shade[] {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b)
  const different = [...new Set(sorted)]
  const count = Math.min(mostShades, different.length)
  if (different.length <= mostShades) return different.map((value) => ({ from: value, to: value }))
  const shades: Shade[] = []
  for (let index = 0; index < count; index++) {
    const part = sorted.slice(
      Math.floor((index * sorted.length) / count),
      Math.floor(((index + 1) * sorted.length) / count),
    )
    const from = part.find((value) => value > (shades.at(-1)?.to ?? 0))
    const to = part.at(-1)
    if (from !== undefined && to !== undefined) shades.push({ from, to })
  }
  return shades
}

/** Number of the class, 0 the lowest; -1: none. */
export const shadeOf = (shades: readonly Shade[], value: number): number =>
  shades.findIndex(({ to }) => value > 0 && value <= to)

/** Tiles beside it, or shapes that share a point of their line with it. */
export function neighborsOf({ is_tiles, shapes }: DistrictMap, district: string): string[] {
  const own = shapes.find((each) => each.district === district)
  if (!own) return []
  if (is_tiles) {
    const size = tileSize(shapes)
    return shapes
      .filter(
        (each) => each !== own && Math.abs(each.x - own.x) <= size.across && Math.abs(each.y - own.y) <= size.down,
      )
      .map((each) => each.district)
  }
  const points = new Set(pointsOf(own.path).map(String))
  return shapes
    .filter((each) => each !== own && pointsOf(each.path).some((point) => points.has(String(point))))
    .map((each) => each.district)
}

/** The least distance of two tiles of one row and of one column. */
function tileSize(shapes: DistrictMap['shapes']): { across: number; down: number } {
  const least = (values: number[]): number => {
    const sorted = [...new Set(values)].sort((a, b) => a - b)
    return Math.min(...sorted.slice(1).map((value, index) => value - (sorted[index] ?? 0)))
  }
  return { across: least(shapes.map(({ x }) => x)) + 0.1, down: least(shapes.map(({ y }) => y)) + 0.1 }
}

/** Corner points of a path that knows M, L and Z only, as our drawn shapes do. */
const pointsOf = (path: string): [number, number][] =>
  [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]): [number, number] => [Number(x), Number(y)])

/** Of a drawn shape, from its westernmost to its easternmost corner. */
export function widthOf(path: string): number {
  const xs = pointsOf(path).map(([x]) => x)
  return max(xs) - min(xs)
}

export interface ViewBox {
  left: number
  top: number
  width: number
  height: number
}

/** The part of a map that holds these districts, with some room: of tiles one more on each side. */
export function viewOf(map: DistrictMap, districts: readonly string[]): ViewBox {
  const whole = { left: 0, top: 0, width: map.width, height: map.height }
  const { across, down } = map.is_tiles ? tileSize(map.shapes) : { across: 0, down: 0 }
  const points = map.shapes
    .filter(({ district }) => districts.includes(district))
    .flatMap(({ path, x, y }): [number, number][] => map.is_tiles ? [[x - 1.5 * across, y - 1.5 * down], [x + 1.5 * across, y + 1.5 * down]] : pointsOf(path)) // prettier-ignore
  if (points.length === 0) return whole
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [left, right, top, bottom] = [min(xs), max(xs), min(ys), max(ys)]
  const room = map.is_tiles ? 0 : Math.max(right - left, bottom - top) * 0.05
  return {
    left: rounded(left - room),
    top: rounded(top - room),
    width: rounded(right - left + 2 * room),
    height: rounded(bottom - top + 2 * room),
  }
}

const rounded = (value: number): number => Math.round(value * 10) / 10
const min = (values: readonly number[]): number => values.reduce((least, value) => Math.min(least, value), Infinity)
const max = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), -Infinity)

/** What people call a district: 'City Council District 20', 'Queens'. */
export function districtName(t: Translate, kind: MapKind, district: string): string {
  if (kind === 'county' || kind === 'borough') {
    const borough = boroughs.find((each) => each === district)
    if (borough) return t(`geography.borough.${borough}`)
    return t('geography.district.county', { name: capitalized(district) })
  }
  if (kind === 'ed') {
    const number = Number(district)
    return t('geography.district.ed', { number: `${number % 1000}/${Math.floor(number / 1000)}` })
  }
  return t(`geography.district.${kind}`, { number: district })
}

const boroughs = ['bronx', 'kings', 'new-york', 'queens', 'richmond'] as const

/** Is a county of New York one of the city's five? */
export const isBorough = (county: string): boolean => boroughs.some((borough) => borough === county)

/** Names of one row of a list: '20', 'Queens'. */
export const districtLabel = (t: Translate, kind: MapKind, district: string): string =>
  kind === 'county' || kind === 'borough' || kind === 'ed' ? districtName(t, kind, district) : district
