import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import '../../organizations/tables.ts'
import { communityChoices } from '../../people/schema.ts'
import { areHomesAsKnown, homesByHand, postElsewhere, sharingDoor } from '../homes-queries.ts'
import { noHomes, sizesOf, type Homes } from '../homes.ts'
import { blocking, isOwnUsable, isUsable, leftHome, refusals } from '../sql.ts'
import { setNames } from './codes.ts'
import type { LoadedColumns } from './loaded.ts'

/**
 * What one organization knows of the voters it has touched, as far as every answer needs it: columns in the order of
 * positions, in memory the threads share.
 */
export interface Overlay {
  organization_id: string
  /** Goes up with every change. */
  version: number
  touched: Uint32Array
  voter_ids: Uint32Array
  /** Place in `languages`; 0: not known. */
  language: Uint8Array
  languages: string[]
  /** What the person says: place in `communityChoices` + 1, 255 for another; 0: nothing. */
  community: Uint8Array
  /** Day of the last contact on any channel, days since 1970 in the organization's time zone, or `never`. */
  contacted: Int32Array
  /** 1-5; 0: none, 255: an answer that is no score from 1 to 5. */
  support: Uint8Array
  /** The sum of `flag`s. */
  flags: Uint16Array
  tags: (readonly string[])[]
  homes: HandHomes
}

/** Homes as the organization changed them by hand, whole ones; see homes.ts. */
export interface HandHomes {
  /** By position. */
  all: HandGroups
  /** Of those of them to whom post goes by home, and of whoever gets it elsewhere than the files say; their mailboxes. */
  by_post: HandGroups
  known: Homes
  elsewhere: ReadonlyMap<number, string>
  /** Who is marked as dead or moved, by id and by position. */
  left: ReadonlySet<number>
  left_positions: Uint32Array
  /** How many live in the homes of those and in homes changed by hand: of everybody there, by position. */
  sizes: { positions: Uint32Array; sizes: readonly number[] }
  /** As of which version of the overlay. */
  version: number
}

export interface HandGroups {
  /** Ascending. */
  positions: Uint32Array
  /** Of each, the number of the home, below `count`. */
  groups: Uint32Array
  count: number
}

/** `elsewhere`: see `postElsewhere`. */
async function readHomes(
  db: Db,
  columns: LoadedColumns,
  organization_id: string,
  elsewhere: ReadonlyMap<number, string>,
  left: ReadonlySet<number>,
  version: number,
): Promise<HandHomes> {
  const known = await homesByHand(db, organization_id)
  const homes = new Map(known.ids.map((voter_id, index) => [voter_id, known.homes[index] ?? 0]))
  const isMailedHome = new Set(known.ids.filter((_, index) => known.is_mailed_home[index]))
  const all = new Map(homes)
  // Who gets post at the door again stands with everybody behind it.
  const atDoor = [...elsewhere].flatMap(([voter_id, goes]) => (goes === 'door' && !all.has(voter_id) ? [voter_id] : []))
  for (const { voter_id, household_key, is_mailed_home } of await sharingDoor(db, atDoor)) {
    if (all.has(voter_id)) continue
    homes.set(voter_id, household_key)
    if (is_mailed_home) isMailedHome.add(voter_id)
  }
  // Homes are numbers, mailboxes we were told of and those of somebody without a home are texts.
  const boxes = new Map<number, number | string>()
  for (const [voter_id, home] of homes) if (isMailedHome.has(voter_id)) boxes.set(voter_id, home)
  for (const [voter_id, goes] of elsewhere) {
    if (goes === 'nowhere') boxes.delete(voter_id)
    else boxes.set(voter_id, goes === 'door' ? (homes.get(voter_id) ?? `v${voter_id}`) : goes)
  }
  const numbers = new Map([...new Set([...all.values(), ...boxes.values()])].map((home, index) => [home, index]))
  const groupsOf = (some: ReadonlyMap<number, number | string>): HandGroups => {
    const placed = [...some]
      .flatMap(([voter_id, home]) => {
        const position = columns.positionOf(voter_id)
        return position === null ? [] : [{ position, home }]
      })
      .sort((a, b) => a.position - b.position)
    return {
      positions: shared(placed.map(({ position }) => position)),
      groups: shared(placed.map(({ home }) => numbers.get(home) ?? 0)),
      count: numbers.size,
    }
  }
  const sizes = inOrder(await sizesRead(db, columns, known, left, left))
  const left_positions = positionsOf(columns, left)
  return { all: groupsOf(all), by_post: groupsOf(boxes), known, elsewhere, left, left_positions, sizes, version }
}

