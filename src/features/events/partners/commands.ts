import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { eventById } from '../queries.ts'
import { partnerById } from './queries.ts'
import type { PartnerFields } from './schema.ts'

/** Read aloud and typed from paper: without letters that look alike. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
const newCode = (): string => Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('')

const rowOf = ({ name_en, name_ko, ...fields }: PartnerFields) => ({
  ...fields,
  name: JSON.stringify({ ...(name_en && { en: name_en }), ...(name_ko && { ko: name_ko }) }),
})

/** A partner that promotes an event, with a link of its own. Answers its id. */
export function addPartner(db: Db, actor: Actor, event_id: string, fields: PartnerFields, now: Date): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    found(await eventById(tx, organization_id, event_id))
    const { partner_id } = await tx
      .insertInto('event_partner')
      .values({ organization_id, event_id, ...rowOf(fields), code: newCode(), made_at: now, made_by: actor.name })
      .returning('partner_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'event.partner_add',
      subject: 'event',
      subject_id: event_id,
      after: { partner_id, ...fields },
    })
    return partner_id
  })
}

export function savePartner(
  db: Db,
  actor: Actor,
  event_id: string,
  partner_id: string,
  fields: PartnerFields,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const before = found(await partnerById(tx, organization_id, event_id, partner_id))
    await tx
      .updateTable('event_partner')
      .set(rowOf(fields))
      .where('organization_id', '=', organization_id)
      .where('partner_id', '=', partner_id)
      .execute()
    const { name, website, contact, email, is_co_host } = before
    await audit(tx, actor, {
      action: 'event.partner_update',
      subject: 'event',
      subject_id: event_id,
      before: { name_en: name.en ?? '', name_ko: name.ko ?? '', website, contact, email, is_co_host },
      after: { ...fields },
    })
  })
}

/** Its link counts no more and it leaves the page; `is_back`: that is undone. What came by it stays counted. */
export function removePartner(
  db: Db,
  actor: Actor,
  event_id: string,
  partner_id: string,
  { is_back }: { is_back: boolean },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { removed_at } = found(await partnerById(tx, organization_id, event_id, partner_id))
    if ((removed_at === null) === is_back) return
    await tx
      .updateTable('event_partner')
      .set({ removed_at: is_back ? null : now })
      .where('organization_id', '=', organization_id)
      .where('partner_id', '=', partner_id)
      .execute()
    await audit(tx, actor, {
      action: is_back ? 'event.partner_restore' : 'event.partner_remove',
      subject: 'event',
      subject_id: event_id,
      after: { partner_id },
    })
  })
}

/** By whose link somebody signs up, and what they ticked about telling that partner; in the transaction of the sign-up. */
export interface CameBy {
  partner_id: string
  wording: string | null
}

export const keepCameBy = (tx: Db, organization_id: string, signup_id: string, { partner_id, wording }: CameBy, now: Date) =>
  tx
    .insertInto('event_signup_partner')
    .values({ organization_id, signup_id, partner_id, wording, at: now })
    .onConflict((conflict) => conflict.columns(['organization_id', 'signup_id']).doUpdateSet({ partner_id, wording, at: now }))
    .execute() // prettier-ignore

/** Somebody does not want their partner to be told any more, whichever of their sign-ups said so. */
export function untell(db: Db, actor: Actor, event_id: string, signup_id: string): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ partner_id: string }>`
      update event_signup_partner p set wording = null from event_signup s, event_signup o
      where s.organization_id = ${organization_id}::uuid and s.signup_id = ${signup_id}::uuid
        and o.organization_id = s.organization_id and o.event_id = s.event_id and o.person_id = s.person_id
        and p.organization_id = o.organization_id and p.signup_id = o.signup_id and p.wording is not null
      returning p.partner_id`.execute(tx)
    for (const { partner_id } of rows)
      await audit(tx, actor, {
        action: 'event.partner_untell',
        subject: 'event',
        subject_id: event_id,
        after: { partner_id },
      })
  })
}
