import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransactionTwice, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { personOf } from '../commands.ts'
import { personById, whoIs } from '../queries.ts'
import { whoName } from '../rules.ts'
import { homeOf, householdAt, householdById, residentsOf, type Home, type Household, type HouseholdMember } from './queries.ts' // prettier-ignore
import type { HouseholdFacts } from './schema.ts'

/*
 * Households put right by hand. What the state says stays in the voter record; a row of household_member says otherwise for
 * one person and holds until it is taken back, also when a later voter file moves that person: then `state_home` is another
 * than the record's, and the page asks to look again. A merge and its undo carry the rows along (merge/commands.ts), the undo
 * of an import keeps whoever has one.
 *
 * A change also puts the lists that are called in order, whose rows a call that is recorded locks before the person: the one
 * of both that PostgreSQL breaks off is done once more.
 */

export type Living = { ok: true } | { ok: false; problem: 'not_found' | 'same_person' | 'there_already' | 'alone' }

/** Two changes of one organization's households wait for each other. */
const lockHouseholds = (tx: Db, organization_id: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`household ${organization_id}`}, 0))`.execute(tx)

/** `who` lives where `other` lives. */
export function livesWith(
  db: Db,
  actor: Actor,
  who: string,
  { other, reason }: { other: string; reason: string | null },
): Promise<Living> {
  return inTransactionTwice(db, async (tx): Promise<Living> => {
    const { organization_id } = actor
    await lockHouseholds(tx, organization_id)
    const meant = found(await whoIs(tx, organization_id, who))
    const meant_other = await whoIs(tx, organization_id, other)
    if (!meant_other) return { ok: false, problem: 'not_found' }
    if (whoName(meant) === whoName(meant_other)) return { ok: false, problem: 'same_person' }
    const mine = await homeOf(tx, organization_id, meant)
    const theirs = await homeOf(tx, organization_id, meant_other)
    if (mine.home !== null && mine.home === theirs.home) return { ok: false, problem: 'there_already' }
    // Only now: what is refused leaves nothing.
    const person_id = await personOf(tx, actor, who)
    const household = await householdFor(tx, actor, await personOf(tx, actor, other), theirs)
    await say(tx, actor, person_id, mine, { says: 'here', household, home: household.home, reason })
    return { ok: true }
  })
}

/** `who` does not live where they are said to live; where else, nobody knows. */
export function livesApart(db: Db, actor: Actor, who: string, reason: string | null): Promise<Living> {
  return inTransactionTwice(db, async (tx): Promise<Living> => {
    await lockHouseholds(tx, actor.organization_id)
    const meant = found(await whoIs(tx, actor.organization_id, who))
    const mine = await homeOf(tx, actor.organization_id, meant)
    if (mine.home === null || mine.by_hand?.says === 'apart') return { ok: false, problem: 'alone' }
    const residents = await residentsOf(tx, actor.organization_id, mine.home)
    if (residents.length < 2) return { ok: false, problem: 'alone' }
    const person_id = await personOf(tx, actor, who)
    const household = await householdFor(tx, actor, person_id, mine)
    await say(tx, actor, person_id, mine, { says: 'apart', household, home: null, reason })
    return { ok: true }
  })
}

const homeOfPerson = async (tx: Db, { organization_id }: Actor, person_id: string): Promise<Home> => {
  const { voter_id } = found(await personById(tx, organization_id, person_id))
  return homeOf(tx, organization_id, { voter_id, person_id })
}

/** The record of the household somebody lives in, made where there is none. Whoever had no home lives in the new one. */
async function householdFor(tx: Db, actor: Actor, person_id: string, at: Home): Promise<Household> {
  const { organization_id } = actor
  if (at.by_hand?.says === 'here') return found(await householdById(tx, organization_id, at.by_hand.household_id))
  const door = at.by_hand ? null : at.state_home
  const there = door === null ? undefined : await householdAt(tx, organization_id, door)
  if (there) return there
  const by = { created_by: actor.name, updated_by: actor.name }
  const { rows } = await sql<Household>`
    with made as (select gen_random_uuid() as id)
    insert into household (organization_id, household_id, home, is_door, created_by, updated_by)
      select ${organization_id}::uuid, id, coalesce(${door}::bigint, home_of_its_own(id)), ${door !== null}, ${by.created_by}, ${by.updated_by} from made
      returning *`.execute(tx)
  const household = found(rows[0])
  if (door === null)
    await say(tx, actor, person_id, at, { says: 'here', household, home: household.home, reason: null })
  return household
}

interface Said {
  says: 'here' | 'apart'
  household: Household
  /** null: one of their own. */
  home: number | null
  reason: string | null
}

async function say(tx: Db, actor: Actor, person_id: string, before: Home, said: Said): Promise<void> {
  const { organization_id, name: by } = actor
  const { says, household, home, reason } = said
  if (before.by_hand) await end(tx, actor, before.by_hand)
  await sql`
    with made as (select gen_random_uuid() as id)
    insert into household_member (organization_id, household_member_id, person_id, says, household_id, home, state_home, reason, changed_by, changed_at, replaces)
      select ${organization_id}::uuid, id, ${person_id}::uuid, ${says}, ${household.household_id}::uuid, coalesce(${home}::bigint, home_of_its_own(id)),
        ${before.state_home}::bigint, ${reason}, ${by}, clock_timestamp(), ${before.by_hand?.household_member_id ?? null}::uuid
      from made`.execute(tx)
  await audit(tx, actor, {
    action: `household.${says}`,
    subject: 'person',
    subject_id: person_id,
    before: standing(before.by_hand),
    after: { says, household_id: household.household_id, reason },
  })
}

/** As the activity log has it. */
const standing = (row: HouseholdMember | null): Record<string, unknown> =>
  row ? { says: row.says, household_id: row.household_id, reason: row.reason } : { says: 'state' }

const end = (tx: Db, actor: Actor, { household_member_id }: HouseholdMember) =>
  tx
    .updateTable('household_member')
    .set({ ended_at: sql<Date>`clock_timestamp()`, ended_by: actor.name })
    .where('organization_id', '=', actor.organization_id)
    .where('household_member_id', '=', household_member_id)
    .execute()

/** What holds of somebody, for an act of that very row: NotFound where another holds by now. */
async function current(tx: Db, actor: Actor, household_member_id: string): Promise<HouseholdMember> {
  await lockHouseholds(tx, actor.organization_id)
  return found(
    await tx
      .selectFrom('household_member')
      .selectAll()
      .where('organization_id', '=', actor.organization_id)
      // As text: what is no id at all is not found either.
      .where(sql`household_member_id::text`, '=', household_member_id)
      .where('ended_at', 'is', null)
      .executeTakeFirst(),
  )
}

/** Takes back what was said by hand: what held before holds again, first what was said by hand, then the state. */
export function takeBackHousehold(db: Db, actor: Actor, household_member_id: string): Promise<void> {
  return inTransactionTwice(db, async (tx) => {
    const row = await current(tx, actor, household_member_id)
    await end(tx, actor, row)
    const before =
      row.replaces === null
        ? undefined
        : await tx
            .updateTable('household_member')
            .set({ ended_at: null, ended_by: null })
            .where('organization_id', '=', actor.organization_id)
            .where('household_member_id', '=', row.replaces)
            .where('person_id', '=', row.person_id)
            .returningAll()
            .executeTakeFirst()
    await audit(tx, actor, {
      action: 'household.undo',
      subject: 'person',
      subject_id: row.person_id,
      before: standing(row),
      after: standing(before ?? null),
    })
  })
}

/** Somebody looked again after the voter file gave another address: it is still as it was said by hand. */
export function confirmHousehold(db: Db, actor: Actor, household_member_id: string): Promise<void> {
  return inTransactionTwice(db, async (tx) => {
    const row = await current(tx, actor, household_member_id)
    const { state_home } = await homeOfPerson(tx, actor, row.person_id)
    await tx
      .updateTable('household_member')
      .set({ state_home })
      .where('organization_id', '=', actor.organization_id)
      .where('household_member_id', '=', household_member_id)
      .execute()
    await audit(tx, actor, {
      action: 'household.confirm',
      subject: 'person',
      subject_id: row.person_id,
      after: standing(row),
    })
  })
}

/** Name, note and language of the home somebody lives in. */
export function describeHousehold(db: Db, actor: Actor, who: string, facts: HouseholdFacts): Promise<void> {
  return inTransactionTwice(db, async (tx) => {
    const { organization_id } = actor
    await lockHouseholds(tx, organization_id)
    const meant = found(await whoIs(tx, organization_id, who))
    const at = await homeOf(tx, organization_id, meant)
    const there = at.home === null ? undefined : await householdAt(tx, organization_id, at.home)
    const nothing = Object.values(facts).every((value) => value === null)
    if (!there && nothing) return
    const household = there ?? (await householdFor(tx, actor, await personOf(tx, actor, who), at))
    const changed = (['name', 'note', 'language'] as const).filter((field) => household[field] !== facts[field])
    if (changed.length === 0) return
    await tx
      .updateTable('household')
      .set({ ...facts, updated_by: actor.name, updated_at: sql<Date>`now()` })
      .where('organization_id', '=', organization_id)
      .where('household_id', '=', household.household_id)
      .execute()
    await audit(tx, actor, {
      action: 'household.update',
      subject: 'household',
      subject_id: household.household_id,
      before: Object.fromEntries(changed.map((field) => [field, household[field]])),
      after: Object.fromEntries(changed.map((field) => [field, facts[field]])),
    })
  })
}
