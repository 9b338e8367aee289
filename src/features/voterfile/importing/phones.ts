import type pg from 'pg'
import { TupleWriter } from '../mapping/tuples.ts'
import { fieldsOf, RecordReader } from '../reading/records.ts'
import { chunksOf, partsOf, Refused, sampleOf, type Part } from '../reading/source.ts'
import { e164 } from '../rules/phones.ts'
import { layouts } from '../layouts/all.ts'
import { stateKey } from '../rules/keys.ts'
import { nameKey } from '../rules/names.ts'
import { houseSpellings, readAddress, streetSpellings } from '../rules/streets.ts'
import { BinaryCopy } from './copying.ts'
import type { Progress, VoterPhoneTable } from '../tables.ts'
import type { Rejects } from './rejects.ts'

/** What a column of a phone file may be called, folded to letters and digits. */
const headers = {
  state_id: ['statevoterid', 'sboeid', 'voterid', 'stateid', 'ncid', 'sosvoterid'],
  county_id: ['countyid', 'countyvoterid', 'countyemsid', 'emsid', 'countyvrnumber'],
  state: ['state', 'statecode'],
  county: ['county', 'countyname', 'borough'],
  first_name: ['firstname', 'first', 'fname', 'givenname'],
  last_name: ['lastname', 'last', 'lname', 'surname', 'familyname'],
  birth_year: ['birthyear', 'yearofbirth', 'yob', 'birthdate', 'dob', 'dateofbirth'],
  address: ['address', 'streetaddress', 'address1', 'residenceaddress'],
  phone: ['phone', 'phonenumber', 'telephone', 'cell', 'cellphone', 'mobile', 'tel', '전화', '전화번호'],
  kind: ['kind', 'phonetype', 'type', 'linetype'],
  quality: ['quality', 'score', 'confidence'],
  source: ['source', 'vendor'],
  date: ['date', 'receivedon', 'asof', 'updated'],
} as const
type Field = keyof typeof headers

/** Quality of a match where the file does not state it. */
const usualQuality = { state_id: 80, county_id: 80, name_birth_address: 60 } as const

