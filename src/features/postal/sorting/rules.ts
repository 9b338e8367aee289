import { tray } from './minimums.ts'

export interface Group {
  /** Five digits, three, or '' of the rest. */
  prefix: string
  pieces: number
}

/**
 * How a sorted list falls into trays: by ZIP code, what is left by its first three digits, what is left then together. It
 * says what is worth a presort; the sorting for the post itself is done by certified software or a mail house.
 */
export function traysOf(by_zip: readonly { zip5: string; pieces: number }[]): {
  zip: Group[]
  area: Group[]
  rest: Group
} {
  const zip = by_zip.filter(({ pieces }) => pieces >= tray).map(({ zip5, pieces }) => ({ prefix: zip5, pieces }))
  const areas = new Map<string, number>()
  for (const { zip5, pieces } of by_zip)
    if (pieces < tray) areas.set(zip5.slice(0, 3), (areas.get(zip5.slice(0, 3)) ?? 0) + pieces)
  const all = [...areas].map(([prefix, pieces]) => ({ prefix, pieces }))
  const left = all.filter(({ pieces }) => pieces < tray).reduce((sum, { pieces }) => sum + pieces, 0)
  return { zip, area: all.filter(({ pieces }) => pieces >= tray), rest: { prefix: '', pieces: left } }
}
