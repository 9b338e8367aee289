import type pg from 'pg'
import { TupleWriter } from '../mapping/tuples.ts'
import { fieldsOf, RecordReader } from '../reading/records.ts'
import { chunksOf, partsOf, Refused, sampleOf, type Part } from '../reading/source.ts'
import { makeIndex } from '../indexing.ts'
import { layouts } from '../layouts/all.ts'
import { dayInList } from '../rules/dates.ts'
import { provisionalBase, provisionalNumber, stateKey, wholeNumber } from '../rules/keys.ts'
import { nameKey } from '../rules/names.ts'
import { houseSpellings, readAddress, streetSpellings, type Street } from '../rules/streets.ts'
import { BinaryCopy } from './copying.ts'
import { cityCounties, numberInTheirCounty } from './city-counties.ts'
import {
  birthYearOf,
  isHangul,
  isPhoneFileHeading,
  nameOfRow,
  phoneHeader,
  qualityOf,
  rowPhones,
} from './phone-columns.ts'
import type { Progress, VoterPhoneTable } from '../tables.ts'
import type { SaidColumns } from '../schema.ts'
import { allRejected, type Rejects } from './rejects.ts'
import { rememberList } from './said-phones.ts'

/** Quality of a match where the file does not state it. */
const usualQuality = { state_id: 80, county_id: 80, name_birth_address: 60 } as const

export interface PhoneFileOptions {
  source: string | null
  received_on: string
  file_id: number
  /** What somebody said of columns, by their headings. */
  columns: SaidColumns
  /** Hears how far we are; may throw to stop. */
  onProgress(progress: Progress): void
}

/** How many rows were read, numbers added or seen again, and rows nobody matched. */
export interface PhoneCounts {
  read: number
  added: number
  updated: number
  unchanged: number
  rejected: number
  unmatched: number
  /** Rows whose quality is written in a way we do not know; they have the usual one. */
  quality_unread: number
}

const noPhones = (): PhoneCounts => ({
  read: 0,
  added: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  unmatched: 0,
  quality_unread: 0,
})

/** `state`: of the voters the numbers came to, where it is one. */
type PhoneOutcome = { counts: PhoneCounts; state: string | null }

/**
 * Joins the numbers of a CSV to voters: by state id, else county id, else by name, birth year and address (street and
 * house number), where exactly one voter of all states fits and nothing else the row says speaks against it: a number
 * must never come to a stranger. Counties number their voters each by themselves, so a county id counts only with its
 * county, or where the file is one of New York City, whose five counties share their numbers. Runs in the caller's
 * transaction.
 */
