import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { voterRecords, votersAt, votersOfCity, type VoterRecord } from '../../voterfile/queries.ts'
import { streetSpellings, type Address } from '../../voterfile/rules/streets.ts'
import type { NameParts } from '../rules.ts'
import { otherKeyboard, readQuery, type FoundBy, type NameProbe, type SearchQuery } from './rules.ts'

export interface FoundPerson extends NameParts {
  person_id: string
  voter_id: number | null
  name_hangul: string | null
  preferred_title: string | null
  birth_year: number | null
  language: string | null
  community: string | null
  address: string | null
  city: string | null
  deceased_at: Date | null
}

export interface SearchResult {
  voter: VoterRecord | null
  person: FoundPerson | null
  found_by: FoundBy
}

export interface SearchAnswer {
  results: SearchResult[]
  /** There are more than are told: say more of the name, or an address. */
  is_cut: boolean
  /** The other keyboard was on: what was searched instead. */
  read_as: string | null
}

/** Beyond these nobody reads on. */
const most = 200
/** With this many found as typed, other spellings are not looked for. */
const enough = 60
/** Sorts after every letter. */
const end = '\u{10FFFF}'

/**
 * Voter records and the organization's own people together, by whatever was typed: a name in any order and spelling, Hangul
 * or its initials, a phone number or its end, an address, a state id, an e-mail address.
 */
export async function search(db: Db, organization_id: string, text: string): Promise<SearchAnswer> {
  const query = readQuery(text)
  if (!query) return { results: [], is_cut: false, read_as: null }
  const answer = await answerTo(db, organization_id, query)
  if (answer.results.length > 0) return { ...answer, read_as: null }
  const other = otherKeyboard(query.text)
  const again = other ? readQuery(other) : null
  if (!again) return { ...answer, read_as: null }
  const second = await answerTo(db, organization_id, again)
  return { ...second, read_as: second.results.length > 0 ? again.text : null }
}

/** The organization's own people alone, by the same keys: ids, for a list that shows them otherwise. */
export async function peopleFound(db: Db, organization_id: string, text: string): Promise<string[]> {
  const other = otherKeyboard(text)
  for (const query of [readQuery(text), other ? readQuery(other) : null]) {
    const found = query ? [...(await peopleByKeys(db, organization_id, query)).keys()] : []
    if (found.length > 0) return found
  }
  return []
}

async function answerTo(db: Db, organization_id: string, query: SearchQuery): Promise<Omit<SearchAnswer, 'read_as'>> {
  const [people, voters] = await Promise.all([peopleByKeys(db, organization_id, query), votersFound(db, query)])
  const persons = await foundPersons(db, organization_id, [...people.keys()], [...voters.keys()])
  const personOfVoter = new Map(
    persons.flatMap((person) => (person.voter_id === null ? [] : [[person.voter_id, person]])),
  )
  for (const person of persons) {
    const found = people.get(person.person_id)
    if (found && person.voter_id !== null && !voters.has(person.voter_id))
      voters.set(person.voter_id, { ...found, order: -1 })
  }
  const records = await voterRecords(db, [...voters.keys()])
  const results: (SearchResult & { order: number })[] = records.map((voter) => {
    const person = personOfVoter.get(voter.voter_id) ?? null
    const found = voters.get(voter.voter_id) ?? { found_by: 'name', order: 0 }
    return { voter, person, ...found }
  })
  for (const person of persons) {
    const found = people.get(person.person_id)
    if (found && (person.voter_id === null || !voters.has(person.voter_id))) {
      results.push({ voter: null, person, found_by: found.found_by, order: found.order })
    }
  }
  return {
    results: rank(results, query).slice(0, most),
    is_cut: voters.size >= most || people.size >= most,
  }
}

interface Found {
  found_by: FoundBy
  /** The smaller, the likelier meant. */
  order: number
}

async function votersFound(db: Db, query: SearchQuery): Promise<Map<number, Found>> {
  const found = new Map<number, Found>()
  const add = (found_by: FoundBy, ids: readonly number[], order: number): void => {
    for (const [index, id] of ids.entries()) {
      if (found.size < most && !found.has(id)) found.set(id, { found_by, order: order + Math.min(index, 999) / 1000 })
    }
  }
  if (query.state_ids) add('state_id', await byStateId(db, query.state_ids), 0)
  if (query.phone_digits) add('phone', await byPhone(db, query.phone_digits), 1)
  if (query.address?.house) {
    const { said, also } = streetSpellings(query.address.street)
    add('address', await votersAt(db, said, query.address.house, most), 2)
    add('address', await votersAt(db, also, query.address.house, most), 3)
  }
  for (const [index, probe] of query.names.entries()) {
    const isOther = probe.found_by === 'name_alike' || probe.found_by === 'name_part'
    if (found.size >= (isOther ? enough : most)) continue
    add(probe.found_by, await byName(db, probe), 10 + index)
  }
  if (query.address && !query.address.house && found.size === 0) {
    const { said, also } = streetSpellings(query.address.street)
    add('address', await votersAt(db, [...said, ...also], null, most), 50)
  }
  if (query.address?.house && found.size === 0) add('address', await beforeCity(db, query.address), 4)
  return found
}

