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
export function marker(): (place: Place) => Marks {
  let before: Place | null = null
  return (place) => {
    const cut = before?.tray !== place.tray ? 'TRAY' : before.bundle !== place.bundle ? 'BUNDLE' : ''
    before = place
    return { tray: labelOf(place.tray), bundle: labelOf(place.bundle), cut }
  }
}

/** Pieces that lie behind one another, to one ZIP code and in one place. */
export interface Run extends ZipCount {
  /** As kept when the list was made; null: it was made before that was kept. */
  tray: string | null
  bundle: string | null
}

/**
 * Where the piece lies in the stack that is printed: as the list was sorted when it was made, whatever was erased of it since;
 * of a list made before that was kept, by the pieces there are.
 */
export function placer(runs: readonly Run[], day: string): (piece: Pick<Run, 'zip5' | 'tray' | 'bundle'>) => Place {
  const counts = new Map<string, number>()
  for (const { zip5, pieces } of runs) counts.set(zip5, (counts.get(zip5) ?? 0) + pieces)
  const isKept = runs.every(({ tray, bundle }) => tray !== null && bundle !== null)
  const places = isKept ? null : placesOf([...counts].map(([zip5, pieces]) => ({ zip5, pieces })), day) // prettier-ignore
  return ({ zip5, tray, bundle }) =>
    tray !== null && bundle !== null ? { tray, bundle } : (places?.get(zip5) ?? { tray: '', bundle: '' })
}

/** A tray of a list. */
export interface TrayLine {
  /** As of `Place`. */
  tray: string
  pieces: number
  bundles: number
}

/** The trays of a list as they lie behind one another: one begins wherever `marker` says so. */
export function summaryOf(runs: readonly Run[], day: string): TrayLine[] {
  const placeOf = placer(runs, day)
  const mark = marker()
  const trays: TrayLine[] = []
  for (const run of runs) {
    const place = placeOf(run)
    const { cut } = mark(place)
    if (cut === 'TRAY') trays.push({ tray: place.tray, pieces: 0, bundles: 0 })
    const tray = trays.at(-1)
    if (!tray) continue
    tray.pieces += run.pieces
    if (cut !== '') tray.bundles += 1
  }
  return trays
}