export interface PhoneFileOptions {
  source: string | null
  received_on: string
  file_id: number
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
}

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
): Promise<PhoneCounts> {
  const counts: PhoneCounts = { read: 0, added: 0, updated: 0, unchanged: 0, rejected: 0, unmatched: 0 }
  await client.query(
    `create temp table given_phone (line integer, state_key bigint, id_prefix text, state text, county_id bigint, counties text, last_key text, first_key text, birth_year integer, houses text, streets text,
       phone text, kind text, quality integer, source text, received_on text, voter_id integer, matched_by text) on commit drop`,
  )
  const parts = await partsOf(paths)
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
  const matching = (): void => options.onProgress({ phase: 'comparing', bytes: of_bytes, of_bytes, rows: counts.read })

  const states = await client.query<{ table: string }>(
    `select inhrelid::regclass::text as table from pg_inherits where inhparent = 'voter_record'::regclass`,
  )
  await client.query('analyze given_phone')
  for (const { table } of states.rows) {
    matching()
    await client.query(
      `create index if not exists ${table}_name on ${table} (last_key text_pattern_ops, given_key text_pattern_ops)`,
    )
    await client.query(`create unique index if not exists ${table}_state_key on ${table} (state_key)`)
  }
  // Of all states, and only then asked whether it is one: numbers and names come again in the next state.
  const settle = async (way: VoterPhoneTable['matched_by']): Promise<void> => {
    matching()
    await client.query(
      `update given_phone p set voter_id = m.voter_id, matched_by = '${way}' from (
         select row, min(voter_id) as voter_id from candidate group by row having count(distinct voter_id) = 1) m
       where m.row = p.ctid`,
    )
    await client.query('truncate candidate')
  }
  await client.query('create temp table candidate (row tid, voter_id integer) on commit drop')
  // A family name that is given must be the voter's; people who married have both, one of them with a hyphen.
  const speaksAgainst = `(p.last_key <> '' and v.last_key <> p.last_key and strpos(v.last_key, p.last_key) = 0 and strpos(p.last_key, v.last_key) = 0)
    or (p.state <> '' and v.state <> p.state)`
  for (const { table } of states.rows) {
    const state = table.slice(-2).toUpperCase()
    const prefix = prefixOf(state)
    // Without the letters a number may be another state's, unless the row says which, or the name agrees.
    const without = prefix === '' ? 'true' : `(p.state = '${state}' or p.last_key <> '')`
    await client.query(
      `insert into candidate select p.ctid, v.voter_id from given_phone p join ${table} v on v.state_key = p.state_key
       where (p.id_prefix = '${prefix}' or (p.id_prefix = '' and ${without})) and not (${speaksAgainst})`,
    )
  }
  await settle('state_id')
  const left = await client.query('select from given_phone where voter_id is null and county_id is not null limit 1')
  for (const { table } of (left.rowCount ?? 0) > 0 ? states.rows : []) {
    await client.query(
      `insert into candidate select p.ctid, v.voter_id from given_phone p join ${table} v
         on nullif(regexp_replace(v.county_voter_id, '\\D', '', 'g'), '')::numeric = p.county_id and v.county = any(string_to_array(p.counties, ','))
       where p.voter_id is null and not (${speaksAgainst})`,
    )
  }
  await settle('county_id')
  for (const { table } of states.rows) {
    await client.query(
      `insert into candidate select p.ctid, v.voter_id from given_phone p join ${table} v
         on v.last_key = p.last_key and v.given_key like p.first_key || '%' and v.birth_year = p.birth_year
        and v.house_number = any(string_to_array(p.houses, '|')) and lower(v.street) = any(string_to_array(p.streets, '|')) and (p.state = '' or v.state = p.state)
       where p.voter_id is null and p.last_key <> '' and p.first_key <> ''`,
    )
  }
  await settle('name_birth_address')
  const unmatched = await client.query<{ n: number }>(
    'select count(*)::integer as n from given_phone where voter_id is null',
  )
  counts.unmatched = unmatched.rows[0]?.n ?? 0
  matching()
  await client.query(
    `create temp table matched_phone on commit drop as
     select distinct on (voter_id, phone) voter_id, phone, kind, coalesce(quality, case matched_by when 'name_birth_address' then ${usualQuality.name_birth_address} else ${usualQuality.state_id} end)::smallint as quality,
       matched_by, source, received_on::date as received_on from given_phone where voter_id is not null order by voter_id, phone, quality desc nulls last, received_on desc`,
  )
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
  return counts
}

async function total(client: pg.ClientBase): Promise<number> {
  const result = await client.query<{ n: number }>('select count(*)::integer as n from matched_phone')
  return result.rows[0]?.n ?? 0
}

