import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { newYorkCounties } from '../geography/new-york-counties.ts'
import { isCrosswalkKind } from '../geography/schema.ts'
import type { FilesHave } from './columns/have.ts'
import { inputsOf } from './columns/inputs.ts'
import { isNumbered, numbered } from './columns/native.ts'
import { print } from './print.ts'
import type { RemarkFound } from './remarks.ts'
import { parties, type Range, type Term } from './schema.ts'
import { condition, type Meaning } from './sql.ts'
import { fold, nearest } from './words.ts'

/** Whoever has so few voters is asked of each word; of more only the columns say. */
const few = 20_000

/** Where more are missing it is no slip of the finger, and each is held against every name of the files. */
const slips = 3

/**
 * Counties, cities, ZIP codes, districts, states and parties nobody of the loaded files is in, and the nearest where somebody is.
 * With columns it takes no question of the database unless one is missing: the builder asks at each key.
 */
export async function nobodyThere(
  db: Db,
  terms: readonly Term[],
  have: FilesHave | null,
  meaning: Meaning,
): Promise<RemarkFound[]> {
  const asked = terms.map(oneByOne).filter((values) => values.length > 0)
  if (asked.length === 0) return []
  const missing = have ? asked.map((values) => values.filter((each) => !isThere(each, have))) : await lacking(db, asked, meaning) // prettier-ignore
  // Files that came since the columns were built may have them.
  if (have && missing.flat().length > 0 && (await inputsOf(db)) !== have.inputs) return []
  const nearby = have && missing.flat().length <= slips ? have : null
  return missing
    .filter((values) => values.length > 0)
    .flatMap((values): RemarkFound[] => {
      const told: RemarkFound = { code: 'nobody_there', named: printAll(values) }
      if (!nearby) return [told]
      const near = values.flatMap((each) => nearestOf(each, nearby))
      return [told, ...(near.length > 0 ? near : knownInstead(values, nearby))]
    })
}

/** A term's values, each as a term of its own. `20?` asks for doubt, of which there may well be none. */
function oneByOne(term: Term): Term[] {
  // oxlint-disable-next-line switch-exhaustiveness-check -- the others name no value of the files
  switch (term.field) {
    case 'state':
    case 'county':
    case 'city':
      return term.values.map((value) => ({ ...term, values: [value] }))
    case 'party':
      return term.values.map((value) => ({ ...term, values: [value] }))
    case 'zip':
      return term.ranges.map((each) => ({ ...term, ranges: [each] }))
    case 'district':
      return term.values
        .filter((value) => typeof value !== 'string' || !isCrosswalkKind(term.kind) || !value.endsWith('?'))
        .map((value) => ({ ...term, values: [value] }))
    default:
      return []
  }
}

/** Of what the columns do not keep nothing is said. */
function isThere(term: Term, have: FilesHave): boolean {
  const { states, counties, of_states, cities, zips, parties, districts } = have
  const has = (known: ReadonlySet<string> | null, values: readonly string[]): boolean =>
    known === null || values.some((value) => known.has(value))
  // oxlint-disable-next-line switch-exhaustiveness-check -- as `oneByOne`
  switch (term.field) {
    case 'state':
      return has(states, term.values)
    case 'county':
      return term.values.some((value) => counties.has(value) || of_states.county.has(value))
    case 'city':
      return has(cities, term.values)
    case 'party':
      return has(parties, term.values)
    case 'zip':
      return zips === null || term.ranges.some((range) => hasOneOf(zips, range))
    case 'district': {
      if (!isNumbered(term.kind)) return isNamedThere(term, have)
      const [known, named] = [districts[term.kind], of_states[term.kind]]
      return term.values.some((value) => (typeof value === 'string' ? named.has(value) : hasOneOf(known, value)))
    }
    default:
      return true
  }
}

/** Files write 26 and 026; see `district()` in sql.ts. */
function isNamedThere({ kind, values }: Term & { field: 'district' }, { named_districts }: FilesHave): boolean {
  if (!named_districts) return true
  const known = [...(named_districts.get(kind) ?? [])]
  const numbers = known.filter((name) => /^\d{1,9}$/.test(name)).map(Number)
  return values.some((value) => (typeof value === 'string' ? known.includes(value) : hasOneOf(new Set(numbers), value)))
}

/** Mostly one value is asked for, of many thousands. */
function hasOneOf<T extends number | string>(known: ReadonlySet<T>, { from, to }: { from: T | null; to: T | null }) {
  if (from !== null && from === to) return known.has(from)
  for (const value of known) if ((from === null || value >= from) && (to === null || value <= to)) return true
  return false
}

/** The same of the records, where they are few. */
async function lacking(db: Db, asked: readonly Term[][], meaning: Meaning): Promise<Term[][]> {
  const there = sql.join(
    asked
      .flat()
      .map((term) => sql`exists (select from voter_record v where ${condition({ op: 'term', term }, meaning)})`),
  )
  const { rows } = await sql<{ there: boolean[] | null }>`select case
    when exists (select from voter_file) and (select count(*) from (select from voter_record limit ${few + 1}::integer) v) between 1 and ${few}::integer
    then array[${there}] end as there`.execute(db)
  const found = rows[0]?.there?.values()
  return asked.map((values) => values.filter(() => found?.next().value === false))
}

