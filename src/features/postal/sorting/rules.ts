import { thresholdOn } from './minimums.ts'

export interface ZipCount {
  zip5: string
  pieces: number
}

/** Where the pieces to a ZIP code lie. */
export interface Place {
  /** Five digits, three, or '' of the rest. */
  tray: string
  /** Within the tray. */
  bundle: string
}

/**
 * Of each ZIP code its tray and bundle, so that a printer knows where to cut the stack. It says what is worth a presort; the
 * sorting for the post itself is done by certified software or a mail house.
 */
export function placesOf(by_zip: readonly ZipCount[], day: string): Map<string, Place> {
  const trayOf = prefixesOf(by_zip, thresholdOn('tray', day).pieces)
  const places = new Map<string, Place>()
  for (const tray of new Set(trayOf.values())) {
    const within = by_zip.filter(({ zip5 }) => trayOf.get(zip5) === tray)
    for (const [zip5, bundle] of prefixesOf(within, thresholdOn('bundle', day).pieces))
      // Too few for a bundle of their own are one with the others of the tray.
      places.set(zip5, { tray, bundle: bundle.length > tray.length ? bundle : tray })
  }
  return places
}

/** Alike in the order in which places are printed: the finer before what is left. */
export const placeKey = ({ tray, bundle }: Place): string => `${prefixKey(tray)}|${prefixKey(bundle)}`
const prefixKey = (prefix: string): string => `${5 - prefix.length}${prefix}`

/** A tray or bundle as it is labelled. */
export const labelOf = (prefix: string): string => (prefix === '' ? 'MIXED' : prefix)

/** Of each ZIP code the group it belongs to: its own where there is enough, else that of its first three digits, else the rest. */
function prefixesOf(by_zip: readonly ZipCount[], least: number): Map<string, string> {
  const areas = new Map<string, number>()
  for (const { zip5, pieces } of by_zip)
    if (pieces < least) areas.set(zip5.slice(0, 3), (areas.get(zip5.slice(0, 3)) ?? 0) + pieces)
  return new Map(
    by_zip.map(({ zip5, pieces }) => {
      const area = zip5.slice(0, 3)
      return [zip5, pieces >= least ? zip5 : (areas.get(area) ?? 0) >= least ? area : '']
    }),
  )
}

/** What stands of a piece's place in the list of addresses; `cut`: a tray or a bundle begins with it. */
export interface Marks {
  tray: string
  bundle: string
  cut: 'TRAY' | 'BUNDLE' | ''
}

/** Marks of pieces told one after the other as they are printed. */
export function marker(places: ReadonlyMap<string, Place>): (zip5: string) => Marks {
  let before: Place | null = null
  return (zip5) => {
    const place = places.get(zip5) ?? { tray: '', bundle: '' }
    const cut = before?.tray !== place.tray ? 'TRAY' : before.bundle !== place.bundle ? 'BUNDLE' : ''
    before = place
    return { tray: labelOf(place.tray), bundle: labelOf(place.bundle), cut }
  }
}

/** A tray of a list. */
export interface TrayLine {
  /** As of `Place`. */
  tray: string
  pieces: number
  bundles: number
}

/** The trays of a list in their order: by ZIP code, what is left by its first three digits, what is left then together. */
export function summaryOf(by_zip: readonly ZipCount[], day: string): TrayLine[] {
  const places = placesOf(by_zip, day)
  const trays = new Map<string, { pieces: number; bundles: Set<string> }>()
  for (const { zip5, pieces } of by_zip) {
    const { tray, bundle } = places.get(zip5) ?? { tray: '', bundle: '' }
    const line = trays.get(tray) ?? { pieces: 0, bundles: new Set() }
    trays.set(tray, { pieces: line.pieces + pieces, bundles: line.bundles.add(bundle) })
  }
  return [...trays]
    .toSorted(([a], [b]) => (prefixKey(a) < prefixKey(b) ? -1 : 1))
    .map(([tray, { pieces, bundles }]) => ({ tray, pieces, bundles: bundles.size }))
}