export async function importPhoneFile(
  client: pg.ClientBase,
  paths: readonly string[],
  rejects: Rejects,
  options: PhoneFileOptions,
): Promise<PhoneOutcome> {
  const counts = noPhones()
  await makeTables(client)
  const parts = await partsOf(paths)
  await refuseAbsent(parts, options.columns)
  const of_bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
  let bytes = 0
  let told = 0
  const tell = (): void => {
    const now = performance.now()
    if (now - told < 200) return
    told = now
    options.onProgress({ phase: 'reading', bytes: Math.round(bytes), of_bytes, rows: counts.read })
  }
  for (const part of parts) {
    await readPart(client, part, rejects, options, counts, { onBytes: (more) => void (bytes += more), tell })
  }
  if (counts.read === 0) throw new Refused('empty_file', parts.map(({ name }) => name).join(', '))
  const given = await client.query('select from given_phone limit 1')
  if (given.rowCount === 0) {
    rejects.close() // where they cannot be written, that is told instead
    throw allRejected({ read: counts.read, rejected: counts.read })
  }
  const matching = (): void => options.onProgress({ phase: 'comparing', bytes: of_bytes, of_bytes, rows: counts.read })
  const tables = await stateTables(client)
  for (const table of tables) {
    matching()
    await makeIndex(client, table, 'names')
    await makeIndex(client, table, 'state_key')
  }
  await matchGiven(client, tables, matching)
  const unmatched = await client.query<{ n: number }>(
    'select count(*)::integer as n from (select from given_phone group by line having count(voter_id) = 0) line',
  )
  counts.unmatched = unmatched.rows[0]?.n ?? 0
  matching()
  await client.query(
    `create temp table matched_phone on commit drop as
     select distinct on (voter_id, phone) voter_id, phone, kind, coalesce(quality, case matched_by when 'name_birth_address' then ${usualQuality.name_birth_address} else ${usualQuality.state_id} end)::smallint as quality,
       matched_by, source, received_on::date as received_on from given_phone where voter_id is not null order by voter_id, phone, quality desc nulls last, received_on desc, kind = 'unknown'`,
  )
  await rememberList(client, options.file_id)
  const same = await client.query<{ n: number }>(
    `select count(*)::integer as n from matched_phone m join voter_phone v using (voter_id, phone) where (v.kind, v.quality, v.source, v.received_on) is not distinct from (m.kind, m.quality, m.source, m.received_on)`,
  )
  const known = await client.query<{ n: number }>(
    'select count(*)::integer as n from matched_phone m join voter_phone v using (voter_id, phone)',
  )
  const all = await client.query(
    `insert into voter_phone (voter_id, phone, kind, quality, matched_by, source, received_on, file_id)
     select voter_id, phone, kind, quality, matched_by, source, received_on, $1 from matched_phone
     on conflict (voter_id, phone) do update set kind = case excluded.kind when 'unknown' then voter_phone.kind else excluded.kind end, quality = excluded.quality,
       matched_by = excluded.matched_by, source = excluded.source, received_on = excluded.received_on, file_id = excluded.file_id
     where excluded.received_on >= voter_phone.received_on and (voter_phone.kind, voter_phone.quality, voter_phone.source, voter_phone.received_on) is distinct from (excluded.kind, excluded.quality, excluded.source, excluded.received_on)`,
    [options.file_id],
  )
  counts.added = (await total(client)) - (known.rows[0]?.n ?? 0)
  counts.updated = Math.max(0, (all.rowCount ?? 0) - counts.added)
  counts.unchanged = (same.rows[0]?.n ?? 0) + ((known.rows[0]?.n ?? 0) - (same.rows[0]?.n ?? 0) - counts.updated)
  counts.rejected = rejects.count
  const states = await client.query<{ state: string }>(
    'select distinct voter_state as state from given_phone where voter_id is not null',
  )
  return { counts, state: states.rows.length === 1 ? (states.rows[0]?.state ?? null) : null }
}

/** How many of the first rows would come to a voter; nothing is kept. Null where that is not known `until` then, by `performance.now()`. */
export async function matchFirstRows(
  client: pg.ClientBase,
  part: Part,
  most: number,
  until: number,
  columns: SaidColumns,
): Promise<{ rows: number; matched: number } | null> {
  const counts = noPhones()
  const options = { source: null, received_on: '2000-01-01', file_id: 0, columns, onProgress: () => undefined }
  await client.query('begin')
  try {
    // Before the indexes of a new state are made, a name is looked for in all of its records; a county id always is.
    const inTime = async (): Promise<void> => {
      const left_ms = Math.floor(until - performance.now())
      if (left_ms < 1) throw new OutOfTime()
      await client.query(`set local statement_timeout = ${left_ms}`)
    }
    await inTime()
    await makeTables(client)
    await readPart(client, part, null, options, counts, { onBytes: () => undefined, tell: () => undefined }, most)
    await matchGiven(client, await stateTables(client), inTime)
    const found = await client.query<{ n: number }>(
      'select count(distinct line)::integer as n from given_phone where voter_id is not null',
    )
    return { rows: counts.read, matched: found.rows[0]?.n ?? 0 }
  } catch (problem) {
    const isEnded = typeof problem === 'object' && problem !== null && 'code' in problem && problem.code === '57014'
    if (isEnded || problem instanceof OutOfTime) return null
    throw problem
  } finally {
    await client.query('rollback')
  }
}

