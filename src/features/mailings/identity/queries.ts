import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { unseal } from '../../../platform/seal.ts'
import type { MailIdentityTable } from '../tables.ts'
import '../tables.ts'

export type Identity = Selectable<MailIdentityTable>

export const identityOf = (db: Db, organization_id: string): Promise<Identity | undefined> =>
  db.selectFrom('mail_identity').selectAll().where('organization_id', '=', organization_id).executeTakeFirst()

export const domainOf = (address: string): string => address.split('@').at(-1) ?? ''

export const sealedFor = (organization_id: string): string => `mail key of ${organization_id}`

/** As whom mail is sent, and how it is signed; null: unsigned. */
export interface Sender {
  from_address: string
  reply_to: string | null
  signing: { domain: string; selector: string; private_key: string } | null
}

/** The organization's own, else the installation's. */
export async function senderOf(db: Db, organization_id: string, { secret, from_address }: { secret: string; from_address: string }): Promise<Sender> {
  const identity = await identityOf(db, organization_id)
  // Mail in the name of a domain that does not know our key is refused: until then it is the installation that writes.
  if (!identity?.is_signing) return { from_address, reply_to: identity?.from_address ?? null, signing: null }
  const private_key = unseal(secret, sealedFor(organization_id), identity.sealed_key)
  const signing = { domain: domainOf(identity.from_address), selector: identity.selector, private_key }
  return { from_address: identity.from_address, reply_to: identity.reply_to, signing }
} // prettier-ignore
