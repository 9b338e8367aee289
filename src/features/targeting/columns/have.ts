import { columnsPath, ColumnsReader, FileUnusable, type Header } from './file.ts'
import { withState } from '../of-state.ts'
import { countyOf, districtOf, numbered, stateOf, type NumberedKind } from './native.ts'

/** What there is anybody of in the loaded files; null: too many to keep, or a file of an older build does not say. */
export interface FilesHave {
  /** Of which files, by `inputsOf`. */
  inputs: string
  states: ReadonlySet<string>
  counties: ReadonlySet<string>
  /** Counties and numbered districts with their states, 'NJ-mercer', 'NJ-12'. */
  of_states: Readonly<Record<NumberedKind | 'county', ReadonlySet<string>>>
  cities: ReadonlySet<string> | null
  zips: ReadonlySet<string> | null
  parties: ReadonlySet<string> | null
  districts: Readonly<Record<NumberedKind, ReadonlySet<number>>>
  /** Of the other kinds, those somebody is in. */
  named_districts: ReadonlyMap<string, ReadonlySet<string>> | null
}

const made = new WeakMap<Header, FilesHave>()

export function filesHave(header: Header): FilesHave {
  const known = made.get(header)
  if (known) return known
  const { inputs, segments, cities, zips, parties, named_districts } = header
  const places = segments.state.map((_, segment) => segment)
  const have = {
    inputs,
    states: new Set(segments.states),
    counties: new Set(segments.counties),
    of_states: Object.fromEntries(
      (['county', ...numbered] as const).map((kind) => [
        kind,
        new Set(
          places.flatMap((each) => {
            const value = kind === 'county' ? countyOf(segments, each) || null : districtOf(segments, kind, each)
            return value === null ? [] : [withState(stateOf(segments, each), String(value))]
          }),
        ),
      ]),
    ) as Record<NumberedKind | 'county', Set<string>>, // one entry for each kind
    cities: cities && new Set(cities),
    zips: zips && new Set(zips),
    parties: parties ? new Set(parties) : null,
    districts: Object.fromEntries(
      numbered.map((kind) => [kind, new Set(places.flatMap((each) => districtOf(segments, kind, each) ?? []))]),
    ) as Record<NumberedKind, Set<number>>, // one entry for each of `numbered`
    named_districts: named_districts
      ? new Map(Object.entries(named_districts).map(([kind, names]) => [kind, new Set(names)]))
      : null,
  }
  made.set(header, have)
  return have
}

/** For a program that loads no columns; null: there is no file to say. */
export async function filesHaveOnDisk({ config }: { config: { data: string } }): Promise<FilesHave | null> {
  try {
    const reader = await ColumnsReader.open(columnsPath(config.data))
    await reader.close()
    return filesHave(reader.header)
  } catch (problem) {
    if (problem instanceof FileUnusable) return null
    throw problem
  }
}
