import { z } from 'zod'
import type { Actor } from '../../../platform/actor.ts'
import { audit, systemActor } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { toThank } from '../../events/after/queries.ts'
import { eventById } from '../../events/queries.ts'
import { lockEvent } from '../../events/seats/commands.ts'
import { passTraining, removePassed } from '../held/commands.ts'
import { trainingsOf } from '../held/queries.ts'
import '../tables.ts'

export interface EventTraining {
  training_id: string
  /** Recorded as soon as somebody is checked in. */
  is_automatic: boolean
}

export async function trainingOfEvent(
  db: Db,
  organization_id: string,
  event_id: string,
): Promise<EventTraining | null> {
  // prettier-ignore
  const row = await db
    .selectFrom('event_training')
    .select(['training_id', 'is_automatic'])
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .executeTakeFirst()
  return row ?? null
}

/** Says which training an event teaches; null: none. What was passed there stays. */
export function setEventTraining(
  db: Db,
  actor: Actor,
  event_id: string,
  taught: EventTraining | null,
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const before = await trainingOfEvent(tx, organization_id, event_id)
    if (before?.training_id === taught?.training_id && before?.is_automatic === taught?.is_automatic) return
    await tx
      .deleteFrom('event_training')
      .where('organization_id', '=', organization_id)
      .where('event_id', '=', event_id)
      .execute()
    if (taught) {
      found((await trainingsOf(tx, organization_id)).find(({ training_id }) => training_id === taught.training_id))
      await tx
        .insertInto('event_training')
        .values({ organization_id, event_id, ...taught, set_by: actor.name, set_at: now })
        .execute()
    }
    await audit(tx, actor, {
      action: 'event.training',
      subject: 'event',
      subject_id: event_id,
      before: { training_id: before?.training_id ?? null, is_automatic: before?.is_automatic ?? false },
      after: { training_id: taught?.training_id ?? null, is_automatic: taught?.is_automatic ?? false },
    })
    if (taught?.is_automatic) await tend(tx, organization_id, event_id, now)
  })
}

interface Coming {
  /** 'YYYY-MM-DD' there. */
  on: string
  came: string[]
  /** Of those who came: on that day they have not passed it, or it no longer holds. */
  lacking: string[]
}

/** Who came to an event, and who of them lacks the training it teaches. */
export async function comingTo(
  db: Db,
  organization_id: string,
  event_id: string,
  training_id: string,
): Promise<Coming> {
  const { starts_at, time_zone } = found(await eventById(db, organization_id, event_id))
  const on = dateIn(time_zone, starts_at)
  const came = (await toThank(db, organization_id, event_id)).flatMap(({ which, person_id }) =>
    which === 'attended' ? [person_id] : [],
  )
  const passed = await db
    .selectFrom('training_passed')
    .select('person_id')
    .where('organization_id', '=', organization_id)
    .where('training_id', '=', training_id)
    .where('person_id', 'in', [...came, organization_id])
    .where('removed_at', 'is', null)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', on)]))
    .execute()
  const has = new Set(passed.map(({ person_id }) => person_id))
  return { on, came, lacking: came.filter((person_id) => !has.has(person_id)).toSorted() }
}

/** Whoever came has passed what the event teaches, on its day. Returns how many; who has it already keeps theirs. */
export function passWhoCameTo(db: Db, actor: Actor, event_id: string, now: Date): Promise<number> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const taught = await trainingOfEvent(tx, organization_id, event_id)
    if (!taught) return 0
    const { training_id } = taught
    const { on, lacking } = await comingTo(tx, organization_id, event_id, training_id)
    for (const person_id of lacking) await passTraining(tx, actor, person_id, { training_id, passed_on: on, event_id }, now) // prettier-ignore
    return lacking.length
  })
}

/**
 * What is recorded by itself, as attendance stands now: whoever came has it, whose attendance was taken back has not. What
 * somebody took out by hand stays out.
 */
async function tend(tx: Db, organization_id: string, event_id: string, now: Date): Promise<void> {
  const taught = await trainingOfEvent(tx, organization_id, event_id)
  if (!taught?.is_automatic) return
  const { content } = found(await eventById(tx, organization_id, event_id))
  const actor = systemActor(organization_id, localized(content.title, 'en').text || 'system')
  const { training_id } = taught
  const { on, came, lacking } = await comingTo(tx, organization_id, event_id, training_id)
  const rows = await tx
    .selectFrom('training_passed')
    .select(['passed_id', 'person_id', 'recorded_by', 'removed_at', 'removed_by'])
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .where('training_id', '=', training_id)
    .execute()
  for (const { passed_id, person_id, recorded_by, removed_at } of rows)
    if (!removed_at && recorded_by === actor.name && !came.includes(person_id)) await removePassed(tx, actor, passed_id, now) // prettier-ignore
  const taken_out = new Set(
    rows.flatMap(({ person_id, removed_by }) => (removed_by && removed_by !== actor.name ? [person_id] : [])),
  )
  for (const person_id of lacking)
    if (!taken_out.has(person_id)) await passTraining(tx, actor, person_id, { training_id, passed_on: on, event_id }, now) // prettier-ignore
}

/** Somebody's attendance at an event that teaches changed: added by the database with the attendance itself. */
export const trainedByComingJob = job({
  name: 'leadership.trained',
  payload: z.object({ organization_id: z.uuid(), event_id: z.uuid() }),
  async run({ organization_id, event_id }, { installation }) {
    const { database, clock } = installation as Installation
    await inTransaction(database.of(organization_id), async (tx) => {
      await lockEvent(tx, organization_id, event_id)
      await tend(tx, organization_id, event_id, clock.now())
    })
  },
})