/** A column said to be something that no file has is a word mistyped; without it the numbers would come to nobody. */
async function refuseAbsent(parts: readonly Part[], said: SaidColumns): Promise<void> {
  const wanted = Object.keys(said)
  if (wanted.length === 0) return
  const samples = await Promise.all(parts.map((part) => sampleOf(part)))
  const there = samples.flatMap((sample) => phoneHeader(sample, said).header)
  const absent = wanted.filter((heading) => !there.includes(heading))
  if (absent.length > 0) throw new Refused('no_such_column', absent.join(', '))
}

class OutOfTime extends Error {}

async function makeTables(client: pg.ClientBase): Promise<void> {
  await client.query(
    `create temp table given_phone (line integer, state_key bigint, id_prefix text, state text, county_id bigint, counties text, last_key text, first_key text, other_last_key text, other_first_key text,
       birth_year integer, houses text, streets text, phone text, kind text, quality integer, source text, received_on text, voter_id integer, voter_state text, matched_by text) on commit drop`,
  )
  await client.query('create temp table candidate (row tid, voter_id integer, state text) on commit drop')
}

async function stateTables(client: pg.ClientBase): Promise<string[]> {
  const states = await client.query<{ table: string }>(
    `select inhrelid::regclass::text as table from pg_inherits where inhparent = 'voter_record'::regclass`,
  )
  return states.rows.map(({ table }) => table)
}

/** Says of each given number whose it is, where that is certain. */
async function matchGiven(
  client: pg.ClientBase,
  tables: readonly string[],
  /** Before each look into one state's records; throws to stop. */
  beforeEach: () => void | Promise<void>,
): Promise<void> {
  await client.query('analyze given_phone')
  // Of all states, and only then asked whether it is one: numbers and names come again in the next state.
  const settle = async (way: VoterPhoneTable['matched_by']): Promise<void> => {
    await beforeEach()
    await client.query(
      `update given_phone p set voter_id = m.voter_id, voter_state = m.state, matched_by = '${way}' from (
         select row, min(voter_id) as voter_id, min(state) as state from candidate group by row having count(distinct voter_id) = 1) m
       where m.row = p.ctid`,
    )
    await client.query('truncate candidate')
  }
  // A family name that is given must be the voter's; people who married have both, one of them with a hyphen.
  const agrees = (key: string): string =>
    `(v.last_key = ${key} or strpos(v.last_key, ${key}) > 0 or strpos(${key}, v.last_key) > 0)`
  const speaksAgainst = `(p.last_key <> '' and not ${agrees('p.last_key')} and not (p.other_last_key <> '' and ${agrees('p.other_last_key')}))
    or (p.state <> '' and v.state <> p.state)`
  for (const table of tables) {
    await beforeEach()
    const state = table.slice(-2).toUpperCase()
    const prefix = prefixOf(state)
    // Without the letters a number may be another state's, unless the row says which, or the name agrees.
    const without = prefix === '' ? 'true' : `(p.state = '${state}' or p.last_key <> '')`
    await client.query(
      `insert into candidate select p.ctid, v.voter_id, v.state from given_phone p join ${table} v on v.state_key = p.state_key
       where (p.id_prefix = '${prefix}' or (p.id_prefix = '' and ${without})) and not (${speaksAgainst})`,
    )
  }
  await addBearers(client, tables, speaksAgainst)
  await settle('state_id')
  const left = await client.query('select from given_phone where voter_id is null and county_id is not null limit 1')
  for (const table of (left.rowCount ?? 0) > 0 ? tables : []) {
    await beforeEach()
    await client.query(
      `insert into candidate select p.ctid, v.voter_id, v.state from given_phone p join ${table} v
         on ${numberInTheirCounty} = p.county_id and (v.county = any(string_to_array(p.counties, ',')) or (v.id_kind is not null or v.city_number > 0) and 'queens' = any(string_to_array(p.counties, ',')))
       where p.voter_id is null and not (${speaksAgainst})`,
    )
  }
  await settle('county_id')
  for (const table of tables) {
    for (const reading of ['', 'other_']) {
      await beforeEach()
      await client.query(
        `insert into candidate select p.ctid, v.voter_id, v.state from given_phone p join ${table} v
           on v.last_key = p.${reading}last_key and v.given_key like p.${reading}first_key || '%' and v.birth_year = p.birth_year
          and v.house_number = any(string_to_array(p.houses, '|')) and lower(v.street) = any(string_to_array(p.streets, '|')) and (p.state = '' or v.state = p.state)
         where p.voter_id is null and p.${reading}last_key <> '' and p.${reading}first_key <> ''`,
      )
    }
  }
  await settle('name_birth_address')
}

