import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { hashToKeep, mayBeSentBy } from '../approval/queries.ts'
import { unsettleLine } from '../commands.ts'
import type { MailingLane } from '../schema.ts'
import { tryAgain } from '../sending/failures.ts'
import { sendAt } from '../sending/jobs.ts'
import { lastAddress } from '../writing/queries.ts'
import type { MailContent } from '../writing/schema.ts'
import { tendAt } from './jobs.ts'
import './messages.ts'
import { journeyById, type Journey } from './queries.ts'
import type { JourneyForm, JourneyState, JourneyStarter } from './schema.ts'
import { starterJourney } from './starters.ts'
import './tables.ts'

export interface NewJourney {
  starter: JourneyStarter
  name: string
  event_id: string | null
}

/** Made with the steps of its starter, each in both languages; nothing runs before somebody starts it. */
export function makeJourney(
  db: Db,
  actor: Actor,
  { starter, name, event_id }: NewJourney,
  { t, today, now }: { t: Translate; today: string; now: Date },
): Promise<string> {
  const { organization_id } = actor
  const { steps, ...begins } = starterJourney(starter, event_id, today)
  return inTransaction(db, async (tx) => {
    if (event_id) await eventHere(tx, organization_id, event_id)
    const { journey_id } = await tx
      .insertInto('mail_journey')
      .values({ organization_id, name, ...begins, event_id, made_by: actor.name, made_at: now })
      .returning('journey_id')
      .executeTakeFirstOrThrow()
    const { lane, expression } = begins
    await audit(tx, actor, { action: 'mail_journey.make', subject: 'mail_journey', subject_id: journey_id, after: { name, lane, expression, event_id } }) // prettier-ignore
    const postal_address = await lastAddress(tx, organization_id)
    for (const [at, { wait_hours, content }] of steps.entries())
      await putStep(tx, actor, { organization_id, journey_id, name, lane }, { n: at + 1, wait_hours, content: { ...content, postal_address } }, { t, now }) // prettier-ignore
    return journey_id
  })
}

const eventHere = async (tx: Db, organization_id: string, event_id: string) =>
  found(
    await tx
      .selectFrom('event')
      .select('event_id')
      .where('organization_id', '=', organization_id)
      .where('event_id', '=', event_id)
      .where('canceled_at', 'is', null)
      .executeTakeFirst(),
  )

interface Step {
  n: number
  wait_hours: number
  content: MailContent | null
}

async function putStep(
  tx: Db,
  actor: Actor,
  { organization_id, journey_id, name, lane }: Pick<Journey, 'organization_id' | 'journey_id' | 'name' | 'lane'>,
  { n, wait_hours, content }: Step,
  { t, now }: { t: Translate; now: Date },
): Promise<void> {
  const called = t('journeys.step_named', { name: name.slice(0, 100), number: n })
  const { mailing_id } = await tx
    .insertInto('mailing')
    .values({
      organization_id,
      name: called,
      lane,
      journey_id,
      made_by: actor.name,
      made_at: now,
      ...(content && { content: JSON.stringify(content) }),
    }) // prettier-ignore
    .returning('mailing_id')
    .executeTakeFirstOrThrow()
  await tx.insertInto('mail_journey_step').values({ organization_id, journey_id, n, mailing_id, wait_hours }).execute()
  await audit(tx, actor, { action: 'mail_journey.add_step', subject: 'mail_journey', subject_id: journey_id, after: { mailing_id, wait_hours } }) // prettier-ignore
}

/** The journey, held until the transaction ends; `states`: only in one of these. */
async function journeyForChange(tx: Db, actor: Actor, journey_id: string, states: readonly JourneyState[]): Promise<Journey> {
  const { organization_id } = actor
  await tx.selectFrom('mail_journey').select('journey_id').where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).forUpdate().execute()
  const journey = found(await journeyById(tx, organization_id, journey_id))
  if (!states.includes(journey.state)) throw new Conflict()
  return journey
} // prettier-ignore

const open: readonly JourneyState[] = ['draft', 'paused']

/** Who comes in, who leaves and how it is called, while nothing of it goes out. */
export async function changeJourney(tx: Db, actor: Actor, journey_id: string, form: JourneyForm): Promise<void> {
  const { organization_id } = actor
  const journey = await journeyForChange(tx, actor, journey_id, open)
  const lane: MailingLane = journey.started_at ? journey.lane : form.lane
  // Of an event, whoever is signed up for it: nothing else is asked.
  const after = { ...form, lane, ...(journey.event_id && { expression: '', exits: '', takes_all: true }) }
  // For others by now: who fits already is noted anew when it goes on.
  const isForOthers = after.expression !== journey.expression || after.takes_all !== journey.takes_all
  if (isForOthers) await tx.deleteFrom('mail_journey_person').where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).where('left_for', '=', 'before').execute() // prettier-ignore
  await tx.updateTable('mail_journey').set({ ...after, ...(isForOthers && { met_at: null }) }).where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).execute() // prettier-ignore
  await tx.updateTable('mailing').set({ lane }).where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).execute() // prettier-ignore
  if (lane !== journey.lane) await unsettleLine(tx, actor, { journey_id })
  const { name, expression, exits, takes_all, rest_hours } = journey
  await audit(tx, actor, {
    action: 'mail_journey.change',
    subject: 'mail_journey',
    subject_id: journey_id,
    before: { name, lane: journey.lane, expression, exits, takes_all, rest_hours },
    after,
  })
}

