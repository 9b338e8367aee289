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