/**
 * Ids made of a number in the city tell also of those who bore them before. Where the city has given the number again and
 * nothing else in the row tells whose it was, the number of today is not asked.
 */
async function addBearers(client: pg.ClientBase, tables: readonly string[], speaksAgainst: string): Promise<void> {
  const provisional = await client.query(`select from given_phone where state_key < ${provisionalBase} limit 1`)
  if (provisional.rows.length === 0) return
  for (const table of tables)
    await client.query(
      `insert into candidate select p.ctid, v.voter_id, v.state
       from (select ctid, *, (${provisionalBase} - state_key)::text as number from given_phone where state_key < ${provisionalBase}) p
         join voter_change c on c.kind = 'other' and c.before ->> 'state_voter_id' is not null
           and c.before ->> 'state_voter_id' = 'NYC' || lpad(p.number, greatest(9, length(p.number)), '0')
         join ${table} v on v.voter_id = c.voter_id
       where not (${speaksAgainst})`,
    )
  await client.query(
    `update given_phone p set county_id = null
     from (select row from candidate group by row having count(distinct voter_id) > 1) several
     where several.row = p.ctid and p.state_key < ${provisionalBase}`,
  )
}

async function total(client: pg.ClientBase): Promise<number> {
  const result = await client.query<{ n: number }>('select count(*)::integer as n from matched_phone')
  return result.rows[0]?.n ?? 0
}