/** '41-20 Union Flushing', without type and comma: the last words are a city if voters of it live at the number before. */
async function beforeCity(db: Db, { house, street }: Address): Promise<number[]> {
  if (street.type) return [] // what follows a type is no part of the street anyway
  const words = street.name.split(' ')
  for (let cut = 1; cut <= 3 && cut < words.length; cut++) {
    const { said, also } = streetSpellings({ ...street, name: words.slice(0, -cut).join(' ') })
    const city = words.slice(-cut).join(' ')
    const ids = await votersAt(db, [...said, ...also], house, most, sql`and lower(city) = ${city}`)
    if (ids.length > 0) return ids
  }
  return []
}

/** Voters with these surnames and beginnings of given names. Each pair is one descent into an index. */
async function byName(db: Db, probe: NameProbe): Promise<number[]> {
  const also = alsoOfGiven(probe)
  const withSurname = probe.pairs.flatMap(({ last, given }) => (last === null ? [] : [{ last, given }]))
  const anySurname = probe.pairs.flatMap(({ last, given }) => (last === null ? [given] : []))
  const ids: number[] = []
  if (withSurname.length > 0) {
    const [lasts, givens] = [withSurname.map(({ last }) => last), withSurname.map(({ given }) => given)]
    // With an operator for equality the planner could not bound the given name; a whole surname is its own upper bound.
    const surname = probe.is_last_prefix
      ? sql`last_key ~>=~ pair.last and last_key ~<~ (pair.last || ${end})`
      : sql`last_key = pair.last and given_key ~>=~ pair.given and given_key ~<~ (pair.given || ${end})`
    const { rows } = await sql<{ voter_id: number }>`
      select hit.voter_id from unnest(${lasts}::text[], ${givens}::text[]) as pair(last, given)
      cross join lateral (
        select voter_id from voter_record where ${surname} ${also}
        order by last_key using ~<~, given_key using ~<~ limit ${most}
      ) hit limit ${most}`.execute(db)
    ids.push(...rows.map((row) => row.voter_id))
  }
  if (anySurname.length > 0 && ids.length < most) {
    const { rows } = await sql<{ voter_id: number }>`
      select hit.voter_id from unnest(${anySurname}::text[]) as pair(given)
      cross join lateral (
        select voter_id from voter_record
        where given_key ~>=~ pair.given and given_key ~<~ (pair.given || ${end}) ${also}
        order by given_key using ~<~ limit ${most}
      ) hit limit ${most}`.execute(db)
    ids.push(...rows.map((row) => row.voter_id))
  }
  if (probe.contains && ids.length < most) {
    const like = probe.contains.map((each) => sql`(last_key || ' ' || given_key) like ${each}`)
    const { rows } = await sql<{ voter_id: number }>`
      select voter_id from voter_record where ${sql.join(like, sql` or `)} limit ${most}`.execute(db)
    ids.push(...rows.map((row) => row.voter_id))
  }
  return ids
}

/** What the given name must be besides its first letters. By length: PostgreSQL looks into each set by its hash. */
function alsoOfGiven({ given_begins = [], given_pattern }: NameProbe): RawBuilder<unknown> {
  if (given_begins.length === 0) return sql``
  const lengths = Map.groupBy(given_begins, (text) => text.length)
  const begins = sql.join(
    [...lengths].map(([letters, texts]) => sql`left(given_key, ${sql.lit(letters)}) = any(${texts}::text[])`),
    sql` or `,
  )
  // A regular expression only for what the sets have left, which the planner would not see to.
  return given_pattern
    ? sql`and case when ${begins} then given_key ~ ${given_pattern} else false end`
    : sql`and (${begins})`
}

