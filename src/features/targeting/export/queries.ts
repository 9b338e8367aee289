import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { hasAgreed, hasRefused, isMarked, isPaused } from '../../people/consent.ts'
import { districtColumn, districtJoins } from '../../geography/crosswalk.ts'
import { isAnyClosed } from '../../people/suppressions/commands.ts'
import { ask, askInBatches, type Until } from '../bounded.ts'
import { countVoters, votersFromColumns } from '../columns/ask.ts'
import type { ColumnStore } from '../columns/store.ts'
import { homesByHand } from '../homes-queries.ts'
import { noHomes, type Homes } from '../homes.ts'
import type { CompiledUniverse } from '../queries.ts'
import { communities } from '../schema.ts'
import { filedMail, joinPost, mailbox } from '../mail.ts'
import { homeOf, isSupport, lastAnswers } from '../sql.ts'
import type { UniverseDownloadTable, UniverseExportTable } from '../tables.ts'
import { layouts, type Column, type LayoutName } from './layouts.ts'
import { isOnePerson, type Recorded } from './same-person/rules.ts'
import { omissions, type Channel, type Omission } from './schema.ts'

export type UniverseExport = Selectable<UniverseExportTable>
export type Download = Selectable<UniverseDownloadTable>

export interface Asked {
  organization_id: string
  /** 'YYYY-MM-DD' */
  today: string
  layout: LayoutName
  channel: Channel
  /** Voters whose post would go to a home closed to paper; not known until `closedHomes` was asked. */
  closed?: readonly number[]
  /** Voters who refused post, or are marked against it, under another record of theirs; not known until `refusedElsewhere` was asked. */
  refused?: RefusedElsewhere
}

export type RefusedElsewhere = ReadonlyMap<number, NonNullable<PostRow['left_out']>>

/** Of an audience for post, voters at homes closed to paper: a room above can read addresses as the post does. */
export type ClosedHomesReader = (db: Db, organization_id: string, rows: readonly PostRow[]) => Promise<number[]>
let readClosedHomes: ClosedHomesReader | null = null

/** The room that knows which homes are closed says so here. */
export function closedHomesReadBy(reader: ClosedHomesReader): void {
  readClosedHomes = reader
}

type Cell = Column | 'phone_digits' | 'mobile_digits' | 'landline_digits' | 'zip5' | 'full_name'

const mailColumns: readonly Cell[] = ['mail_address', 'mail_unit', 'mail_city', 'mail_state', 'mail_zip']

/** Where post goes if not to the door: as we were told, else to the mailing address of the voter file. */
const mailOf = (organization_id: string): RawBuilder<unknown> => sql`${joinPost(organization_id)}
  left join lateral ${filedMail} filed on coalesce(post.goes, 'told') = 'told'`

/** Of what only some columns need, what these do. */
const joinsOf = (wanted: readonly Cell[], organization_id: string): RawBuilder<unknown> => sql`
  ${(['congress', 'senate', 'assembly', 'nyc_council'] as const).some((kind) => wanted.includes(kind)) ? districtJoins : sql``}
  ${wanted.includes('support') ? sql`left join (${lastAnswers(organization_id, isSupport)}) last_support on last_support.voter_id = v.voter_id` : sql``}`

