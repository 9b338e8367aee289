import { isDate } from '../rules/dates.ts'
import { layouts } from './all.ts'
import { offered, type ColumnIs } from './offered.ts'
import { LayoutForm, layoutProblems } from './form.ts'
import {
  dateForm,
  dateMeanings,
  distinctOf,
  electionOf,
  guessColumns,
  guessState,
  layoutOf,
  methodOf,
  partyOf,
  sexOf,
  statusOf,
  valuesOf,
  type DateForm,
  type Description,
  type RawTable,
} from './guess.ts'
import {
  electionKinds,
  methodsOfVoting,
  standardParties,
  standardStatuses,
  type Layout,
  type NamedElection,
} from './layout.ts'

/** Kept with the voter as it stands, under the column's own name. */
const keepAsIs = 'keep'

/** A code of the file and what it means. */
export interface Code {
  field: string
  code: string
  value: string
}

export interface Problem {
  /** Name of the field it is about. */
  field: string
  /** Message key. */
  message: string
  about: string
}

/** A file with what was said of it, or guessed where nothing was. */
export interface Described {
  table: RawTable
  title: string
  state: string
  county: string
  columns: {
    name: string
    samples: string[]
    is: string
    /** Of a column of dates. */
    dates: DateForm | 'none' | null
    election: { kind: string; on: string } | null
  }[]
  parties: Code[]
  statuses: Code[]
  sexes: Code[]
  methods: Code[]
  problems: Problem[]
  /** Null as long as there are problems. */
  layout: Layout | null
}

/** Reads what was said on the page, or with null guesses it all. `title`: what it is called at first. */
export function describe(table: RawTable, typed: Record<string, string> | null, title: string): Described {
  const guessed = guessColumns(table, '')
  const said = (field: string, otherwise: string): string => typed?.[field] ?? otherwise
  const state = said('state', guessState(table, guessed)).trim().toUpperCase()
  const is = table.names.map((_, at) => said(`is.${at}`, guessed[at] ?? ''))
  const problems: Problem[] = []
  const at = (meaning: string): number => is.indexOf(meaning)

  const columns = table.names.map((name, index): Described['columns'][number] => {
    const values = valuesOf(table.rows, index)
    const what = is[index] ?? ''
    const isDate = dateMeanings.some((each) => each === what)
    const dates = isDate && values.length > 0 ? (dateForm(values) ?? 'none') : null
    if (dates === 'none')
      problems.push({
        field: `is.${index}`,
        message: 'voterlayout.problem.dates',
        about: `${name}: ${values[0] ?? ''}`,
      })
    const guess = electionOf(name)
    return {
      name,
      samples: [...new Set(values)].slice(0, 3),
      is: what,
      dates,
      election:
        what === 'election'
          ? {
              kind: said(`kind.${index}`, guess?.kind ?? ''),
              on: said(`on.${index}`, guess ? (guess.held_on ?? String(guess.year)) : '').trim(),
            }
          : null,
    }
  })

  const codes = (group: string, where: readonly number[], guess: (code: string) => string): Code[] =>
    distinctOf(
      table.rows,
      where.filter((index) => index >= 0),
    ).map((code) => {
      const field = `${group}.${code}`
      return { field, code, value: said(field, guess(code)) }
    })
  const known = layouts.find((layout) => layout.state === state && layout.kind === 'registration')
  const parties = codes('party', [at('party')], (code) => known?.parties[code] ?? partyOf(code) ?? 'oth')
  const statuses = codes('status', [at('status')], (code) => known?.statuses[code] ?? statusOf(code) ?? 'inactive')
  const sexes = codes('sex', [at('sex')], (code) => sexOf(code) ?? '')
  const methods = codes(
    'vote',
    is.flatMap((what, index) => (what === 'election' ? [index] : [])),
    (code) => methodOf(code) ?? 'none',
  )

  const elections: Record<string, NamedElection> = {}
  for (const [index, { name, election }] of columns.entries()) {
    if (!election) continue
    const read = readElection(election)
    if (read) elections[name.trim()] = read
    else problems.push({ field: `on.${index}`, message: 'voterlayout.problem.election', about: name })
  }
  if (!/^[A-Z]{2}$/.test(state)) problems.push({ field: 'state', message: 'voterlayout.problem.state', about: '' })
  const called = said('title', title).trim()
  if (called === '') problems.push({ field: 'title', message: 'voterlayout.problem.title', about: '' })
  const county = said('county', '').trim()
  const slug = county
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  const counties = Object.values(known?.counties ?? {})
  if (county !== '' && (slug === '' || (counties.length > 0 && !counties.includes(slug))))
    problems.push({ field: 'county', message: 'voterlayout.problem.county', about: county })

  const description: Description = {
    title: called,
    state,
    county: slug,
    is: is.map((what, index) => meaningOf(what, table.names[index] ?? '', index)),
    parties: tableOf(parties, standardParties),
    statuses: tableOf(statuses, standardStatuses),
    sexes: tableOf(sexes, ['F', 'M', 'X'] as const),
    elections,
    methods: Object.fromEntries(
      methods.map(({ code, value }) => [code, methodsOfVoting.find((each) => each === value) ?? null]),
    ),
  }
  const layout = layoutOf(table, description)
  const fieldOf = (about: string): string => {
    const index = table.names.findIndex((name) => about.endsWith(name))
    return index < 0 ? 'is.0' : `is.${index}`
  }
  for (const { code, about } of layoutProblems(layout))
    problems.push({ field: fieldOf(about), message: `voterlayout.problem.${code}`, about })
  const read = LayoutForm.safeParse({ ...layout, id: 'own-xx-new.1' })
  if (!read.success && problems.length === 0)
    problems.push({
      field: 'title',
      message: 'voterlayout.problem.form',
      about: read.error.issues[0]?.path.join('.') ?? '',
    })
  return {
    table,
    title: called,
    state,
    county,
    columns,
    parties,
    statuses,
    sexes,
    methods,
    problems,
    layout: problems.length === 0 && read.success ? read.data : null,
  }
}

