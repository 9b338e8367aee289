import type { Layout, Meaning } from '../layouts/layout.ts'

/** Where each meaning stands in the file at hand. */
export interface ColumnMap {
  count: number
  names: string[]
  /** Index of the column with that meaning, or -1. */
  at(meaning: Meaning): number
  /** `district:` and `other:` columns: index and key. */
  districts: { index: number; key: string }[]
  others: { index: number; key: string }[]
  /** Wide history: index, kind and date of each election's column. */
  elections: { index: number; header: string }[]
  /** Names in the file which the layout does not know. */
  unknown: string[]
  /** Names of the layout with a meaning which the file lacks. */
  missing: string[]
}

const fold = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The columns of a file with this header; null where it is not a header of this layout. */
export function columnsByHeader(layout: Layout, header: readonly string[]): ColumnMap | null {
  const known = new Map(
    layout.columns
      .flat()
      .flatMap((column) => [column.name, ...(column.also ?? [])].map((name) => [fold(name), column] as const)),
  )
  const wide = layout.history?.style === 'wide' ? new RegExp(layout.history.header) : null
  const found = header.map((name) => known.get(fold(name)))
  const recognised = found.filter(Boolean).length
  const named = header.filter((name) => name.trim() !== '').length
  const elections = wide
    ? header.flatMap((name, index) => (wide.test(name.trim()) ? [{ index, header: name.trim() }] : []))
    : []
  if (recognised + elections.length < Math.max(2, named / 2)) return null
  const meanings = found.map((column) => column?.is ?? null)
  if (!meanings.includes(layout.key)) return null
  return columnMap(meanings, [...header], elections, {
    unknown: header.filter((name, index) => !found[index] && !elections.some((each) => each.index === index)),
    missing:
      layout.columns.length === 1
        ? (layout.columns[0] ?? [])
            .filter((column) => column.is && !meanings.includes(column.is))
            .map((column) => column.name)
        : [],
  })
}

/** The columns of a file without header, by how many there are; null where the layout has no such form. */
export function columnsByCount(layout: Layout, count: number): ColumnMap | null {
  const list = layout.columns.find((columns) => columns.length === count)
  if (!list) return null
  return columnMap(
    list.map((column) => column.is ?? null),
    list.map((column) => column.name),
    [],
    { unknown: [], missing: [] },
  )
}

function columnMap(
  meanings: readonly (Meaning | null)[],
  names: string[],
  elections: ColumnMap['elections'],
  odd: Pick<ColumnMap, 'unknown' | 'missing'>,
): ColumnMap {
  const keyed = (prefix: string): { index: number; key: string }[] =>
    meanings.flatMap((meaning, index) =>
      meaning?.startsWith(prefix) ? [{ index, key: meaning.slice(prefix.length) }] : [],
    )
  return {
    count: meanings.length,
    names,
    at: (meaning) => meanings.indexOf(meaning),
    districts: keyed('district:'),
    others: keyed('other:'),
    elections,
    ...odd,
  }
}