/** Where voters, our persons, their numbers and mailboxes are put together. `condition` is over `v`. */
function source(
  { organization_id, channel }: Asked,
  condition: RawBuilder<boolean>,
  wanted: readonly Cell[] = [],
): RawBuilder<unknown> {
  return sql`voter_record v ${joinsOf(wanted, organization_id)}
    left join person p on p.organization_id = ${organization_id} and p.voter_id = v.voter_id and p.merged_into is null
    left join lateral (
      select array_agg(phone order by rank desc, phone) as phones, array_agg(kind order by rank desc, phone) as kinds,
        (array_agg(phone order by rank desc, phone) filter (where kind = 'mobile'))[1] as mobile,
        (array_agg(phone order by rank desc, phone) filter (where kind <> 'mobile'))[1] as landline
      from (select phone, max(kind) as kind, max(rank) as rank from (
          select phone, kind, quality::integer as rank from voter_phone where voter_id = v.voter_id
          union all
          select phone, kind, case when is_preferred then 300 when quality = 'good' then 200 when quality = 'unknown' then 101 else -1 end
            from person_phone where organization_id = ${organization_id} and person_id = p.person_id) known
        group by phone having min(rank) >= 0) usable
      where (${channel}::text <> 'text' or kind = 'mobile')
        and not exists (select from suppression s where s.organization_id = ${organization_id} and s.phone = usable.phone
          and closes_number(s, v.voter_id, p.person_id) and s.taken_back_at is null)) ph on true
    left join lateral (select case when pe.quality <> 'bouncing' then pe.email end as email, mailbox_stopped(pe.organization_id, pe.person_id, pe.email) as stopped from person_email pe
      where pe.organization_id = ${organization_id} and pe.person_id = p.person_id
      and pe.quality in ('good', 'unknown', 'bouncing') and pe.claimed_at is null
      order by pe.quality = 'bouncing', pe.is_preferred desc, pe.quality, pe.email limit 1) em on true
    ${channel === 'post' || mailColumns.some((column) => wanted.includes(column)) ? mailOf(organization_id) : sql``}
    where ${condition}`
}

/** Why somebody is left out of a file for this channel; null: they are in it. By today's marks and wishes. */
function omission({
  organization_id,
  layout,
  channel,
  closed = [],
  refused = new Map(),
}: Asked): RawBuilder<Omission | null> {
  if (channel === 'none') return sql`null::text`
  const has = {
    phone: sql`ph.phones is not null`,
    text: sql`ph.phones is not null`,
    email: sql`(em.email is not null and em.stopped is null)`,
    post: sql`(${mailbox(sql`v.household_key`)}) is not null`,
  }[channel]
  const needs = layouts[layout].needs_address
  const elsewhere = channel === 'post' ? [...refused] : []
  const saidNo = elsewhere.flatMap(([voter_id, reason]) => (reason === 'opted_out' ? [voter_id] : []))
  const marked = elsewhere.flatMap(([voter_id, reason]) => (reason === 'opted_out' ? [] : [voter_id]))
  const isAmong = (ids: number[]): RawBuilder<boolean> => ids.length > 0 ? sql`v.voter_id = any(${ids}::integer[])` : sql`false` // prettier-ignore
  return sql`case
    when ${isMarked(organization_id, channel)} or ${isAmong(marked)} then 'marked'
    when ${hasRefused(organization_id, channel)} or ${isAmong(saidNo)} then 'opted_out'
    ${channel === 'post' && closed.length > 0 ? sql`when v.voter_id = any(${[...closed]}::integer[]) then 'no_paper'` : sql``}
    ${channel === 'email' ? sql`when em.stopped = 'opted_out' then 'opted_out' when ${isPaused(organization_id)} then 'paused'` : sql``}
    ${needs ? sql`when not ${has} then 'no_address'` : sql``}
    ${channel === 'text' ? sql`when not ${hasAgreed(organization_id, channel)} then 'no_consent'` : sql``} end`
}