/** Also by the number in the city, however the city's lists or the state's file name them now. */
async function byStateId(db: Db, { keys, text }: { keys: number[]; text: string }): Promise<number[]> {
  const [, isCitys, digits] = /^(NYC)?0*(\d{1,13})$/.exec(text) ?? []
  // Nought stands where somebody has no number any more.
  const number = Number(digits ?? 0) || null
  const [{ rows }, borne] = await Promise.all([
    sql<{ voter_id: number; id: string }>`
      select voter_id, state_voter_id as id from voter_record where state_key = any(${keys}::bigint[])
      union all select voter_id, county_voter_id from voter_record
        where county_voter_id = ${text.replace(/^NYC(?=\d)/, '')} ${isCitys ? sql`and city_number is null` : sql``}
      union all select voter_id, city_number::text from voter_record where city_number = ${number} limit 40`.execute(
      db,
    ),
    number === null ? new Map<number, number[]>() : votersOfCity(db, [number]),
  ])
  // The number of an id is the same for other prefixes and states.
  const ending = text.replace(/^[A-Z]+0*|^0+/, '')
  const found = rows.filter(({ id }) => id.toUpperCase().endsWith(ending)).map(({ voter_id }) => voter_id)
  return [...found, ...[...borne.values()].flat()]
}

async function byPhone(db: Db, digits: string): Promise<number[]> {
  const ending = Array.from(digits).reverse().join('')
  const { rows } = await sql<{ voter_id: number }>`
    select distinct voter_id from voter_phone where reverse(phone) ~>=~ ${ending} and reverse(phone) ~<~ ${ending + end}
    limit ${most}`.execute(db)
  return rows.map((row) => row.voter_id)
}

async function peopleByKeys(db: Db, organization_id: string, query: SearchQuery): Promise<Map<string, Found>> {
  const found = new Map<string, Found>()
  if (query.person_keys.length === 0) return found
  const { rows } = await sql<{ person_id: string; n: number }>`
    select hit.person_id, wanted.n::integer as n
    from unnest(${query.person_keys.map(({ key }) => key)}::text[]) with ordinality as wanted(key, n)
    cross join lateral (
      select person_id from person_search
      where organization_id = ${organization_id}::uuid and key ~>=~ wanted.key and key ~<~ (wanted.key || ${end})
      limit ${most}
    ) hit`.execute(db)
  for (const { person_id, n } of rows) {
    const key = query.person_keys[n - 1]
    const order = key?.found_by === 'name_alike' ? 15 : 0
    if (key && !found.has(person_id) && found.size < most) found.set(person_id, { found_by: key.found_by, order })
  }
  return found
}

async function foundPersons(
  db: Db,
  organization_id: string,
  person_ids: readonly string[],
  voter_ids: readonly number[],
): Promise<FoundPerson[]> {
  if (person_ids.length === 0 && voter_ids.length === 0) return []
  return db
    .selectFrom('person')
    .select([
      'person_id',
      'voter_id',
      'first_name',
      'middle_name',
      'last_name',
      'name_hangul',
      'preferred_title',
      'birth_year',
      'language',
      'community',
      'address',
      'city',
      'deceased_at',
    ]) // prettier-ignore
    .where('organization_id', '=', organization_id)
    .where('merged_into', 'is', null)
    .where((eb) =>
      eb.or([
        eb('person_id', '=', sql<string>`any(${[...person_ids]}::uuid[])`),
        eb('voter_id', '=', sql<number>`any(${[...voter_ids]}::integer[])`),
      ]),
    )
    .execute()
}

/** What was typed exactly stands before other spellings; people we know before those we do not; for Hangul the likelier Korean. */
function rank(results: (SearchResult & { order: number })[], query: SearchQuery): SearchResult[] {
  const isHangul = query.names.some((probe) => probe.found_by === 'hangul')
  const likely = (result: SearchResult): number =>
    isHangul && result.found_by === 'hangul' && !result.person ? Math.floor((result.voter?.p_korean ?? 100) / 25) : 4
  const isCurrent = (result: SearchResult): number =>
    result.voter && (result.voter.gone_in !== null || result.voter.status === 'purged') ? 1 : 0
  const name = ({ voter, person }: SearchResult): string =>
    voter
      ? `${voter.last_key} ${voter.given_key}`
      : `${person?.last_name ?? ''} ${person?.first_name ?? ''}`.toUpperCase()
  return results.sort(
    (a, b) =>
      Math.floor(a.order) - Math.floor(b.order) ||
      isCurrent(a) - isCurrent(b) ||
      likely(b) - likely(a) ||
      Number(b.person !== null) - Number(a.person !== null) ||
      (isHangul ? a.order - b.order : 0) ||
      (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0),
  )
}
