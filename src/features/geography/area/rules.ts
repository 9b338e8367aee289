/*
 * A piece of the map somebody drew: a line around it, or a point and how far around it. Degrees of WGS84 with five decimals, about
 * a yard.
 */

import type { Frame } from '../schema.ts'

export interface Point {
  latitude: number
  longitude: number
}

export type Area = { points: Point[] } | { center: Point; meters: number }

/** An expression is kept up to 4,000 letters. */
export const mostPoints = 100
export const nearest_meters = 10
export const farthest_meters = 100_000

/** The United States with Alaska, Hawaii and Puerto Rico. */
export const here = { west: -180, east: -60, south: 15, north: 72 }

const rounded = (degrees: number): number => Math.round(degrees * 1e5) / 1e5

/** As it is kept; null: no place there can be voters. */
export function onMap(latitude: number, longitude: number): Point | null {
  const isHere = latitude >= here.south && latitude <= here.north && longitude >= here.west && longitude <= here.east
  return isHere ? { latitude: rounded(latitude), longitude: rounded(longitude) } : null
}

export const printPoint = ({ latitude, longitude }: Point): string => `${latitude}/${longitude}`

export const printArea = (area: Area): string =>
  'points' in area ? area.points.map(printPoint).join(',') : `${printPoint(area.center)}@${area.meters}m`

const earth_meters = 6_371_008.8
const radians = Math.PI / 180

/** By the great circle; `inArea` in ../places.ts asks the same. */
export function metersBetween(a: Point, b: Point): number {
  const [up, across] = [((b.latitude - a.latitude) * radians) / 2, ((b.longitude - a.longitude) * radians) / 2]
  const chord =
    Math.sin(up) ** 2 + Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * Math.sin(across) ** 2
  return 2 * earth_meters * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/** A line that crosses itself holds everything it goes around. */
export function isInside(area: Area, point: Point): boolean {
  if (!('points' in area)) return metersBetween(area.center, point) <= area.meters
  let turns = 0
  for (const [index, from] of area.points.entries()) {
    const to = area.points[(index + 1) % area.points.length] ?? from
    const side =
      (to.longitude - from.longitude) * (point.latitude - from.latitude) -
      (point.longitude - from.longitude) * (to.latitude - from.latitude)
    if (from.latitude <= point.latitude && to.latitude > point.latitude && side > 0) turns++
    if (from.latitude > point.latitude && to.latitude <= point.latitude && side < 0) turns--
  }
  return turns !== 0
}

/** From degrees into a drawn map and back. */
export function drawnAt({ scale, x, y }: Frame, { latitude, longitude }: Point): { x: number; y: number } {
  return {
    x: longitude * radians * scale + x,
    y: y - Math.log(Math.tan(Math.PI / 4 + (latitude * radians) / 2)) * scale,
  }
}

export function degreesAt(frame: Frame, at: { x: number; y: number }): Point | null {
  const longitude = (at.x - frame.x) / frame.scale / radians
  const latitude = (2 * Math.atan(Math.exp((frame.y - at.y) / frame.scale)) - Math.PI / 2) / radians
  return onMap(latitude, longitude)
}

/** A circle of so many meters there, in units of the drawn map. */
export const drawnRadius = ({ scale }: Frame, { center, meters }: { center: Point; meters: number }): number =>
  (meters / earth_meters / Math.cos(center.latitude * radians)) * scale
