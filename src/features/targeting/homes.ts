import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { toldMail } from './mail.ts'
import { contactable } from './schema.ts'
import '../people/tables.ts'
import '../voterfile/tables.ts'

/**
 * Voters whose household somebody of the organization changed by hand, and everybody of the homes they left or came to: always
 * whole homes, so that everybody else is counted by the voter file as if nothing had been changed. Mostly nobody.
 */
export interface Homes {
  ids: readonly number[]
  /** Of each, where they live. */
  homes: readonly number[]
  /** Of each: on the rolls and old enough, see `contactable`. */
  is_living: readonly boolean[]
  /** Of each: the voter file has a mailing address of their own. */
  has_mail: readonly boolean[]
  /** What was said by hand: voter and home. */
  by_hand: ReadonlyMap<number, number>
}

export const noHomes: Homes = { ids: [], homes: [], is_living: [], has_mail: [], by_hand: new Map() }

const living: ReadonlySet<string> = new Set(contactable)

/** What was said by hand; `ids`: of these voters alone. */
async function saidByHand(
  db: Db,
  organization_id: string,
  ids: readonly number[] | null,
): Promise<ReadonlyMap<number, number>> {
  const rows = await db
    .selectFrom('household_member as m')
    .innerJoin('person as p', (join) =>
      join.onRef('p.organization_id', '=', 'm.organization_id').onRef('p.person_id', '=', 'm.person_id'),
    )
    .where('m.organization_id', '=', organization_id)
    .where('m.ended_at', 'is', null)
    .where('p.merged_into', 'is', null)
    .where('p.voter_id', 'is not', null)
    .$if(ids !== null, (query) => query.where(sql<boolean>`p.voter_id = any(${[...(ids ?? [])]}::integer[])`))
    .select(['p.voter_id', 'm.home'])
    .execute()
  return new Map(rows.map(({ voter_id, home }) => [voter_id ?? 0, home]))
}

/** Of voters of whom something changed: is what was said of their homes still the same? */
export async function areHomesAsKnown(
  db: Db,
  organization_id: string,
  { by_hand }: Homes,
  changed: readonly number[],
): Promise<boolean> {
  const now = await saidByHand(db, organization_id, changed)
  return changed.every((voter_id) => now.get(voter_id) === by_hand.get(voter_id))
}

/** Of voters of whom we were told where post goes, which mailbox that is; `ids`: of these alone. */
export async function toldMailboxes(
  db: Db,
  organization_id: string,
  ids: readonly number[] | null,
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ voter_id: number; address_key: string }>`
    select voter_id, address_key from ${toldMail(organization_id)} told
    where ${ids === null ? sql`true` : sql`voter_id = any(${[...ids]}::integer[])`}`.execute(db)
  return new Map(rows.map(({ voter_id, address_key }) => [voter_id, address_key]))
}

/** Asks by key: nothing where nobody changed anything, and never for more than the homes concerned. */
export async function homesByHand(db: Db, organization_id: string): Promise<Homes> {
  const moved = await saidByHand(db, organization_id, null)
  if (moved.size === 0) return noHomes
  const records = () =>
    db
      .selectFrom('voter_record')
      .select((eb) => [
        'voter_id',
        'household_key',
        'status',
        'gone_in',
        eb('mail_address', 'is not', null).as('has_mail'),
      ])
  const changed = await records()
    .where(sql<boolean>`voter_id = any(${[...moved.keys()]}::integer[])`)
    .execute()
  const keys = new Set([...moved.values(), ...changed.flatMap(({ household_key }) => household_key ?? [])])
  const neighbours = await records()
    .where(sql<boolean>`household_key = any(${[...keys]}::bigint[])`)
    .execute()
  const all = [...new Map([...changed, ...neighbours].map((row) => [row.voter_id, row])).values()]
  return {
    ids: all.map(({ voter_id }) => voter_id),
    // Who was not changed is here because of the key of their home.
    homes: all.map(({ voter_id, household_key }) => moved.get(voter_id) ?? household_key ?? 0),
    is_living: all.map(({ status, gone_in }) => gone_in === null && living.has(status)),
    has_mail: all.map(({ has_mail }) => Boolean(has_mail)),
    by_hand: moved,
  }
}

/** Voters among them whose home has as many of them living in it as fits. */
export function inHomesOf({ ids, homes, is_living }: Homes, fits: (size: number) => boolean): number[] {
  const sizes = new Map<number, number>()
  for (const [index, home] of homes.entries()) if (is_living[index]) sizes.set(home, (sizes.get(home) ?? 0) + 1)
  return ids.filter((_, index) => {
    const size = sizes.get(homes[index] ?? 0) ?? 0
    return size > 0 && fits(size)
  })
}