/** Some left their home or are back, none of them from one changed by hand: theirs alone are of another size. */
async function turnedHomes(
  db: Db,
  columns: LoadedColumns,
  homes: HandHomes,
  turned: readonly number[],
  left: ReadonlySet<number>,
  version: number,
): Promise<HandHomes> {
  const read = await sizesRead(db, columns, noHomes, turned, left)
  const isRead = new Set(read.map(({ position }) => position))
  const { positions, sizes } = homes.sizes
  const kept = Array.from(positions, (position, index) => ({ position, size: sizes[index] ?? 0 }))
  return {
    ...homes,
    left,
    left_positions: positionsOf(columns, left),
    sizes: inOrder([...kept.filter(({ position }) => !isRead.has(position)), ...read]),
    version,
  }
}

const positionsOf = (columns: LoadedColumns, voter_ids: Iterable<number>): Uint32Array =>
  shared([...voter_ids].flatMap((voter_id) => columns.positionOf(voter_id) ?? []).sort((a, b) => a - b))

interface Placed {
  position: number
  size: number
}

function inOrder(placed: Placed[]): HandHomes['sizes'] {
  const sorted = placed.sort((a, b) => a.position - b.position)
  return { positions: shared(sorted.map(({ position }) => position)), sizes: sorted.map(({ size }) => size) }
}

/** Homes changed by hand are known whole, those of `some` who left one or are back are read: of everybody there. */
async function sizesRead(
  db: Db,
  columns: LoadedColumns,
  known: Homes,
  some: Iterable<number>,
  left: ReadonlySet<number>,
): Promise<Placed[]> {
  const isKnown = new Set(known.ids)
  const others = await sharingDoor(
    db,
    [...some].filter((voter_id) => !isKnown.has(voter_id)),
  )
  const ofOthers = sizesOf({
    homes: others.map(({ household_key }) => household_key),
    is_living: others.map(({ voter_id, is_on_rolls }) => is_on_rolls && !left.has(voter_id)),
  })
  const byHand = sizesOf(known)
  return [
    ...known.ids.map((voter_id, index) => ({ voter_id, size: byHand.get(known.homes[index] ?? 0) ?? 0 })),
    ...others.map(({ voter_id, household_key }) => ({ voter_id, size: ofOthers.get(household_key) ?? 0 })),
  ].flatMap(({ voter_id, size }) => {
    const position = columns.positionOf(voter_id)
    return position === null ? [] : [{ position, size }]
  })
}

/** Numbers and places for post are those of the files too, as far as they are not known better. */
export const flag = {
  phone: 1,
  email: 2,
  blocked: 4,
  person: 8,
  mail: 16,
  refused_phone: 32,
  refused_post: 64,
  refused_email: 128,
  mobile: 256,
} as const

export const never = -0x80000000

/** Voters of the organization: everybody with a person, an attempt, a mark, something left to do, a piece that was mailed or a number that is closed. `ids`: of these alone. */
export function touchedVoters(organization_id: string, ids: readonly number[] | null): RawBuilder<unknown> {
  const of = ids === null ? sql`voter_id is not null` : sql`voter_id = any(${[...ids]}::integer[])`
  return sql`select voter_id from person where organization_id = ${organization_id} and ${of}
    union select voter_id from contact_attempt where organization_id = ${organization_id} and ${of}
    union select voter_id from suppression where organization_id = ${organization_id} and ${of}
    union select voter_id from follow_up where organization_id = ${organization_id} and ${of}
    union select voter_id from mailed_piece where organization_id = ${organization_id} and ${of}
    union select voter_id from voter_phone where ${of} and phone in (select phone from suppression
      where organization_id = ${organization_id} and voter_id is null and reason <> 'wrong_number' and taken_back_at is null)`
}