function printAll(values: readonly Term[]): string {
  const [first] = values
  if (!first) return ''
  const before = first.field === 'district' ? `district:${first.kind}/` : `${first.field}:`
  return before + values.map((term) => print({ op: 'term', term }).slice(before.length)).join(',')
}

const newYork = new Set(Object.values(newYorkCounties))

/** What was answered of the same files: the builder asks at each key. */
const answers = new WeakMap<FilesHave, Map<string, string | null>>()
const mostAnswers = 1000

/** The nearest word of a name; a number that is near is another place. */
function nearestOf(term: Term, have: FilesHave): RemarkFound[] {
  const [typed, known] = namesLike(term, have) ?? []
  if (typed === undefined || !known) return []
  const answered = answers.get(have) ?? new Map<string, string | null>()
  answers.set(have, answered)
  const asked = print({ op: 'term', term })
  let found = answered.get(asked)
  if (found === undefined) {
    // Files may write names in capitals.
    const folded = new Map([...known].map((name) => [fold(name), name]))
    found = folded.get(nearest(typed, folded.keys()) ?? '') ?? null
    if (answered.size >= mostAnswers) answered.clear()
    answered.set(asked, found)
  }
  return found
    ? nearestRemark(term, { ...term, values: [found] } as Term) // of the same field
    : []
}

const nearestRemark = (of: Term, term: Term): RemarkFound[] => [
  { code: 'nearest_there', named: print({ op: 'term', term }), slip: { of, by: { op: 'term', term } } },
]

/** What was typed, and the names it may be a slip of. */
function namesLike(
  term: Term,
  { cities, counties, named_districts }: FilesHave,
): [string, ReadonlySet<string> | null] | null {
  // oxlint-disable-next-line switch-exhaustiveness-check -- the others are numbers or short lists
  switch (term.field) {
    case 'city':
      return [term.values[0] ?? '', cities]
    case 'county':
      // A county of New York is no slip of the finger, loaded or not.
      return newYork.has(term.values[0] ?? '') ? null : [term.values[0] ?? '', counties]
    case 'district': {
      const [typed] = term.values
      return typeof typed === 'string' ? [typed, named_districts?.get(term.kind) ?? null] : null
    }
    default:
      return null
  }
}

/** So many are told; of more, that there are more. */
const mostKnown = 12

/** What somebody is in, where it is few enough to read: a reader who typed a number that is not there sees which are. */
function knownInstead([first]: readonly Term[], have: FilesHave): RemarkFound[] {
  if (!first) return []
  if (first.field === 'district') {
    const known = districtsLike(first, have)
    return known.length === 0 ? kindsKnown(have) : told({ ...first, values: known })
  }
  if (first.field === 'state') return told({ ...first, values: [...have.states] })
  if (first.field === 'county') return told({ ...first, values: [...have.counties].sort() })
  if (first.field === 'party' && have.parties)
    return told({ ...first, values: parties.filter((party) => have.parties?.has(party)) })
  return []
}

/** Which kinds of district somebody is in. */
export function kindsKnown({ districts, named_districts }: FilesHave): RemarkFound[] {
  const kinds = [...numbered.filter((kind) => districts[kind].size > 0), ...(named_districts?.keys() ?? [])]
  return kinds.length === 0 ? [] : [{ code: 'kinds_there', named: kinds.map((kind) => `district:${kind}`).join(', ') }]
}

/** Of election districts those of the same assembly district. */
function districtsLike(
  { kind, values }: Term & { field: 'district' },
  { districts, named_districts }: FilesHave,
): (Range | string)[] {
  if (!isNumbered(kind)) {
    const names = [...(named_districts?.get(kind) ?? [])]
    return names.every((name) => /^\d{1,9}$/.test(name)) ? runsOf(names.map(Number)) : names
  }
  const [asked] = values
  if (kind !== 'ed' || typeof asked !== 'object') return runsOf(districts[kind])
  const within = Math.floor((asked.from ?? asked.to ?? 0) / 1000)
  const near = [...districts.ed].filter((each) => Math.floor(each / 1000) === within)
  return runsOf(near.length > 0 ? near : districts.ed)
}

/** 19, 20, 21 are 19-21. */
function runsOf(numbers: Iterable<number>): Range[] {
  const runs: { from: number; to: number }[] = []
  for (const each of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && each <= last.to + 1) last.to = each
    else runs.push({ from: each, to: each })
  }
  return runs
}

function told(term: Term & { values: readonly (Range | string)[] }): RemarkFound[] {
  const values: readonly (Range | string)[] = term.values
  if (values.length === 0) return []
  const all = values.reduce((sum, each) => sum + (typeof each === 'string' ? 1 : (each.to ?? 0) - (each.from ?? 0) + 1), 0) // prettier-ignore
  const named = print({ op: 'term', term: { ...term, values: values.slice(0, mostKnown) } as Term }) // of the same field
  return [{ code: 'known_there', named: values.length > mostKnown ? `${named}, … (${all})` : named }]
}
