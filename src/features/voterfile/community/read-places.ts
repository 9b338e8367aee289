import { z } from 'zod'
import { columnAt, csvRows } from './csv.ts'
import { communities } from './estimate.ts'
import { countySlug, type PlaceCount } from './places.ts'

const count = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
const Kind = z.enum(['county', 'nyc-council'])

export type PlacesFile =
  | { ok: true; places: PlaceCount[] }
  | { ok: false; problems: { line: number; problem: string }[] }

/**
 * Reads people by place: columns `kind` (county, nyc-council), `name`, `population`, one per community, and where wanted
 * `state` (two letters; else New York), `within` (the county around) and `other_asian`. Whole numbers. All rows must be right.
 */
export async function readPlaces(path: string): Promise<PlacesFile> {
  const places: PlaceCount[] = []
  const problems: { line: number; problem: string }[] = []
  let columns: Record<string, number> | null = null
  let width = 0
  for await (const { line, cells } of csvRows(path)) {
    if (!columns) {
      width = cells.length
      columns = Object.fromEntries(
        ['state', 'kind', 'name', 'within', 'population', ...communities, 'other_asian'].map((name) => [
          name,
          columnAt(cells, name),
        ]),
      )
      const missing = ['kind', 'name', 'population', ...communities].filter((name) => columns?.[name] === -1)
      if (missing.length > 0) return { ok: false, problems: [{ line, problem: `no column ${missing.join(', ')}` }] }
      continue
    }
    const at = columns
    const cell = (name: string): string => cells[at[name] ?? -1] ?? ''
    const wrong = (problem: string): void => void problems.push({ line, problem })
    if (cells.length !== width) {
      wrong(`${cells.length} columns instead of ${width}`)
      continue
    }
    const kind = Kind.safeParse(cell('kind').toLowerCase())
    if (!kind.success) {
      wrong(`kind must be county or nyc-council, not '${cell('kind')}'`)
      continue
    }
    const state = cell('state').trim().toUpperCase() || 'NY'
    if (!/^[A-Z]{2}$/.test(state) || (kind.data === 'nyc-council' && state !== 'NY')) {
      wrong(`'${cell('state')}' is no state of a ${kind.data}`)
      continue
    }
    const name = kind.data === 'county' ? countySlug(cell('name')) : cell('name')
    if (name === '' || (kind.data === 'nyc-council' && !/^[1-9]\d{0,2}$/.test(name))) {
      wrong(`'${cell('name')}' is no name of a ${kind.data}`)
      continue
    }
    const numbers = ['population', ...communities, 'other_asian'].map((column) =>
      count.safeParse(column === 'other_asian' && cell(column) === '' ? '0' : cell(column)),
    )
    if (numbers.some(({ success }) => !success)) {
      wrong('counts must be whole numbers')
      continue
    }
    const [population = 0, ...counts] = numbers.map(({ data }) => data ?? 0)
    if (population === 0 || counts.reduce((sum, each) => sum + each, 0) > population) {
      wrong('more people in the communities than in the place, or nobody there')
      continue
    }
    places.push({
      state,
      kind: kind.data,
      name,
      within: cell('within') === '' ? null : countySlug(cell('within')),
      population,
      communities: counts.slice(0, 6),
      other_asian: counts[6] ?? 0,
    })
  }
  if (!columns || (places.length === 0 && problems.length === 0))
    return { ok: false, problems: [{ line: 1, problem: 'no rows' }] }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, places }
}
