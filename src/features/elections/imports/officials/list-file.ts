import { loadAll, YAMLException } from 'js-yaml'
import { z } from 'zod'
import { csvRows } from '../../../../platform/csv.ts'
import { CalendarDate } from '../../../../platform/dates.ts'
import { districtIn, lineCode } from '../../contests/rules.ts'
import { isPageAddress } from '../../figures/schema.ts'
import { officeKinds, officialParties, type Office, type OfficialKind, type Party } from '../../officials/schema.ts'
import { told_problems, type RowProblem } from '../schema.ts'
import type { IdScheme, List } from './schema.ts'

/** Terms are kept of the offices of one state and of its members of Congress. */
const state = 'NY'

export interface ListedTerm {
  office: Office
  kind: OfficialKind
  district: string | null
  party: Party | null
  since: string | null
  until: string | null
  phone: string | null
  email: string | null
  /** The official's pages, the one the list has first before the others. */
  websites: string[]
  address: string | null
}

export interface Listed {
  /** Counted from 1, over all files. */
  entry: number
  name: string
  ids: Partial<Record<IdScheme, string>>
  source_url: string
  terms: ListedTerm[]
}

export type ReadList =
  | { ok: true; list: List; officials: Listed[]; elsewhere: number }
  | { ok: false; problems: RowProblem[] }

/**
 * Reads `legislators-current` of unitedstates/congress-legislators (YAML or JSON), people of openstates/people (YAML, one
 * after another) or current people of Open States (CSV). Any other shape is refused, by where it differs.
 */
export function readOfficials(file: { name: string; text: string }): ReadList {
  const text = file.text.replace(/^\uFEFF/, '').trimStart()
  if (text === '') return refused([{ code: 'empty', line: 1, column: null, given: {} }])
  if (/^"?id"?,/.test(text)) return readCsv(file.name, text)
  const parsed = text.startsWith('[') || text.startsWith('{') ? parseJson(text) : parseYaml(text)
  if (!parsed.ok) return parsed
  const entries = parsed.documents.flatMap((each) => (Array.isArray(each) ? (each as unknown[]) : [each]))
  if (entries.length === 0) return refused([{ code: 'empty', line: 1, column: null, given: {} }])
  const first = z.object({ id: z.unknown() }).safeParse(entries[0])
  return typeof first.data?.id === 'string' ? readPeople(entries) : readLegislators(entries)
}

const refused = (problems: RowProblem[]): ReadList => ({ ok: false, problems: problems.slice(0, told_problems) })

type Parsed = { ok: true; documents: unknown[] } | Extract<ReadList, { ok: false }>

function parseJson(text: string): Parsed {
  try {
    return { ok: true, documents: [JSON.parse(text) as unknown] }
  } catch (problem) {
    if (!(problem instanceof SyntaxError)) throw problem
    // Of a file that breaks off the end is meant.
    const at = Number(/position (\d+)/.exec(problem.message)?.[1] ?? text.length)
    return { ok: false, problems: [{ code: 'not_json', line: text.slice(0, at).split('\n').length, column: null, given: {} }] } // prettier-ignore
  }
}

function parseYaml(text: string): Parsed {
  try {
    return { ok: true, documents: loadAll(text).filter((each) => each !== null && each !== undefined) }
  } catch (problem) {
    if (!(problem instanceof YAMLException)) throw problem
    const line = (problem.mark?.line ?? 0) + 1
    return { ok: false, problems: [{ code: 'not_yaml', line, column: null, given: { reason: problem.reason } }] }
  }
}

/** Reads each entry by a shape; what does not fit is named by its place in the list. */
function shaped<Shape extends z.ZodType>(
  entries: readonly unknown[],
  shape: Shape,
): { ok: true; values: z.infer<Shape>[] } | Extract<ReadList, { ok: false }> {
  const problems: RowProblem[] = []
  const values: z.infer<Shape>[] = []
  for (const [at, entry] of entries.entries()) {
    if (problems.length >= told_problems) break
    const read = shape.safeParse(entry)
    if (read.success) values.push(read.data)
    else
      for (const issue of read.error.issues)
        problems.push({ code: 'foreign_shape', line: at + 1, in: 'entry', column: issue.path.join('.') || null, given: {} }) // prettier-ignore
  }
  return problems.length > 0 ? { ok: false, problems: problems.slice(0, told_problems) } : { ok: true, values }
}

