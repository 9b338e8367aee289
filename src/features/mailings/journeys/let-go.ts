import { sql, type RawBuilder } from 'kysely'
import { audit, systemActor } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import { compilePeople } from '../../targeting/people/queries.ts'
import { entersOf, eventOf, journeyById } from './queries.ts'
import './tables.ts'

/** Stops a running journey by itself, with why: it goes on where somebody starts it again. */
export async function holdJourney(
  tx: Db,
  { organization_id, journey_id }: Pick<Step, 'organization_id' | 'journey_id'>,
  problem: string,
): Promise<void> {
  const held = await tx
    .updateTable('mail_journey')
    .set({ state: 'paused', problem })
    .where('organization_id', '=', organization_id)
    .where('journey_id', '=', journey_id)
    .where('state', '=', 'running')
    .returning('journey_id')
    .execute()
  if (held.length === 0) return
  await tx
    .updateTable('mailing')
    .set({ state: 'draft' })
    .where('organization_id', '=', organization_id)
    .where('journey_id', '=', journey_id)
    .where('state', 'in', ['sending', 'paused'])
    .execute()
  await audit(tx, systemActor(organization_id), { action: 'mail_journey.pause', subject: 'mail_journey', subject_id: journey_id, after: { problem } }) // prettier-ignore
}

interface Step {
  organization_id: string
  mailing_id: string
  journey_id: string
}

/** A mail meant for the very beginning of an event may still come so long after it. */
const begun_ms = 3_600_000

/**
 * Takes off a step's list whoever has left since they were put there: mails wait on it while the mail server is away or the
 * journey is paused. Asked before every few hundred are handed over.
 */
export async function letGo(
  db: Db,
  { organization_id, mailing_id, journey_id }: Step,
  { time_zone }: { time_zone: string },
  now: Date,
): Promise<void> {
  const journey = await journeyById(db, organization_id, journey_id)
  if (!journey) return
  const leave = (who: RawBuilder<unknown>) =>
    sql`update mail_delivery d set state = 'left_out', left_out_for = 'left_journey', changed_at = ${now}, next_at = null
      where d.organization_id = ${organization_id}::uuid and d.mailing_id = ${mailing_id}::uuid and d.state in ('waiting', 'deferred') and ${who}`.execute(
      db,
    )
  const compile = (expression: string) => compilePeople(db, expression, organization_id, dateIn(time_zone, now), { marked: true }) // prettier-ignore
  if (journey.event_id) {
    const event = await eventOf(db, journey)
    const step = await db
      .selectFrom('mail_journey_step')
      .select('wait_hours')
      .where('organization_id', '=', organization_id)
      .where('mailing_id', '=', mailing_id)
      .executeTakeFirst()
    const begins = (event?.starts_at.getTime() ?? 0) + (step?.wait_hours === 0 ? begun_ms : 0)
    if (!event || event.canceled_at || begins <= now.getTime()) {
      await leave(sql`true`)
      return
    }
    const enters = await compile(entersOf(journey, event))
    if (enters.ok)
      await leave(
        sql`mail_person(d.organization_id, d.person_id) not in (select f.person_id from (${enters.people.people()}) f)`,
      )
  } else if (journey.exits) {
    const exits = await compile(journey.exits)
    if (exits.ok)
      await leave(
        sql`mail_person(d.organization_id, d.person_id) in (select f.person_id from (${exits.people.people()}) f)`,
      )
  }
}
