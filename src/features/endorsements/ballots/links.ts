import { createHash, createHmac, randomBytes } from 'node:crypto'
import { isSame } from '../../../platform/same.ts'
import { isReceipt, receipt_length, receiptOf } from './rules.ts'

/** What lets one member vote once: 192 random bits, kept as their SHA-256 alone. */
export function makeCredential(): { credential: string; credential_hash: string } {
  const credential = randomBytes(24).toString('base64url')
  return { credential, credential_hash: hashOf(credential) }
}

export const hashOf = (credential: string): string => createHash('sha256').update(credential).digest('hex')

export const votePath = (organization: string, cycle_id: string, credential: string): string =>
  `/c/${organization}/${cycle_id}/vote/${credential}`

export const makeReceipt = (): string => receiptOf(randomBytes(10))

interface Receipt {
  /** Of whom the page is for. */
  credential: string
  contest_id: number
  receipt: string
}

/**
 * The number of a ballot as the voter's page sends it back: with a proof that we made it, for this link and contest. The
 * number itself stays random, so that nothing kept leads from it to a voter.
 */
export const provenReceipt = (secret: string, of: Receipt): string => `${of.receipt}.${proofOf(secret, of)}`

/** The number in what a page sent; null: it is not ours, or was made for somebody else. */
export function receiptIn(secret: string, sent: string, of: Omit<Receipt, 'receipt'>): string | null {
  const receipt = sent.slice(0, receipt_length)
  return isReceipt(receipt) && isSame(provenReceipt(secret, { ...of, receipt }), sent) ? receipt : null
}

const proofOf = (secret: string, { credential, contest_id, receipt }: Receipt): string =>
  createHmac('sha256', secret).update(`endorsement receipt ${credential} ${contest_id} ${receipt}`).digest('base64url')

/** What a box, a paper typed by one person and a mail that waits are sealed for. */
export const box_purpose = 'endorsement box'
export const paper_purpose = 'endorsement paper'
export const mail_purpose = 'endorsement credential'
