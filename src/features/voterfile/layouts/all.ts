import type { Layout } from './layout.ts'
import { florida, floridaHistory } from './us-fl.ts'
import { northCarolina, northCarolinaHistory } from './us-nc.ts'
import { newYork } from './us-ny.ts'
import { newYorkCity, newYorkCityHistory } from './us-nyc.ts'
import { ohio } from './us-oh.ts'
import { washington, washingtonHistory } from './us-wa.ts'

/** Every voter file we can read. A new state is its file here, a line below and a made-up sample in samples/. */
export const layouts: readonly Layout[] = [
  newYork,
  newYorkCity,
  newYorkCityHistory,
  northCarolina,
  northCarolinaHistory,
  ohio,
  florida,
  floridaHistory,
  washington,
  washingtonHistory,
]

export const layoutById = (id: string): Layout | undefined => layouts.find((layout) => layout.id === id)

/** The layouts there are: the built-in ones and those the installation described. */
export interface LayoutBook {
  /** What a file is compared with: of each described one its newest version, before the built-in ones. */
  current: readonly Layout[]
  /** Every version of the described ones; to make the same book in another thread. */
  own: readonly Layout[]
  /** Also earlier versions; a described one without its version is the newest. */
  byId(id: string): Layout | undefined
}

/** `own`: each id ends in its version, 'own-ny-suffolk.2'. */
export function bookOf(own: readonly Layout[]): LayoutBook {
  const version = (layout: Layout): number => Number(layout.id.split('.').at(-1))
  const newest = new Map<string, Layout>()
  for (const layout of own) {
    const name = nameOf(layout.id)
    const known = newest.get(name)
    if (!known || version(known) < version(layout)) newest.set(name, layout)
  }
  return {
    current: [...newest.values(), ...layouts],
    own,
    byId: (id) => layoutById(id) ?? own.find((layout) => layout.id === id) ?? newest.get(id),
  }
}

export const builtIn: LayoutBook = bookOf([])

/** 'own-ny-suffolk' of 'own-ny-suffolk.2'. */
export const nameOf = (id: string): string => id.replace(/\.\d+$/, '')

/** Letters every voter id of a state begins with, where we know them. */
export const idPrefixOf = (state: string): string => layouts.find((layout) => layout.state === state)?.id_prefix ?? ''