const day = z.union([CalendarDate, z.literal('')]).nullish().transform((text) => text || null) // prettier-ignore
const words = z.string().nullish()
const number = z.union([z.string(), z.number()]).transform(String)

const Legislator = z.object({
  id: z.object({ bioguide: z.string().min(1) }),
  name: z.object({ first: z.string(), last: z.string(), official_full: words }),
  terms: z
    .array(
      z.object({
        type: z.enum(['rep', 'sen']),
        start: CalendarDate,
        end: CalendarDate,
        state: z.string(),
        district: number.optional(),
        party: words,
        phone: words,
        url: words,
      }),
    )
    .min(1),
})

const legislators_url = 'https://github.com/unitedstates/congress-legislators'

function readLegislators(entries: readonly unknown[]): ReadList {
  const read = shaped(entries, Legislator)
  if (!read.ok) return read
  const problems: RowProblem[] = []
  const officials = read.values.map(({ id, name, terms }, at): Listed => {
    const ours = terms.filter((each) => each.state === state)
    return {
      entry: at + 1,
      name: name.official_full ?? `${name.first} ${name.last}`,
      ids: { bioguide: id.bioguide },
      source_url: legislators_url,
      terms: ours.flatMap((term): ListedTerm[] => {
        const office = term.type === 'rep' ? 'us_representative' : 'us_senator'
        const district = districtIn(state, officeKinds[office], term.type === 'rep' ? (term.district ?? '') : null)
        if (district === null) {
          // Lines of other decades had more districts; only a term that goes on must fit.
          if (term === terms.at(-1)) problems.push({ code: 'no_district', line: at + 1, in: 'entry', column: 'terms.district', given: { value: term.district ?? '' } }) // prettier-ignore
          return []
        }
        return [
          {
            ...{ office, kind: officeKinds[office], district: district || null, party: partyOf(term.party) },
            ...{ since: term.start, until: term.end, phone: term.phone ?? null, email: null, address: null },
            websites: pagesOf([term.url]),
          },
        ]
      }),
    }
  })
  return problems.length > 0 ? refused(problems) : sorted('congress', officials)
}