async function readPart(
  client: pg.ClientBase,
  part: Part,
  rejects: Rejects | null,
  options: PhoneFileOptions,
  counts: PhoneCounts,
  progress: { onBytes(more: number): void; tell(): void },
  most = Infinity,
): Promise<void> {
  const { delimiter, header, columns } = phoneHeader(await sampleOf(part), options.columns)
  if (typeof columns === 'string') {
    const strange = header.filter((name) => name !== '' && !isPhoneFileHeading(name))
    // What is no list at all may have a first line as long as the file.
    const told = [...strange.slice(0, 20).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name)), ...(strange.length > 20 ? ['…'] : [])] // prettier-ignore
    throw new Refused(columns, strange.length > 0 ? `${part.name}; not understood: ${told.join(', ')}` : part.name)
  }
  const reader = new RecordReader({ delimiter, quote: '"', counts: [header.length] })
  const copy = new BinaryCopy(
    client,
    'copy given_phone (line, state_key, id_prefix, state, county_id, counties, last_key, first_key, other_last_key, other_first_key, birth_year, houses, streets, phone, kind, quality, source, received_on) from stdin with (format binary)',
  )
  const out = new TupleWriter(1 << 18)
  const spelled = keptSpellings()
  const isOfTheCity = header.some((name) => /ems/i.test(name))
  let isHeader = true
  const take = async (isEnd: boolean): Promise<void> => {
    while (counts.read < most && reader.next(isEnd)) {
      if (isHeader) {
        isHeader = false
        continue
      }
      counts.read++
      if (reader.fault) {
        const misfit = { names: header, expected: header.length, found: reader.count }
        rejects?.add(part.name, reader.line, '', reader.fault, reader, misfit)
        continue
      }
      const fields = fieldsOf(reader)
      const of = (field: Parameters<typeof columns.fields.get>[0]): string =>
        fields[columns.fields.get(field) ?? -1]?.trim() ?? ''
      const { phones, bad } = rowPhones(fields, columns, of('kind'))
      for (const index of phones.length > 0 || bad.length > 0 ? bad : [columns.phones[0]?.index ?? 0]) {
        rejects?.add(part.name, reader.line, header[index] ?? '', 'bad_phone', reader)
      }
      if (phones.length === 0) continue
      const [name = { last: '', first: '' }, other = { last: '', first: '' }] = nameOfRow(of)
      const birth_year = birthYearOf(of('birth_year'))
      const address = readAddress(of('address'))
      const hasName = name.last !== '' && name.first !== '' && birth_year !== null && address !== null
      if (!of('state_id') && !of('county_id') && !hasName) {
        const reason = isHangul(of('full_name') + of('last_name')) ? 'hangul_name' : 'nothing_to_match_by'
        rejects?.add(part.name, reader.line, '', reason, reader)
        continue
      }
      // A day that does not exist would end the whole import.
      const day = dayInList(of('date'), options.received_on)
      if (day === null) {
        rejects?.add(part.name, reader.line, header[columns.fields.get('date') ?? -1] ?? '', 'bad_date', reader)
        continue
      }
      const streets = hasName && address.house ? spelled(address.street) : ''
      const quality = qualityOf(of('quality'))
      if (quality === null && of('quality') !== '') counts.quality_unread++
      const state = of('state').toUpperCase()
      const state_id = wholeNumber(of('state_id'))
      const id_prefix = prefixIn(state_id, state)
      // A list made while voters had no state id yet: the number in the city stays what it was.
      const city_number = provisionalNumber(state_id)
      const county_id = city_number ?? Number(wholeNumber(of('county_id')).replace(/\D/g, ''))
      const counties =
        of('county') && city_number === null
          ? countiesOf(of('county'))
          : isOfTheCity || city_number !== null || !columns.fields.has('county')
            ? cityCounties
            : []
      for (const { phone, kind } of phones) {
        out.reserve(65_536)
        out.columns(18)
        out.int4(counts.read)
        if (state_id) out.int8(stateKey(state_id, id_prefix))
        else out.none()
        out.text(id_prefix)
        out.text(state)
        if (county_id > 0 && Number.isSafeInteger(county_id)) out.int8(county_id)
        else out.none()
        out.text(counties.join(','))
        out.text(nameKey(name.last))
        out.text(nameKey(name.first))
        out.text(nameKey(other.last))
        out.text(nameKey(other.first))
        if (birth_year !== null) out.int4(birth_year)
        else out.none()
        out.text(houseSpellings(address?.house ?? '').join('|'))
        out.text(streets)
        out.text(phone)
        out.text(kind)
        if (quality !== null) out.int4(quality)
        else out.none()
        out.text(of('source') || options.source || part.name)
        out.text(day)
        if (out.at > 65_536) await copy.write(out.take())
      }
    }
  }
  for await (const chunk of chunksOf(part, progress.onBytes)) {
    progress.tell()
    reader.feed(chunk)
    await take(false)
    if (counts.read >= most) break
  }
  await take(true)
  if (out.at > 0) await copy.write(out.take())
  await copy.end()
}

/** The same few thousand streets come again and again. */
function keptSpellings(): (street: Street) => string {
  const kept = new Map<string, string>()
  return (street) => {
    const key = [street.before, street.name, street.type, street.after].join('|')
    let spellings = kept.get(key)
    if (spellings === undefined) {
      const { said, also } = streetSpellings(street)
      spellings = [...said, ...also].join('|')
      if (kept.size < 50_000) kept.set(key, spellings)
    }
    return spellings
  }
}

const boroughs: Readonly<Record<string, string>> = {
  brooklyn: 'kings',
  manhattan: 'new-york',
  'staten-island': 'richmond',
  'the-bronx': 'bronx',
}

/** The county a row names, as records have it; of the city any of the five. */
function countiesOf(name: string): string[] {
  const slug = name
    .toLowerCase()
    .replace(/\bcounty\b/g, '')
    .trim()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (slug === 'nyc' || slug === 'new-york-city') return cityCounties
  return [boroughs[slug] ?? slug]
}

/** The letters ids of a state begin with. */
const prefixOf = (state: string): string => layouts.find((layout) => layout.state === state)?.id_prefix ?? ''

/** Letters before an id name its state, unless the row names another: North Carolina's own begin with a county's. */
const prefixIn = (id: string, state: string): string =>
  layouts.find(
    (layout) =>
      layout.id_prefix !== '' &&
      id.toUpperCase().startsWith(layout.id_prefix) &&
      (state === '' || state === layout.state),
  )?.id_prefix ?? ''
