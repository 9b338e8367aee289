import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import type { Db } from '../../../platform/db/db.ts'
import { lookOf } from './queries.ts'
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
