import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { lookOf, looks_most, savedLookById, savedLooks } from './queries.ts'
import type { Colors } from './rules.ts'

/** How e-mails look from now on, those too that go out at this moment. `logo`: a picture of the organization's. */
export async function chooseLook(tx: Db, actor: Actor, { logo, ...colors }: Colors & { logo: string | null }): Promise<void> {
  const { organization_id } = actor
  const had = await lookOf(tx, organization_id)
  const before = had && { color: had.color, page_color: had.page_color, logo: had.logo?.picture ?? null }
  await tx
    .insertInto('mail_look')
    .values({ organization_id, ...colors, logo })
    .onConflict((conflict) => conflict.column('organization_id').doUpdateSet({ ...colors, logo }))
    .execute()
  await audit(tx, actor, { action: 'mail_look.choose', subject: 'organization', subject_id: organization_id, before: before ?? {}, after: { ...colors, logo } }) // prettier-ignore
} // prettier-ignore

export interface NamedLook extends Colors {
  name: string
  logo: string | null
}

/** Another look beside the usual one; null: there are as many as can be looked through. */
export function keepLook(db: Db, actor: Actor, look: NamedLook, now: Date): Promise<string | null> {
  return inTransaction(db, async (tx) => {
    const { organization_id, name: made_by } = actor
    // Two at once are counted one after the other.
    await sql`select pg_advisory_xact_lock(hashtextextended('mail_saved_look ' || ${organization_id}, 0))`.execute(tx)
    if ((await savedLooks(tx, organization_id)).length >= looks_most) return null
    const { look_id } = await tx.insertInto('mail_saved_look').values({ organization_id, ...look, made_by, made_at: now }).returning('look_id').executeTakeFirstOrThrow()
    await audit(tx, actor, { action: 'mail_saved_look.make', subject: 'mail_saved_look', subject_id: look_id, after: { ...look } })
    return look_id
  })
} // prettier-ignore

export async function changeLook(tx: Db, actor: Actor, look_id: string, look: NamedLook): Promise<void> {
  const { organization_id } = actor
  const { name, color, page_color, logo } = found(await savedLookById(tx, organization_id, look_id))
  await tx.updateTable('mail_saved_look').set(look).where('organization_id', '=', organization_id).where('look_id', '=', look_id).execute()
  await audit(tx, actor, { action: 'mail_saved_look.change', subject: 'mail_saved_look', subject_id: look_id, before: { name, color, page_color, logo: logo?.picture ?? null }, after: { ...look } })
} // prettier-ignore

/** E-mails that had it look as usual. */
export function removeLook(db: Db, actor: Actor, look_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { name } = found(await savedLookById(tx, organization_id, look_id))
    await tx.deleteFrom('mail_saved_look').where('organization_id', '=', organization_id).where('look_id', '=', look_id).execute()
    await audit(tx, actor, { action: 'mail_saved_look.remove', subject: 'mail_saved_look', subject_id: look_id, before: { name } })
  })
} // prettier-ignore