/** What was said when this layout was described, as the page would send it; what is new in the file is left to be guessed. */
export function answersOf(layout: Layout, table: RawTable): Record<string, string> {
  const columns = new Map(layout.columns.flat().map((column) => [column.name.trim(), column]))
  const elections = layout.history?.style === 'wide' ? layout.history.elections : undefined
  const methods = layout.history?.style === 'wide' ? layout.history.methods : undefined
  const answers: Record<string, string> = { title: layout.title, state: layout.state, county: layout.county ?? '' }
  for (const [index, name] of table.names.entries()) {
    const column = columns.get(name.trim())
    if (!column) continue
    const election = elections?.[name.trim()]
    answers[`is.${index}`] = election ? 'election' : column.is?.startsWith('other:') ? keepAsIs : (column.is ?? '')
    if (!election) continue
    answers[`kind.${index}`] = election.kind
    answers[`on.${index}`] = election.held_on ?? String(election.year)
  }
  const tables = { party: layout.parties, status: layout.statuses, sex: layout.sexes, vote: methods ?? {} }
  for (const [group, codes] of Object.entries(tables))
    for (const [code, value] of Object.entries(codes)) answers[`${group}.${code}`] = value ?? 'none'
  return answers
}

function readElection({ kind, on }: { kind: string; on: string }): NamedElection | null {
  const found = electionKinds.find((each) => each === kind)
  const match = /^(\d{4})(-\d{2}-\d{2})?$/.exec(on)
  if (!found || !match) return null
  const year = Number(match[1])
  if (year < 1900 || year > 2100 || (match[2] && !isDate(on))) return null
  return { kind: found, year, held_on: match[2] ? on : null }
}

/** What the select says as a meaning; 'keep' under the column's own name. Anything else, also what nobody offers, is left out. */
function meaningOf(said: string, name: string, index: number): ColumnIs {
  if (said === keepAsIs) {
    const key = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_|_$/g, '')
      .slice(0, 50)
    return `other:${key || `column_${index + 1}`}`
  }
  return offered.find((each) => each === said) ?? ''
}

function tableOf<Value extends string>(codes: readonly Code[], values: readonly Value[]): Record<string, Value> {
  return Object.fromEntries(
    codes.flatMap(({ code, value }) => {
      const found = values.find((each) => each === value)
      return found ? [[code, found]] : []
    }),
  )
}
