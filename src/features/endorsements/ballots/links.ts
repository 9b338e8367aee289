import { createHash, randomBytes } from 'node:crypto'
import { receiptOf } from './rules.ts'

/** What lets one member vote once: 192 random bits, kept as their SHA-256 alone. */
export function makeCredential(): { credential: string; credential_hash: string } {
  const credential = randomBytes(24).toString('base64url')
  return { credential, credential_hash: hashOf(credential) }
}

export const hashOf = (credential: string): string => createHash('sha256').update(credential).digest('hex')

export const votePath = (organization: string, cycle_id: string, credential: string): string =>
  `/c/${organization}/${cycle_id}/vote/${credential}`

export const makeReceipt = (): string => receiptOf(randomBytes(10))

/** What a box, a paper typed by one person and a mail that waits are sealed for. */
export const box_purpose = 'endorsement box'
export const paper_purpose = 'endorsement paper'
export const mail_purpose = 'endorsement credential'