export function addStep(db: Db, actor: Actor, journey_id: string, wait_hours: number, here: { t: Translate; now: Date }) {
  return inTransaction(db, async (tx) => {
    const journey = await journeyForChange(tx, actor, journey_id, open)
    const { last } = await tx
      .selectFrom('mail_journey_step')
      .select((eb) => eb.fn.coalesce(eb.fn.max('n'), eb.lit(0)).as('last'))
      .where('organization_id', '=', actor.organization_id)
      .where('journey_id', '=', journey_id)
      .executeTakeFirstOrThrow()
    await putStep(tx, actor, journey, { n: last + 1, wait_hours, content: null }, here)
  })
} // prettier-ignore

/** How long it is waited for; null: the step is taken out, what went out of it stays. */
export function changeStep(db: Db, actor: Actor, journey_id: string, mailing_id: string, wait_hours: number | null, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await journeyForChange(tx, actor, journey_id, open)
    const step = found(
      await tx.selectFrom('mail_journey_step').select('wait_hours').where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).where('mailing_id', '=', mailing_id).executeTakeFirst(),
    )
    const before = { mailing_id, wait_hours: step.wait_hours }
    if (wait_hours === null) {
      await tx.deleteFrom('mail_journey_step').where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).where('mailing_id', '=', mailing_id).execute()
      await cancelSteps(tx, { organization_id, journey_id }, [mailing_id], now)
      await audit(tx, actor, { action: 'mail_journey.remove_step', subject: 'mail_journey', subject_id: journey_id, before })
      return
    }
    await tx.updateTable('mail_journey_step').set({ wait_hours }).where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).where('mailing_id', '=', mailing_id).execute()
    await audit(tx, actor, { action: 'mail_journey.change_step', subject: 'mail_journey', subject_id: journey_id, before, after: { mailing_id, wait_hours } })
  })
} // prettier-ignore

/** From now on it takes people in by itself. */
export function startJourney(db: Db, actor: Actor, journey_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { started_at, event_id, expression } = await journeyForChange(tx, actor, journey_id, open)
    if (!event_id && expression === '') throw new Conflict()
    // Held: what is looked at here is what goes out.
    const written = await tx.selectFrom('mailing').selectAll().where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).where('state', '=', 'draft').orderBy('mailing_id').forUpdate().execute()
    for (const mailing of written) if (!(await mayBeSentBy(tx, mailing, actor.id))) throw new Conflict()
    for (const mailing of written) await tx.updateTable('mailing').set({ approved_hash: await hashToKeep(tx, mailing) }).where('organization_id', '=', organization_id).where('mailing_id', '=', mailing.mailing_id).execute()
    await tx.updateTable('mail_journey').set({ state: 'running', started_at: started_at ?? now, problem: null }).where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).execute()
    const steps = await tx
      .updateTable('mailing')
      .set({ state: 'sending', listed_at: sql<Date>`coalesce(listed_at, ${now})`, problem: null })
      .where('organization_id', '=', organization_id)
      .where('journey_id', '=', journey_id)
      .where('state', '=', 'draft')
      .returning('mailing_id')
      .execute()
    if (steps.length === 0) throw new Conflict()
    await tryAgain(tx, organization_id, steps.map(({ mailing_id }) => mailing_id), now)
    // What was listed before a pause goes on.
    for (const { mailing_id } of steps) await sendAt(tx, { organization_id, mailing_id }, now)
    await tendAt(tx, { organization_id, journey_id }, now)
    await audit(tx, actor, { action: 'mail_journey.start', subject: 'mail_journey', subject_id: journey_id })
  })
} // prettier-ignore

/** Nothing more goes out until it is started again; meanwhile its steps can be written. */
export function pauseJourney(db: Db, actor: Actor, journey_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await journeyForChange(tx, actor, journey_id, ['running'])
    await tx.updateTable('mail_journey').set({ state: 'paused' }).where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).execute()
    await tx.updateTable('mailing').set({ state: 'draft' }).where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).where('state', 'in', ['sending', 'paused']).execute()
    await audit(tx, actor, { action: 'mail_journey.pause', subject: 'mail_journey', subject_id: journey_id })
  })
} // prettier-ignore

/** Nothing more goes out of these steps (null: of all), also to whoever stood on their lists already. */
async function cancelSteps(tx: Db, { organization_id, journey_id }: Pick<Journey, 'organization_id' | 'journey_id'>, steps: string[] | null, now: Date): Promise<void> {
  const open = tx.updateTable('mailing').set({ state: 'canceled', finished_at: now }).where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).where('state', '<>', 'canceled')
  const canceled = await (steps ? open.where('mailing_id', 'in', steps) : open).returning('mailing_id').execute()
  if (canceled.length === 0) return
  await tx.updateTable('mail_delivery').set({ state: 'left_out', left_out_for: 'left_journey', changed_at: now, next_at: null }).where('organization_id', '=', organization_id)
    .where('mailing_id', 'in', canceled.map(({ mailing_id }) => mailing_id)).where('state', 'in', ['waiting', 'deferred']).execute()
} // prettier-ignore

/** For good: whoever is in it gets no more. */
export function endJourney(db: Db, actor: Actor, journey_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await journeyForChange(tx, actor, journey_id, ['draft', 'running', 'paused'])
    await tx.updateTable('mail_journey').set({ state: 'ended' }).where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).execute()
    await cancelSteps(tx, { organization_id, journey_id }, null, now)
    await tx.updateTable('mail_journey_person').set({ left_at: now, left_for: 'ended', next_at: null }).where('organization_id', '=', organization_id).where('journey_id', '=', journey_id).where('left_at', 'is', null).execute()
    await audit(tx, actor, { action: 'mail_journey.end', subject: 'mail_journey', subject_id: journey_id })
  })
} // prettier-ignore
