import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import type { Mailing } from '../queries.ts'
import { linksIn } from '../writing/check-rules.ts'
import { MailContent } from '../writing/schema.ts'
import { triedOf } from './queries.ts'
import type { Tried } from './rules.ts'

export type TryAll = (addresses: readonly string[]) => Promise<ReadonlyMap<string, Tried>>

/** What answered well is not asked again so soon. */
const good_hours = 24
const links_most = 60

/** Tries what a mailing leads to; what answered well of late is remembered. How many were tried. */
export async function tryLinks(db: Db, actor: Actor, mailing: Mailing, tryAll: TryAll, now: Date): Promise<number> {
  const { organization_id } = actor
  const links = linksIn(MailContent.parse(mailing.content))
  const known = await triedOf(db, organization_id, links)
  const since = new Date(now.getTime() - good_hours * 3_600_000)
  const left = links
    .filter((address) => {
      const last = known.get(address)
      return last?.result !== 'good' || last.tried_at < since
    })
    .slice(0, links_most)
  if (left.length === 0) return 0
  const tried = await tryAll(left)
  if (tried.size === 0) return 0
  const rows = [...tried].map(([address, { result, status }]) => ({ organization_id, address, result, status, tried_at: now })) // prettier-ignore
  await inTransaction(db, async (tx) => {
    await tx
      .insertInto('mail_link')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['organization_id', 'address']).doUpdateSet({
          result: sql`excluded.result`,
          status: sql`excluded.status`,
          tried_at: sql`excluded.tried_at`,
        }),
      )
      .execute()
    const dead = rows.flatMap(({ result, address }) => (result === 'dead' || result === 'inside' ? [address] : []))
    await audit(tx, actor, { action: 'mailing.try_links', subject: 'mailing', subject_id: mailing.mailing_id, after: { dead } }) // prettier-ignore
  })
  return rows.length
}
