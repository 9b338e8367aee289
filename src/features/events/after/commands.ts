import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { minutesOf } from '../meetings/queries.ts'
import { lockEvent } from '../seats/commands.ts'
import { everOf, shiftsOf, signupById } from '../queries.ts'
import type { EventText } from '../schema.ts'
import { thanksMail } from './later.ts'
import { afterOf, hoursOfEvent, toThank } from './queries.ts'
import type { Thanked, Thanks } from './schema.ts'
import './tables.ts'

interface Written {
  thanks?: Thanks
  feedback_form_id?: string | null
  notes?: EventText
  notes_published_at?: Date | null
}

/** In the transaction it is given. */
async function write(tx: Db, actor: Actor, event_id: string, written: Written, now: Date): Promise<void> {
  const { organization_id } = actor
  const { thanks, notes, ...rest } = written
  const values = {
    ...rest,
    ...(thanks && { thanks: JSON.stringify(thanks) }),
    ...(notes && { notes: JSON.stringify(notes) }),
    changed_by: actor.name,
    changed_at: now,
  }
  await tx
    .insertInto('event_after')
    .values({ organization_id, event_id, feedback_form_id: null, ...values })
    .onConflict((same) => same.columns(['organization_id', 'event_id']).doUpdateSet(values))
    .execute()
}

/** Our notes of an event, published on its page or not. `approved`: they are part of minutes that stay as they are. */
export function saveNotes(
  db: Db,
  actor: Actor,
  event_id: string,
  { notes, is_published }: { notes: EventText; is_published: boolean },
  now: Date,
): Promise<{ ok: true } | { ok: false; problem: 'approved' }> {
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, actor.organization_id, event_id)
    const before = await afterOf(tx, actor.organization_id, event_id)
    const { approved_on } = await minutesOf(tx, actor.organization_id, event_id)
    if (approved_on && !isDeepStrictEqual(notes, before.notes)) return { ok: false, problem: 'approved' } as const
    const notes_published_at = is_published ? (before.notes_published_at ?? now) : null
    await write(tx, actor, event_id, { notes, notes_published_at }, now)
    await audit(tx, actor, {
      action: 'event.notes',
      subject: 'event',
      subject_id: event_id,
      before: { notes: before.notes, is_published: before.notes_published_at !== null },
      after: { notes, is_published },
    })
    return { ok: true } as const
  })
}

/** By which form people say how it was. */
export function setFeedbackForm(db: Db, actor: Actor, event_id: string, form_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    await write(tx, actor, event_id, { feedback_form_id: form_id }, now)
    await audit(tx, actor, { action: 'event.feedback', subject: 'event', subject_id: event_id, after: { form_id } })
  })
}

export function saveThanks(db: Db, actor: Actor, event_id: string, thanks: Thanks, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, actor.organization_id, event_id)
    const before = await afterOf(tx, actor.organization_id, event_id)
    await write(tx, actor, event_id, { thanks }, now)
    await audit(tx, actor, {
      action: 'event.thanks_text',
      subject: 'event',
      subject_id: event_id,
      before: { thanks: before.thanks },
      after: { thanks },
    })
  })
}

/** Thanks everybody of these who can be and was not yet: each person once. Returns how many. */
export function sendThanks(
  db: Db,
  actor: Actor,
  event_id: string,
  which: readonly Thanked[],
  now: Date,
): Promise<number> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { ends_at, canceled_at } = await lockEvent(tx, organization_id, event_id)
    if (ends_at > now || canceled_at) return 0
    const rows = (await toThank(tx, organization_id, event_id)).filter(
      (row) => row.why_not === null && which.includes(row.which),
    )
    if (rows.length === 0) return 0
    await tx
      .insertInto('event_thanks')
      .values(
        rows.map((row) => ({
          organization_id,
          signup_id: row.signup_id,
          which: row.which,
          made_at: now,
          made_by: actor.name,
        })),
      )
      .execute()
    // In one statement: there may be hundreds.
    await sql`select enqueue_job(${thanksMail.name}::text, json_build_object('organization_id', ${organization_id}::uuid, 'event_id', ${event_id}::uuid,
        'signup_id', signup_id), null::text, null::timestamptz, null::integer, null::text)
      from unnest(${rows.map(({ signup_id }) => signup_id)}::uuid[]) as thanked (signup_id)`.execute(tx)
    await audit(tx, actor, {
      action: 'event.thank',
      subject: 'event',
      subject_id: event_id,
      after: { people: rows.length },
    })
    return rows.length
  })
}

/** Says how long somebody was there in truth; null: as long as the shift. */
export function correctHours(
  db: Db,
  actor: Actor,
  event_id: string,
  { signup_id, shift_id, minutes, reason }: { signup_id: string; shift_id: string; minutes: number | null; reason: string }, // prettier-ignore
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const { person_id } = found(await signupById(tx, organization_id, event_id, signup_id))
    found((await shiftsOf(tx, organization_id, [event_id], { with_removed: true })).find((each) => each.shift_id === shift_id)) // prettier-ignore
    const before = found(
      (await hoursOfEvent(tx, organization_id, event_id)).find(
        (each) => each.person_id === person_id && each.shift_id === shift_id,
      ),
    )
    // Of all their sign-ups, for the largest counts: there are two after a merge.
    await sql`insert into event_hours (organization_id, signup_id, shift_id, minutes, reason, at, made_by)
      select s.organization_id, s.signup_id, ${shift_id}::uuid, ${minutes}::integer, ${reason}::text, ${now}::timestamptz, ${actor.name}::text
      from event_signup s where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid
        and s.person_id = ${everOf(organization_id, person_id)}`.execute(tx)
    await audit(tx, actor, {
      action: 'event.hours',
      subject: 'event',
      subject_id: event_id,
      before: { person_id, minutes: before.minutes },
      after: { person_id, minutes: minutes ?? before.shift_minutes, reason },
    })
  })
}
