import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { newYorkCounties } from '../geography/new-york-counties.ts'
import { isCrosswalkKind } from '../geography/schema.ts'
import type { FilesHave } from './columns/have.ts'
import { inputsOf } from './columns/inputs.ts'
import { isNumbered } from './columns/native.ts'
import { print } from './print.ts'
import type { Remark } from './remarks.ts'
import type { Term } from './schema.ts'
import { condition, type Meaning } from './sql.ts'
import { nearest } from './words.ts'

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
): Promise<Remark[]> {
  const asked = terms.map(oneByOne).filter((values) => values.length > 0)
  if (asked.length === 0) return []
  const missing = have ? asked.map((values) => values.filter((each) => !isThere(each, have))) : await lacking(db, asked, meaning) // prettier-ignore
  // Files that came since the columns were built may have them.
  if (have && missing.flat().length > 0 && (await inputsOf(db)) !== have.inputs) return []
  const nearby = have && missing.flat().length <= slips ? have : null
  return missing
    .filter((values) => values.length > 0)
    .flatMap((values): Remark[] => [
      { code: 'nobody_there', named: printAll(values) },
      ...values.flatMap((each) => (nearby ? nearestOf(each, nearby) : [])),
    ])
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
        .filter((value) => typeof value !== 'string' || !isCrosswalkKind(term.kind))
        .map((value) => ({ ...term, values: [value] }))
    default:
      return []
  }
}

/** Of what the columns do not keep nothing is said. */
function isThere(term: Term, { states, counties, cities, zips, parties, districts }: FilesHave): boolean {
  const has = (known: ReadonlySet<string> | null, values: readonly string[]): boolean =>
    known === null || values.some((value) => known.has(value))
  // oxlint-disable-next-line switch-exhaustiveness-check -- as `oneByOne`
  switch (term.field) {
    case 'state':
      return has(states, term.values)
    case 'county':
      return has(counties, term.values)
    case 'city':
      return has(cities, term.values)
    case 'party':
      return has(parties, term.values)
    case 'zip':
      return zips === null || term.ranges.some((range) => hasOneOf(zips, range))
    case 'district': {
      const known = isNumbered(term.kind) ? districts[term.kind] : null
      return known === null || term.values.some((value) => typeof value !== 'string' && hasOneOf(known, value))
    }
    default:
      return true
  }
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
function nearestOf(term: Term, have: FilesHave): Remark[] {
  if (term.field !== 'city' && term.field !== 'county') return []
  const [typed = ''] = term.values
  // A county of New York is no slip of the finger, loaded or not.
  const known = term.field === 'city' ? have.cities : newYork.has(typed) ? null : have.counties
  if (!known) return []
  const answered = answers.get(have) ?? new Map<string, string | null>()
  answers.set(have, answered)
  const asked = `${term.field}:${typed}`
  let found = answered.get(asked)
  if (found === undefined) {
    found = nearest(typed, known)
    if (answered.size >= mostAnswers) answered.clear()
    answered.set(asked, found)
  }
  return found ? [{ code: 'nearest_there', named: print({ op: 'term', term: { ...term, values: [found] } }) }] : []
}