async function readPart(
  client: pg.ClientBase,
  part: Part,
  rejects: Rejects,
  options: PhoneFileOptions,
  counts: PhoneCounts,
  progress: { onBytes(more: number): void; tell(): void },
): Promise<void> {
  const sample = await sampleOf(part)
  const delimiter = [',', '\t', ';', '|'].find((each) => columnsOf(firstRow(sample, each)) !== null)
  if (!delimiter) throw new Refused('not_a_voter_file', part.name)
  const header = firstRow(sample, delimiter)
  const columns = columnsOf(header) ?? new Map<Field, number>()
  const reader = new RecordReader({ delimiter, quote: '"', counts: [header.length] })
  const copy = new BinaryCopy(
    client,
    'copy given_phone (line, state_key, id_prefix, state, county_id, counties, last_key, first_key, birth_year, houses, streets, phone, kind, quality, source, received_on) from stdin with (format binary)',
  )
  const out = new TupleWriter(1 << 18)
  const isOfTheCity = header.some((name) => /ems/i.test(name))
  let isHeader = true
  const take = async (isEnd: boolean): Promise<void> => {
    while (reader.next(isEnd)) {
      if (isHeader) {
        isHeader = false
        continue
      }
      counts.read++
      if (reader.fault) {
        const misfit = { names: header, expected: header.length, found: reader.count }
        rejects.add(part.name, reader.line, '', reader.fault, reader, misfit)
        continue
      }
      const fields = fieldsOf(reader)
      const of = (field: Field): string => fields[columns.get(field) ?? -1]?.trim() ?? ''
      const phone = e164(of('phone'))
      const hasName =
        of('last_name') !== '' && of('first_name') !== '' && of('birth_year') !== '' && of('address') !== ''
      if (!phone) {
        rejects.add(part.name, reader.line, header[columns.get('phone') ?? -1] ?? '', 'bad_phone', reader)
        continue
      }
      if (!of('state_id') && !of('county_id') && !hasName) {
        rejects.add(part.name, reader.line, '', 'nothing_to_match_by', reader)
        continue
      }
      const address = readAddress(of('address'))
      const { said, also } = address?.house ? streetSpellings(address.street) : { said: [], also: [] }
      const year = /(?:19|20)\d\d/.exec(of('birth_year'))?.[0]
      const kind = /mob|cell|wireless/i.test(of('kind'))
        ? 'mobile'
        : /land/i.test(of('kind'))
          ? 'landline'
          : /voip/i.test(of('kind'))
            ? 'voip'
            : 'unknown'
      const quality = Number(of('quality'))
      out.reserve(65_536)
      out.columns(16)
      out.int4(counts.read)
      const state = of('state').toUpperCase()
      const id_prefix = prefixIn(of('state_id'), state)
      if (of('state_id')) out.int8(stateKey(of('state_id'), id_prefix))
      else out.none()
      out.text(id_prefix)
      out.text(state)
      const county_id = Number(of('county_id').replace(/\D/g, ''))
      if (county_id > 0 && Number.isSafeInteger(county_id)) out.int8(county_id)
      else out.none()
      const counties = of('county')
        ? countiesOf(of('county'))
        : isOfTheCity || !columns.has('county')
          ? cityCounties
          : []
      out.text(counties.join(','))
      out.text(nameKey(of('last_name')))
      out.text(nameKey(of('first_name')))
      if (year) out.int4(Number(year))
      else out.none()
      out.text(houseSpellings(address?.house ?? '').join('|'))
      out.text([...said, ...also].join('|'))
      out.text(phone)
      out.text(kind)
      if (of('quality') !== '' && quality >= 0 && quality <= 100) out.int4(Math.round(quality))
      else out.none()
      out.text(of('source') || options.source || part.name)
      out.text(/^\d{4}-\d\d-\d\d$/.test(of('date')) ? of('date') : options.received_on)
      if (out.at > 65_536) await copy.write(out.take())
    }
  }
  for await (const chunk of chunksOf(part, progress.onBytes)) {
    progress.tell()
    reader.feed(chunk)
    await take(false)
  }
  await take(true)
  if (out.at > 0) await copy.write(out.take())
  await copy.end()
}

/** Registered once in the city, a voter has one number there: the five counties share their numbering. */
const cityCounties = ['queens', 'kings', 'new-york', 'bronx', 'richmond']
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

function firstRow(sample: Buffer, delimiter: string): string[] {
  const reader = new RecordReader({ delimiter, quote: '"', counts: null })
  reader.feed(sample)
  return reader.next(true) ? fieldsOf(reader) : []
}

/** Which column is what; null where it is no phone file: a number and something to match by must be there. */
function columnsOf(header: readonly string[]): Map<Field, number> | null {
  const folded = header.map((name) => name.toLowerCase().replace(/[^a-z0-9가-힣]/g, ''))
  const columns = new Map<Field, number>()
  for (const [field, names] of Object.entries(headers) as [Field, readonly string[]][]) {
    const index = folded.findIndex((name) => names.includes(name))
    if (index >= 0) columns.set(field, index)
  }
  const canMatch =
    columns.has('state_id') ||
    columns.has('county_id') ||
    (columns.has('last_name') && columns.has('birth_year') && columns.has('address'))
  return columns.has('phone') && canMatch ? columns : null
}
