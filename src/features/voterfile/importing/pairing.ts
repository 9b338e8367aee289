import type pg from 'pg'

/**
 * Who of a file's rows is who of the voters we have. Of both sides the caller makes a temporary table:
 * - `listed`: key, number, `comparedParts`, is_purged, is_nowhere (the number may be another
 *   county's) and is_known (is somebody already, and only stands in the way of others)
 * - `claimed`: voter_id, number, merit, `comparedParts`; a voter may have several numbers
 *
 * A number counts where two of family name, given name and birth date agree as well: boards give numbers out again, and
 * twins share two of the three with each other; so not where somebody else fits wholly. Without a number all three must
 * agree, and of everybody, those found by number too, only one on either side. What remains is for no machine to say.
 */
export async function pairUp(client: pg.ClientBase): Promise<void> {
  await client.query('analyze listed')
  await client.query('analyze claimed')
  await client.query('create temp table pair (key bigint, voter_id integer) on commit drop')
  for (const which of ['not r.is_purged', 'r.is_purged']) {
    await byNumber(client, `${which} and ${sameLast} and ${sameGiven} and ${sameBirth}`)
    await byNumber(client, `${which} and not r.is_nowhere and ${twoAgree} and ${nobodyFitsBetter}`)
  }
  await byName(client, 'not r.is_purged', 'not other.is_purged')
  await byName(client, 'r.is_purged', 'true')
  // Without the day: who was born in the same year and lives at the same address.
  await byName(client, 'r.birth_date is null and not r.is_purged', 'true', atHome)
  await client.query('analyze pair')
}

export const comparedParts = (record: string): string =>
  ['last_key', 'given_key', 'first_name', 'middle_name', 'birth_date', 'birth_year', 'house_number', 'street', 'zip5']
    .map((part) => `${record}.${part}`)
    .join(', ')

const sameLast = 'r.last_key = w.last_key'
const sameBirth =
  '(r.birth_date = w.birth_date or (r.birth_date is null or w.birth_date is null) and r.birth_year = w.birth_year)'
/** Words of one name are written together, apart or with a hyphen. */
const letters = (column: string): string => `regexp_replace(lower(coalesce(${column}, '')), '[[:space:].''-]', '', 'g')`
/** One board writes an initial where the other has the whole middle name, or has none; the first name is the same. */
const sameGivenOf = (r: string, w: string): string =>
  `(${r}.given_key <> '' and (${r}.given_key = ${w}.given_key or ${letters(`${r}.first_name`)} = ${letters(`${w}.first_name`)} and ${letters(`${r}.first_name`)} <> ''
    and (starts_with(${letters(`${r}.middle_name`)}, ${letters(`${w}.middle_name`)}) or starts_with(${letters(`${w}.middle_name`)}, ${letters(`${r}.middle_name`)}))))`
const sameGiven = sameGivenOf('r', 'w')
const twoAgree = `(${sameLast})::integer + coalesce(${sameGiven}, false)::integer + coalesce(${sameBirth}, false)::integer >= 2`
const wholly = (r: string, w: string): string =>
  `${r}.last_key = ${w}.last_key and ${r}.birth_date = ${w}.birth_date and ${sameGivenOf(r, w)}`
const onADay = (r: string, w: string): string => `${r}.birth_date = ${w}.birth_date`
/** In Queens one board writes 86-10, another 8610. */
const house = (record: string): string => `translate(${record}.house_number, '- ', '')`
const atHome = (r: string, w: string): string =>
  `${r}.birth_year = ${w}.birth_year and ${house(r)} = ${house(w)} and ${r}.street = ${w}.street and ${r}.zip5 = ${w}.zip5`
/** Where no number speaks for it: many write the second half of a Korean given name as the middle name, so that none is not any. */
const sameGivenWhole = (r: string, w: string): string =>
  `${sameGivenOf(r, w)} and (coalesce(${r}.middle_name, '') = '') = (coalesce(${w}.middle_name, '') = '')`
const isFree = (r: string): string => `not exists (select from pair p where p.key = ${r}.key)`
const isLeft = (w: string): string => `not exists (select from pair p where p.voter_id = ${w}.voter_id)`

const nobodyFitsBetter = `not exists (select from listed other where other.key <> r.key and ${wholly('other', 'w')} and ${isFree('other')})
  and not exists (select from claimed other where other.voter_id <> w.voter_id and ${wholly('r', 'other')} and ${isLeft('other')})`

async function byNumber(client: pg.ClientBase, fits: string): Promise<void> {
  await client.query(
    `insert into pair
     select key, voter_id from (
       select key, voter_id, count(*) over (partition by key) as voters, count(*) over (partition by voter_id) as rows from (
         select key, voter_id, merit = max(merit) over (partition by key) and merit = max(merit) over (partition by voter_id) as is_best from (
           select r.key, w.voter_id, max(w.merit) as merit from listed r join claimed w on r.number = w.number
           where not r.is_known and ${isFree('r')} and ${isLeft('w')} and ${fits} group by r.key, w.voter_id
         ) each
       ) ranked where is_best
     ) best where voters = 1 and rows = 1`,
  )
}

/** The given names wholly alike first; then those that may be one. */
async function byName(client: pg.ClientBase, which: string, others: string, sameDay = onADay): Promise<void> {
  const exactly = (r: string, w: string): string => `${r}.given_key = ${w}.given_key`
  const perhaps = (r: string, w: string): string =>
    `(starts_with(${r}.given_key, ${w}.given_key) or starts_with(${w}.given_key, ${r}.given_key))`
  for (const [fits, mayFit] of [
    [exactly, exactly],
    // An address speaks for it as a number does.
    [sameDay === atHome ? sameGivenOf : sameGivenWhole, perhaps],
  ] as const)
    // prettier-ignore
    await client.query(
      `insert into pair
       with one as materialized (
         select distinct r.key, w.voter_id from listed r join claimed w on r.last_key = w.last_key and ${sameDay('r', 'w')} and ${fits('r', 'w')}
         where not r.is_known and ${which} and r.given_key <> '' and ${isFree('r')} and ${isLeft('w')}
       ), rows_fitting as (
         select w.voter_id from claimed w join listed other on other.last_key = w.last_key and ${sameDay('other', 'w')} and ${mayFit('other', 'w')}
         where ${others} and w.voter_id in (select voter_id from one) group by w.voter_id having count(distinct other.key) = 1
       ), voters_fitting as (
         select r.key from listed r join claimed other on other.last_key = r.last_key and ${sameDay('r', 'other')} and ${mayFit('r', 'other')}
         where r.key in (select key from one) group by r.key having count(distinct other.voter_id) = 1
       )
       select key, voter_id from one where voter_id in (select voter_id from rows_fitting) and key in (select key from voters_fitting)`,
    )
}

/** Rows without a birth date that may be of somebody who is left. */
export const unsureRows = `
  select distinct r.key from listed r join claimed w on r.last_key = w.last_key and (r.birth_year is null or r.birth_year = w.birth_year) and ${sameGiven}
  where not r.is_known and r.birth_date is null and ${isFree('r')} and ${isLeft('w')}`