const digits = (phone: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`regexp_replace(${phone}, '^\\+1(?=\\d{10}$)', '')`
const shown = (phone: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`regexp_replace(${phone}, '^\\+1(\\d{3})(\\d{3})(\\d{4})$', '\\1-\\2-\\3')`
const likeliest = sql`greatest(${sql.join(communities.map((name) => sql.ref(`v.p_${name}`)))})`

/** A number or address in a file for something else than its channel: empty where they are not to be reached by it. */
const unlessClosed = ({ organization_id, channel }: Asked, of: 'phone' | 'email', value: RawBuilder<unknown>) =>
  channel === of || (channel === 'text' && of === 'phone')
    ? value
    : sql`case when not ${isMarked(organization_id, of)} and not ${hasRefused(organization_id, of)} ${of === 'email' ? sql`and not ${isPaused(organization_id)}` : sql``} then ${value} end`

/** Each column as it is asked of the database. */
const cells = (asked: Asked): Record<Cell, RawBuilder<unknown>> => {
  const { organization_id, today } = asked
  const phone = (value: RawBuilder<unknown>) => unlessClosed(asked, 'phone', value)
  return {
  last_name: sql`coalesce(p.last_name, v.last_name)`,
  first_name: sql`coalesce(p.first_name, v.first_name)`,
  middle_name: sql`coalesce(p.middle_name, v.middle_name)`,
  full_name: sql`concat_ws(' ', coalesce(p.first_name, v.first_name), coalesce(p.last_name, v.last_name))`,
  suffix: sql`v.suffix`,
  name_hangul: sql`p.name_hangul`,
  preferred_title: sql`p.preferred_title`,
  address: sql`concat_ws(' ', v.house_number, v.street, v.unit)`,
  city: sql`v.city`,
  state: sql`v.state`,
  zip: sql`concat_ws('-', v.zip5, v.zip4)`,
  zip5: sql`v.zip5`,
  mail_address: sql`coalesce(post.address, filed.streets[1])`,
  mail_unit: sql`case when post.goes is null then nullif(array_to_string(filed.streets[2:], ', '), '') end`,
  // Of what was told the file knows more where it has the same ZIP; of the state also where that begins alike.
  mail_city: sql`coalesce(post.city, case when left(filed.place[3], 5) = coalesce(post.zip5, left(filed.place[3], 5)) then nullif(filed.place[1], '') end,
    case when v.zip5 = post.zip5 then v.city end)`,
  mail_state: sql`coalesce(post.state, case when left(filed.place[3], 3) = left(coalesce(post.zip5, filed.place[3]), 3) then filed.place[2] end,
    case when left(v.zip5, 3) = left(post.zip5, 3) then v.state end)`,
  mail_zip: sql`coalesce(post.zip5, filed.place[3])`,
  county: sql`v.county`,
  congress: districtColumn('congress'),
  senate: districtColumn('senate'),
  assembly: districtColumn('assembly'),
  election_district: sql`v.ed`,
  nyc_council: districtColumn('nyc-council'),
  precinct: sql`v.precinct`,
  other_districts: sql`(select string_agg(key || '=' || value, '; ' order by key) from jsonb_each_text(v.districts))`,
  // As `straddling` of geography/crosswalk.ts; an assembly district the record always names.
  districts_in_doubt: sql`(select string_agg(kind || '=' || districts, '; ' order by kind) from (
    select d.kind, string_agg(d.district::text, '/' order by d.share desc, d.district) as districts from crosswalk_divided d
    where d.state = v.state and d.ad = v.ad and d.ed = v.ed
      and case d.kind when 'congress' then v.cd when 'senate' then v.sd when 'assembly' then v.ad when 'nyc-council' then v.ccd end is null
    group by d.kind) doubtful)`,
  phone_best: phone(shown(sql`ph.phones[1]`)),
  phone_best_kind: phone(sql`ph.kinds[1]`),
  phone_digits: phone(digits(sql`ph.phones[1]`)),
  mobile_digits: phone(digits(sql`ph.mobile`)),
  landline_digits: phone(digits(sql`ph.landline`)),
  phones_all: phone(sql`(select string_agg(${shown(sql`phone`)} || ' ' || kind, '; ' order by nth) from unnest(ph.phones, ph.kinds) with ordinality each (phone, kind, nth))`),
  email: unlessClosed(asked, 'email', sql`case when em.stopped is null then em.email end`),
  party: sql`v.party`,
  status: sql`v.status`,
  registered_on: sql`v.registered_on::text`,
  age: sql`coalesce(extract(year from age(${today}::date, v.birth_date))::integer, ${Number(today.slice(0, 4))}::integer - v.birth_year)`,
  birth_year: sql`coalesce(extract(year from v.birth_date)::integer, v.birth_year)`,
  sex: sql`v.sex`,
  last_voted_on: sql`v.last_voted_on::text`,
  voted_in: sql`(select string_agg(e.year || '-' || e.kind, ' ' order by e.year desc, e.held_on desc nulls last, e.kind) from election e
    where e.election_id in (select vote / 8 from unnest(v.votes) vote))`,
  support: sql`case when last_support.value #>> '{}' ~ '^[1-5]$' then last_support.value #>> '{}' end`,
  language: sql`p.language`,
  community_said: sql`p.community`,
  tags: sql`(select string_agg(pt.tag, '; ' order by pt.tag) from person_tag pt where pt.organization_id = ${organization_id} and pt.person_id = p.person_id)`,
  voter_id: sql`v.voter_id`,
  state_voter_id: sql`v.state_voter_id`,
  county_voter_id: sql`v.county_voter_id`,
  // That it is one is said with each value by words.ts.
  community_estimate: sql`case when p.community is null and ${likeliest} >= 50 then
    case ${likeliest} ${sql.join(
      communities.map((name) => sql`when ${sql.ref(`v.p_${name}`)} then ${name}::text`),
      sql` `,
    )} end || ' ' || ${likeliest} end`,
  } // prettier-ignore
}

/** Rows of the file, each an array of cells in the order of `wanted`. */
export function rowsOf(asked: Asked, { condition }: CompiledUniverse, wanted: readonly Cell[]) {
  const all = cells(asked)
  return sql<{ cells: unknown[] }>`select jsonb_build_array(${sql.join(wanted.map((column) => all[column]))}) as cells
    from ${source(asked, condition, wanted)} and (${omission(asked)}) is null order by v.voter_id`
}

/** Columns of an address, of a voter record `d`. */
const addressOf = {
  address: sql`concat_ws(' ', d.house_number, d.street)`,
  unit: sql`d.unit`,
  city: sql`d.city`,
  state: sql`d.state`,
  zip: sql`concat_ws('-', d.zip5, d.zip4)`,
}

/** The address of the door, where somebody lives by the file or was put by hand; a home that is no door has that of whoever lives there. */
const ofDoor = (column: keyof typeof addressOf, isByHand: boolean): RawBuilder<unknown> => {
  const theirs = sql`(array_agg(${sql.ref(column)} order by is_at_door desc, voter_id))[1]`
  return isByHand
    ? sql`case when bool_or(is_at_door) or home not like 'h%' then ${theirs} else coalesce((select ${addressOf[column]} from voter_record d
        where d.household_key = substr(home, 2)::bigint order by d.voter_id limit 1), ${theirs}) end`
    : theirs
}

/** Where post of a piece goes if not to the door, as of its first resident. */
const mailOfPiece = sql.join(
  mailColumns.map((column) => sql`(array_agg(${sql.ref(column)} order by voter_id))[1] as ${sql.id(column)}`),
)

/** One row for each mailbox we were told of or the file has, else for each household, as it was put right by hand: its residents and where post goes. */
export function householdsOf(asked: Asked, { condition }: CompiledUniverse, homes: Homes) {
  const home = homeOf({ homes })
  const isByHand = homes.ids.length > 0
  const all = cells(asked)
  return sql<{
    piece: string
    residents: (Recorded & { hangul: string | null })[]
    mail_address: string | null
    mail_unit: string | null
    mail_city: string | null
    mail_state: string | null
    mail_zip: string | null
    address: string
    unit: string | null
    city: string | null
    state: string
    zip: string
    languages: string | null
  }>`select min(voter_id)::text as piece,
      jsonb_agg(jsonb_build_object('voter_id', voter_id, 'first', first, 'middle', middle, 'last', last, 'suffix', suffix, 'birth_date', birth_date, 'birth_year', born, 'hangul', hangul) order by born nulls last, voter_id) as residents,
      ${mailOfPiece}, ${ofDoor('address', isByHand)} as address, ${ofDoor('unit', isByHand)} as unit, ${ofDoor('city', isByHand)} as city,
      ${ofDoor('state', isByHand)} as state, ${ofDoor('zip', isByHand)} as zip,
      string_agg(distinct language, ' ') as languages
    from (select v.voter_id, coalesce(p.first_name, v.first_name) as first, coalesce(p.last_name, v.last_name) as last, p.name_hangul as hangul,
        case when p.first_name is null then v.middle_name else p.middle_name end as middle, v.suffix, v.birth_date,
        coalesce(extract(year from v.birth_date)::integer, v.birth_year) as born, ${sql.join(mailColumns.map((column) => sql`${all[column]} as ${sql.id(column)}`))}, concat_ws(' ', v.house_number, v.street) as address,
        v.unit, v.city, v.state, concat_ws('-', v.zip5, v.zip4) as zip, p.language,
        ${mailbox(home)} as home, ${home} is not distinct from v.household_key as is_at_door
      from ${source(asked, condition)} and (${omission(asked)}) is null) each
    group by home order by min(voter_id)`
}

/** Somebody of an audience, with where post to them goes, or why none does. */
export interface PostRow extends Recorded {
  hangul: string | null
  language: string | null
  /** Who shares it gets their post together: a mailbox we were told of, the file's, or a home as it was put right by hand. */
  mailbox: string | null
  /** Somebody said by hand where they live. */
  is_by_hand: boolean
  /** House number and street, a box, or the lines of the file's mailing address. */
  delivery: string
  unit: string | null
  city: string | null
  state: string | null
  zip: string | null
  left_out: Exclude<Omission, 'no_consent' | 'paused'> | 'deceased' | null
}

const doorColumns = ['house_number', 'street', 'unit', 'city', 'state', 'zip5', 'zip4'] as const

/** Everybody of an audience for post, by today's marks and wishes, in the order of voter numbers. */
export function postRowsOf(
  { organization_id, today }: Pick<Asked, 'organization_id' | 'today'>,
  { condition }: Pick<CompiledUniverse, 'condition'>,
  homes: Homes,
) {
  const asked: Asked = { organization_id, today, layout: 'own', channel: 'post' }
  const all = cells(asked)
  const home = homeOf({ homes })
  const box = mailbox(home)
  const isByHand = sql`v.voter_id = any(${[...homes.by_hand.keys()]}::integer[])`
  // As of `mailOfPiece`: where the mailbox is not the door, the address is what was told or the file's.
  const either = (mail: RawBuilder<unknown>, door: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`case when ${all.mail_address} is null then ${door} else ${mail} end`
  return sql<PostRow>`select v.voter_id, coalesce(p.first_name, v.first_name) as first, coalesce(p.last_name, v.last_name) as last,
      case when p.first_name is null then v.middle_name else p.middle_name end as middle, v.suffix, v.birth_date::text as birth_date, coalesce(v.birth_year, p.birth_year) as birth_year,
      p.name_hangul as hangul, p.language, ${box} as mailbox, ${isByHand} as is_by_hand,
      ${either(all.mail_address, sql`concat_ws(' ', d.house_number, d.street)`)} as delivery, ${either(all.mail_unit, sql`d.unit`)} as unit,
      ${either(all.mail_city, sql`d.city`)} as city, ${either(all.mail_state, sql`d.state`)} as state,
      ${either(all.mail_zip, sql`concat_ws('-', d.zip5, d.zip4)`)} as zip,
      case when p.deceased_at is not null or exists (select from suppression s where s.organization_id = ${organization_id} and s.taken_back_at is null
          and s.reason = 'deceased' and (s.voter_id = v.voter_id or s.person_id = p.person_id)) then 'deceased' else ${omission(asked)} end as left_out
    from voter_record v left join person p on p.organization_id = ${organization_id} and p.voter_id = v.voter_id and p.merged_into is null
    ${mailOf(organization_id)}
    left join lateral (select door.* from voter_record door where ${isByHand} and ${home} <> v.household_key and door.household_key = ${home}
      order by door.voter_id limit 1) elsewhere on true
    cross join lateral (select ${sql.join(doorColumns.map((column) => sql`case when elsewhere.voter_id is null then v.${sql.ref(column)} else elsewhere.${sql.ref(column)} end as ${sql.ref(column)}`))}) d
    where ${condition} order by v.voter_id`
}

/** Voters of an audience for post at homes closed to paper. Every address is read, where any is closed. */
export async function closedHomes(
  db: Db,
  { organization_id, today, channel }: Asked,
  universe: Pick<CompiledUniverse, 'condition'>,
  homes: Homes,
  until: Until,
): Promise<number[]> {
  if (channel !== 'post' || !readClosedHomes || !(await isAnyClosed(db, organization_id, 'address'))) return []
  const closed: number[] = []
  for await (const rows of askInBatches(db, postRowsOf({ organization_id, today }, universe, homes), until))
    closed.push(...(await readClosedHomes(db, organization_id, rows)))
  return closed
}

const yearIn = (record: 'v' | 'twin'): RawBuilder<unknown> =>
  sql`coalesce(extract(year from ${sql.ref(`${record}.birth_date`)})::integer, ${sql.ref(`${record}.birth_year`)})`

/**
 * Records of this organization that may be closed to post, among others: those that are, are told by `postRowsOf`. Only where
 * somebody who may be born in the same year is listed at the same door: most who refused stand in the file once.
 */
const mayRefuse = (organization_id: string): RawBuilder<boolean> => sql`exists (
    select from voter_record twin where twin.state = v.state and twin.household_key = v.household_key and twin.voter_id <> v.voter_id
      and coalesce(${yearIn('twin')} = ${yearIn('v')}, true))
  and v.voter_id in (
  select s.voter_id from suppression s where s.organization_id = ${organization_id} and s.voter_id is not null and s.phone is null and s.taken_back_at is null
  union all select k.voter_id from person k where k.organization_id = ${organization_id} and k.voter_id is not null and k.merged_into is null
    and (k.deceased_at is not null
      or k.person_id in (select c.person_id from consent c where c.organization_id = ${organization_id} and c.channel = 'post' and not c.is_given)
      or k.person_id in (select s.person_id from suppression s where s.organization_id = ${organization_id} and s.phone is null and s.taken_back_at is null)))`

/**
 * Of an audience for post, who said no, is marked or has died under another record of theirs at the same door, whether that
 * one is of the audience or not; and why. Names alone are not enough.
 */
export async function refusedElsewhere(
  db: Db,
  asked: Pick<Asked, 'organization_id' | 'today'>,
  { condition }: Pick<CompiledUniverse, 'condition'>,
  homes: Homes,
  until: Until,
): Promise<RefusedElsewhere> {
  // Asked apart: in one statement the addresses of a whole state may be read before these few are chosen.
  const perhaps = await ask(
    db,
    sql<{ voter_id: number }>`select v.voter_id from voter_record v where ${mayRefuse(asked.organization_id)}`,
    until,
  )
  if (perhaps.length === 0) return new Map()
  const among = sql<boolean>`v.voter_id = any(${perhaps.map(({ voter_id }) => voter_id)}::integer[])`
  const all = await ask(db, postRowsOf(asked, { condition: among }, homes), until)
  const refusing = all.filter(({ left_out }) => left_out !== null && left_out !== 'no_address')
  const ids = refusing.map(({ voter_id }) => voter_id)
  if (ids.length === 0) return new Map()
  const besideThem = sql<boolean>`((${condition}) and v.voter_id <> all(${ids}::integer[])
    and v.household_key in (select door.household_key from voter_record door where door.voter_id = any(${ids}::integer[])))`
  const beside = await ask(db, postRowsOf(asked, { condition: besideThem }, homes), until)
  const known = [...ids, ...beside.map(({ voter_id }) => voter_id)]
  const doors = await ask(
    db,
    sql<{
      voter_id: number
      door: string | null
    }>`select voter_id, household_key::text as door from voter_record where voter_id = any(${known}::integer[])`,
    until,
  )
  const doorOf = new Map(doors.map(({ voter_id, door }) => [voter_id, door]))
  const byDoor = Map.groupBy(refusing, ({ voter_id }) => doorOf.get(voter_id) ?? null)
  const refused = new Map<number, NonNullable<PostRow['left_out']>>()
  for (const row of beside) {
    const same = byDoor.get(doorOf.get(row.voter_id) ?? null)?.find((each) => isOnePerson(each, row, true))
    if (same?.left_out) refused.set(row.voter_id, same.left_out)
  }
  return refused
}

/** Up to so many voters the database is told who they are, instead of looking for them. */
const mostById = 200_000

export interface Expected {
  /** Voters in the file; for a mail house, in its pieces. */
  voters: number
  left_out: Partial<Record<Omission, number>>
}

/** How many would be in the file, and who would not. */
export async function expected(
  db: Db,
  asked: Asked,
  compiled: CompiledUniverse,
  until: Until,
  store: ColumnStore | null = null,
): Promise<Expected> {
  // Nobody is left out of a file for no channel.
  if (asked.channel === 'none') return { voters: await countVoters(store, db, compiled, { until }), left_out: {} }
  const ids = store && (await votersFromColumns(store, db, compiled, { until }))
  const condition =
    ids && ids.length <= mostById ? sql<boolean>`v.voter_id = any(${[...ids]}::integer[])` : compiled.condition
  const homes = asked.layout === 'mailhouse' ? await homesByHand(db, asked.organization_id) : noHomes
  const closed = asked.closed ?? (await closedHomes(db, asked, { condition }, homes, until))
  const refused = asked.refused ?? (asked.channel === 'post' ? await refusedElsewhere(db, asked, { condition }, homes, until) : new Map()) // prettier-ignore
  const rows = await ask(
    db,
    sql<{ reason: Omission | null; count: number }>`select reason, count(*) as count from (
      select ${omission({ ...asked, closed, refused })} as reason from ${source(asked, condition)}) fitting group by reason`,
    until,
  )
  const left_out: Partial<Record<Omission, number>> = {}
  for (const reason of omissions) {
    const count = rows.find((row) => row.reason === reason)?.count
    if (count) left_out[reason] = count
  }
  return { voters: rows.find((row) => row.reason === null)?.count ?? 0, left_out }
}

export const universeExport = (
  db: Db,
  organization_id: string,
  export_id: string,
): Promise<UniverseExport | undefined> =>
  db
    .selectFrom('universe_export')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('export_id', '=', export_id)
    .executeTakeFirst()

export const exportPageSize = 50

/** The register: every export ever made, newest first. */
export async function exportsMade(
  db: Db,
  organization_id: string,
  from: number,
  closed: ReadonlySet<string> = new Set(),
): Promise<{ total: number; exports: UniverseExport[] }> {
  const away = [...closed]
  const [{ total }, exports] = await Promise.all([
    db
      .selectFrom('universe_export')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .where('organization_id', '=', organization_id)
      .where(sql<boolean>`universe_id <> all(${away}::uuid[])`)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('universe_export')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where(sql<boolean>`universe_id <> all(${away}::uuid[])`)
      .orderBy('requested_at', 'desc')
      .orderBy('export_id')
      .limit(exportPageSize)
      .offset(from)
      .execute(),
  ])
  return { total, exports }
}

/** Who fetched these files, first to last. */
export const downloadsOf = (db: Db, organization_id: string, export_ids: readonly string[]): Promise<Download[]> =>
  db
    .selectFrom('universe_download')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('export_id', 'in', export_ids.length > 0 ? [...export_ids] : ['00000000-0000-0000-0000-000000000000'])
    .orderBy('downloaded_at')
    .execute()
