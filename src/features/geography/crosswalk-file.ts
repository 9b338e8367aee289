import {
  crosswalkKinds,
  isCrosswalkKind,
  isKindOf,
  mapsState,
  mostAssemblyDistricts,
  type CrosswalkKind,
} from './schema.ts'

/** One part of an election district. */
export interface CrosswalkPart {
  kind: CrosswalkKind
  ad: number
  ed: number
  district: number
  share: number
}

export interface CrosswalkProblem {
  code: (typeof crosswalkProblems)[number]
  /** Line of the file, the header being 1. */
  line: number
  given: Record<string, string | number>
}
export const crosswalkProblems = [
  'empty',
  'not_csv',
  'no_columns',
  'bad_election_district',
  'bad_district',
  'bad_share',
  'no_share',
  'too_much',
  'twice',
  'far_fewer',
] as const

export type ReadCrosswalk =
  | { ok: true; parts: CrosswalkPart[]; blank: Record<CrosswalkKind, number> }
  | { ok: false; problems: CrosswalkProblem[] }

/** Names of columns people give them, by kind. */
const columnNames: Readonly<Record<CrosswalkKind, readonly string[]>> = {
  congress: ['congress', 'congressional', 'congressional_district', 'cong_dist', 'cd'],
  senate: ['senate', 'state_senate', 'senate_district', 'sd'],
  assembly: [],
  'nyc-council': ['nyc-council', 'nyc_council', 'council', 'council_district', 'coun_dist', 'ccd'],
}

/** Problems told at once; a file that is something else altogether has thousands. */
const told = 20

/**
 * Reads a crosswalk. The election district stands in `elect_dist` (assembly district × 1000 + election district) or in
 * `assembly_district` and `ed`. Beside it one column per kind with its share in `<column>_share`, an election district in several
 * districts on several lines or with further columns `council_2`, `council_2_share`; or a line per part: `kind`, `district`, `share`.
 * Without a column of shares each named district is the whole; with one, an empty share says nothing, and is refused.
 */
export function readCrosswalk(text: string, state: string = mapsState): ReadCrosswalk {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const head = cells(lines[0] ?? '').map((name) => name.trim().toLowerCase())
  if (text.trim() === '') return { ok: false, problems: [{ code: 'empty', line: 1, given: {} }] }
  if (head.length < 2 || text.includes('\u0000'))
    return { ok: false, problems: [{ code: 'not_csv', line: 1, given: {} }] }
  const columns = columnsOf(head, state)
  if (!columns)
    return { ok: false, problems: [{ code: 'no_columns', line: 1, given: { has: head.join(', ').slice(0, 200) } }] }

  const problems: CrosswalkProblem[] = []
  const parts: CrosswalkPart[] = []
  const blank: Record<CrosswalkKind, number> = { congress: 0, senate: 0, assembly: 0, 'nyc-council': 0 }
  /** By kind and election district: the sum of shares, and the districts named. */
  const sums = new Map<string, { share: number; districts: Set<number> }>()
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue
    if (problems.length >= told) break
    const row = cells(line)
    const at = index + 1
    const fault = (code: CrosswalkProblem['code'], given: CrosswalkProblem['given'] = {}) =>
      void problems.push({ code, line: at, given })
    const election_district = columns.electionDistrict(row)
    if (!election_district) {
      fault('bad_election_district', { value: columns.shown(row) })
      continue
    }
    for (const { kind, district, share } of columns.parts(row)) {
      if (!isCrosswalkKind(kind) || !isKindOf(state, kind)) {
        fault('bad_district', { value: kind.slice(0, 40) })
        continue
      }
      if (district === '') {
        blank[kind]++
        continue
      }
      if (!/^0*[1-9]\d{0,2}$/.test(district)) {
        fault('bad_district', { value: district.slice(0, 40) })
        continue
      }
      if (share === '') {
        fault('no_share', { district })
        continue
      }
      const counted = share === null ? 1 : Number(share)
      if (!(counted >= 0 && counted <= 1)) {
        fault('bad_share', { value: String(share).slice(0, 40) })
        continue
      }
      if (counted === 0) continue
      const key = `${kind} ${election_district.ad} ${election_district.ed}`
      const sum = sums.get(key) ?? { share: 0, districts: new Set() }
      sums.set(key, sum)
      if (sum.districts.has(Number(district)))
        fault('twice', { value: `${election_district.ed}/${election_district.ad}`, district })
      sum.districts.add(Number(district))
      sum.share += counted
      // A little over is rounding of the source.
      if (sum.share > 1.005) fault('too_much', { value: `${election_district.ed}/${election_district.ad}` })
      parts.push({ kind, ...election_district, district: Number(district), share: counted })
    }
  }
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, told) }
  if (parts.length === 0) return { ok: false, problems: [{ code: 'empty', line: 1, given: {} }] }
  return { ok: true, parts, blank }
}