interface Row {
  voter_id: number
  language: string | null
  community: string | null
  contacted: number | null
  support: number | null
  has_phone: boolean
  has_mobile: boolean
  has_email: boolean
  tags: string[] | null
  is_blocked: boolean
  has_left: boolean
  has_person: boolean
  refused_phone: boolean
  refused_post: boolean
  refused_email: boolean
}

/** Same meaning as the conditions of sql.ts, for many voters in one walk; a property test holds them together. */
async function readRows(db: Db, organization_id: string, ids: readonly number[] | null): Promise<Row[]> {
  const mine =
    ids === null
      ? sql`true`
      : sql`(a.voter_id = any(${[...ids]}::integer[]) or (a.voter_id is null and a.person_id in (select person_id from mine)))`
  const { rows } = await sql<Row>`
    with touched as (${touchedVoters(organization_id, ids)}),
    mine as (select p.person_id, p.voter_id, p.merged_into, p.language, p.community, p.deceased_at from person p
      where p.organization_id = ${organization_id} and ${ids === null ? sql`p.voter_id is not null` : sql`p.voter_id = any(${[...ids]}::integer[])`}),
    attempt as (select coalesce(a.voter_id, p.voter_id) as voter_id, a.attempt_id, a.attempted_at, a.script_id, a.script_version
      from contact_attempt a left join person p on p.organization_id = a.organization_id and p.person_id = a.person_id
      where a.organization_id = ${organization_id} and a.undone_at is null and ${mine}),
    contact as (select voter_id, max((attempted_at at time zone (select time_zone from organization where organization_id = ${organization_id}))::date - date '1970-01-01') as day
      from attempt group by voter_id),
    score as (select distinct on (a.voter_id) a.voter_id,
        case when jsonb_typeof(ca.value) = 'number' or ca.value #>> '{}' ~ '^[1-5]$' then (ca.value #>> '{}')::numeric end as score
      from attempt a join contact_answer ca on ca.organization_id = ${organization_id} and ca.attempt_id = a.attempt_id
      where ca.question = 'support' or exists (select from script_version sv, jsonb_array_elements(sv.content -> 'steps') step
        where sv.organization_id = ${organization_id} and sv.script_id = a.script_id and sv.version = a.script_version
        and step ->> 'key' = ca.question and step ->> 'kind' = 'support')
      order by a.voter_id, a.attempted_at desc, a.attempt_id),
    marked as (select voter_id, bool_or(has_left) as has_left from (
      select coalesce(s.voter_id, p.voter_id) as voter_id, s.reason = any(${[...leftHome]}::text[]) as has_left from suppression s
        left join person p on p.organization_id = s.organization_id and p.person_id = s.person_id and s.voter_id is null
        where s.organization_id = ${organization_id} and s.taken_back_at is null and s.reason = any(${[...blocking]}::text[])
        ${ids === null ? sql`` : sql`and (s.voter_id = any(${[...ids]}::integer[]) or (s.voter_id is null and s.person_id in (select person_id from mine)))`}
      union all select voter_id, true from mine where deceased_at is not null and merged_into is null) mark group by voter_id)
    select t.voter_id, m.language, m.community, c.day as contacted,
      case when s.voter_id is null then null when s.score in (1, 2, 3, 4, 5) then s.score::integer else 255 end as support,
      exists (select from voter_phone vp where vp.voter_id = t.voter_id and ${isUsable(organization_id)})
        or exists (select from person_phone pp join person p on p.organization_id = pp.organization_id and p.person_id = pp.person_id
          where pp.organization_id = ${organization_id} and pp.person_id = m.person_id and ${isOwnUsable(organization_id)}) as has_phone,
      exists (select from voter_phone vp where vp.voter_id = t.voter_id and vp.kind = 'mobile' and ${isUsable(organization_id)})
        or exists (select from person_phone pp join person p on p.organization_id = pp.organization_id and p.person_id = pp.person_id
          where pp.organization_id = ${organization_id} and pp.person_id = m.person_id and pp.kind = 'mobile' and ${isOwnUsable(organization_id)}) as has_mobile,
      (select array_agg(pt.tag order by pt.tag) from person_tag pt where pt.organization_id = ${organization_id} and pt.person_id = m.person_id) as tags,
      exists (select from person_email pe where pe.organization_id = ${organization_id} and pe.person_id = m.person_id and pe.quality in ('good', 'unknown') and pe.claimed_at is null) as has_email,
      b.voter_id is not null as is_blocked, coalesce(b.has_left, false) as has_left, m.person_id is not null as has_person,
      coalesce(r.phone, false) as refused_phone, coalesce(r.post, false) as refused_post, coalesce(r.email, false) as refused_email
    from touched t
    left join mine m on m.voter_id = t.voter_id and m.merged_into is null
    left join contact c on c.voter_id = t.voter_id
    left join score s on s.voter_id = t.voter_id
    left join marked b on b.voter_id = t.voter_id
    left join ${refusals(organization_id)} r on r.voter_id = t.voter_id`.execute(db)
  return rows
}

