import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { lockArrivals } from '../../people/arrivals/commands.ts'
import { personOf } from '../../people/commands.ts'
import type { EventPart } from '../../targeting/schema.ts'
import { addPerson, openSignup } from '../commands.ts'
import { shiftsOf } from '../queries.ts'
import { lockEvent } from '../seats/commands.ts'
import { partsOf } from './queries.ts'
import './tables.ts'

/** 'no_seat': the part is theirs, and no seat was left for them. */
export type PartGiven = { ok: true; seat: 'theirs' | 'no_seat' } | { ok: false; problem: 'already' }

/**
 * Gives a person a part at an event. With it they are signed up for all of it, like everybody who comes: so they are written to,
 * reminded, and stand at the door and on their timeline.
 */
export function givePart(
  db: Db,
  actor: Actor,
  event_id: string,
  { part, who }: { part: EventPart; who: string },
  now: Date,
): Promise<PartGiven> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<PartGiven> => {
    await lockArrivals(tx, organization_id)
    const event = await lockEvent(tx, organization_id, event_id)
    const person_id = await personOf(tx, actor, who)
    const held = await partsOf(tx, organization_id, event_id)
    if (held.some((each) => each.part === part && each.person_id === person_id))
      return { ok: false, problem: 'already' }
    await insertPart(tx, actor, event_id, { part, person_id, name: null }, now)
    if (event.canceled_at || event.ends_at <= now || (await openSignup(tx, organization_id, event_id, person_id)))
      return { ok: true, seat: 'theirs' }
    const shift_ids = (await shiftsOf(tx, organization_id, [event_id])).map(({ shift_id }) => shift_id)
    const added = await addPerson(tx, actor, event_id, { who, as: 'signed_up', shift_ids }, now)
    return { ok: true, seat: added.ok ? 'theirs' : 'no_seat' }
  })
}

/** Somebody from outside, by name alone. */
export function nameGuest(
  db: Db,
  actor: Actor,
  event_id: string,
  { part, name }: { part: EventPart; name: string },
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, actor.organization_id, event_id)
    const held = await partsOf(tx, actor.organization_id, event_id)
    if (held.some((each) => each.part === part && each.name === name)) return
    await insertPart(tx, actor, event_id, { part, person_id: null, name }, now)
  })
}

/** Their seat stays until somebody cancels it. */
export function takePartBack(db: Db, actor: Actor, event_id: string, part_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const gone = await tx
      .deleteFrom('event_part')
      .where('organization_id', '=', actor.organization_id)
      .where('event_id', '=', event_id)
      .where('part_id', '=', part_id)
      .returning(['part', 'person_id', 'name'])
      .executeTakeFirst()
    if (gone)
      await audit(tx, actor, { action: 'event.part_back', subject: 'event', subject_id: event_id, before: { ...gone } })
  })
}

async function insertPart(
  tx: Db,
  actor: Actor,
  event_id: string,
  given: { part: EventPart; person_id: string | null; name: string | null },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('event_part')
    .values({ organization_id: actor.organization_id, event_id, ...given, made_by: actor.name, made_at: now })
    .execute()
  await audit(tx, actor, { action: 'event.part', subject: 'event', subject_id: event_id, after: { ...given } })
}