interface Columns {
  electionDistrict(row: readonly string[]): { ad: number; ed: number } | null
  /** The cell an election district was looked for in. */
  shown(row: readonly string[]): string
  /** `share`: null where the file has no column for it. */
  parts(row: readonly string[]): { kind: string; district: string; share: string | null }[]
}

function columnsOf(head: readonly string[], state: string): Columns | null {
  const at = (...names: string[]): number => head.findIndex((name) => names.includes(name))
  const cell = (row: readonly string[], column: number): string => (column < 0 ? '' : (row[column] ?? '').trim())
  const shareIn = (row: readonly string[], column: number): string | null => (column < 0 ? null : cell(row, column))
  const whole = at('elect_dist', 'electdist', 'election_district')
  const [ad, ed] = [at('assembly_district', 'ad'), at('ed')]
  if (whole < 0 && (ad < 0 || ed < 0)) return null
  const [kind, district, share] = [at('kind'), at('district'), at('share')]
  const kinds = crosswalkKinds.filter((each) => isKindOf(state, each))
  const wide = kinds.flatMap((each) =>
    columnNames[each].flatMap((name) =>
      ['', '_2', '_3', '_4'].flatMap((number) => {
        const column = head.indexOf(name + number)
        return column < 0
          ? []
          : [{ kind: each, column, share: head.indexOf(`${name}${number}_share`), isFirst: number === '' }]
      }),
    ),
  )
  const isLong = kind >= 0 && district >= 0
  if (!isLong && wide.length === 0) return null
  return {
    electionDistrict(row) {
      const joined = cell(row, whole)
      const number = whole >= 0 && joined !== '' ? joined : null
      if (number !== null && !/^\d{4,6}$/.test(number)) return null
      const assembly = number === null ? cell(row, ad) : String(Math.floor(Number(number) / 1000))
      const election = number === null ? cell(row, ed) : String(Number(number) % 1000)
      if (!/^\d{1,3}$/.test(assembly) || !/^\d{1,3}$/.test(election)) return null
      const read = { ad: Number(assembly), ed: Number(election) }
      return read.ad >= 1 && read.ad <= mostAssemblyDistricts(state) && read.ed >= 1 ? read : null
    },
    shown: (row) => (whole >= 0 ? cell(row, whole) : `${cell(row, ed)}/${cell(row, ad)}`).slice(0, 40),
    parts: (row) =>
      isLong
        ? [{ kind: cell(row, kind).toLowerCase(), district: cell(row, district), share: shareIn(row, share) }]
        : wide
            .map((each) => ({
              kind: each.kind,
              district: cell(row, each.column),
              share: shareIn(row, each.share),
              isFirst: each.isFirst,
            }))
            .filter((each) => each.isFirst || each.district !== ''),
  }
}

/** Cells of one line; quotes as spreadsheets write them. A crosswalk has no line breaks inside a cell. */
function cells(line: string): string[] {
  const separator = line.includes(',') ? ',' : line.includes('\t') ? '\t' : ';'
  const found: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < line.length; at++) {
    const letter = line[at] ?? ''
    if (letter === '"') {
      if (isQuoted && line[at + 1] === '"') cell += line[++at] ?? ''
      else isQuoted = !isQuoted
    } else if (letter === separator && !isQuoted) {
      found.push(cell)
      cell = ''
    } else cell += letter
  }
  found.push(cell)
  return found
}