const Person = z.object({
  id: z.string().regex(/^ocd-person\//),
  name: z.string().min(1),
  email: words,
  party: z.array(z.object({ name: z.string(), end_date: day })).nullish(),
  roles: z
    .array(
      z.object({
        type: z.string(),
        jurisdiction: z.string().regex(/^ocd-jurisdiction\//),
        district: number.nullish(),
        start_date: day,
        end_date: day,
      }),
    )
    .nullish(),
  offices: z.array(z.object({ classification: words, address: words, voice: words })).nullish(),
  links: z.array(z.object({ url: z.string() })).nullish(),
  sources: z.array(z.object({ url: z.string() })).nullish(),
  other_identifiers: z.array(z.object({ scheme: z.string(), identifier: number })).nullish(),
})

const people_url = 'https://github.com/openstates/people'

function readPeople(entries: readonly unknown[]): ReadList {
  const read = shaped(entries, Person)
  if (!read.ok) return read
  const problems: RowProblem[] = []
  const officials = read.values.map((person, at): Listed => {
    const bioguide = person.other_identifiers?.find(({ scheme }) => scheme === 'bioguide')?.identifier
    const offices = person.offices ?? []
    const local = offices.find((each) => each.classification === 'district')
    const capitol = offices.find((each) => each.classification === 'capitol')
    return {
      entry: at + 1,
      name: person.name,
      ids: { openstates: person.id, ...(bioguide && { bioguide }) },
      source_url: pagesOf(person.sources?.map(({ url }) => url) ?? [])[0] ?? people_url,
      terms: (person.roles ?? []).flatMap((role, index): ListedTerm[] => {
        const seat = seatOf(role.jurisdiction, role.type, role.district ?? null)
        if (seat === 'elsewhere') return []
        if (seat === 'no_district') {
          problems.push({ code: 'no_district', line: at + 1, in: 'entry', column: `roles.${index}.district`, given: { value: role.district ?? '' } }) // prettier-ignore
          return []
        }
        return [
          {
            ...seat,
            party: partyOf(person.party?.find(({ end_date }) => end_date === null)?.name),
            ...{
              since: role.start_date,
              until: role.end_date,
              email: person.email?.includes('@') ? person.email : null,
            },
            phone: local?.voice || capitol?.voice || null,
            websites: pagesOf(person.links?.map(({ url }) => url) ?? []),
            address: local?.address || null,
          },
        ]
      }),
    }
  })
  return problems.length > 0 ? refused(problems) : sorted('openstates', officials)
}

const chambers: Readonly<Record<string, Office>> = { upper: 'state_senator', lower: 'assembly_member', governor: 'governor', lt_governor: 'lieutenant_governor', 'attorney general': 'attorney_general' } // prettier-ignore

type Seat = Pick<ListedTerm, 'office' | 'kind' | 'district'>

/** The seat of a role: of the state's own government, its members of Congress, or the city's mayor. */
function seatOf(jurisdiction: string, type: string, district: string | null): Seat | 'elsewhere' | 'no_district' {
  const place = /country:us(?:\/state:([a-z]{2}))?(?:\/place:([a-z_]+))?\/government$/.exec(jurisdiction)
  if (!place) return 'elsewhere'
  const [, inState, city] = place
  if (city) return inState === 'ny' && city === 'new_york' && type === 'mayor' ? { office: 'mayor', kind: 'city', district: null } : 'elsewhere' // prettier-ignore
  // Of Congress the district names the state: 'NY-6', and for a senator its name.
  const number = inState ? district : (/^NY-(\d+)$/.exec(district ?? '')?.[1] ?? null)
  const office = inState
    ? chambers[type]
    : type === 'lower' && number !== null
      ? 'us_representative'
      : type === 'upper' && ['NY', 'New York'].includes(district ?? '')
        ? 'us_senator'
        : undefined
  if ((inState && inState !== state.toLowerCase()) || !office) return 'elsewhere'
  const kind = officeKinds[office]
  const ours = kind === 'state' ? '' : districtIn(state, kind, number)
  return ours === null ? 'no_district' : { office, kind, district: ours || null }
}

const csvNeeded = ['id', 'name', 'current_party', 'current_district', 'current_chamber'] as const

/** The file says nowhere of which state it is but in its name, 'ny.csv'. */
function readCsv(name: string, text: string): ReadList {
  const [head = [], ...body] = csvRows(text)
  const columns = head.map((each) => each.trim().toLowerCase())
  const missing = csvNeeded.filter((each) => !columns.includes(each))
  if (missing.length > 0)
    return refused(missing.map((column) => ({ code: 'missing_column', line: 1, column, given: {} })))
  const place = /^([a-z]{2})(?:[ ._-].*)?\.csv$/i.exec(name)?.[1]?.toLowerCase() ?? state.toLowerCase()
  const entries = body
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map((cells) => {
      const cell = (column: string): string => (cells[columns.indexOf(column)] ?? '').trim()
      const office = (classification: string) => ({
        classification,
        address: cell(`${classification}_address`),
        voice: cell(`${classification}_voice`),
      })
      return {
        id: cell('id'),
        name: cell('name'),
        email: cell('email'),
        party: [{ name: cell('current_party') }],
        roles: [
          {
            type: cell('current_chamber'),
            jurisdiction: `ocd-jurisdiction/country:us/state:${place}/government`,
            district: cell('current_district'),
          },
        ],
        offices: [office('district'), office('capitol')],
        links: cell('links').split(';').map((url) => ({ url })), // prettier-ignore
        sources: cell('sources').split(';').map((url) => ({ url })), // prettier-ignore
      }
    })
  if (entries.length === 0) return refused([{ code: 'empty', line: 1, column: null, given: {} }])
  const read = readPeople(entries)
  // In a table an entry is a line, below the head.
  return read.ok
    ? read
    : refused(read.problems.map(({ in: where, ...each }) => (where ? { ...each, line: each.line + 1 } : each)))
}

/** 'Democratic/Working Families' is one of the first. */
function partyOf(name: string | null | undefined): Party | null {
  const first = name?.split('/')[0]?.trim()
  if (!first) return null
  const code = lineCode(first)
  return officialParties.find((each) => each === code) ?? 'oth'
}

const pagesOf = (addresses: readonly (string | null | undefined)[]): string[] =>
  addresses.flatMap((each) => (each && isPageAddress(each) ? [each] : []))

function sorted(list: List, all: readonly Listed[]): ReadList {
  const officials = all.filter(({ terms }) => terms.length > 0)
  const elsewhere = all.length - officials.length
  if (officials.length === 0)
    return refused([{ code: 'nobody_here', line: 1, column: null, given: { count: all.length } }])
  return { ok: true, list, officials, elsewhere }
}