/** Of an organization whose rows were never read, or all of whose rows may have changed. */
export async function readOverlay(
  db: Db,
  columns: LoadedColumns,
  organization_id: string,
  version: number,
): Promise<Overlay> {
  const empty = room(organization_id, version, 0, [''])
  const rows = await readRows(db, organization_id, null)
  const elsewhere = await postElsewhere(db, organization_id, null)
  const homes = await readHomes(db, columns, organization_id, elsewhere, whoLeft(rows), version)
  return merged(columns, empty, new Set(), rows, version, homes)
}

/** The same with some voters read anew. */
export async function changedOverlay(
  db: Db,
  columns: LoadedColumns,
  overlay: Overlay,
  changed: readonly number[],
): Promise<Overlay> {
  const rows = await readRows(db, overlay.organization_id, changed)
  const version = overlay.version + 1
  const isChanged = new Set(changed)
  const homes = await homesNow(db, columns, overlay, changed, isChanged, whoLeft(rows), version)
  return merged(columns, overlay, isChanged, rows, version, homes)
}

/** Most changes are calls: nobody moved, and nobody's home is read. */
async function homesNow(
  db: Db,
  columns: LoadedColumns,
  { organization_id, homes }: Overlay,
  changed: readonly number[],
  isChanged: ReadonlySet<number>,
  leftNow: ReadonlySet<number>,
  version: number,
): Promise<HandHomes> {
  const { known, elsewhere } = homes
  const turned = changed.filter((voter_id) => leftNow.has(voter_id) !== homes.left.has(voter_id))
  const now = await postElsewhere(db, organization_id, changed)
  const isAsKnown =
    changed.every((voter_id) => now.get(voter_id) === elsewhere.get(voter_id)) &&
    (await areHomesAsKnown(db, organization_id, known, changed))
  if (isAsKnown && turned.length === 0) return homes
  const left = new Set([...[...homes.left].filter((voter_id) => !isChanged.has(voter_id)), ...leftNow])
  const isByHand = new Set(known.ids)
  if (isAsKnown && !turned.some((voter_id) => isByHand.has(voter_id)))
    return turnedHomes(db, columns, homes, turned, left, version)
  const elsewhereNow = new Map([...[...elsewhere].filter(([voter_id]) => !isChanged.has(voter_id)), ...now])
  return readHomes(db, columns, organization_id, elsewhereNow, left, version)
}

const whoLeft = (rows: readonly Row[]): Set<number> =>
  new Set(rows.flatMap(({ voter_id, has_left }) => (has_left ? voter_id : [])))

const untagged: readonly string[] = []

function room(organization_id: string, version: number, count: number, languages: string[]): Overlay {
  return {
    organization_id,
    version,
    languages,
    touched: new Uint32Array(new SharedArrayBuffer(count * 4)),
    voter_ids: new Uint32Array(count),
    language: new Uint8Array(new SharedArrayBuffer(count)),
    community: new Uint8Array(new SharedArrayBuffer(count)),
    contacted: new Int32Array(count),
    support: new Uint8Array(new SharedArrayBuffer(count)),
    flags: new Uint16Array(new SharedArrayBuffer(count * 2)),
    tags: Array.from({ length: count }, () => untagged),
    homes: nobodysHomes,
  }
}

