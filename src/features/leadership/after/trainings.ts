import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../../../platform/actor.ts'
import { audit, systemActor } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { eventById } from '../../events/queries.ts'
import { lockEvent } from '../../events/seats/commands.ts'
import { passTraining, removePassed } from '../held/commands.ts'
import { trainingsOf, type Training } from '../held/queries.ts'
import { gainsBy } from '../rules.ts'
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

/**
 * Says which training an event teaches; null: none. What was recorded of another by itself goes, what somebody recorded stays. One
 * put away since is kept, and taken no more.
 */
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
      const { archived_at } = await trainingById(tx, organization_id, taught.training_id)
      if (archived_at && before?.training_id !== taught.training_id) throw new NotFound()
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
    await tend(tx, organization_id, event_id, now)
  })
}

const trainingById = async (db: Db, organization_id: string, training_id: string): Promise<Training> =>
  found(
    (await trainingsOf(db, organization_id, { with_archived: true })).find((each) => each.training_id === training_id),
  )

interface Coming {
  /** 'YYYY-MM-DD' there. */
  on: string
  came: string[]
  /** Of those who came: whom passing it on that day gives something, as it was not passed by then or would hold longer. */
  lacking: string[]
}

/** Who came to an event, and who of them lacks the training it teaches. Of whoever was erased nothing is written any more. */
export async function comingTo(
  db: Db,
  organization_id: string,
  event_id: string,
  training_id: string,
): Promise<Coming> {
  const { starts_at, time_zone } = found(await eventById(db, organization_id, event_id))
  const on = dateIn(time_zone, starts_at)
  const training = await trainingById(db, organization_id, training_id)
  const { rows } = await sql<{ person_id: string; passed: { passed_on: string; until_on: string | null }[] }>`
    select p.person_id, (select coalesce(jsonb_agg(jsonb_build_object('passed_on', d.passed_on, 'until_on', d.until_on)), '[]') from training_passed d
      where d.organization_id = p.organization_id and d.person_id = p.person_id and d.training_id = ${training_id}::uuid and d.removed_at is null) as passed
    from person p where p.organization_id = ${organization_id}::uuid and p.erased_at is null
      and p.person_id in (select coalesce(w.merged_into, w.person_id) from event_presence x
        join person w on w.organization_id = x.organization_id and w.person_id = x.person_id
        where x.organization_id = ${organization_id}::uuid and x.event_id = ${event_id}::uuid and x.was_there)
    order by p.person_id`.execute(db)
  return {
    on,
    came: rows.map(({ person_id }) => person_id),
    lacking: rows.filter(({ passed }) => gainsBy(training, passed, on)).map(({ person_id }) => person_id),
  }
}

/** Whoever came has passed what the event teaches, on its day. Returns how many; who holds it as long already keeps theirs. */
export function passWhoCameTo(db: Db, actor: Actor, event_id: string, now: Date): Promise<number> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const taught = await trainingOfEvent(tx, organization_id, event_id)
    if (!taught) return 0
    const { training_id } = taught
    const { on, lacking } = await comingTo(tx, organization_id, event_id, training_id)
    for (const person_id of lacking)
      await passTraining(tx, actor, person_id, { training_id, passed_on: on, event_id }, now, { by_coming: true })
    return lacking.length
  })
}

/**
 * What is recorded by itself, as attendance stands now: whoever came has it, whose attendance was taken back has not, nor anybody
 * what the event does not teach. What somebody took out by hand stays out.
 */
async function tend(tx: Db, organization_id: string, event_id: string, now: Date): Promise<void> {
  const taught = await trainingOfEvent(tx, organization_id, event_id)
  const coming = taught && (await comingTo(tx, organization_id, event_id, taught.training_id))
  const rows = await tx
    .selectFrom('training_passed')
    .select(['passed_id', 'person_id', 'training_id', 'follows_attendance', 'removed_at'])
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .orderBy('person_id')
    .execute()
  const { content } = found(await eventById(tx, organization_id, event_id))
  const actor = systemActor(organization_id, localized(content.title, 'en').text || 'system')
  for (const { passed_id, person_id, training_id, follows_attendance, removed_at } of rows)
    if (follows_attendance && !removed_at && !(training_id === taught?.training_id && coming?.came.includes(person_id)))
      await removePassed(tx, actor, passed_id, now, { by_itself: true })
  if (!taught?.is_automatic || !coming) return
  const { training_id } = taught
  const taken_out = new Set(
    rows.flatMap((row) => (row.training_id === training_id && row.removed_at && !row.follows_attendance ? [row.person_id] : [])), // prettier-ignore
  )
  for (const person_id of coming.lacking)
    if (!taken_out.has(person_id))
      await passTraining(tx, actor, person_id, { training_id, passed_on: coming.on, event_id }, now, { by_coming: true, follows_attendance: true }) // prettier-ignore
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