/** What was known of voters that did not change, and the rows of those that did. */
function merged(
  columns: LoadedColumns,
  old: Overlay,
  isChanged: ReadonlySet<number>,
  rows: readonly Row[],
  version: number,
  homes: HandHomes,
): Overlay {
  const languages = [...old.languages]
  const mail = columns.address(setNames.mail)
  const hasMail = (voter_id: number, position: number): boolean => {
    const goes = homes.elsewhere.get(voter_id)
    return goes === undefined ? columns.isIn(mail, position) : goes !== 'nowhere'
  }
  // A voter who is not in the file is in no answer.
  const fresh = rows
    .flatMap((row) => {
      const position = columns.positionOf(row.voter_id)
      return position === null ? [] : [{ position, row }]
    })
    .sort((a, b) => a.position - b.position)
  const kept = new Uint32Array(old.touched.length)
  let count = 0
  for (let index = 0; index < old.touched.length; index++)
    if (!isChanged.has(old.voter_ids[index] ?? 0)) kept[count++] = index
  const made = { ...room(old.organization_id, version, count + fresh.length, languages), homes }
  let next = 0
  for (let to = 0, from = 0; to < made.touched.length; to++) {
    const index = kept[from] ?? 0
    const added = fresh[next]
    if (from < count && (!added || (old.touched[index] ?? 0) < added.position)) {
      from++
      made.touched[to] = old.touched[index] ?? 0
      made.voter_ids[to] = old.voter_ids[index] ?? 0
      made.language[to] = old.language[index] ?? 0
      made.community[to] = old.community[index] ?? 0
      made.contacted[to] = old.contacted[index] ?? never
      made.support[to] = old.support[index] ?? 0
      made.flags[to] = old.flags[index] ?? 0
      made.tags[to] = old.tags[index] ?? untagged
    } else if (added) {
      next++
      const { position, row } = added
      made.touched[to] = position
      made.voter_ids[to] = row.voter_id
      made.language[to] = row.language === null ? 0 : codeOf(languages, row.language)
      made.community[to] = row.community === null ? 0 : communityCode(row.community)
      made.contacted[to] = row.contacted ?? never
      made.support[to] = row.support ?? 0
      made.tags[to] = row.tags ?? untagged
      made.flags[to] =
        (row.has_phone ? flag.phone : 0) |
        (row.has_mobile ? flag.mobile : 0) |
        (row.has_email ? flag.email : 0) |
        (hasMail(row.voter_id, position) ? flag.mail : 0) |
        (row.is_blocked ? flag.blocked : 0) |
        (row.has_person ? flag.person : 0) |
        (row.refused_phone ? flag.refused_phone : 0) |
        (row.refused_post ? flag.refused_post : 0) |
        (row.refused_email ? flag.refused_email : 0)
    }
  }
  return made
}

const nobody: HandGroups = { positions: new Uint32Array(), groups: new Uint32Array(), count: 0 }
const nobodysHomes: HandHomes = {
  all: nobody,
  by_post: nobody,
  known: noHomes,
  elsewhere: new Map(),
  left: new Set(),
  left_positions: nobody.positions,
  sizes: { positions: nobody.positions, sizes: [] },
  version: 0,
}

function codeOf(languages: string[], language: string): number {
  const known = languages.indexOf(language)
  if (known >= 0) return known
  if (languages.length > 255) throw new Error('more languages than the columns can tell apart')
  return languages.push(language) - 1
}

export const communityCode = (name: string): number => {
  const index = (communityChoices as readonly string[]).indexOf(name)
  return index < 0 ? 255 : index + 1
}

/** Positions of the touched voters that are so. */
export function touchedWhere(overlay: Overlay, is: (index: number) => boolean): Uint32Array {
  const found = new Uint32Array(overlay.touched.length)
  let count = 0
  for (let index = 0; index < overlay.touched.length; index++)
    if (is(index)) found[count++] = overlay.touched[index] ?? 0
  return shared(found.subarray(0, count))
}

/** In memory the threads share. */
export function shared(positions: ArrayLike<number>): Uint32Array {
  const list = new Uint32Array(new SharedArrayBuffer(positions.length * 4))
  list.set(positions)
  return list
}
